import type { CivilDate, DocumentId, Instant, OrganisationId, PersonId } from '#core'
import { civilDateIn, problem } from '#core'
import type { Transaction } from '#database'
import type { ExitLetterInput } from '#documents'
import { findMandate, getEmployment, readHistory, valueOf, type Employment, type Mandate } from '#employments'
import { dutchRuleSet, regimeOn } from '#jurisdictions'
import { getOrganisation } from '#organisations'
import { getPerson } from '#people'
import { billNotices } from './bill-decisions.ts'
import { decideClaims } from './claim-decisions.ts'
import { exitDefects } from './exit-decisions.ts'
import { exitLetterInput, type LetterWishes } from './exit-letter.ts'
import { readScene, type ExitScene } from './exit-reader.ts'
import { listExits } from './exit-store.ts'
import type { Exit, ExitContent, ExitStatement } from './exit.ts'

export type ExitCommand = {
  readonly employmentId: string
  readonly statement: ExitStatement
  /** The exit that this one corrects, and why. */
  readonly correction: { readonly replaces: string; readonly reason: string } | null
  readonly letter: LetterWishes & { readonly givenBy: PersonId; readonly dueDate: CivilDate }
}

/** What an exit comes to, of which nothing is kept. */
export type ExitOutlook = {
  readonly employment: Employment
  readonly mandate: Mandate
  readonly replaced: Exit | null
  readonly scene: ExitScene
  readonly content: ExitContent
  readonly input: ExitLetterInput
}

export type LetterMoment = { readonly documentId: DocumentId; readonly at: Instant }

/**
 * Reads an employment as it would end and says what follows, without writing anything. Throws `employment-not-found`,
 * `person-not-found` (erased), `exit-recorded`, `exit-not-found`, `exit-mandate-missing`, `exit-unfit`.
 */
export async function outlook(
  trx: Transaction,
  organisationId: OrganisationId,
  command: ExitCommand,
  { documentId, at }: LetterMoment,
): Promise<ExitOutlook> {
  const { employmentId, statement, correction, letter } = command
  const employment = await getEmployment(trx, organisationId, employmentId)
  const person = await getPerson(trx, organisationId, employment.personId)
  const giver = await getPerson(trx, organisationId, letter.givenBy)
  const replaced = await replacedBy(trx, organisationId, command)
  const today = civilDateIn(at)
  const mandate = await findMandate(trx, organisationId, letter.givenBy, 'exit-letter', today)
  if (mandate === undefined) throw problem('exit-mandate-missing')
  const scene = await readScene(trx, organisationId, employmentId, statement, at)
  const firstDay = valueOf(await readHistory(trx, organisationId, employmentId, at), 'started')?.day ?? null
  const errors = exitDefects(statement, { today, firstDay, clauses: scene.clauses })
  if (errors.length > 0) throw problem('exit-unfit', { errors })
  const content = contentOf(command, scene)
  const input = exitLetterInput({
    documentId,
    at,
    organisationName: (await getOrganisation(trx, organisationId)).name,
    person,
    giver,
    wishes: letter,
    statement,
    replacesDocument: correction === null ? null : replaced!.documentId,
    clauses: scene.clauses,
    claims: content.claims,
    lists: content.lists,
  })
  return { employment, mandate, replaced, scene, content, input }
}

function contentOf({ statement, correction }: ExitCommand, scene: ExitScene): ExitContent {
  const claims = decideClaims(scene.clauses, statement, scene.imported)
  const marks = new Set(
    scene.clauses.flatMap(({ clauseId, annex, listMark }) =>
      listMark !== null &&
      claims.claimed.some((claim) => claim.clauseId === clauseId && claim.annexId === annex.annexId)
        ? [listMark]
        : [],
    ),
  )
  return {
    statement,
    reason: correction?.reason ?? null,
    claims,
    lists: [...scene.lists.values()].filter(({ mark }) => marks.has(mark)),
    bill: billNotices(scene.clauses, statement, regimeOn(dutchRuleSet, statement.lastDay)!),
  }
}

/** The newest exit, which a correction must name; throws `exit-recorded` when another stands, `exit-not-found` when none does. */
async function replacedBy(
  trx: Transaction,
  organisationId: OrganisationId,
  { employmentId, correction }: ExitCommand,
): Promise<Exit | null> {
  const newest = (await listExits(trx, organisationId, employmentId)).find((each) => each.replacedBy === null)
  if (newest === undefined) {
    if (correction !== null) throw problem('exit-not-found')
    return null
  }
  if (newest.exitId === correction?.replaces) return newest
  const message = `The newest is ${newest.exitId}.`
  throw problem('exit-recorded', { errors: [{ code: 'exit-recorded', message, pointer: '/replaces' }] })
}
