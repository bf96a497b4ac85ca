import type { OrganisationId } from '#core'
import type { Transaction } from '#database'
import { publicSealKeys } from '#documents'
import { publicKeys } from '#evidence'

/** The public keys that a stranger needs to check what this organisation hands out. */
export type VerificationKeys = {
  readonly logVkey: string
  /** Of ledgers that were closed, oldest first: what they signed stays valid. */
  readonly earlierLogVkeys: string[]
  readonly logPem: string
  readonly dossierPem: string
  readonly sealCertificatePem: string
  readonly rootPem: string
}

/** The keys in use, as they are pinned and as they travel in a dossier; of the log with this origin, or the newest one. */
export async function verificationKeys(
  trx: Transaction,
  organisationId: OrganisationId,
  origin?: string,
): Promise<VerificationKeys> {
  const { logs, dossiers } = await publicKeys(trx, organisationId)
  const { certificatePem, rootPem } = await publicSealKeys(trx, organisationId)
  const log = logs.find((each) => each.origin === origin) ?? logs.at(-1)!
  return {
    logVkey: log.verifierKey,
    earlierLogVkeys: logs.filter((each) => each !== log).map((each) => each.verifierKey),
    logPem: log.pem,
    dossierPem: dossiers.at(-1)!.pem,
    sealCertificatePem: certificatePem,
    rootPem,
  }
}
