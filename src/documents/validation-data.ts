import { sha256Hex } from '#core'
import { firstReference, readDictionary, readPlainStream, readRevision, withEntries } from './pdf-revision.ts'
import type { PdfRevision } from './pdf-revision.ts'
import { emptyStore, readStore, writeStore, type SecurityStore } from './security-store.ts'
import { writeUpdate, type UpdateObject } from './pdf-update.ts'

/** What somebody needs who checks a signature when nobody answers any more. All DER. */
export type ValidationData = {
  /** Certificates, each chain whole, the root included. */
  readonly certificates: readonly Buffer[]
  /** OCSPResponse (RFC 6960), whole. */
  readonly ocsps: readonly Buffer[]
  /** CertificateList (RFC 5280). */
  readonly crls: readonly Buffer[]
}

/** What belongs to one signature; `key` is `validationKey` of it. */
export type SignatureValidation = ValidationData & { readonly key: string }

/**
 * The file with one revision more that holds what is new in this validation data (DSS dictionary, EN 319 142-1, 5.4.2):
 * a stream is kept once, arrays grow at their end, entries of a signature never change. Undefined when the file holds all
 * of it already. The bytes before stay as they are. Throws a PdfStructureError for a file that is not ours.
 */
export function appendValidationData(
  file: Buffer,
  data: ValidationData & { readonly vri: readonly SignatureValidation[] },
): Buffer | undefined {
  const revision = readRevision(file)
  const catalog = readDictionary(revision, revision.root)
  const isNew = !catalog.includes('\n/DSS ')
  const number = isNew ? revision.size : firstReference(catalog, 'DSS')
  const store = isNew ? emptyStore : readStore(readDictionary(revision, number))
  const objects = new Map<number, UpdateObject>()
  const numbers = numbering(revision, store, objects, revision.size + (isNew ? 1 : 0))

  const add = (found: readonly number[], streams: readonly Buffer[]): number[] => [
    ...new Set([...found, ...streams.map(numbers)]),
  ]
  const everything = [data, ...data.vri]
  const next: SecurityStore = {
    certificates: add(
      store.certificates,
      everything.flatMap(({ certificates }) => certificates),
    ),
    ocsps: add(
      store.ocsps,
      everything.flatMap(({ ocsps }) => ocsps),
    ),
    crls: add(
      store.crls,
      everything.flatMap(({ crls }) => crls),
    ),
    signatures: [
      ...store.signatures,
      ...data.vri
        .filter(({ key }) => !store.signatures.some((signature) => signature.key === key))
        .map(({ key, certificates, ocsps, crls }) => ({
          key,
          certificates: add([], certificates),
          ocsps: add([], ocsps),
          crls: add([], crls),
        })),
    ],
  }
  const written = writeStore(next)
  if (!isNew && written === writeStore(store)) return undefined
  if (isNew && written === writeStore(emptyStore)) return undefined
  objects.set(number, written)
  if (isNew) objects.set(revision.root, withEntries(catalog, { DSS: `${number} 0 R` }))
  return writeUpdate(revision, objects)
}

/** Gives each stream its object number: the one it has in the file, or the next free one, which is then written. */
function numbering(
  revision: PdfRevision,
  store: SecurityStore,
  objects: Map<number, UpdateObject>,
  firstFree: number,
): (stream: Buffer) => number {
  const known = new Map<string, number>()
  for (const number of [...store.certificates, ...store.ocsps, ...store.crls])
    known.set(sha256Hex(readPlainStream(revision, number)), number)
  let free = firstFree
  return (stream) => {
    const hash = sha256Hex(stream)
    const found = known.get(hash)
    if (found !== undefined) return found
    const number = free
    free += 1
    known.set(hash, number)
    objects.set(number, { stream })
    return number
  }
}

/** The signatures that the file holds validation data for, by `FileSignature.key`. Throws as `appendValidationData` does. */
export function listValidatedKeys(file: Buffer): string[] {
  const revision = readRevision(file)
  const catalog = readDictionary(revision, revision.root)
  if (!catalog.includes('\n/DSS ')) return []
  const store = readStore(readDictionary(revision, firstReference(catalog, 'DSS')))
  return store.signatures.map(({ key }) => key)
}
