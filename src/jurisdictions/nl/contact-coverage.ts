import type { CivilDate } from '#core'
import { addMonths } from '../terms.ts'
import type { RelationQuestion } from '../facts.ts'

/** What a relatiebeding says, as far as it decides whether a contact falls under it. */
export type CoverageClause = {
  readonly months: number | null
  readonly answers: readonly RelationQuestion[]
  readonly covers: {
    readonly suppliers: boolean
    readonly prospects: boolean
    /** Whether contact that the other side starts is forbidden too. */
    readonly initiativeOfOther: boolean
    readonly onlineContact: boolean
  }
  /** The list of relations with the days on which each stood on it; empty when the clause has only a definition. */
  readonly listed: readonly {
    readonly name: string
    readonly from: CivilDate
    readonly until: CivilDate | null
  }[]
  /** Days for which the employer gave leave, by relation. */
  readonly exemptions: readonly {
    readonly name: string
    readonly from: CivilDate
    readonly until: CivilDate | null
  }[]
}

export type Contact = {
  readonly relation: string
  readonly relationKind: 'customer' | 'supplier' | 'prospect' | 'other'
  readonly channel: 'meeting' | 'call' | 'message' | 'online-connection' | 'public-post' | 'private-only'
  readonly startedBy: 'employee' | 'other' | 'unknown'
  readonly on: CivilDate
}

export type Coverage = {
  readonly answer: 'covered' | 'not-covered' | 'lawyer'
  /** The facts that decide, in the order in which they were looked at. */
  readonly because: readonly { readonly nl: string; readonly en: string }[]
}

/**
 * Whether a contact falls under a relatiebeding. Read narrowly: what the words leave open is for a lawyer, never covered.
 * The list that counts is the one of the last day. `lastDay` is null while the employment runs: then the covenant does not bite.
 *
 * Sources: Vzr. Arnhem ECLI:NL:RBARN:2011:BP8592 (who starts it), Hof Arnhem ECLI:NL:GHARN:2012:BX0494 (private contact), Rb.
 * Noord-Holland 24-04-2013 (a prospect is no relation), Hof Arnhem-Leeuwarden ECLI:NL:GHARL:2017:9376 (suppliers), Hof Den
 * Haag 02-2012 (posts are modern advertising).
 */
export function coverageOf(clause: CoverageClause, contact: Contact, lastDay: CivilDate | null): Coverage {
  const because: { nl: string; en: string }[] = []
  const say = (nl: string, en: string): void => void because.push({ nl, en })
  const answer = (kind: Coverage['answer'], nl: string, en: string): Coverage => {
    say(nl, en)
    return { answer: kind, because }
  }
  if (lastDay === null || contact.on <= lastDay)
    return answer('not-covered', 'Het dienstverband liep nog.', 'The employment still ran.')
  if (clause.months === null)
    return answer('lawyer', 'Het beding noemt geen termijn.', 'The covenant names no term.')
  const end = addMonths(lastDay, clause.months)
  if (contact.on > end)
    return answer('not-covered', `De termijn eindigde op ${end}.`, `The term ended on ${end}.`)
  say(`De termijn liep tot en met ${end}.`, `The term ran up to and including ${end}.`)
  if (standsOn(clause.exemptions, contact.relation, contact.on))
    return answer('not-covered', 'Hiervoor was toestemming.', 'There was leave for this.')
  const relation = relationAnswer(clause, contact, lastDay, say)
  if (relation !== 'covered') return { answer: relation, because }
  return contactAnswer(clause, contact, answer)
}

function relationAnswer(
  clause: CoverageClause,
  contact: Contact,
  lastDay: CivilDate,
  say: (nl: string, en: string) => void,
): Coverage['answer'] {
  if (clause.listed.length > 0) {
    if (standsOn(clause.listed, contact.relation, lastDay)) {
      say(
        `${contact.relation} stond op de lijst van de laatste dag.`,
        `${contact.relation} stood on the list of the last day.`,
      )
      return 'covered'
    }
    say(
      `${contact.relation} stond op ${lastDay} niet op de lijst.`,
      `${contact.relation} was not on the list of ${lastDay}.`,
    )
    return 'not-covered'
  }
  const kind = contact.relationKind
  if (kind === 'customer') {
    say('Een klant valt onder de omschrijving.', 'A customer falls under the definition.')
    return 'covered'
  }
  if (kind === 'other') {
    say(
      'Of dit een relatie is, volgt niet uit de omschrijving.',
      'Whether this is a relation does not follow from the definition.',
    )
    return 'lawyer'
  }
  const question = kind === 'supplier' ? 'suppliers' : 'prospects'
  const words =
    kind === 'supplier'
      ? { nl: 'leveranciers', en: 'suppliers' }
      : { nl: 'mogelijke klanten', en: 'prospects' }
  if (!clause.answers.includes(question)) {
    say(
      `Het beding noemt ${words.nl} niet; dan zijn zij geen relatie.`,
      `The covenant does not name ${words.en}; then they are no relation.`,
    )
    return 'not-covered'
  }
  const covered = clause.covers[question]
  say(
    `Het beding zegt dat ${words.nl} ${covered ? 'wel' : 'niet'} meetellen.`,
    `The covenant says that ${words.en} ${covered ? 'count' : 'do not count'}.`,
  )
  return covered ? 'covered' : 'not-covered'
}

function contactAnswer(
  clause: CoverageClause,
  contact: Contact,
  answer: (kind: Coverage['answer'], nl: string, en: string) => Coverage,
): Coverage {
  if (contact.channel === 'private-only')
    return answer('not-covered', 'Louter privé contact is vrij.', 'Purely private contact is free.')
  if (contact.channel === 'public-post')
    return answer(
      'lawyer',
      'Een openbaar bericht richt zich tot niemand in het bijzonder; rechters zien het als reclame.',
      'A public post addresses nobody in particular; courts see it as advertising.',
    )
  if (contact.channel === 'online-connection') {
    if (!clause.answers.includes('online-contact'))
      return answer(
        'lawyer',
        'Het beding zwijgt over contact online.',
        'The covenant is silent about online contact.',
      )
    if (!clause.covers.onlineContact)
      return answer(
        'not-covered',
        'Het beding laat contact online vrij.',
        'The covenant leaves online contact free.',
      )
  }
  if (contact.startedBy !== 'employee') {
    if (!clause.answers.includes('initiative'))
      return answer(
        'lawyer',
        'Het beding zwijgt over wie het contact begint.',
        'The covenant is silent about who starts the contact.',
      )
    if (!clause.covers.initiativeOfOther)
      return contact.startedBy === 'other'
        ? answer(
            'not-covered',
            'De ander begon, en dat laat het beding vrij.',
            'The other side started, which the covenant leaves free.',
          )
        : answer('lawyer', 'Wie begon, is niet vastgesteld.', 'Who started is not established.')
  }
  return answer('covered', 'Dit contact verbiedt het beding.', 'The covenant forbids this contact.')
}

function standsOn(
  rows: readonly { readonly name: string; readonly from: CivilDate; readonly until: CivilDate | null }[],
  name: string,
  day: CivilDate,
): boolean {
  return rows.some((row) => row.name === name && row.from <= day && (row.until === null || day <= row.until))
}
