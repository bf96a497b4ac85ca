import { newUuid, type ClientId, type PersonId } from '#core'
import type { Caller } from '#http'
import { obtainRevocation, openRevocationSources } from '#revocation'
import { createCscMethod, useCscProvider, type CscDeps, type Declaration, type Requester, type SigningMethod } from '#signing' // prettier-ignore
import { egressFetch } from '#single-sign-on'
import { ofPerson } from './csc-certificates.ts'
import { startCscServer, type CscServer } from './csc-server.ts'
import { startRevocationServer, type RevocationServer } from './revocation-server.ts'
import type { TestService } from './service.ts'

export const publicUrl = 'http://127.0.0.1:8080'

/** A person, a provider where they have a qualified key, and the authority of its certificate. */
export type RemoteSigningBench = {
  readonly method: SigningMethod
  readonly deps: CscDeps
  readonly provider: CscServer
  readonly authority: RevocationServer
  readonly requester: Requester
  readonly declaration: Declaration
}

/** Puts the provider to use for the organisation, for the first person of it. */
export async function aRemoteSigningBench(
  t: { teardown(work: () => unknown): void },
  { database, platform, own, adminQuery }: TestService,
  kind: 'p256' | 'rsa' = 'p256',
): Promise<RemoteSigningBench> {
  const { organisationId } = own
  const authority = await startRevocationServer(t, platform.clock, { kind, name: 'Stand-in QTSP' })
  const { pki } = authority
  const provider = await startCscServer(t, `${publicUrl}/signing/csc/callback`, pki.issue(ofPerson('Other', 'Key'))) // prettier-ignore
  const [person] = await adminQuery<{ person_id: PersonId; given_name: string; family_name: string }>(
    'select person_id, given_name, family_name from person where organisation_id = $1 order by person_id limit 1',
    [organisationId],
  )
  const [client] = await adminQuery<{ client_id: ClientId }>(
    'select client_id from api_client where organisation_id = $1 limit 1',
    [organisationId],
  )
  const { given_name: givenName, family_name: familyName } = person!
  const leaf = pki.issue(ofPerson(givenName, familyName))
  provider.setCredential(leaf, pki.chainOf(leaf))
  const caller = { organisationId, clientId: client!.client_id } as Caller
  const wanted = { name: 'Stand-in', baseUrl: provider.baseUrl, ...provider.client }
  await database.inOrganisation(organisationId, (trx) => useCscProvider(platform, { allowLoopback: true }, trx, caller, wanted)) // prettier-ignore
  const sources = await openRevocationSources(platform, database, { privateHosts: ['127.0.0.1'], developmentResponders: [] }) // prettier-ignore
  const deps: CscDeps = {
    platform,
    database,
    relyingParty: () => undefined,
    attestationRoots: [],
    pageRelease: () => null,
    wakeJobs: () => undefined,
    publicUrl: () => publicUrl,
    providerFetch: egressFetch({ allowLoopback: true, timeout_ms: 700 }),
    qualifiedRoots: [pki.root.der],
    revocationOf: (chain, at) => obtainRevocation(platform, sources, chain, at),
  }
  return {
    method: createCscMethod(deps),
    deps,
    provider,
    authority,
    requester: {
      organisationId,
      personId: person!.person_id,
      personName: `${givenName} ${familyName}`,
      language: 'nl',
      session: 'session:1',
      endsAt: null,
      assurance: 'mailbox-employer',
      authentication: null,
      userAgent: 'test',
    },
    declaration: {
      ceremonyId: newUuid(platform.clock()),
      statementId: 'main',
      purpose: 'statutory-statement',
      bundleSha256: null,
      documentSha256: ['ab'.repeat(32)],
      choice: 'agreed',
      statement: 'Ik ga akkoord met de opgave van arbeidsvoorwaarden.',
      reason: null,
      language: 'nl',
    },
  }
}

/** Signs once: begins, goes to the provider as a browser does, and comes back. */
export async function signOnce({ method, provider, requester, declaration }: RemoteSigningBench) {
  const begun = await method.begin(requester, declaration)
  if (begun.ask.kind !== 'redirect') throw new Error('no redirect')
  const back = await provider.visit(begun.ask.url)
  const response = Object.fromEntries(back.searchParams)
  const { challengeId } = begun
  return { begun, answer: { challengeId, response }, proof: () => method.complete(requester, { challengeId, response }) } // prettier-ignore
}
