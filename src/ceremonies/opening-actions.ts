import { requirementOn } from '#assurance'
import type { Assurance } from '#assurance'
import type { Instant, OrganisationId } from '#core'
import { civilDateIn, problem } from '#core'
import type { Database, Gathering } from '#database'
import { gathering } from '#database'
import type { Language } from '#people'
import type { Platform } from '#platform'
import type { ActSubject } from './act-subject.ts'
import { purposeOf, statementIdsOf } from './act-subject.ts'
import { subjectIdOf } from './act.ts'
import type { NetworkClass, SubjectId } from './act.ts'
import { linkStateOf } from './ceremony-state.ts'
import type { NewOpening } from './link-store.ts'
import { openingsStatement } from './link-store.ts'
import type { RuledLinkView } from './link-views.ts'
import { linkViewsIn, linkViewsStatement } from './link-views.ts'
import type { LinkCredential } from './link.ts'
import type { Presentation } from './presentation.ts'
import { shownLanguage } from './shown-language.ts'
import { readSubjects } from './subject-reader.ts'

export type Opening = {
  readonly language: Language | null
  readonly userAgent: string
  readonly networkClass: NetworkClass
  /** How the person is known who opens it. */
  readonly assurance: Assurance
}

type Deps = { readonly platform: Platform; readonly database: Database }
type Ask = { readonly tokenSha256: Buffer; readonly opening: Opening }
type Opened = { readonly presentation: Presentation; readonly recorded: NewOpening | null }

const gatherings = new WeakMap<Database, Gathering<Ask, Presentation>>()

/**
 * Opens a link: gives what is to be shown and records that it was opened in this language. Only an open ceremony
 * records an opening. Throws `credentials-missing` when no link has this token, and `content-erased` when the person was
 * erased. Below the level of its purpose it is shown, so that the person can read it, and says what would suffice.
 *
 * Those who open at the same time are read together and recorded together (decision 0177).
 */
export async function openLink(
  deps: Deps,
  { organisationId, tokenSha256 }: LinkCredential,
  opening: Opening,
): Promise<Presentation> {
  const open = gatherings.get(deps.database) ?? gathering((id, asks) => openTogether(deps, id, asks))
  gatherings.set(deps.database, open)
  return open(organisationId, { tokenSha256, opening })
}

async function openTogether(
  { platform, database }: Deps,
  organisationId: OrganisationId,
  asks: readonly Ask[],
): Promise<PromiseSettledResult<Presentation>[]> {
  const asked = linkViewsStatement(
    organisationId,
    asks.map(({ tokenSha256 }) => tokenSha256),
  )
  const [found] = await database.batchInOrganisation(organisationId, [asked], { readOnly: true, keepPlans: true }) // prettier-ignore
  const views = linkViewsIn(found!.rows)
  const subjects = await readSubjects(
    database,
    organisationId,
    [...views.values()].filter((view) => !view.personErased),
  )
  const now = platform.clock()
  const opened = asks.map((ask, position) => settled(() => openOne(ask, views.get(position), subjects, now)))
  const recorded = opened.flatMap((each) => (each.status === 'fulfilled' ? (each.value.recorded ?? []) : []))
  if (recorded.length > 0)
    await database.batchInOrganisation(organisationId, [openingsStatement(organisationId, recorded)], { keepPlans: true }) // prettier-ignore
  return opened.map((each) => (each.status === 'fulfilled' ? { ...each, value: each.value.presentation } : each)) // prettier-ignore
}

function openOne(
  { tokenSha256, opening }: Ask,
  view: RuledLinkView | undefined,
  subjects: ReadonlyMap<SubjectId, ActSubject | null>,
  now: Instant,
): Opened {
  if (view === undefined) throw problem('credentials-missing')
  const subject = view.personErased ? null : (subjects.get(subjectIdOf(view)) ?? null)
  if (subject === null) throw problem('content-erased')
  const today = civilDateIn(now)
  const state = linkStateOf(view, statementIdsOf(subject), now, today)
  const language = shownLanguage(view, subject, opening.language)
  const earlier = view.openings.find((each) => each.language === language)?.openedAt ?? null
  const { userAgent, networkClass, assurance } = opening
  const { assignmentId, expiresAt } = view
  return {
    recorded:
      state === 'open' && earlier === null
        ? { tokenSha256, assignmentId, language, openedAt: now, userAgent, networkClass }
        : null,
    presentation: {
      view,
      subject,
      assurance,
      requirement: requirementOn(purposeOf(subject), view.assuranceRules, today),
      state,
      language,
      expiresAt,
      openedAt: earlier ?? (state === 'open' ? now : null),
    },
  }
}

function settled<Value>(work: () => Value): PromiseSettledResult<Value> {
  try {
    return { status: 'fulfilled', value: work() }
  } catch (reason) {
    return { status: 'rejected', reason }
  }
}
