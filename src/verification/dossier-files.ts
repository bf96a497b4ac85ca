import { sha256 } from './primitives.ts'
import { demand } from './refusal.ts'
import { decodeUtf8 } from './strict-text.ts'
import type { Archive } from './zip-archive.ts'

/** The files of a dossier that every dossier has, besides those of entries and documents. */
const fixedNames = [
  'README.txt',
  'SHA256SUMS',
  'SHA256SUMS.sig',
  'checkpoint',
  'keys/dossier.pem',
  'keys/log.pem',
  'keys/log.vkey',
  'keys/root.pem',
  'keys/tsa-roots.pem',
  'manifest.json',
  'policy.txt',
  'verify/verify.html',
  'verify/verify.py',
]
const documentName = /^documents\/([0-9a-f]{64})\.pdf$/
const entryName =
  /^entries\/([0-9]{12})\/(entry\.json|disclosures\.txt|receipt\.tlog-proof|dossier\.tlog-proof|consistency)$/
const entryParts = ['consistency', 'dossier.tlog-proof', 'entry.json', 'receipt.tlog-proof']
const anchorName = /^anchors\/([0-9]{16})\/(checkpoint|consistency|cosigned|([0-9]{2})\.tsr)$/

/** What a dossier has of one anchor: the size it is about, how many time-stamps, and whether witnesses cosigned. */
export type AnchorFiles = { readonly size: number; readonly timestamps: number; readonly cosigned: boolean }

/** What stands in the archive: hashes of its documents, indexes of its entries and its anchors, ascending. */
export type DossierContents = {
  readonly documents: readonly string[]
  readonly indexes: readonly number[]
  readonly anchors: readonly AnchorFiles[]
}

/** Refuses a file that is missing or that no dossier has. */
export function readContents(files: Archive): DossierContents {
  for (const name of fixedNames) demand(files.has(name), `the file ${name} is missing`)
  const documents: string[] = []
  const indexes: number[] = []
  const anchors: AnchorFiles[] = []
  // Names come sorted, so that the files of one folder follow each other.
  for (const name of files.names()) {
    const document = documentName.exec(name)?.[1]
    const entry = entryName.exec(name)?.[1]
    const anchor = anchorName.exec(name)?.[1]
    if (document !== undefined) documents.push(document)
    else if (entry !== undefined) addOnce(indexes, Number(entry))
    else if (anchor !== undefined) addAnchor(files, anchors, Number(anchor))
    else demand(fixedNames.includes(name), `the file ${name} does not belong in a dossier`)
  }
  for (const index of indexes) {
    for (const part of entryParts)
      demand(files.has(`${entryFolder(index)}/${part}`), `${entryFolder(index)} lacks ${part}`)
  }
  const expected = anchors.reduce((sum, each) => sum + 2 + each.timestamps + (each.cosigned ? 1 : 0), 0)
  const found = files.size - fixedNames.length - documents.length - countEntryFiles(files, indexes)
  demand(expected === found, 'the time-stamps of an anchor are not numbered from 01 without a gap')
  return { documents, indexes, anchors }
}

function addOnce(indexes: number[], index: number): void {
  if (indexes.at(-1) !== index) indexes.push(index)
}

function addAnchor(files: Archive, anchors: AnchorFiles[], size: number): void {
  if (anchors.at(-1)?.size === size) return
  demand(Number.isSafeInteger(size), 'the size of an anchor is above 2^53-1')
  const folder = anchorFolder(size)
  for (const part of ['checkpoint', 'consistency'])
    demand(files.has(`${folder}/${part}`), `${folder} lacks ${part}`)
  let timestamps = 0
  while (files.has(timestampFile(size, timestamps + 1))) timestamps++
  const cosigned = files.has(`${folder}/cosigned`)
  demand(timestamps > 0 || cosigned, `${folder} has neither a time-stamp nor cosignatures`)
  anchors.push({ size, timestamps, cosigned })
}

function countEntryFiles(files: Archive, indexes: readonly number[]): number {
  return indexes.reduce((sum, index) => {
    return sum + entryParts.length + (files.has(`${entryFolder(index)}/disclosures.txt`) ? 1 : 0)
  }, 0)
}

/** The folder of an anchor: its size in sixteen digits. */
export function anchorFolder(size: number): string {
  return `anchors/${String(size).padStart(16, '0')}`
}

/** The file of a time-stamp of an anchor, counted from 1; those after the first are renewals. */
export function timestampFile(size: number, number: number): string {
  return `${anchorFolder(size)}/${String(number).padStart(2, '0')}.tsr`
}

/** The folder of an entry: its index in twelve digits. */
export function entryFolder(index: number): string {
  return `entries/${String(index).padStart(12, '0')}`
}

/** Refuses unless SHA256SUMS names every other file with its hash, each once, sorted, and nothing else. */
export function demandChecksums(files: Archive): void {
  const text = fileOf(files, 'SHA256SUMS')
  const wrong: string[] = []
  let position = 0
  // Made only when the text goes another way than expected: then each line is asked whether it stands anywhere.
  let listed: Set<string> | undefined
  for (const line of expectedLines(files)) {
    const found = text.subarray(position, position + line.length)
    if (found.equals(line)) position += line.length
    else {
      listed ??= new Set(decodeUtf8(text).split('\n'))
      const sentence = line.toString('utf8').trimEnd()
      if (!listed.has(sentence) && wrong.length < wrongMax) wrong.push(sentence.slice(66))
    }
  }
  demand(wrong.length === 0, `SHA256SUMS does not hold the hash of ${wrong.join(', ')}`)
  demand(position === text.length, 'SHA256SUMS has lines for no file or is not sorted')
}

const wrongMax = 20

function* expectedLines(files: Archive): Generator<Buffer> {
  for (const name of files.names()) {
    if (name === 'SHA256SUMS' || name === 'SHA256SUMS.sig') continue
    yield Buffer.from(`${sha256(fileOf(files, name)).toString('hex')}  ${name}\n`)
  }
}

/** The bytes of a file that `readContents` found; refuses where it did not. */
export function fileOf(files: Archive, name: string): Buffer {
  const bytes = files.get(name)
  demand(bytes !== undefined, `the file ${name} is missing`)
  return bytes
}
