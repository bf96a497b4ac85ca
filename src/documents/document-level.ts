import { listSignatures, type FileSignature } from './file-signatures.ts'
import { firstReference, readDictionary, readRevision } from './pdf-revision.ts'
import { readStore } from './security-store.ts'

/** The levels of PAdES (EN 319 142-1, 6), lowest first. */
export const padesLevels = ['B-B', 'B-T', 'B-LT', 'B-LTA'] as const

export type PadesLevel = (typeof padesLevels)[number]

/**
 * The level that a file of ours has by what stands in it; it checks no signature. B-T: a document time-stamp. B-LT: with
 * certificates and revocation data for each seal and the first time-stamp. B-LTA: with a time-stamp over those data. Throws a
 * PdfStructureError for a file that is not ours.
 */
export function levelOfFile(file: Buffer): PadesLevel {
  const signatures = listSignatures(file)
  const stamps = signatures.filter(({ kind }) => kind === 'timestamp')
  const [first] = stamps
  if (first === undefined) return 'B-B'
  const seals = signatures.filter(({ kind }) => kind === 'seal')
  const { ends } = readRevision(file)
  const completeFrom = ends.find(
    (end) => end > first.end && holdsValidationOf(file.subarray(0, end), [...seals, first]),
  )
  if (completeFrom === undefined) return 'B-T'
  return stamps.some(({ end }) => end > completeFrom) ? 'B-LTA' : 'B-LT'
}

function holdsValidationOf(file: Buffer, signatures: readonly FileSignature[]): boolean {
  const revision = readRevision(file)
  const catalog = readDictionary(revision, revision.root)
  if (!catalog.includes('\n/DSS ')) return false
  const store = readStore(readDictionary(revision, firstReference(catalog, 'DSS')))
  return signatures.every(({ key }) => {
    const found = store.signatures.find((each) => each.key === key)
    return found !== undefined && found.certificates.length > 0 && found.ocsps.length + found.crls.length > 0
  })
}
