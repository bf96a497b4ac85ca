import { X509Certificate } from 'node:crypto'
import { problem, type Instant, type OrganisationId } from '#core'
import type { Transaction } from '#database'
import { listAuthorityCertificates } from './authority-store.ts'
import { certificatePem, certificatesOfPem } from './pem.ts'
import { findSealKeyInUse, listSealCertificates } from './seal-key-store.ts'

/** The public half of the seals: the certificate in use, the root that it leads to, and the other roots, as PEM. */
export type PublicSealKeys = {
  readonly certificatePem: string
  readonly rootPem: string
  /** Of keys that were used before, oldest first: their seals stay valid. Each root once, never that in use. */
  readonly earlierRootPems: string[]
}

/** Which keys are asked for: those that were there at a moment, and those that sealed these documents all the same. */
export type SealKeySelection = { readonly before: Instant; readonly keyIds: readonly string[] }

/** What a stranger needs to check the seals of an organisation: of every key it ever had, or of a selection. */
export async function publicSealKeys(
  trx: Transaction,
  organisationId: OrganisationId,
  selection?: SealKeySelection,
): Promise<PublicSealKeys> {
  const inUse = await findSealKeyInUse(trx, organisationId)
  const all = await listSealCertificates(trx, organisationId)
  const asked = all.filter(
    (key) =>
      selection === undefined || key.createdAt <= selection.before || selection.keyIds.includes(key.keyId),
  )
  const newest = selection === undefined ? inUse : asked.at(-1)
  if (newest === undefined)
    throw problem('internal-error', { cause: new Error('the organisation has no seal key') })
  const root = rootOf(await withRoot(trx, newest.certificates))
  const others = new Set<string>()
  for (const { certificates } of asked) others.add(rootOf(await withRoot(trx, certificates)))
  others.delete(root)
  return {
    certificatePem: certificatePem(newest.certificates[0]!),
    rootPem: root,
    earlierRootPems: [...others],
  }
}

/** The chain of a seal key that was ever used, DER, leaf first and root last. Throws an Error for an unknown key. */
export async function sealChain(
  trx: Transaction,
  organisationId: OrganisationId,
  keyId: string,
): Promise<readonly Buffer[]> {
  const key = (await listSealCertificates(trx, organisationId)).find((each) => each.keyId === keyId)
  if (key === undefined) throw new Error('the organisation has no such seal key')
  return withRoot(trx, key.certificates)
}

/**
 * A stored chain with its root. Chains that were stored before keys could come from elsewhere hold only the leaf; an
 * authority of this installation issued it.
 */
export async function withRoot(
  trx: Transaction,
  certificates: readonly Buffer[],
): Promise<readonly Buffer[]> {
  if (certificates.length > 1) return certificates
  const last = new X509Certificate(certificates[0]!)
  for (const pem of await listAuthorityCertificates(trx)) {
    const authority = new X509Certificate(pem)
    if (last.checkIssued(authority) && last.verify(authority.publicKey))
      return [...certificates, ...certificatesOfPem(pem)]
  }
  throw new Error('no authority of this installation issued the certificate of the seal')
}

function rootOf(chain: readonly Buffer[]): string {
  return certificatePem(chain.at(-1)!)
}
