import type { OrganisationId } from '#core'
import type { Transaction } from '#database'
import { publicSealKeys, type SealKeySelection } from '#documents'
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
  /** Of seal keys that were used before, oldest first: their seals stay valid. */
  readonly earlierRootPems: string[]
}

/** What is asked for in a dossier: the log it is of, and the seals of its time and of its documents. */
export type KeySelection = { readonly origin: string; readonly seals: SealKeySelection }

/** The keys in use, as they are pinned; or those that travel in a dossier. */
export async function verificationKeys(
  trx: Transaction,
  organisationId: OrganisationId,
  selection?: KeySelection,
): Promise<VerificationKeys> {
  const { logs, dossiers } = await publicKeys(trx, organisationId)
  const { certificatePem, rootPem, earlierRootPems } = await publicSealKeys(
    trx,
    organisationId,
    selection?.seals,
  )
  const log = logs.find((each) => each.origin === selection?.origin) ?? logs.at(-1)!
  return {
    logVkey: log.verifierKey,
    earlierLogVkeys: logs.filter((each) => each !== log).map((each) => each.verifierKey),
    logPem: log.pem,
    dossierPem: dossiers.at(-1)!.pem,
    sealCertificatePem: certificatePem,
    rootPem,
    earlierRootPems,
  }
}

/** The keys as the files of a trust directory, the names being those that the verifier knows them by. */
export function trustFiles(
  keys: VerificationKeys,
  tsaRootsPem: string,
): { readonly name: string; readonly bytes: Buffer }[] {
  const numbered = (name: string) => (text: string, place: number) => ({
    name: `earlier-${place + 1}${name}`,
    text,
  })
  const files = [
    { name: 'log.vkey', text: `${keys.logVkey}\n` },
    ...keys.earlierLogVkeys.map((vkey) => `${vkey}\n`).map(numbered('.vkey')),
    { name: 'dossier.pem', text: keys.dossierPem },
    { name: 'root.pem', text: keys.rootPem },
    ...keys.earlierRootPems.map(numbered('-root.pem')),
    ...(tsaRootsPem === '' ? [] : [{ name: 'tsa-roots.pem', text: tsaRootsPem }]),
  ]
  return files.map(({ name, text }) => ({ name, bytes: Buffer.from(text) }))
}
