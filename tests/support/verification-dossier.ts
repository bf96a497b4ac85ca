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
import { aRendering, seal } from './verification-pdf.ts'
import { pemOf, sealKeys } from './verification-seal.ts'
import type { SealKeys } from './verification-seal.ts'

/** An organisation for tests: its log, its keys, and what a reader has pinned of them. */
export type TestOrganisation = {
  readonly log: TestLog
  readonly keys: SealKeys
  readonly dossierKey: ReturnType<typeof anEd25519Key>
  readonly trustFiles: readonly { name: string; bytes: Buffer }[]
  readonly trust: Trust
}

export function anOrganisation(): TestOrganisation {
  const log = new TestLog()
  const keys = sealKeys()
  const dossierKey = anEd25519Key('dossier key')
  const trustFiles = [
    { name: 'log.vkey', bytes: Buffer.from(`${log.vkey}\n`) },
    { name: 'dossier.pem', bytes: Buffer.from(dossierKey.pem) },
    { name: 'root.pem', bytes: Buffer.from(pemOf(keys.root)) },
  ]
  return { log, keys, dossierKey, trustFiles, trust: readTrust(trustFiles) }
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

export type DossierWishes = {
  /** Changes files before the checksums are made and signed: a dossier whose maker lies. */
  readonly change?: (files: DossierFiles) => void
  /** Changes files after that: a dossier somebody tampered with. */
  readonly tamper?: (files: DossierFiles) => void
  readonly facts?: Readonly<Record<string, FactValue>>
  readonly publishedContent?: string
}

/** A dossier about one person: a publication, two acts and the document they name. */
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

function dossierFiles(organisation: TestOrganisation, wishes: DossierWishes): DossierFiles {
  const { log } = organisation
  const { facts = {}, publishedContent = '{"title":"x"}' } = wishes
  const document = aPolicyEdition(organisation)
  const hash = digestOf(document).toString('hex')
  const publication = anEntry('policy-version-published', {
    contentSha256: digestOf(publishedContent).toString('hex'),
    documents: [`nl:${hash}`],
    versionNumber: 2,
  })
  const first = anEntry('act', actFacts({ documentSha256: hash, ...facts }))
  const second = anEntry(
    'act',
    actFacts({ documentSha256: hash, choice: 'agreed', ...facts }),
    '2026-11-22T08:00:00.000Z',
  )
  const entries = [publication, first, second].map((made) => {
    const index = log.add(made.entry)
    return { ...made, index, receipt: log.proof(index) }
  })
  log.add('{"at":"2026-11-23T08:00:00.000Z","c":[],"kind":"dossier-made","v":1}')
  const files: DossierFiles = new Map()
  const put = (name: string, text: string | Buffer): unknown => files.set(name, Buffer.from(text as string))
  put('README.txt', 'How to check this by hand.\n')
  put('checkpoint', log.checkpoint())
  put('keys/log.vkey', `${log.vkey}\n`)
  put('keys/log.pem', log.key.pem)
  put('keys/dossier.pem', organisation.dossierKey.pem)
  put('keys/root.pem', pemOf(organisation.keys.root))
  put(`documents/${hash}.pdf`, document)
  for (const { index, entry, disclosures, receipt } of entries) {
    const folder = entryFolder(index)
    put(`${folder}/entry.json`, entry)
    put(`${folder}/disclosures.txt`, disclosures.map((line) => `${line}\n`).join(''))
    put(`${folder}/receipt.tlog-proof`, receipt)
    put(`${folder}/dossier.tlog-proof`, log.proof(index))
  }
  put(
    'manifest.json',
    manifestText(
      log.entries.length,
      hash,
      entries.map(({ index }) => index),
    ),
  )
  return files
}

export function entryFolder(index: number): string {
  return `entries/${String(index).padStart(12, '0')}`
}

function manifestText(size: number, hash: string, indexes: readonly number[]): string {
  return JSON.stringify({
    checkpointSize: size,
    createdAt: '2026-11-24T08:00:00.000Z',
    documents: [{ file: `documents/${hash}.pdf`, sha256: hash, title: 'Gedragscode' }],
    dossierId: '0190a000-0000-7000-8000-0000000000ff',
    entries: indexes.map((index, position) => ({
      documents: [hash],
      index,
      kind: position === 0 ? 'policy-version-published' : 'act',
    })),
    format: 'beding-dossier/v1',
    organisation: { id: organisationId, name: 'Voorbeeld & Zn. B.V.' },
    subject: { id: personId, kind: 'person' },
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
