import { createPrivateKey, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { OrganisationId } from '#core'
import type { Platform } from '#platform'
import { ed25519KeyLength, privateKeyOfSeed, publicKeyBytes, publicKeyOfBytes } from './ed25519-key.ts'
import { openCheckpoint } from './checkpoint.ts'
import { LedgerBrokenError, LedgerStoppedError } from './ledger-errors.ts'
import type { LedgerHead } from './ledger-head.ts'
import { rootOf } from './merkle-range.ts'
import type { NoteSigner, NoteVerifier } from './note-key.ts'
import { keyHashOf } from './note-key.ts'

/** What opening and sealing keys takes. */
export type KeyDependencies = Pick<Platform, 'secrets'>

/** What an Ed25519 key of this room is for. A key never serves two purposes. */
export type KeyPurpose = 'log' | 'dossier'

/** A private key as it was made, in memory and as it is stored. */
export type NewKey = { readonly privateKey: KeyObject; readonly publicKey: Buffer; readonly sealed: Buffer }

/** Makes an Ed25519 key out of 32 random bytes and seals it for one organisation and purpose. Stores nothing. */
export function makeSigningKey(
  deps: KeyDependencies & Pick<Platform, 'randomBytes'>,
  organisationId: OrganisationId,
  purpose: KeyPurpose,
): NewKey {
  const privateKey = privateKeyOfSeed(deps.randomBytes(ed25519KeyLength))
  const der = privateKey.export({ format: 'der', type: 'pkcs8' })
  const sealed = deps.secrets.seal(sealPurpose(organisationId, purpose), der)
  return { privateKey, publicKey: publicKeyBytes(privateKey), sealed }
}

/** The sealed row of a key, as it is stored. */
export type StoredKey = {
  readonly organisationId: OrganisationId
  readonly keyId: string
  readonly purpose: KeyPurpose
  readonly publicKey: Buffer
  readonly sealed: Buffer
}

/** At most so many opened keys are kept; the one used longest ago goes first. */
const openedKeysMax = 10_000

type OpenedKey = { readonly privateKey: KeyObject; readonly publicKey: KeyObject }

const openedKeys = new WeakMap<Platform['secrets'], Map<string, OpenedKey>>()

/**
 * Opens a stored private key, once per process; after that it comes from memory. Throws a LedgerBrokenError when the
 * stored key is not sealed for this organisation and purpose, or is not the key of its public half.
 */
export function openSigningKey(deps: KeyDependencies, stored: StoredKey): OpenedKey {
  const opened = openedKeys.get(deps.secrets) ?? new Map<string, OpenedKey>()
  openedKeys.set(deps.secrets, opened)
  const name = `${stored.organisationId}/${stored.purpose}/${stored.keyId}/${stored.publicKey.toString('hex')}`
  const key = opened.get(name) ?? unsealKey(deps, stored)
  opened.delete(name)
  opened.set(name, key)
  if (opened.size > openedKeysMax) opened.delete(opened.keys().next().value!)
  return key
}

/** What signing a log takes: the keys, and what is known of its head outside the database. */
export type SignerDependencies = Pick<Platform, 'secrets' | 'outsideHeads'>

/**
 * The signer of the log whose head this is. Throws a LedgerStoppedError when this process knows a signed checkpoint of
 * the log that the head lies behind, or that has another root at the head's size: then the database is not the one that
 * was there before. Costs no question to anybody (decision 0066).
 */
export function logSigner(deps: SignerDependencies, head: LedgerHead): NoteSigner {
  const { organisationId, origin, keyId, publicKey, sealedPrivateKey: sealed } = head
  const opened = openSigningKey(deps, { organisationId, keyId, purpose: 'log', publicKey, sealed })
  const keyHash = keyHashOf(origin, publicKey)
  if (keyHash !== keyId) throw new LedgerBrokenError(`key ${keyId} is not the key of ${origin}`)
  const signer = { name: origin, keyHash, publicKey, key: opened.publicKey, privateKey: opened.privateKey }
  if (isContradicted(deps, head, signer)) throw new LedgerStoppedError()
  return signer
}

function isContradicted(deps: SignerDependencies, head: LedgerHead, verifier: NoteVerifier): boolean {
  const known = deps.outsideHeads.newest(head.origin)
  if (known === undefined || known.size < head.range.size) return false
  if (known.size === head.range.size && known.root.equals(rootOf(head.range))) return false
  try {
    return openCheckpoint(known.note, verifier).size === known.size
  } catch {
    // A file that anybody could have written stops nothing; the guard reports it.
    return false
  }
}

function unsealKey(deps: KeyDependencies, stored: StoredKey): OpenedKey {
  const { organisationId, keyId, purpose } = stored
  try {
    const der = deps.secrets.open(sealPurpose(organisationId, purpose), stored.sealed)
    const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    const publicKey = publicKeyOfBytes(stored.publicKey)
    // A key that signs what its public half cannot verify would be found out by the first person to check a receipt.
    const probe = Buffer.from('beding key check')
    if (!verify(null, probe, publicKey, sign(null, probe, privateKey))) {
      throw new TypeError('the public key is of another private key')
    }
    return { privateKey, publicKey }
  } catch (cause) {
    throw new LedgerBrokenError(`the private key of ${keyId} cannot be opened`, cause)
  }
}

/** Sealed for one organisation and purpose: a sealed key copied to another row does not open there. */
function sealPurpose(organisationId: OrganisationId, purpose: KeyPurpose): string {
  return `signing-key/${purpose}/${organisationId}`
}
