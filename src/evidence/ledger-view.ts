import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { EntryId, Instant, LogId, OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { AppendedEntry } from './append-plan.ts'
import { publicKeyPem } from './ed25519-key.ts'
import type { LedgerEntryTable } from './evidence-tables.ts'
import { LedgerMissingError } from './ledger-errors.ts'
import { splitHashes } from './merkle-hash.ts'
import { formatVerifierKey, noteVerifier } from './note-key.ts'
import { formatReceiptProof } from './receipt-proof.ts'

/** Which log of an organisation is open, and how many entries it has. */
export type OpenLog = { readonly logId: LogId; readonly size: number }

/** A checkpoint as it was released. `note` is the signed text. */
export type StoredCheckpoint = {
  readonly size: number
  readonly root: Buffer
  readonly note: string
  readonly createdAt: Instant
}

/**
 * An entry as it is held now: as it was answered, but for content that was erased since. A disclosure that is erased is
 * null at its place; all null, or none at all, when the whole content is (decision 0060).
 */
export type HeldEntry = Omit<AppendedEntry, 'disclosures'> & {
  readonly disclosures: readonly (string | null)[]
}

/** A held entry with what the log says about it. */
export type StoredEntry = HeldEntry & {
  readonly logId: LogId
  readonly kind: string
  readonly recordedAt: Instant
}

/** Everything an outsider needs to check an organisation's evidence. Old keys stay in it. */
export type PublicKeys = {
  readonly logs: readonly PublicLogKey[]
  readonly dossiers: readonly PublicDossierKey[]
}

export type PublicLogKey = {
  readonly keyId: string
  readonly origin: string
  /** `log.vkey` of a trust directory. */
  readonly verifierKey: string
  readonly pem: string
}

export type PublicDossierKey = { readonly keyId: string; readonly pem: string; readonly createdAt: Instant }

/** The organisation's open log. Throws a LedgerMissingError when it has none. */
export async function getOpenLog(trx: Transaction, organisationId: OrganisationId): Promise<OpenLog> {
  const row = await trx
    .selectFrom('ledger_head')
    .select(['ledger_head.log_id', 'ledger_head.size'])
    .where('ledger_head.organisation_id', '=', organisationId)
    .executeTakeFirst()
  if (row === undefined) throw new LedgerMissingError(organisationId)
  return { logId: row.log_id, size: row.size }
}

/**
 * The checkpoint of exactly that size, or the newest one; undefined when none of that size was signed. Of the open log
 * unless another is named.
 */
export async function readCheckpoint(
  trx: Transaction,
  organisationId: OrganisationId,
  size?: number,
  logId?: LogId,
): Promise<StoredCheckpoint | undefined> {
  const query = trx
    .selectFrom('ledger_checkpoint')
    .select([
      'ledger_checkpoint.size',
      'ledger_checkpoint.root',
      'ledger_checkpoint.note',
      'ledger_checkpoint.created_at',
    ])
    .where('ledger_checkpoint.organisation_id', '=', organisationId)
    .where('ledger_checkpoint.log_id', '=', logId ?? openLogId(trx, organisationId))
    .orderBy('ledger_checkpoint.size', 'desc')
    .limit(1)
  const row = await (
    size === undefined ? query : query.where('ledger_checkpoint.size', '=', size)
  ).executeTakeFirst()
  if (row === undefined) return undefined
  return { size: row.size, root: row.root, note: row.note, createdAt: row.created_at }
}

function openLogId(trx: Transaction, organisationId: OrganisationId) {
  return trx
    .selectFrom('ledger_head')
    .select('ledger_head.log_id')
    .where('ledger_head.organisation_id', '=', organisationId)
}

/** One entry by its index, with the receipt it was answered with. Of the open log unless another is named. */
export async function readEntry(
  trx: Transaction,
  organisationId: OrganisationId,
  entryIndex: number,
  logId?: LogId,
): Promise<StoredEntry | undefined> {
  const row = await selectEntries(trx, organisationId)
    .where('ledger_entry.log_id', '=', logId ?? openLogId(trx, organisationId))
    .where('ledger_entry.entry_index', '=', entryIndex)
    .executeTakeFirst()
  return row === undefined ? undefined : toStoredEntry(row)
}

/** Entries by their ids, of whatever log, older logs first and in the order of each; ids not there are left out. */
export async function readEntries(
  trx: Transaction,
  organisationId: OrganisationId,
  entryIds: readonly EntryId[],
): Promise<StoredEntry[]> {
  const rows = await selectEntries(trx, organisationId)
    .innerJoin('ledger_log', (join) =>
      join
        .onRef('ledger_log.organisation_id', '=', 'ledger_entry.organisation_id')
        .onRef('ledger_log.log_id', '=', 'ledger_entry.log_id'),
    )
    .where(sql<boolean>`ledger_entry.entry_id = any(${[...entryIds]}::uuid[])`)
    .orderBy('ledger_log.created_at')
    .orderBy('ledger_log.log_id')
    .orderBy('ledger_entry.entry_index')
    .execute()
  return rows.map(toStoredEntry)
}

/**
 * What was answered when the entry was appended, made again from the stored rows: the same bytes for ever, because the
 * proof and the checkpoint it leads into are stored. Disclosures that were erased are null. Undefined without such an
 * entry.
 */
export async function readReceipt(
  trx: Transaction,
  organisationId: OrganisationId,
  entryId: EntryId,
): Promise<HeldEntry | undefined> {
  const [stored] = await readEntries(trx, organisationId, [entryId])
  if (stored === undefined) return undefined
  const { entryIndex, treeSize, entry, disclosures, tlogProof } = stored
  return { entryId, entryIndex, treeSize, entry, disclosures, tlogProof }
}

/** The public halves of all log and dossier keys the organisation ever had, oldest first. */
export async function publicKeys(trx: Transaction, organisationId: OrganisationId): Promise<PublicKeys> {
  const rows = await trx
    .selectFrom('signing_key')
    .leftJoin('ledger_log', (join) =>
      join
        .onRef('ledger_log.organisation_id', '=', 'signing_key.organisation_id')
        .onRef('ledger_log.key_id', '=', 'signing_key.key_id'),
    )
    .select(['signing_key.key_id', 'signing_key.purpose', 'signing_key.public_key'])
    .select(['signing_key.created_at', 'ledger_log.origin'])
    .where('signing_key.organisation_id', '=', organisationId)
    .where('signing_key.algorithm', '=', 'ed25519')
    .orderBy('signing_key.created_at')
    .orderBy('signing_key.key_id')
    .execute()
  const logs: PublicLogKey[] = []
  const dossiers: PublicDossierKey[] = []
  for (const row of rows) {
    const pem = publicKeyPem(row.public_key)
    if (row.purpose === 'log' && row.origin !== null) {
      const verifierKey = formatVerifierKey(noteVerifier(row.origin, row.public_key))
      logs.push({ keyId: row.key_id, origin: row.origin, verifierKey, pem })
    }
    if (row.purpose === 'dossier') dossiers.push({ keyId: row.key_id, pem, createdAt: row.created_at })
  }
  return { logs, dossiers }
}

type EntryColumn =
  'log_id' | 'entry_id' | 'entry_index' | 'kind' | 'entry' | 'proof_size' | 'proof' | 'recorded_at'
type EntryRow = Pick<Selectable<LedgerEntryTable>, EntryColumn> & {
  readonly note: string
  readonly disclosures: readonly (string | null)[] | null
}

function selectEntries(trx: Transaction, organisationId: OrganisationId) {
  return trx
    .selectFrom('ledger_entry')
    .innerJoin('ledger_checkpoint', (join) =>
      join
        .onRef('ledger_checkpoint.organisation_id', '=', 'ledger_entry.organisation_id')
        .onRef('ledger_checkpoint.log_id', '=', 'ledger_entry.log_id')
        .onRef('ledger_checkpoint.size', '=', 'ledger_entry.proof_size'),
    )
    .leftJoin('entry_disclosure', (join) =>
      join
        .onRef('entry_disclosure.organisation_id', '=', 'ledger_entry.organisation_id')
        .onRef('entry_disclosure.entry_id', '=', 'ledger_entry.entry_id'),
    )
    .select(['ledger_entry.log_id', 'ledger_entry.entry_id', 'ledger_entry.entry_index'])
    .select(['ledger_entry.kind', 'ledger_entry.entry'])
    .select(['ledger_entry.proof_size', 'ledger_entry.proof', 'ledger_entry.recorded_at'])
    .select(['ledger_checkpoint.note', 'entry_disclosure.disclosures'])
    .where('ledger_entry.organisation_id', '=', organisationId)
}

function toStoredEntry(row: EntryRow): StoredEntry {
  const hashes = splitHashes(row.proof)
  return {
    logId: row.log_id,
    entryId: row.entry_id,
    entryIndex: row.entry_index,
    kind: row.kind,
    recordedAt: row.recorded_at,
    treeSize: row.proof_size,
    entry: row.entry.toString('utf8'),
    disclosures: row.disclosures ?? [],
    tlogProof: formatReceiptProof({
      extra: row.entry,
      index: row.entry_index,
      hashes,
      checkpoint: row.note,
    }),
  }
}
