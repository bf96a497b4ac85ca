import type { OrganisationId } from '#core'
import { createSealKey, loadSealKey, sealChain, type SealKeyKind, type SealSigner } from '#documents'
import { insertOrganisation } from '#organisations'
import type { BenchStage } from './bench-acts.ts'

/** A key as the service uses it, with its chain, DER, leaf first and root last. */
export type BenchSeal = {
  readonly kind: SealKeyKind
  readonly organisationId: OrganisationId
  readonly keyId: string
  readonly signer: SealSigner
  readonly chain: readonly Buffer[]
}

/** An organisation with a seal key of this kind, made and loaded as the service does it. */
export async function aBenchSeal(
  { platform, database }: Pick<BenchStage, 'platform' | 'database'>,
  kind: SealKeyKind,
): Promise<BenchSeal> {
  const organisationId = platform.newId() as OrganisationId
  const now = platform.clock()
  await database.inOrganisation(organisationId, async (trx) => {
    await insertOrganisation(trx, { organisationId, name: 'Voorbeeld & Zonen B.V.', createdAt: now })
    await createSealKey(platform, trx, organisationId, 'Voorbeeld & Zonen B.V.', now, kind)
  })
  return database.readInOrganisation(organisationId, async (trx) => {
    const { keyId, signer } = await loadSealKey(platform, trx, organisationId)
    return { kind, organisationId, keyId, signer, chain: await sealChain(trx, organisationId, keyId) }
  })
}
