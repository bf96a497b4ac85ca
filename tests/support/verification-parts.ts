import { sign } from 'node:crypto'
import { aDossier, anchorFolder, entryFolder, storedZip } from './verification-dossier.ts'
import type { DossierFiles, DossierWishes, TestOrganisation } from './verification-dossier.ts'
import { digestOf, TestLog } from './verification-log.ts'

/** A way to spoil a dossier whose maker signs the result all the same. */
export type Spoiling = readonly [name: string, spoil: (files: DossierFiles) => void]

/** The files of an honest dossier, before checksums and signature. */
export function honestFiles(organisation: TestOrganisation, wishes: DossierWishes = {}): DossierFiles {
  let copy: DossierFiles = new Map()
  aDossier(organisation, { ...wishes, change: (files) => (copy = new Map(files)) })
  return copy
}

/** A dossier of these files with checksums, signature and archive as they should be. */
export function signedDossier({ dossierKey }: TestOrganisation, files: DossierFiles): Buffer {
  const names = [...files.keys()].toSorted((left, right) =>
    Buffer.compare(Buffer.from(left), Buffer.from(right)),
  )
  const sums = names
    .map((name) => `${digestOf(files.get(name) as Buffer).toString('hex')}  ${name}\n`)
    .join('')
  const all = new Map(files).set('SHA256SUMS', Buffer.from(sums))
  return storedZip(all.set('SHA256SUMS.sig', sign(null, Buffer.from(sums), dossierKey.privateKey)))
}

const [publication, first, second] = [0, 1, 2].map(entryFolder) as [string, string, string]
const [early, late] = [anchorFolder(1), anchorFolder(4)]

function swapped(left: string, right: string): (files: DossierFiles) => void {
  return (files) => {
    const kept = partOf(files, left)
    files.set(left, partOf(files, right))
    files.set(right, kept)
  }
}

function replaced(name: string, change: (text: string) => string): (files: DossierFiles) => void {
  return (files) => {
    const before = partOf(files, name).toString('latin1')
    const after = change(before)
    if (after === before) throw new Error(`${name} stays the same`)
    files.set(name, Buffer.from(after, 'latin1'))
  }
}

function partOf(files: DossierFiles, name: string): Buffer {
  const part = files.get(name)
  if (part === undefined) throw new Error(`there is no ${name}`)
  return part
}

const copied = (from: string, to: string) => (files: DossierFiles) => void files.set(to, partOf(files, from))
const backwards = (text: string): string => `${text.split('\n').slice(0, -1).toReversed().join('\n')}\n`
const withoutLastLine = (text: string): string => text.replace(/[^\n]+\n$/, '')

/** Turns the hashes between the index line and the blank line of a proof around. */
function turnedProof(text: string): string {
  return text.replace(
    /(index \d+\n)((?:.{44}\n)+)/,
    (_, head: string, path: string) => head + backwards(path),
  )
}

export const spoilings: readonly Spoiling[] = [
  ['swapped: receipts of two acts', swapped(`${first}/receipt.tlog-proof`, `${second}/receipt.tlog-proof`)],
  ['swapped: proofs of two acts', swapped(`${first}/dossier.tlog-proof`, `${second}/dossier.tlog-proof`)],
  ['swapped: disclosures of two acts', swapped(`${first}/disclosures.txt`, `${second}/disclosures.txt`)],
  ['swapped: two entries', swapped(`${first}/entry.json`, `${second}/entry.json`)],
  ['swapped: consistency of two entries', swapped(`${publication}/consistency`, `${second}/consistency`)],
  ['swapped: time-stamps of two anchors', swapped(`${early}/01.tsr`, `${late}/01.tsr`)],
  ['swapped: checkpoints of two anchors', swapped(`${early}/checkpoint`, `${late}/checkpoint`)],
  ['swapped: a time-stamp and its renewal', swapped(`${late}/01.tsr`, `${late}/02.tsr`)],
  ['swapped: keys of log and dossier', swapped('keys/log.pem', 'keys/dossier.pem')],
  ['truncated: a disclosure', replaced(`${first}/disclosures.txt`, withoutLastLine)],
  ['truncated: a time-stamp', replaced(`${late}/01.tsr`, (text) => text.slice(0, -1))],
  ['truncated: the renewal is not there', (files) => void files.delete(`${late}/02.tsr`)],
  ['truncated: a cosignature', replaced(`${late}/cosigned`, withoutLastLine)],
  ['truncated: consistency of an anchor', replaced(`${early}/consistency`, withoutLastLine)],
  [
    'truncated: a proof',
    replaced(`${second}/dossier.tlog-proof`, (text) => text.replace(/(index 2\n).{44}\n/, '$1')),
  ],
  ['truncated: the document', (files) => files.forEach((bytes, name) => name.startsWith('documents/') && files.set(name, bytes.subarray(0, -9)))], // prettier-ignore
  ['truncated: an entry is not there', (files) => files.forEach((_, name) => name.startsWith(second) && files.delete(name))], // prettier-ignore
  ['replayed: a time-stamp on another anchor', copied(`${early}/01.tsr`, `${late}/01.tsr`)],
  ['replayed: a time-stamp as its own renewal', copied(`${late}/01.tsr`, `${late}/02.tsr`)],
  [
    'replayed: the receipt of another act',
    copied(`${first}/receipt.tlog-proof`, `${second}/receipt.tlog-proof`),
  ],
  [
    'replayed: a receipt as proof of the dossier',
    copied(`${first}/receipt.tlog-proof`, `${first}/dossier.tlog-proof`),
  ],
  ['replayed: an earlier checkpoint', copied(`${early}/checkpoint`, 'checkpoint')],
  [
    'replayed: cosignatures of another checkpoint',
    replaced(`${late}/cosigned`, (text) => text.replace(/\n4\n/, '\n5\n')),
  ],
  ['replayed: a receipt of another history', receiptOfAnotherHistory],
  ['re-ordered: disclosures', replaced(`${first}/disclosures.txt`, backwards)],
  ['re-ordered: consistency', replaced(`${publication}/consistency`, backwards)],
  ['re-ordered: a proof', replaced(`${second}/dossier.tlog-proof`, turnedProof)],
  ['re-ordered: entries of the manifest', replaced('manifest.json', turnedEntries)],
  ['re-ordered: commitments of an entry', replaced(`${first}/entry.json`, (text) => text.replace(/"c":\["([^"]+)","([^"]+)"/, '"c":["$2","$1"'))], // prettier-ignore
]

function turnedEntries(text: string): string {
  const manifest = JSON.parse(Buffer.from(text, 'latin1').toString()) as { entries: unknown[] }
  manifest.entries.reverse()
  return Buffer.from(JSON.stringify(manifest)).toString('latin1')
}

/** The log signed another tree of the same size for somebody else: equivocation. */
function receiptOfAnotherHistory(files: DossierFiles): void {
  const other = new TestLog()
  other.add('{"at":"2026-11-20T08:00:00.000Z","c":[],"kind":"log-opened","v":1}')
  other.add(partOf(files, `${first}/entry.json`).toString())
  files.set(`${first}/receipt.tlog-proof`, Buffer.from(other.proof(1)))
}
