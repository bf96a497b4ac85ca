import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/** SHA-256. */
export function digestOf(...parts: readonly (Uint8Array | string)[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** An Ed25519 key pair that is the same in every run. */
export function anEd25519Key(seed: string): { privateKey: KeyObject; raw: Buffer; pem: string } {
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), digestOf(seed)])
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey)
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  return { privateKey, raw, pem: publicKey.export({ format: 'pem', type: 'spki' }) as string }
}

/** The Merkle tree hash by the definition of RFC 6962 section 2.1, slow and plain. */
export function treeHash(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length === 0) return digestOf('')
  if (leaves.length === 1) return digestOf(Buffer.of(0), leaves[0] as Uint8Array)
  const split = largestPowerBelow(leaves.length)
  return digestOf(Buffer.of(1), treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split)))
}

/** The audit path by the definition of RFC 6962 section 2.1.1. */
export function auditPath(index: number, leaves: readonly Uint8Array[]): Buffer[] {
  if (leaves.length <= 1) return []
  const split = largestPowerBelow(leaves.length)
  return index < split
    ? [...auditPath(index, leaves.slice(0, split)), treeHash(leaves.slice(split))]
    : [...auditPath(index - split, leaves.slice(split)), treeHash(leaves.slice(0, split))]
}

function largestPowerBelow(size: number): number {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}

/** The consistency proof by the definition of RFC 6962 section 2.1.2. */
export function consistencyPath(first: number, leaves: readonly Uint8Array[], whole = true): Buffer[] {
  if (first === leaves.length) return whole ? [] : [treeHash(leaves)]
  const split = largestPowerBelow(leaves.length)
  return first <= split
    ? [...consistencyPath(first, leaves.slice(0, split), whole), treeHash(leaves.slice(split))]
    : [...consistencyPath(first - split, leaves.slice(split), false), treeHash(leaves.slice(0, split))]
}

export const organisationId = '0190a000-0000-7000-8000-0000000000aa'
const defaultOrigin = `beding.local/log/${organisationId}`

/** A log for tests: every format written from its specification, sharing no code with the product. */
export class TestLog {
  readonly origin: string
  readonly key: ReturnType<typeof anEd25519Key>
  readonly entries: Buffer[] = []
  readonly #seed: string

  constructor(origin = defaultOrigin, seed = 'log key') {
    this.origin = origin
    this.key = anEd25519Key(seed)
    this.#seed = seed
  }

  /** An empty log under the same name and key, for another story. */
  fresh(): TestLog {
    return new TestLog(this.origin, this.#seed)
  }

  get keyHash(): Buffer {
    return digestOf(`${this.origin}\n`, Buffer.of(1), this.key.raw).subarray(0, 4)
  }

  get vkey(): string {
    const typed = Buffer.concat([Buffer.of(1), this.key.raw]).toString('base64')
    return `${this.origin}+${this.keyHash.toString('hex')}+${typed}`
  }

  /** Adds an entry and returns its index. */
  add(entry: string): number {
    return this.entries.push(Buffer.from(entry, 'utf8')) - 1
  }

  checkpoint(size = this.entries.length): string {
    const root = treeHash(this.entries.slice(0, size)).toString('base64')
    return this.signNote(`${this.origin}\n${size}\n${root}\n`)
  }

  signNote(text: string): string {
    const signature = sign(null, Buffer.from(text, 'utf8'), this.key.privateKey)
    return `${text}\n\u2014 ${this.origin} ${Buffer.concat([this.keyHash, signature]).toString('base64')}\n`
  }

  /** Hashes, one a line, that lead from the tree of one size to that of another. */
  consistency(first: number, size = this.entries.length): string {
    const path = consistencyPath(first, this.entries.slice(0, size))
    return path.map((hash) => `${hash.toString('base64')}\n`).join('')
  }

  proof(index: number, size = this.entries.length): string {
    const path = auditPath(index, this.entries.slice(0, size)).map((hash) => `${hash.toString('base64')}\n`)
    const extra = this.entries[index]?.toString('base64')
    return `c2sp.org/tlog-proof@v1\nextra ${extra}\nindex ${index}\n${path.join('')}\n${this.checkpoint(size)}`
  }
}

export type FactValue = string | number | boolean | null | readonly string[]

/** An entry with its disclosures, as the contract of the formats says. */
export function anEntry(
  kind: string,
  facts: Readonly<Record<string, FactValue>>,
  at = '2026-11-21T08:00:00.123Z',
  refs: readonly number[] = [],
): { entry: string; disclosures: string[] } {
  const disclosures = Object.keys(facts)
    .toSorted()
    .map((name) => {
      const salt = digestOf(`salt ${name} ${at}`).subarray(0, 16).toString('base64url')
      return Buffer.from(JSON.stringify([salt, name, facts[name]])).toString('base64url')
    })
  return { entry: entryText(kind, disclosures, at, refs), disclosures }
}

/** The bytes of an entry that commits to these disclosures, whatever they are. */
export function entryText(
  kind: string,
  disclosures: readonly string[],
  at = '2026-11-21T08:00:00.123Z',
  refs: readonly number[] = [],
): string {
  const commitments = disclosures.map((text) => digestOf(text).toString('base64url'))
  return JSON.stringify({ at, c: commitments, kind, ...(refs.length === 0 ? {} : { refs }), v: 1 })
}

export const personId = '0190a000-0000-7000-8000-0000000000bb'
export const policyId = '0190a000-0000-7000-8000-0000000000cc'

/** The facts of an act. */
export function actFacts(changes: Readonly<Record<string, FactValue>> = {}): Record<string, FactValue> {
  return {
    organisationId,
    organisationName: 'Voorbeeld & Zn. B.V.',
    personId,
    personName: 'Şükrü Çağlar Yıldız',
    personExternalId: '1001',
    address: 'sukru@example.nl',
    policyId,
    policyName: 'Social media',
    versionNumber: 2,
    effectiveFrom: '2026-12-01',
    documentSha256: digestOf('document').toString('hex'),
    documentTitle: 'Gedragscode social media',
    language: 'nl',
    otherEditionsSha256: [`en:${digestOf('other').toString('hex')}`],
    statement: 'Ik heb dit gezien.',
    choice: 'seen',
    reason: null,
    deliveredAt: '2026-11-20T08:00:00.000Z',
    deliveryChannel: 'email',
    openedAt: '2026-11-21T07:58:00.000Z',
    actedAt: '2026-11-21T08:00:00.120Z',
    method: 'one-time-link',
    assurance: 'mailbox-employer',
    evidenceLevel: 'E2',
    userAgent: 'Mozilla/5.0',
    networkClass: 'private',
    assignmentId: '0190a000-0000-7000-8000-0000000000dd',
    actId: '0190a000-0000-7000-8000-0000000000ee',
    personEntryNumber: 1,
    previousPersonEntry: null,
    ...changes,
  }
}
