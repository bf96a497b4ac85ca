import { crc32 } from 'node:zlib'
import { sign } from 'node:crypto'
import { readTrust } from '#verification'
import type { Trust } from '#verification'
import {
  actFacts,
  anEd25519Key,
  anEntry,
  digestOf,
  organisationId,
  personId,
  TestLog,
} from './verification-log.ts'
import type { FactValue } from './verification-log.ts'
import { GrowingFile, recordOf } from './verification-long-term.ts'
import { aRendering, seal } from './verification-pdf.ts'
import { anAuthority, aTimestamp } from './verification-timestamp.ts'
import type { TestAuthority, TimestampWishes } from './verification-timestamp.ts'
import { TestWitness } from './verification-witness.ts'
import { pemOf, sealKeys } from './verification-seal.ts'
import type { SealKeys } from './verification-seal.ts'

/** An organisation for tests: its log, its keys, and what a reader has pinned of them. */
export type TestOrganisation = {
  readonly log: TestLog
  readonly keys: SealKeys
  readonly dossierKey: ReturnType<typeof anEd25519Key>
  readonly authority: TestAuthority
  readonly trustFiles: readonly { name: string; bytes: Buffer }[]
  readonly trust: Trust
}

/** The witnesses of the tests: a works council and a trade union. */
export const works = new TestWitness('works.example/witness')
export const union = new TestWitness('union.example/witness')

export function anOrganisation(authority = anAuthority()): TestOrganisation {
  const log = new TestLog()
  const keys = sealKeys()
  const dossierKey = anEd25519Key('dossier key')
  const trustFiles = [
    { name: 'log.vkey', bytes: Buffer.from(`${log.vkey}\n`) },
    { name: 'dossier.pem', bytes: Buffer.from(dossierKey.pem) },
    { name: 'root.pem', bytes: Buffer.from(pemOf(keys.root)) },
    { name: 'tsa-roots.pem', bytes: Buffer.from(pemOf(authority.root)) },
    { name: 'policy.txt', bytes: Buffer.from(policyText(log)) },
  ]
  return { log, keys, dossierKey, authority, trustFiles, trust: readTrust(trustFiles) }
}

/** A sealed policy edition. */
export function aPolicyEdition(organisation: TestOrganisation): Buffer {
  return seal(aRendering(), organisation.keys)
}

export type ReceiptWishes = {
  readonly facts?: Readonly<Record<string, FactValue>>
  readonly evidence?: (honest: Record<string, unknown>) => Record<string, unknown>
  readonly kind?: string
}

/** The evidence file of an act that is logged in passing. */
export function anEvidenceFile(organisation: TestOrganisation, wishes: ReceiptWishes = {}): Buffer {
  const { entry, disclosures } = anEntry(wishes.kind ?? 'act', wishes.facts ?? actFacts())
  const tlogProof = organisation.log.proof(organisation.log.add(entry))
  const honest = { disclosures, entry, format: 'beding-evidence/v1', tlogProof }
  return Buffer.from(JSON.stringify(wishes.evidence?.(honest) ?? honest))
}

/** A sealed receipt. */
export function aReceipt(organisation: TestOrganisation, wishes: ReceiptWishes = {}): Buffer {
  const attachment = anEvidenceFile(organisation, wishes)
  return seal(aRendering({ attachmentName: 'evidence.json', attachment }), organisation.keys)
}

export type DossierFiles = Map<string, Buffer>
type Facts = Readonly<Record<string, FactValue>>

export type DossierWishes = {
  /** Changes files before the checksums are made and signed: a dossier whose maker lies. */
  readonly change?: (files: DossierFiles) => void
  /** Changes files after that: a dossier somebody tampered with. */
  readonly tamper?: (files: DossierFiles) => void
  readonly facts?: Facts
  readonly publishedContent?: string
  /** What the acts, at index 1 and up, say instead of what they honestly say. */
  readonly acts?: readonly Facts[]
  /** Times of the acts, where they are not honest. */
  readonly times?: readonly string[]
  /** Names of facts that are not shown, by index; the empty list for everything. */
  readonly hidden?: Readonly<Record<number, readonly string[]>>
  /** Writes what stands in the log between publication and erasures, instead of the acts. */
  readonly story?: (log: StoryLog) => void
  /** Erasures, logged after the acts. */
  readonly erasures?: readonly { readonly refs: readonly number[]; readonly fields: readonly string[] }[]
  /** Indexes that are in the log and not in the dossier. */
  readonly leftOut?: readonly number[]
  readonly subject?: { readonly id: string; readonly kind: string }
  readonly anchors?: readonly AnchorWishes[]
  readonly unanchored?: string
  /** The document, if it grew, and the level that is recorded of it. */
  readonly document?: (organisation: TestOrganisation) => GrowingFile
  readonly level?: string
  /** What is recorded of the document instead of what is true. */
  readonly record?: (honest: ReturnType<typeof recordOf>) => Record<string, unknown>
  /** Writes the manifest as format 2 had it: nothing is recorded of documents. */
  readonly oldFormat?: boolean
}

