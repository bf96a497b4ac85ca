import { offerBundle } from '#acknowledgements'
import { evaluateAgreement } from '#agreements'
import { ceremonyStateOf, findSubject, getCeremony, statementIdsOf } from '#ceremonies'
import type { AssignmentId, DocumentId, EntryId, OrganisationId } from '#core'
import { canonicalJson, civilDateIn, problem, ProblemError, sha256Hex } from '#core'
import type { Database, Transaction } from '#database'
import { requireActsUndenied } from '#denials'
import type { ExitLetterInput, RenderPool, SealedDocument } from '#documents'
import { documentTitle, loadSealKey, sealDocument, storeDocument } from '#documents'
import { recordFacts } from '#employments'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import { insertLetter } from '#letters'
import type { Platform } from '#platform'
import { exitEntry } from './exit-entry.ts'
import { outlook, type ExitCommand, type ExitOutlook, type LetterMoment } from './exit-outlook.ts'
import { exitFacts } from './exit-reader.ts'
import { getExit, insertExit, type NewExit } from './exit-store.ts'
import type { Exit } from './exit.ts'

export type ExitDeps = {
  readonly platform: Platform
  readonly database: Database
  readonly pool: Pick<RenderPool, 'render'>
}

/** An exit whose letter was rendered and sealed, and that is kept nowhere yet. */
export type PreparedExit = {
  readonly command: ExitCommand
  readonly moment: LetterMoment
  readonly input: ExitLetterInput
  readonly sealed: SealedDocument
}

/**
 * The slow half, outside any transaction. A refusal is returned and not thrown, because the request may be a repetition of one
 * that succeeded.
 */
export async function prepareExit(
  { platform, database, pool }: ExitDeps,
  organisationId: OrganisationId,
  command: ExitCommand,
): Promise<PreparedExit | ProblemError> {
  const moment = { documentId: platform.newId() as DocumentId, at: platform.clock() }
  try {
    const { input, key } = await database.readInOrganisation(organisationId, async (trx) => ({
      input: (await outlook(trx, organisationId, command, moment)).input,
      key: await loadSealKey(platform, trx, organisationId),
    }))
    const rendered = await pool.render(input)
    const sealed = await sealDocument(key, rendered, { at: moment.at, name: input.organisationName })
    return { command, moment, input, sealed }
  } catch (error) {
    if (error instanceof ProblemError) return error
    throw error
  }
}

/**
 * The short half, in one transaction: records the last day, keeps what the rules say of each agreement, keeps the letter, hands it
 * over in a ceremony, and appends the entry. While it runs nobody can deny an act on which a claim rests. Throws what
 * `outlook` throws, `act-denied`, and `exit-changed` when the letter would no longer say the same.
 */
export async function keepExit(
  { platform }: ExitDeps,
  trx: Transaction,
  caller: Caller,
  prepared: PreparedExit,
): Promise<Exit> {
  const { organisationId, clientId } = caller
  const { command, moment, input, sealed } = prepared
  const factId = await recordLastDay(platform, trx, caller, command)
  const found = await outlook(trx, organisationId, command, moment)
  await requireUndenied(trx, organisationId, found)
  if (canonicalJson(found.input) !== canonicalJson(input)) throw problem('exit-changed')
  const checks = await keepChecks(platform, trx, caller, command, found)
  const { documentId, at } = moment
  const title = documentTitle(input)
  const { language } = input
  await storeDocument(trx, organisationId, { documentId, kind: 'exit-letter', title, language, createdAt: at }, sealed) // prettier-ignore
  const sha256 = sealed.sha256.toString('hex')
  const entryId = platform.newId() as EntryId
  const exit: Omit<NewExit, 'assignmentId'> = {
    exitId: platform.newId(),
    employmentId: command.employmentId,
    personId: found.employment.personId,
    replaces: command.correction?.replaces ?? null,
    factId,
    documentId,
    documentSha256: sha256,
    recordedBy: clientId,
    recordedAt: at,
    entryId,
    content: found.content,
    givenBy: command.letter.givenBy,
    mandateId: found.mandate.mandateId,
    checks,
  }
  const letter = { title, language, attachmentSha256: sha256Hex(canonicalJson(input)) }
  await appendEntries(platform, trx, organisationId, [exitEntry(exit, letter, input.person.name)])
  await insertLetter(trx, organisationId, {
    documentId,
    kind: 'exit-letter',
    personId: exit.personId,
    title,
    language,
    holdsFrom: command.statement.lastDay,
    sha256,
    byteLength: sealed.bytes.length,
    createdAt: at,
    entryId,
    subject: title,
    madeBy: clientId,
  })
  const assignmentId = await handOver(platform, trx, caller, command, exit, {
    title,
    replaced: found.replaced,
  })
  await insertExit(trx, organisationId, { ...exit, assignmentId })
  return getExit(trx, organisationId, exit.exitId)
}

