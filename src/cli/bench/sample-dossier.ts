import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { crc32 } from 'node:zlib'

const organisationId = '0190a000-0000-7000-8000-0000000000aa'
const personId = '0190a000-0000-7000-8000-0000000000bb'
const origin = `bench.example/log/${organisationId}`

/** A root that nobody holds the key of: the sample has no seals, but a dossier must bring one. */
const rootPem = `-----BEGIN CERTIFICATE-----
MIIBPDCB4qADAgECAgEKMAoGCCqGSM49BAMCMBUxEzARBgNVBAMMCkJlbmNoIHJv
b3QwHhcNMjAwMTAxMDAwMDAwWhcNNDAwMTAxMDAwMDAwWjAVMRMwEQYDVQQDDApC
ZW5jaCByb290MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE29aPRSmj43RXPOWp
O/9KmXBFvPZ1CQMgCILez0bLVVug1cfkzVagjzXawAte//x1wwpTNY7TVIgIe51z
eS60S6MjMCEwDwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAQYwCgYIKoZI
zj0EAwIDSQAwRgIhAK06R1bjm8zbRi26cdBFVe2K6yQN0h8beIXBUPJ28xuVAiEA
xGylJkAeMUJrrmKwtEP4oRX7ld0fvT/XU70zdw1gV+c=
-----END CERTIFICATE-----
`

/** A dossier of many acts of one person, and what a reader must pin to accept it. */
export type SampleDossier = {
  readonly bytes: Buffer
  readonly trust: readonly { readonly name: string; readonly bytes: Buffer }[]
  /** The proofs that were handed out, one an act. */
  readonly receipts: readonly Buffer[]
}

/**
 * Makes a dossier with this many acts, each with the proof of the moment it was logged, without a service and a database:
 * what is measured is the verifier. Written from the formats; no anchors and no documents.
 */
export function sampleDossier(acts: number): SampleDossier {
  const logKey = ed25519Key('bench log')
  const dossierKey = ed25519Key('bench dossier')
  const tree = new Tree()
  const keyHash = sha256(`${origin}\n`, Buffer.of(1), logKey.raw).subarray(0, 4)
  const vkey = `${origin}+${keyHash.toString('hex')}+${Buffer.concat([Buffer.of(1), logKey.raw]).toString('base64')}`
  const note = (size: number): string => {
    const text = `${origin}\n${size}\n${tree.root(0, size).toString('base64')}\n`
    const signature = Buffer.concat([keyHash, sign(null, Buffer.from(text), logKey.privateKey)])
    return `${text}\n\u2014 ${origin} ${signature.toString('base64')}\n`
  }
  const made = Array.from({ length: acts }, (_, index) => anAct(index))
  const receipts = made.map(({ entry }, index) => {
    tree.add(entry)
    return Buffer.from(proof(entry, index, tree.path(index, index + 1), note(index + 1)))
  })
  const checkpoint = note(acts)
  const files = new Map<string, Buffer>()
  const put = (name: string, content: string | Buffer): unknown =>
    files.set(name, Buffer.from(content as string))
  for (const [index, { entry, disclosures }] of made.entries()) {
    const folder = `entries/${String(index).padStart(12, '0')}`
    put(`${folder}/consistency`, lines(tree.consistency(index + 1, acts)))
    put(`${folder}/disclosures.txt`, disclosures.map((each) => `${each}\n`).join(''))
    put(`${folder}/dossier.tlog-proof`, proof(entry, index, tree.path(index, acts), checkpoint))
    put(`${folder}/entry.json`, entry)
    put(`${folder}/receipt.tlog-proof`, receipts[index]!)
  }
  put('README.txt', 'a sample\n')
  put('checkpoint', checkpoint)
  put('keys/dossier.pem', dossierKey.pem)
  put('keys/log.pem', logKey.pem)
  put('keys/log.vkey', `${vkey}\n`)
  put('keys/root.pem', rootPem)
  put('keys/tsa-roots.pem', '')
  put('manifest.json', manifest(acts))
  put('policy.txt', `log ${vkey}\nquorum none\n`)
  put('verify/verify.html', '')
  put('verify/verify.py', '')
  const names = [...files.keys()].toSorted()
  put('SHA256SUMS', names.map((name) => `${sha256(files.get(name)!).toString('hex')}  ${name}\n`).join(''))
  put('SHA256SUMS.sig', sign(null, files.get('SHA256SUMS')!, dossierKey.privateKey))
  const trust = [
    { name: 'log.vkey', bytes: Buffer.from(`${vkey}\n`) },
    { name: 'dossier.pem', bytes: Buffer.from(dossierKey.pem) },
    { name: 'root.pem', bytes: Buffer.from(rootPem) },
  ]
  return { bytes: storedZip(files), trust, receipts }
}

function proof(entry: string, index: number, path: readonly Buffer[], note: string): string {
  const extra = Buffer.from(entry).toString('base64')
  return `c2sp.org/tlog-proof@v1\nextra ${extra}\nindex ${index}\n${lines(path)}\n${note}`
}

function lines(hashes: readonly Buffer[]): string {
  return hashes.map((hash) => `${hash.toString('base64')}\n`).join('')
}

