import type { CivilDate, Instant } from '#core'
import { dayInWords } from '#core'
import type { ShownRule } from './ceremony-values.ts'
import { momentDayInWords } from './format.ts'
import type { Page } from './page.ts'
import type { Words } from './words.ts'

/** A version that is in force today and was put to the person, with their newest act on it. */
export type Obligation = {
  readonly title: string
  readonly lang: string | null
  readonly nature: 'information' | 'instruction' | 'contract-term'
  readonly versionNumber: number | null
  readonly since: CivilDate | null
  readonly rules: readonly ShownRule[]
  readonly act: { readonly actId: string; readonly choice: string; readonly actedAt: Instant } | null
}

type Group = 'terms' | 'instructions' | 'information' | 'notAgreed'

/**
 * Where an obligation belongs. A term binds only by agreement, so without an unconditional one it stands apart; an
 * instruction binds by being given (art. 7:660 BW), whatever was answered.
 */
export function groupOf({ nature, act }: Pick<Obligation, 'nature' | 'act'>): Group | null {
  if (nature === 'instruction') return 'instructions'
  if (nature === 'information') return 'information'
  if (act === null) return null
  return act.choice === 'agreed' ? 'terms' : 'notAgreed'
}

/** What applies to a person today, as far as this service knows, with the text and the day since when. */
export function obligationsPage(obligations: readonly Obligation[], today: CivilDate, w: Words): Page {
  const words = w.own.obligations
  const groups = [
    { name: 'terms', title: words.terms, hint: words.termsHint },
    { name: 'instructions', title: words.instructions, hint: words.instructionsHint },
    { name: 'information', title: words.information, hint: null },
    { name: 'notAgreed', title: words.notAgreed, hint: words.notAgreedHint },
  ].map((group) => ({
    ...group,
    items: obligations.filter((one) => groupOf(one) === group.name).map((one) => itemOf(one, w)),
  }))
  return {
    template: 'obligations',
    title: words.title,
    model: {
      lead: words.lead(dayInWords(today, w.language)),
      groups: groups.filter((group) => group.items.length > 0),
    },
  }
}

function itemOf(one: Obligation, w: Words) {
  const words = w.own.obligations
  const { reading } = w
  const day = one.act === null ? '' : momentDayInWords(one.act.actedAt, w.language)
  return {
    title: one.title,
    lang: one.lang === null ? '' : ` lang="${one.lang}"`,
    version: one.versionNumber === null ? null : `${reading.version} ${one.versionNumber}`,
    since: one.since === null ? null : words.since(dayInWords(one.since, w.language)),
    acted:
      one.act === null
        ? words.notYet
        : one.act.choice === 'agreed'
          ? words.agreedOn(day)
          : one.act.choice === 'seen'
            ? words.seenOn(day)
            : `${w.choice[one.act.choice] ?? one.act.choice}, ${day}`,
    href: one.act === null ? null : `/my/acts/${one.act.actId}`,
    rules: one.rules.map((rule) => ({
      ...rule,
      badge: { modality: rule.modality, text: reading.modality[rule.modality] ?? rule.modality },
      applies: reading.applies(
        reading.scope[rule.scope.time] ?? rule.scope.time,
        reading.scope[rule.scope.place] ?? rule.scope.place,
        reading.scope[rule.scope.account] ?? rule.scope.account,
      ),
      nature: rule.legalNature === one.nature ? null : reading.ruleNature[rule.legalNature],
    })),
  }
}
