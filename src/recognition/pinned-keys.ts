import { readWitnessPolicy } from '#anchors'
import type { OrganisationId } from '#core'
import type { Transaction } from '#database'
import { publicSealKeys } from '#documents'
import { publicKeys } from '#evidence'

/** One file of a trust directory, as the verifier knows it. */
export type Pin = { readonly name: string; readonly text: string }

/**
 * The public keys of an organisation as this service knows them, for a verifier that believes nothing else. They come from
 * the service itself: whoever does not want to rely on it pins them from elsewhere and checks offline.
 */
export async function pinnedKeys(
  trx: Transaction,
  organisationId: OrganisationId,
  tsaRootsPem: string,
): Promise<Pin[]> {
  const { logs, dossiers } = await publicKeys(trx, organisationId)
  const { rootPem, earlierRootPems } = await publicSealKeys(trx, organisationId)
  const policy = await readWitnessPolicy(trx, organisationId)
  return [
    ...logs.map(({ verifierKey }) => ({ name: 'log.vkey', text: `${verifierKey}\n` })),
    ...dossiers.map(({ pem }) => ({ name: 'dossier.pem', text: pem })),
    ...[rootPem, ...earlierRootPems].map((text) => ({ name: 'root.pem', text })),
    { name: 'tsa-roots.pem', text: tsaRootsPem },
    { name: 'policy.txt', text: policy },
  ]
}
