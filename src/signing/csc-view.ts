import type { OrganisationId } from '#core'
import type { Transaction } from '#database'
import { getChallenge } from './challenge-actions.ts'
import { findCscProvider } from './csc-provider-store.ts'
import { readActManifest } from './manifest.ts'
import type { SigningDeps } from './signing-deps.ts'
import type { Declaration, Requester } from './signing.ts'

/** The name of the provider at which people of the organisation sign, or undefined. */
export async function signingProviderOf(
  trx: Transaction,
  organisationId: OrganisationId,
): Promise<string | undefined> {
  return (await findCscProvider(trx, organisationId))?.name
}

/** What a person began to sign at their provider in this session. Throws as `getChallenge` does. */
export async function openDeclaration(
  { database, platform }: Pick<SigningDeps, 'database' | 'platform'>,
  requester: Requester,
  challengeId: string,
): Promise<Declaration> {
  const wanted = { challengeId, purpose: 'act', method: 'csc' } as const
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
  const nobody = '00000000-0000-0000-0000-000000000000'
  const asked = { ...wanted, challengeId: uuid.test(challengeId) ? challengeId : nobody }
  const { manifest } = await database.readInOrganisation(requester.organisationId, (trx) =>
    getChallenge(trx, requester, asked, platform.clock()),
  )
  return readActManifest(manifest).declaration
}
