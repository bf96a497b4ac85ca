import type { DossierFiles, DossierWishes, TestOrganisation } from './verification-dossier.ts'
import { dataFor, GrowingFile } from './verification-long-term.ts'

/** A document of an organisation with two time-stamps and validation data: B-LTA. */
export function grown({ keys, authority }: TestOrganisation): GrowingFile {
  const file = new GrowingFile(keys).stamp(authority, '20261121080005Z')
  const [seal, time] = [dataFor(keys, '20261121080010Z'), dataFor(authority, '20261121080010Z')]
  file.data({
    certificates: [...seal.certificates, ...time.certificates],
    ocsps: [...seal.ocsps, ...time.ocsps],
    lists: [...seal.lists, ...time.lists],
    keys: [file.lastKey],
  })
  return file.stamp(authority, '20261121080020Z')
}

/** Takes the last revisions off the document of a dossier. */
export function cutOff(files: DossierFiles, count: number): void {
  for (const [name, bytes] of files) {
    if (!name.startsWith('documents/')) continue
    let end = bytes.length
    for (let left = count; left > 0; left--) end = bytes.lastIndexOf('%%EOF\n', end - 7) + '%%EOF\n'.length
    files.set(name, bytes.subarray(0, end))
  }
}

type Revisions = { kind: string; length: number; sha256: string }[]
const revisionsOf = (record: Record<string, unknown>): Revisions => record['revisions'] as Revisions
const base: DossierWishes = { document: grown, level: 'B-LTA' }

/** Dossiers whose document grew, or is not what the manifest says of it. */
export const grownDossiers: readonly {
  readonly name: string
  readonly accepted: boolean
  readonly wishes: DossierWishes
  readonly check?: string
  readonly reason?: RegExp
}[] = [
  { name: 'a document that grew', accepted: true, wishes: base },
  { name: 'a dossier of format 2', accepted: true, wishes: { oldFormat: true } },
  {
    name: 'a dossier of format 2 whose document grew since',
    accepted: false,
    wishes: { ...base, oldFormat: true },
    check: 'hash',
    reason: /not the one its name says/,
  },
  {
    name: 'the last revision cut off',
    accepted: false,
    wishes: { ...base, change: (files) => cutOff(files, 1) },
    check: 'revisions',
    reason: /revision 4, which the manifest records, is cut off/,
  },
  {
    name: 'everything after the seal cut off',
    accepted: false,
    wishes: { ...base, change: (files) => cutOff(files, 3) },
    check: 'recorded level',
    reason: /reaches B-B, below the recorded level B-LTA/,
  },
  {
    name: 'a level recorded that was not reached',
    accepted: false,
    wishes: { level: 'B-T' },
    check: 'recorded level',
    reason: /reaches B-B, below the recorded level B-T/,
  },
  {
    name: 'a revision that is not recorded',
    accepted: false,
    wishes: {
      ...base,
      record: (record) => {
        const revisions = revisionsOf(record).slice(0, -1)
        const last = revisions.at(-1)
        return { ...record, length: last?.length, revisions, sha256OfFile: last?.sha256 }
      },
    },
    check: 'revisions',
    reason: /has revisions that the manifest does not record/,
  },
  {
    name: 'a revision recorded as another kind',
    accepted: false,
    wishes: {
      ...base,
      record: (record) => ({
        ...record,
        revisions: revisionsOf(record).map((each, at) => (at === 3 ? { ...each, kind: 'timestamp' } : each)),
      }),
    },
    check: 'revisions',
    reason: /revision 3 is not the one that the manifest records/,
  },
  {
    name: 'a name that is not the hash of the frozen bytes',
    accepted: false,
    wishes: { ...base, record: (record) => ({ ...record, frozenLength: revisionsOf(record)[2]?.length }) },
    check: 'manifest',
    reason: /no revision in the manifest is the one that its document is named after/,
  },
  {
    name: 'a whole file of another length',
    accepted: false,
    wishes: { ...base, record: (record) => ({ ...record, length: 1 }) },
    check: 'manifest',
    reason: /is not its whole file/,
  },
]