/** Records the last day as a fact of the employment; a correction takes back what it corrects. */
async function recordLastDay(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  { employmentId, statement, correction }: ExitCommand,
): Promise<string> {
  const { lastDay, statedOn, endedBy, seriousFault } = statement
  const before = correction === null ? [] : [await getExit(trx, caller.organisationId, correction.replaces)]
  const { facts } = await recordFacts(platform, trx, caller, employmentId, {
    facts: [{ kind: 'last-day', validFrom: statedOn, value: { day: lastDay, endedBy, seriousFault } }],
    retractions: before.map(({ factId }) => ({ factId, reason: correction!.reason })),
  })
  return facts.find((fact) => fact.retraction === null)!.factId
}

async function requireUndenied(
  trx: Transaction,
  organisationId: OrganisationId,
  { scene, content }: ExitOutlook,
): Promise<void> {
  const resting = new Set(content.claims.claimed.map(({ agreementId }) => agreementId))
  const acts = [...resting].flatMap((agreementId) => scene.acts.get(agreementId) ?? [])
  await requireActsUndenied(trx, organisationId, acts, () => '/invokes')
}

async function keepChecks(
  platform: Platform,
  trx: Transaction,
  { organisationId, clientId }: Caller,
  { statement }: ExitCommand,
  { scene }: ExitOutlook,
): Promise<NewExit['checks']> {
  const agreementIds = new Set([...scene.clauses, ...scene.imported].map(({ agreementId }) => agreementId))
  const checks = []
  for (const agreementId of agreementIds) {
    const check = await evaluateAgreement(platform, trx, organisationId, {
      agreementId,
      moments: ['exit'],
      asOf: statement.lastDay,
      madeBy: clientId,
      more: exitFacts(statement),
    })
    checks.push({ agreementId, legalCheckId: check.legalCheckId })
  }
  return checks
}

/** Puts the letter before its person, to be seen and not to be agreed to; in the place of an earlier one that was not answered. */
async function handOver(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  { letter }: ExitCommand,
  { personId, documentId }: Pick<Exit, 'personId' | 'documentId'>,
  { title, replaced }: { readonly title: string; readonly replaced: Exit | null },
): Promise<AssignmentId> {
  const { assignmentId } = await offerBundle(platform, trx, caller, {
    personId,
    purpose: 'notice',
    language: letter.language,
    dueDate: letter.dueDate,
    main: { documentId },
    annexes: [],
    subject: title,
    clauses: [],
    replaces: replaced === null ? null : await stillOpen(platform, trx, caller, replaced.assignmentId),
  })
  return assignmentId
}

/** The ceremony when it takes an answer still; null for one that ended or was answered: that stays as it is. */
async function stillOpen(
  { clock }: Platform,
  trx: Transaction,
  { organisationId }: Caller,
  assignmentId: AssignmentId,
): Promise<AssignmentId | null> {
  const view = await getCeremony(trx, organisationId, assignmentId)
  const subject = await findSubject(trx, organisationId, view)
  if (subject === null) return null
  const state = ceremonyStateOf(view, statementIdsOf(subject), civilDateIn(clock()))
  return state === 'open' ? assignmentId : null
}
