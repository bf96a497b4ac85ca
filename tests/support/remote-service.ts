import { obtainRevocation, openRevocationSources } from '#revocation'
import type { SigningOptions } from '../../src/signing-composition.ts'
import { ofPerson } from './csc-certificates.ts'
import { startCscServer, type CscServer } from './csc-server.ts'
import { startRevocationServer, type RevocationServer } from './revocation-server.ts'
import { testService, type TestService } from './service.ts'

/** Where the provider sends people back in a service that is only asked in process. */
export const redirectUri = 'http://localhost/signing/csc/callback'

/** The whole service beside a provider and the authority of its certificates, whose root the operator relies on. */
export async function aRemoteService(t: { teardown(work: () => unknown): void }): Promise<{
  readonly service: TestService
  readonly provider: CscServer
  readonly authority: RevocationServer
  /** Gives a person of these names a qualified key at the provider; from then on that key signs. */
  readonly keyOf: (givenName: string, familyName: string) => void
}> {
  const qualifiedRoots: Buffer[] = []
  const remote: SigningOptions['remote'] = {
    qualifiedRoots,
    revocationOf: async (chain, at) => obtainRevocation(platform, await sources, chain, at),
    egress: { allowLoopback: true },
  }
  const service = await testService(t, { signing: { attestationRoots: [], remote } })
  const { platform, database } = service
  const sources = openRevocationSources(platform, database, { privateHosts: ['127.0.0.1'], developmentResponders: [] }) // prettier-ignore
  const authority = await startRevocationServer(t, platform.clock, { name: 'Stand-in QTSP' })
  const { pki } = authority
  qualifiedRoots.push(pki.root.der)
  const provider = await startCscServer(t, redirectUri, pki.issue(ofPerson('Other', 'Key')))
  return {
    service,
    provider,
    authority,
    keyOf: (givenName, familyName) => {
      const leaf = pki.issue(ofPerson(givenName, familyName))
      provider.setCredential(leaf, pki.chainOf(leaf))
    },
  }
}
