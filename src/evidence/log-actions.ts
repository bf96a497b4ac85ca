import { sign } from 'node:crypto'
import type { EntryId, Instant, LogId, OrganisationId } from '#core'
import { addMilliseconds, laterOf } from '#core'
import type { Transaction } from '#database'
import type { Platform } from '#platform'
import type { AppendedEntry } from './append-plan.ts'
import { appendEntries } from './append-actions.ts'
import { publicKeyPem } from './ed25519-key.ts'
import type { Facts } from './disclosure.ts'
import { formatOrigin } from './log-origin.ts'
import { findSigningKey, insertLog, insertSigningKey, insertSuccessor } from './log-store.ts'
import { listLogs } from './log-view.ts'
import { formatVerifierKey, noteSigner } from './note-key.ts'
import { sha256Hex } from '#core'
import type { KeyDependencies } from './signing-key.ts'
import { makeSigningKey, openSigningKey } from './signing-key.ts'

/** What making logs and keys takes from the platform. */
export type LogDependencies = Pick<Platform, 'secrets' | 'randomBytes' | 'newId' | 'outsideHeads'>

/** A log that has just been opened. */
export type OpenedLog = {
  readonly logId: LogId
  readonly origin: string
  readonly verifierKey: string
  /** Its first entry, `log-opened`. Hand it out only after the transaction has committed. */
  readonly opened: AppendedEntry
}

/** A key that signs dossiers. `pem` is SubjectPublicKeyInfo, as it lies in a trust directory. */
export type DossierKey = { readonly keyId: string; readonly pem: string }

/**
 * Opens the log of an organisation: makes and seals its key, writes an empty head and the first entry. The log's name
 * is `<originHost>/log/<organisationId>` and never changes, nor does its key. Throws a RangeError for a host that
 * cannot be the beginning of a key name; fails on a named constraint when the organisation has a log already.
 */
export async function createLog(
  deps: LogDependencies,
  trx: Transaction,
  organisationId: OrganisationId,
  originHost: string,
  now: Instant,
): Promise<OpenedLog> {
  const origin = formatOrigin({ host: originHost, number: 1 }, organisationId)
  const log = await makeLog(deps, trx, organisationId, origin, now)
  await insertLog(trx, log.row)
  return openLog(deps, trx, log, { kind: 'log-opened', facts: {} })
}

/**
 * Opens the log that takes over from one that is stopped: a new name, a new key, an empty head. Its first entry is
 * `log-succeeded` with `facts` beside those of `log-opened`. The old log stays as it is and its key stays published.
 * Throws an Error when the open log is not stopped or the name is that of a log there is (decision 0067).
 */
export async function openSuccessorLog(
  deps: LogDependencies,
  trx: Transaction,
  organisationId: OrganisationId,
  succession: { readonly origin: string; readonly facts: Facts; readonly now: Instant },
): Promise<OpenedLog> {
  const { origin, facts } = succession
  const logs = await listLogs(trx, organisationId)
  if (!logs.some((log) => log.open && log.stoppedAt !== null)) throw new Error('the open log is not stopped')
  if (logs.some((log) => log.origin === origin)) throw new Error(`there is a log ${origin}`)
  // Logs and keys are told apart by age, also when the clock was put back together with the database.
  const now = logs.reduce(
    (moment, { createdAt }) => laterOf(moment, addMilliseconds(createdAt, 1)),
    succession.now,
  )
  const log = await makeLog(deps, trx, organisationId, origin, now)
  await insertSuccessor(trx, log.row)
  return openLog(deps, trx, log, { kind: 'log-succeeded', facts })
}

type MadeLog = { readonly row: Parameters<typeof insertLog>[1]; readonly verifierKey: string }

async function makeLog(
  deps: LogDependencies,
  trx: Transaction,
  organisationId: OrganisationId,
  origin: string,
  now: Instant,
): Promise<MadeLog> {
  const key = makeSigningKey(deps, organisationId, 'log')
  const signer = noteSigner(origin, key.privateKey)
  const logId = deps.newId() as LogId
  await insertSigningKey(trx, {
    organisationId,
    keyId: signer.keyHash,
    purpose: 'log',
    publicKey: key.publicKey,
    sealed: key.sealed,
    createdAt: now,
  })
  const row = { organisationId, logId, origin, keyId: signer.keyHash, createdAt: now }
  return { row, verifierKey: formatVerifierKey(signer) }
}

async function openLog(
  deps: LogDependencies,
  trx: Transaction,
  { row, verifierKey }: MadeLog,
  first: { readonly kind: string; readonly facts: Facts },
): Promise<OpenedLog> {
  const { organisationId, origin, logId, createdAt } = row
  const facts = { ...first.facts, organisationId, origin, verifierKey }
  const [opened] = await appendEntries(deps, trx, organisationId, [
    { entryId: deps.newId() as EntryId, kind: first.kind, at: createdAt, facts },
  ])
  return { logId, origin, verifierKey, opened: opened! }
}

/** Makes and seals the key that signs an organisation's dossiers. The newest one signs; older ones stay published. */
export async function createDossierKey(
  deps: LogDependencies,
  trx: Transaction,
  organisationId: OrganisationId,
  now: Instant,
): Promise<DossierKey> {
  const { publicKey, sealed } = makeSigningKey(deps, organisationId, 'dossier')
  const keyId = sha256Hex(publicKey).slice(0, 16)
  await insertSigningKey(trx, {
    organisationId,
    keyId,
    purpose: 'dossier',
    publicKey,
    sealed,
    createdAt: now,
  })
  return { keyId, pem: publicKeyPem(publicKey) }
}

/**
 * Signs bytes with the organisation's newest dossier key: 64 bytes of Ed25519 over the bytes themselves (RFC 8032),
 * as `openssl pkeyutl -verify -rawin` checks them. Throws an Error when the organisation has no dossier key.
 */
export async function signWithDossierKey(
  deps: KeyDependencies,
  trx: Transaction,
  organisationId: OrganisationId,
  bytes: Uint8Array,
): Promise<{ readonly keyId: string; readonly signature: Buffer }> {
  const stored = await findSigningKey(trx, organisationId, 'dossier')
  if (stored === undefined) throw new Error(`organisation ${organisationId} has no dossier key`)
  const { privateKey } = openSigningKey(deps, stored)
  return { keyId: stored.keyId, signature: sign(null, bytes, privateKey) }
}
