import type { DocumentId, EntryId, OrganisationId } from '#core'
import { canonicalJson, ProblemError, sha256Hex } from '#core'
import type { Database, Transaction } from '#database'
import type { AnnexInput, RenderPool, SealedDocument, WarningInput } from '#documents'
import { documentTitle, loadSealKey, sealDocument, storeDocument } from '#documents'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import { getPerson } from '#people'
import type { Platform } from '#platform'
import { letterEntry } from './letter-entry.ts'
import { letterInput, requireUndenied, type LetterMoment } from './letter-input.ts'
import { insertLetter } from './letter-store.ts'
import type { Command, Letter } from './letter.ts'

export type LetterDeps = {
  readonly platform: Platform
  readonly database: Database
  readonly pool: Pick<RenderPool, 'render'>
}

/** A letter that was rendered and sealed, and is kept nowhere yet. */
export type PreparedLetter = {
  readonly command: Command
  readonly moment: LetterMoment
  readonly input: AnnexInput | WarningInput
  readonly sealed: SealedDocument
}

/**
 * The slow half, outside any transaction: reads what the letter says, renders it and seals it. A refusal is returned and
 * not thrown, because the request may be a repetition of one that succeeded: then the answer kept under its
 * Idempotency-Key goes first.
 */
export async function prepareLetter(
  deps: LetterDeps,
  organisationId: OrganisationId,
  command: Command,
): Promise<PreparedLetter | ProblemError> {
  const { platform, database, pool } = deps
  try {
    const moment = { documentId: platform.newId() as DocumentId, at: platform.clock() }
    const { input, key } = await database.readInOrganisation(organisationId, async (trx) => {
      const input = await letterInput(trx, organisationId, command, moment)
      await requireUndenied(trx, organisationId, command)
      return { input, key: await loadSealKey(platform, trx, organisationId) }
    })
    const rendered = await pool.render(input)
    const statement = { at: moment.at, name: input.organisationName }
    return { command, moment, input, sealed: await sealDocument(key, rendered, statement) }
  } catch (error) {
    if (error instanceof ProblemError) return error
    throw error
  }
}

/**
 * The short half, in one transaction: keeps the document, appends the entry, says whose letter it is. Whatever fails,
 * nothing is left behind. Throws `person-not-found` when the person was erased in between, `act-denied` when they denied in
 * between what it rests on.
 */
export async function keepLetter(
  deps: LetterDeps,
  trx: Transaction,
  caller: Caller,
  prepared: PreparedLetter,
): Promise<Letter> {
  const { command, moment, input, sealed } = prepared
  const { organisationId, clientId } = caller
  await getPerson(trx, organisationId, command.personId)
  await requireUndenied(trx, organisationId, command)
  const letter: Letter = {
    documentId: moment.documentId,
    kind: command.kind,
    personId: command.personId,
    title: documentTitle(input),
    language: command.language,
    holdsFrom: command.kind === 'warning' ? command.givenOn : command.effectiveFrom,
    sha256: sealed.sha256.toString('hex'),
    byteLength: sealed.bytes.length,
    createdAt: moment.at,
    entryId: deps.platform.newId() as EntryId,
  }
  const { documentId, kind, title, language, createdAt } = letter
  await storeDocument(trx, organisationId, { documentId, kind, title, language, createdAt }, sealed)
  const proof = { personName: input.person.name, attachmentSha256: sha256Hex(canonicalJson(input)) }
  await appendEntries(deps.platform, trx, organisationId, [letterEntry(letter, command, clientId, proof)])
  const subject = input.kind === 'warning' ? input.subject : input.title
  await insertLetter(trx, organisationId, { ...letter, subject, madeBy: clientId })
  return letter
}