/** A log into which a story writes, entry by entry; the dossier shows each of them. */
export type StoryLog = {
  readonly origin: string
  /** SHA-256 of the document of the dossier, in hex. */
  readonly document: string
  readonly add: (
    kind: string,
    facts: Facts,
    at: string,
    refs?: readonly number[],
  ) => { readonly index: number; readonly leafSha256: string }
}

export type AnchorWishes = {
  /** 0 stands for the size of the dossier's checkpoint. */
  readonly size: number
  /** Times of the first time-stamp and its renewals, as ASN.1 has them. */
  readonly times: readonly string[]
  readonly timestamp?: TimestampWishes
  readonly authority?: TestAuthority
  readonly witnesses?: readonly TestWitness[]
}

/** Two anchors, around everything that is logged from this index on but the publication. */
function honestAnchors(start: number): readonly AnchorWishes[] {
  return [
    { size: start + 1, times: ['20261120090000Z'] },
    { size: 0, times: ['20261123090000Z', '20270101000000.5Z'], witnesses: [works, union] },
  ]
}

function honestActs(start: number): readonly Facts[] {
  return [{}, { choice: 'agreed', personEntryNumber: 2, previousPersonEntry: start + 1 }]
}

/** A dossier about one person: a publication, acts, and the document they name; anchored twice, cosigned once. */
export function aDossier(organisation: TestOrganisation, wishes: DossierWishes = {}): Buffer {
  const files = dossierFiles(organisation, wishes)
  wishes.change?.(files)
  const sums = sortedNames(files).map(
    (name) => `${digestOf(files.get(name) as Buffer).toString('hex')}  ${name}\n`,
  )
  files.set('SHA256SUMS', Buffer.from(sums.join('')))
  const signature = sign(null, files.get('SHA256SUMS') as Buffer, organisation.dossierKey.privateKey)
  files.set('SHA256SUMS.sig', signature)
  wishes.tamper?.(files)
  return storedZip(files)
}

type Logged = { readonly index: number; readonly kind: string; readonly receiptSize: number } & ReturnType<
  typeof anEntry
>

function logEntries({ log }: TestOrganisation, wishes: DossierWishes, hash: string): Logged[] {
  const logged: Logged[] = []
  const add = (kind: string, made: ReturnType<typeof anEntry>): number => {
    const index = log.add(made.entry)
    logged.push({ ...made, kind, index, receiptSize: log.entries.length })
    return index
  }
  const { facts = {}, publishedContent = '{"title":"x"}', acts = honestActs(log.entries.length) } = wishes
  const contentSha256 = digestOf(publishedContent).toString('hex')
  const published = { contentSha256, documents: [`nl:${hash}`], versionNumber: 2 }
  const publication = 'policy-version-published'
  add(publication, anEntry(publication, published, '2026-11-20T08:00:00.000Z'))
  wishes.story?.({
    origin: log.origin,
    document: hash,
    add: (kind, said, at, refs) => {
      const made = anEntry(kind, said, at, refs)
      return { index: add(kind, made), leafSha256: digestOf(Buffer.of(0), made.entry).toString('hex') }
    },
  })
  for (const [position, changes] of (wishes.story === undefined ? acts : []).entries()) {
    const at = wishes.times?.[position] ?? `2026-11-${21 + Math.min(position, 1)}T08:00:00.12${position}Z`
    add('act', anEntry('act', actFacts({ documentSha256: hash, ...facts, ...changes }), at))
  }
  for (const { refs, fields } of wishes.erasures ?? []) {
    const erased = { ground: 'retention', retentionClass: 'R2', fields, proposalId: 'p', decidedBy: 'c', erasedAt: '2026-11-22T09:00:00.000Z' } // prettier-ignore
    add('content-erased', anEntry('content-erased', erased, '2026-11-22T09:00:00.000Z', refs))
  }
  log.add('{"at":"2026-11-23T08:00:00.000Z","c":[],"kind":"dossier-made","v":1}')
  return logged.filter(({ index }) => !(wishes.leftOut ?? []).includes(index))
}

function dossierFiles(organisation: TestOrganisation, wishes: DossierWishes): DossierFiles {
  const { log } = organisation
  const start = log.entries.length
  const document = wishes.document?.(organisation) ?? new GrowingFile(organisation.keys)
  const record = recordOf(document, wishes.level ?? 'B-B')
  const hash = record.sha256
  const entries = logEntries(organisation, wishes, hash)
  const files: DossierFiles = new Map()
  const put = (name: string, text: string | Buffer): unknown => files.set(name, Buffer.from(text as string))
  put('README.txt', 'How to check this by hand.\n')
  put('checkpoint', log.checkpoint())
  put('keys/log.vkey', `${log.vkey}\n`)
  put('keys/log.pem', log.key.pem)
  put('keys/dossier.pem', organisation.dossierKey.pem)
  put('keys/root.pem', pemOf(organisation.keys.root))
  put('keys/tsa-roots.pem', pemOf(organisation.authority.root))
  put('policy.txt', policyText(log))
  put('verify/verify.py', 'print("by hand")\n')
  put('verify/verify.html', '<!doctype html>\n')
  put(`documents/${hash}.pdf`, document.bytes)
  for (const { index, entry, disclosures, receiptSize } of entries) {
    const folder = entryFolder(index)
    put(`${folder}/entry.json`, entry)
    const hidden = wishes.hidden?.[index]
    if (hidden?.length !== 0) put(`${folder}/disclosures.txt`, shownLines(disclosures, hidden ?? []))
    put(`${folder}/receipt.tlog-proof`, log.proof(index, receiptSize))
    put(`${folder}/dossier.tlog-proof`, log.proof(index))
    put(`${folder}/consistency`, log.consistency(receiptSize))
  }
  const anchors = (wishes.anchors ?? honestAnchors(start)).map((each) => ({ ...each, size: each.size === 0 ? log.entries.length : each.size })) // prettier-ignore
  for (const anchor of anchors) putAnchor(organisation, put, anchor)
  put('manifest.json', manifestText(log.entries.length, record, entries, anchors, wishes))
  return files
}

