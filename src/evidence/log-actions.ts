import { sign } from 'node:crypto'
import type { EntryId, Instant, LogId, OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { Platform } from '#platform'
import type { AppendedEntry } from './append-plan.ts'
import { appendEntries } from './append-actions.ts'
import { publicKeyPem } from './ed25519-key.ts'
import { findSigningKey, insertLog, insertSigningKey } from './log-store.ts'
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
  if (!/^[a-z0-9][a-z0-9.-]*(:[0-9]+)?$/.test(originHost))
    throw new RangeError('the origin host is no host name')
  const origin = `${originHost}/log/${organisationId}`
  const key = makeSigningKey(deps, organisationId, 'log')
  const signer = noteSigner(origin, key.privateKey)
  const verifierKey = formatVerifierKey(signer)
  const logId = deps.newId() as LogId
  await insertSigningKey(trx, {
    organisationId,
    keyId: signer.keyHash,
    purpose: 'log',
    publicKey: key.publicKey,
    sealed: key.sealed,
    createdAt: now,
  })
  await insertLog(trx, { organisationId, logId, origin, keyId: signer.keyHash, createdAt: now })
  const [opened] = await appendEntries(deps, trx, organisationId, [
    {
      entryId: deps.newId() as EntryId,
      kind: 'log-opened',
      at: now,
      facts: { organisationId, origin, verifierKey },
    },
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
