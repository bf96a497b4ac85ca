import type { DocumentId, OrganisationId } from '#core'
import {
  listDevelopmentSealResponders,
  loadDocumentFile,
  sealBytes,
  storeDocument,
  type DocumentFile,
} from '#documents'
import { gatherValidationData, stampFile, type PreservationDeps } from '#preservation'
import { obtainRevocation, openRevocationSources } from '#revocation'
import {
  ensureDevelopmentTimestamps,
  listDevelopmentTimestampResponders,
  type TimestampAuthority,
} from '#timestamps'
import type { BenchStage } from './bench-acts.ts'
import type { BenchSeal } from './seal-keys.ts'

/**
 * The development authorities of this installation as others: what they answered the first time is kept by the bytes of
 * the question and given again, so that their own signing is not counted. The nonce is always the same, which makes
 * the questions repeat. Answers are validated whole each time, and those about certificates shared, as in the service.
 */
export async function openLongTerm({ platform, database }: BenchStage): Promise<PreservationDeps> {
  const own = await ensureDevelopmentTimestamps(platform, database)
  const drawer = new Map<string, Buffer>()
  const authority: TimestampAuthority = {
    ...own,
    async exchange(request, signal) {
      const question = request.toString('base64')
      const answer = drawer.get(question) ?? (await own.exchange(request, signal))
      drawer.set(question, answer)
      return answer
    },
  }
  const sources = await openRevocationSources(platform, database, {
    privateHosts: [],
    developmentResponders: [listDevelopmentSealResponders, listDevelopmentTimestampResponders],
  })
  return {
    platform: { ...platform, randomBytes: (length) => Buffer.alloc(length, 7) },
    database,
    authorities: [authority],
    timestampRoots: () => Promise.resolve(own.roots),
    revocationOf: (chain, at) => obtainRevocation(platform, sources, chain, at),
  }
}

/** A rendered file, sealed and kept, as preservation finds it. */
export async function aStoredFile(
  { platform, database }: BenchStage,
  { organisationId, keyId, signer }: BenchSeal,
  rendered: Buffer,
): Promise<DocumentFile> {
  const at = platform.clock()
  const sealed = await sealBytes(rendered, signer, { at, name: 'Voorbeeld & Zonen B.V.' })
  const documentId = platform.newId() as DocumentId
  const record = {
    documentId,
    kind: 'policy-edition',
    title: 'Bench',
    language: 'nl',
    createdAt: at,
  } as const
  return database.inOrganisation(organisationId, async (trx) => {
    await storeDocument(trx, organisationId, record, { ...sealed, sealKeyId: keyId })
    return loadDocumentFile(trx, organisationId, documentId)
  })
}

/** The three steps as the service takes them: a time-stamp, the data of both chains, a time-stamp over those. */
export async function toLongTerm(
  deps: PreservationDeps,
  organisationId: OrganisationId,
  sealed: DocumentFile,
): Promise<Buffer> {
  const first = await stampFile(deps, sealed, 'timestamp', null)
  if (first.kind === 'failed') throw new Error(first.detail)
  const gathered = await gatherValidationData(deps, organisationId, { ...sealed, bytes: first.bytes })
  if (gathered.kind !== 'extended') throw new Error('no validation data were added')
  const last = await stampFile(deps, { ...sealed, bytes: gathered.bytes }, 'timestamp', first.timestamp)
  if (last.kind === 'failed') throw new Error(last.detail)
  return last.bytes
}