function anAct(index: number): { entry: string; disclosures: string[] } {
  const at = new Date(Date.UTC(2026, 10, 21, 8) + index * 1000).toISOString()
  const facts: Record<string, unknown> = {
    actId: uuid(index), actedAt: at, address: 'sukru@example.nl', assignmentId: uuid(index), assurance: 'mailbox-employer',
    choice: 'seen', deliveredAt: at, deliveryChannel: 'email', documentSha256: sha256(`${index}`).toString('hex'),
    documentTitle: 'Gedragscode social media', effectiveFrom: '2026-12-01', evidenceLevel: 'E2', language: 'nl',
    method: 'one-time-link', networkClass: 'private', openedAt: at, organisationId, organisationName: 'Voorbeeld B.V.',
    otherEditionsSha256: [], personEntryNumber: index + 1, personExternalId: '1001', personId,
    personName: 'Şükrü Çağlar Yıldız', policyId: uuid(0), policyName: 'Social media',
    previousPersonEntry: index === 0 ? null : index - 1, reason: null, statement: 'Ik heb dit gezien.',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36', versionNumber: 2,
  } // prettier-ignore
  const disclosures = Object.keys(facts).map((name) => {
    const salt = sha256(`${index} ${name}`).subarray(0, 16).toString('base64url')
    return Buffer.from(JSON.stringify([salt, name, facts[name]])).toString('base64url')
  })
  const commitments = disclosures.map((each) => sha256(each).toString('base64url'))
  return { entry: JSON.stringify({ at, c: commitments, kind: 'act', v: 1 }), disclosures }
}

function manifest(acts: number): string {
  return JSON.stringify({
    anchors: [],
    checkpointSize: acts,
    createdAt: '2026-11-24T08:00:00.000Z',
    documents: [],
    dossierId: uuid(1),
    entries: Array.from({ length: acts }, (_, index) => ({ documents: [], index, kind: 'act' })),
    format: 'beding-dossier/v3',
    organisation: { id: organisationId, name: 'Voorbeeld B.V.' },
    subject: { id: personId, kind: 'person' },
    unanchored: 'a sample',
  })
}

function uuid(number: number): string {
  return `0190a000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`
}

/** A Merkle tree (RFC 6962) that keeps the hashes of its whole subtrees, so that any proof is quick. */
class Tree {
  readonly #levels: Buffer[][] = [[]]

  add(leaf: string): void {
    let hash = sha256(Buffer.of(0), leaf)
    for (let level = 0; ; level++) {
      const hashes = (this.#levels[level] ??= [])
      hashes.push(hash)
      if (hashes.length % 2 === 1) return
      hash = sha256(Buffer.of(1), hashes.at(-2)!, hash)
    }
  }

  root(start: number, end: number): Buffer {
    const size = end - start
    if ((size & (size - 1)) === 0) return this.#levels[Math.log2(size)]![start / size]!
    const split = start + powerBelow(size)
    return sha256(Buffer.of(1), this.root(start, split), this.root(split, end))
  }

  path(index: number, end: number, start = 0): Buffer[] {
    if (end - start === 1) return []
    const split = start + powerBelow(end - start)
    return index < split
      ? [...this.path(index, split, start), this.root(split, end)]
      : [...this.path(index, end, split), this.root(start, split)]
  }

  consistency(first: number, end: number, start = 0, whole = true): Buffer[] {
    if (first === end - start) return whole ? [] : [this.root(start, end)]
    const power = powerBelow(end - start)
    return first <= power
      ? [...this.consistency(first, start + power, start, whole), this.root(start + power, end)]
      : [...this.consistency(first - power, end, start + power, false), this.root(start, start + power)]
  }
}

function powerBelow(size: number): number {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}

function sha256(...parts: readonly (Uint8Array | string)[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

function ed25519Key(seed: string): { privateKey: KeyObject; raw: Buffer; pem: string } {
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), sha256(seed)])
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey)
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  return { privateKey, raw, pem: publicKey.export({ format: 'pem', type: 'spki' }) as string }
}

/** The canonical ZIP of decision 0023. */
function storedZip(files: ReadonlyMap<string, Buffer>): Buffer {
  const body: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const name of [...files.keys()].toSorted()) {
    const bytes = files.get(name)!
    const header = Buffer.alloc(30)
    header.writeUInt32LE(0x04034b50, 0)
    header.writeUInt16LE(20, 4)
    header.writeUInt16LE(0x0800, 6)
    header.writeUInt16LE(0x21, 12)
    header.writeUInt32LE(crc32(bytes), 14)
    header.writeUInt32LE(bytes.length, 18)
    header.writeUInt32LE(bytes.length, 22)
    header.writeUInt16LE(name.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(20, 4)
    header.copy(central, 6, 4, 30)
    central.writeUInt32LE(offset, 42)
    body.push(header, Buffer.from(name), bytes)
    directory.push(central, Buffer.from(name))
    offset += 30 + name.length + bytes.length
  }
  const listing = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files.size, 8)
  end.writeUInt16LE(files.size, 10)
  end.writeUInt32LE(listing.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...body, listing, end])
}