function shownLines(disclosures: readonly string[], hidden: readonly string[]): string {
  return disclosures.map((line) => `${hidden.includes(nameOf(line)) ? '' : line}\n`).join('')
}

function nameOf(disclosure: string): string {
  return (JSON.parse(Buffer.from(disclosure, 'base64url').toString()) as string[])[1] as string
}

function putAnchor(
  organisation: TestOrganisation,
  put: (name: string, text: string | Buffer) => unknown,
  { size, times, timestamp, authority = organisation.authority, witnesses }: AnchorWishes,
): void {
  const { log } = organisation
  const folder = anchorFolder(size)
  const note = log.checkpoint(size)
  put(`${folder}/checkpoint`, note)
  put(`${folder}/consistency`, log.consistency(size))
  let subject: Buffer = Buffer.from(note)
  for (const [position, at] of times.entries()) {
    const answer = aTimestamp(authority, subject, { ...timestamp, at })
    put(`${folder}/0${position + 1}.tsr`, answer)
    subject = answer
  }
  if (witnesses !== undefined)
    put(`${folder}/cosigned`, note + witnesses.map((witness) => witness.cosign(note)).join(''))
}

/** A policy of two witnesses, of which the quorum demands both. */
export function policyText(log: TestLog, quorum = 'both'): string {
  const [first, second] = [works, union]
  const witnesses = `witness works ${first.vkey}\nwitness union ${second.vkey} https://union.example\n`
  return `# who counts\nlog ${log.vkey}\n${witnesses}group both all works union\nquorum ${quorum}\n`
}

export function entryFolder(index: number): string {
  return `entries/${String(index).padStart(12, '0')}`
}

export function anchorFolder(size: number): string {
  return `anchors/${String(size).padStart(16, '0')}`
}

function manifestText(
  size: number,
  record: ReturnType<typeof recordOf>,
  entries: readonly Logged[],
  anchors: readonly AnchorWishes[],
  wishes: DossierWishes,
): string {
  const { file, sha256: hash, title } = record
  const documents = [wishes.oldFormat === true ? { file, sha256: hash, title } : (wishes.record?.(record) ?? record)] // prettier-ignore
  return JSON.stringify({
    anchors: anchors.map((each) => ({
      cosigned: each.witnesses !== undefined,
      development: false,
      size: each.size,
      timestamps: each.times.length,
    })),
    checkpointSize: size,
    createdAt: '2026-11-24T08:00:00.000Z',
    documents,
    dossierId: '0190a000-0000-7000-8000-0000000000ff',
    entries: entries.map(({ index, kind }) => ({
      documents: kind === 'act' || kind === 'policy-version-published' ? [hash] : [],
      index,
      kind,
    })),
    format: wishes.oldFormat === true ? 'beding-dossier/v2' : 'beding-dossier/v3',
    organisation: { id: organisationId, name: 'Voorbeeld & Zn. B.V.' },
    subject: wishes.subject ?? { id: personId, kind: 'person' },
    unanchored: wishes.unanchored ?? null,
  })
}

function sortedNames(files: DossierFiles): string[] {
  return [...files.keys()].toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
}

/** A stored ZIP, written from APPNOTE with the fixed fields of the format. */
export function storedZip(files: DossierFiles, order = sortedNames(files)): Buffer {
  const body: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const name of order) {
    const bytes = files.get(name) as Buffer
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(20, 4)
    local.writeUInt16LE(0x0800, 6)
    local.writeUInt16LE(0x21, 12)
    local.writeUInt32LE(crc32(bytes), 14)
    local.writeUInt32LE(bytes.length, 18)
    local.writeUInt32LE(bytes.length, 22)
    local.writeUInt16LE(Buffer.byteLength(name), 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(20, 4)
    local.copy(central, 6, 4, 30)
    central.writeUInt32LE(offset, 42)
    body.push(local, Buffer.from(name), bytes)
    directory.push(central, Buffer.from(name))
    offset += 30 + Buffer.byteLength(name) + bytes.length
  }
  const listing = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(order.length, 8)
  end.writeUInt16LE(order.length, 10)
  end.writeUInt32LE(listing.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...body, listing, end])
}
