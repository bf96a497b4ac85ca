import type { Database } from '#database'
import type { Caller, KeyAuthenticator } from '#http'
import type { Platform } from '#platform'
import { isValidAt, keyHmac, readKeyText, sameHmac, type KeyReference } from './api-key.ts'
import { findKeyRecord, type KeyRecord } from './client-store.ts'
import { effectiveRights } from './rights.ts'

export type KeyringDeps = {
  readonly database: Database
  readonly platform: Pick<Platform, 'clock' | 'secrets'>
}

export type KeyringOptions = {
  /** How long a looked-up key is believed. A key revoked by another process works at most this long. */
  readonly believeFor_ms?: number
  /** How many keys, known and unknown each, are remembered. */
  readonly sizeMax?: number
}

export type Keyring = {
  /** The caller that a key proves; undefined for a key that is malformed, unknown, wrong, expired or revoked. */
  readonly authenticate: KeyAuthenticator
  /** Forgets a key at once: called after a revocation has been committed in this process. */
  readonly forget: (reference: KeyReference) => void
}

type Remembered = { readonly until: number; readonly record: Promise<KeyRecord | undefined> }

/** The pepper under which keys are stored. */
export function keyPepper(secrets: Platform['secrets']): Buffer {
  return secrets.derive('api-key-pepper')
}

/**
 * Checks API keys, remembering for a moment what the database said, so that a busy client does not cost a query for
 * every request. Expiry is held against the clock each time. Unknown ids are remembered apart from known ones, so that
 * guessing cannot push a working key out. Trade-off: decision 0027.
 */
export function createKeyring(deps: KeyringDeps, options: KeyringOptions = {}): Keyring {
  const believeFor_ms = options.believeFor_ms ?? 3_000
  const sizeMax = options.sizeMax ?? 10_000
  const pepper = keyPepper(deps.platform.secrets)
  const known = new Map<string, Remembered>()
  const unknown = new Map<string, Remembered>()

  const lookUp = (reference: KeyReference): Promise<KeyRecord | undefined> => {
    const id = nameOf(reference)
    const now = performance.now()
    const remembered = known.get(id) ?? unknown.get(id)
    if (remembered !== undefined && remembered.until > now) return remembered.record
    const { organisationId, keyId } = reference
    const record = deps.database.readInOrganisation(organisationId, (trx) =>
      findKeyRecord(trx, organisationId, keyId),
    )
    const entry = { until: now + believeFor_ms, record }
    remember(unknown, id, entry, sizeMax)
    record.then(
      (found) => {
        // Forgotten meanwhile: what was read may be older than the revocation.
        if (unknown.get(id) !== entry || found === undefined) return
        unknown.delete(id)
        remember(known, id, entry, sizeMax)
      },
      () => {
        if (unknown.get(id) === entry) unknown.delete(id)
      },
    )
    return record
  }

  return {
    authenticate: async (bearer) => {
      const reference = bearer === undefined ? undefined : readKeyText(bearer)
      if (bearer === undefined || reference === undefined) return undefined
      const record = await lookUp(reference)
      if (record === undefined || !sameHmac(record.secretHmac, keyHmac(pepper, bearer))) return undefined
      if (record.disabledAt !== null || !isValidAt(record, deps.platform.clock())) return undefined
      return callerOf(reference, record)
    },
    forget: (reference) => {
      known.delete(nameOf(reference))
      unknown.delete(nameOf(reference))
    },
  }
}

function callerOf(reference: KeyReference, record: KeyRecord): Caller {
  return {
    organisationId: reference.organisationId,
    clientId: record.clientId,
    role: record.role,
    rights: effectiveRights(record.role, record.scopes),
  }
}

function nameOf(reference: KeyReference): string {
  return `${reference.organisationId}/${reference.keyId}`
}

/** Maps keep the order of insertion, so the first key is the oldest. */
function remember(map: Map<string, Remembered>, id: string, entry: Remembered, sizeMax: number): void {
  map.delete(id)
  if (map.size >= sizeMax) map.delete(map.keys().next().value!)
  map.set(id, entry)
}
