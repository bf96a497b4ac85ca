import { coverageClauseOf } from '#annexes'
import type { Contact, Coverage } from '#jurisdictions'
import { addMonths, coverageOf } from '#jurisdictions'
import type { PersonCase } from './case-view.ts'
import { lastDayOf, listInForce } from './case-view.ts'
import type { HeldClause, StandingAgreement, StandingAnnex } from './obligation.ts'

/** What one relatiebeding says of a contact, with the list and the entry of it that decide. */
export type ClauseCoverage = {
  readonly agreement: StandingAgreement
  readonly standing: StandingAnnex
  readonly clause: HeldClause
  readonly lastDay: ReturnType<typeof lastDayOf>
  readonly list: StandingAnnex | null
  readonly answer: Coverage['answer']
  readonly because: Coverage['because']
}

/** What each relatiebeding of the person says of a contact, also those that do not bind. */
export function coverageOfCase(asked: PersonCase, contact: Contact): ClauseCoverage[] {
  return asked.standing.flatMap((agreement) =>
    agreement.annexes.flatMap((standing) =>
      standing.annex.clauses
        .filter(({ kind }) => kind === 'relatiebeding')
        .map((clause) => coverageOfClause(asked, agreement, standing, clause, contact)),
    ),
  )
}

/** The answer over all clauses: what binds decides; what is contested or was taken over makes it a question for a lawyer at most. */
export function overallAnswer(found: readonly ClauseCoverage[]): Coverage['answer'] {
  const counted = found.filter(({ standing }) => standing.binds).map(({ answer }) => answer)
  if (counted.includes('covered')) return 'covered'
  if (counted.includes('lawyer')) return 'lawyer'
  const doubtful = found.some(
    ({ standing, answer }) => ['denied', 'imported', 'in-force'].includes(standing.state) && !standing.binds && answer !== 'not-covered', // prettier-ignore
  )
  return doubtful ? 'lawyer' : 'not-covered'
}

function coverageOfClause(
  asked: PersonCase,
  agreement: StandingAgreement,
  standing: StandingAnnex,
  clause: HeldClause,
  contact: Contact,
): ClauseCoverage {
  const { employmentId } = agreement.agreement
  const lastDay = lastDayOf(asked, employmentId)
  const { relationListMark: mark } = clause
  const list =
    mark === null ? null : (listInForce(asked, employmentId, mark, lastDay?.day ?? contact.on) ?? null)
  const about = { agreement, standing, clause, lastDay, list }
  const content = asked.annexes.get(standing.annex.annexId)?.content ?? null
  const say = (nl: string, en: string): ClauseCoverage => ({
    ...about,
    answer: 'lawyer',
    because: [{ nl, en }],
  })
  if (content === null)
    return say('De inhoud van de bijlage is gewist.', 'The content of the annex was erased.')
  const listContent = list === null ? null : (asked.annexes.get(list.annex.annexId)?.content ?? null)
  const read = coverageClauseOf(content, listContent, clause.clauseId)
  if (read === null)
    return say(
      `Het beding verwijst naar lijst ${mark}; van die lijst gold op de laatste dag geen getekende versie.`,
      `The clause refers to list ${mark}; no signed version of that list was in force on the last day.`,
    )
  const written = read.listed.find(({ name }) => plainName(name) === plainName(contact.relation))?.name
  const { answer, because } = coverageOf(read, { ...contact, relation: written ?? contact.relation }, lastDay?.day ?? null) // prettier-ignore
  const alike = read.listed.find(({ name }) => bareName(name) === bareName(contact.relation))
  // Only where the list decided: a name that differs by its legal form alone may be the same relation.
  if (
    answer !== 'not-covered' ||
    written !== undefined ||
    alike === undefined ||
    lastDay === null ||
    !withinTerm(read.months, lastDay.day, contact)
  )
    // prettier-ignore
    return { ...about, answer, because }
  return {
    ...about,
    answer: 'lawyer',
    because: [...because, { nl: `Op de lijst staat „${alike.name}”. Of dat dezelfde is, is voor een jurist.`, en: `The list names “${alike.name}”. Whether that is the same one is for a lawyer.` }], // prettier-ignore
  }
}

function withinTerm(
  months: number | null,
  lastDay: NonNullable<ClauseCoverage['lastDay']>['day'],
  contact: Contact,
): boolean {
  // prettier-ignore
  return months !== null && contact.on > lastDay && contact.on <= addMonths(lastDay, months)
}

/** A name without differences of case and space. */
function plainName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()
}

/** A name without punctuation and legal form. */
function bareName(name: string): string {
  const words = plainName(name).replaceAll(/[.,&'’-]/g, '').split(' ') // prettier-ignore
  return words.filter((word) => !['bv', 'nv', 'vof', 'cv', 'gmbh', 'ltd', 'groep', 'group', 'holding'].includes(word)).join(' ') // prettier-ignore
}
