import { sql } from 'kysely'
import type { Assurance } from '#assurance'
import type { ActId, AssignmentId, DocumentId, EntryId, Instant, OrganisationId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import { isContentErased, parseDisclosure, readReceipt } from '#evidence'
import type { HeldEntry } from '#evidence'
import type { Language } from '#people'
import type { ActAnswer } from './act-answer.ts'
import { actAnswer } from './act-answer.ts'
import type { ActStatus } from './act-status.ts'
import type { Choice } from './act.ts'

/** An act with its entry as it is held, and the facts that are left of what the entry discloses. */
export type StoredAct = {
  readonly actId: ActId
  readonly assignmentId: AssignmentId
  readonly statementId: string
  readonly documentId: DocumentId
  readonly choice: Choice
  readonly assurance: Assurance
  readonly language: Language
  readonly actedAt: Instant
  readonly entry: HeldEntry
  readonly facts: ReadonlyMap<string, unknown>
}

/** The act, or the problem `no-act-yet`. */
export async function readAct(
  trx: Transaction,
  organisationId: OrganisationId,
  actId: ActId,
): Promise<StoredAct> {
  const { rows } = await sql<{
    assignment_id: string
    statement_id: string
    document_id: string
    choice: string
    assurance: string
    language: string
    acted_at: string
    entry_id: string
  }>`
    select act.assignment_id, act.statement_id, act.document_id, act.choice, act.assurance, act.language, act.acted_at, act.entry_id
    from act where act.organisation_id = ${organisationId}::uuid and act.act_id = ${actId}::uuid`.execute(trx)
  const row = rows[0]
  if (row === undefined) throw problem('no-act-yet')
  const entry = await readReceipt(trx, organisationId, row.entry_id as EntryId)
  if (entry === undefined) throw new Error('an act without its entry')
  return {
    actId,
    assignmentId: row.assignment_id as AssignmentId,
    statementId: row.statement_id,
    documentId: row.document_id as DocumentId,
    choice: row.choice as Choice,
    assurance: row.assurance as Assurance,
    language: row.language as Language,
    actedAt: row.acted_at as Instant,
    entry,
    facts: new Map(
      entry.disclosures
        .filter((text) => text !== null)
        .map((text) => parseDisclosure(text))
        .map(({ name, value }) => [name, value]),
    ),
  }
}

/**
 * The answer that was given when the act was recorded, made again from what is stored: single facts that were erased
 * are null at their place. Throws `content-erased` when nothing is left.
 */
export async function readActAnswer(
  trx: Transaction,
  organisationId: OrganisationId,
  actId: ActId,
): Promise<ActAnswer> {
  const act = await readAct(trx, organisationId, actId)
  requireContent(act)
  const statement = act.facts.get('statement')
  return actAnswer(act, typeof statement === 'string' ? statement : '', act.entry)
}

/** The same with what holds for the act now. */
export async function readHeldAct(
  trx: Transaction,
  organisationId: OrganisationId,
  actId: ActId,
): Promise<ActAnswer & { readonly status: ActStatus }> {
  const answer = await readActAnswer(trx, organisationId, actId)
  const { rows } = await sql<{ status: ActStatus }>`select act_status(${actId}::uuid) as status`.execute(trx)
  return { ...answer, status: rows[0]!.status }
}

/** Throws `content-erased` when the content of the act was erased. */
function requireContent(act: Pick<StoredAct, 'entry'>): void {
  if (isContentErased(act.entry.disclosures)) throw problem('content-erased')
}
