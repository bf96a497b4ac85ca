import { call } from './api-client.ts'
import { startIdentityProvider } from './identity-provider.ts'
import type { DemoAccount, DemoIdentityProvider } from './identity-provider.ts'
import type { Stage } from './story.ts'

/** The employer's identity provider, known to the service. Whoever comes there next is the account that it was told last. */
export type SignOn = Pick<DemoIdentityProvider, 'become' | 'stop'>

/** Starts an identity provider on this machine and registers it for persons. Stop it when the story is over. */
export async function openSignOn({ base, keys }: Stage, first: DemoAccount): Promise<SignOn> {
  const provider = await startIdentityProvider(first)
  await call(base, 'POST', '/v1/sign-on-providers', {
    bearer: keys['organisation-admin'],
    body: {
      name: 'Inloggen van Voorbeeld & Zonen',
      issuer: provider.issuer,
      clientId: provider.clientId,
      clientSecret: provider.clientSecret,
      clientAuthentication: 'client-secret-post',
      algorithms: ['ES256'],
      forPersons: true,
      forStaff: false,
    },
  })
  return provider
}
