import type { LightMyRequestResponse } from 'fastify'
import type { OrganisationId } from '#core'
import type { Database } from '#database'
import { createSealKey, ensureDevelopmentAuthority, type RenderPool } from '#documents'
import { createPaging } from '#http'
import { createKeyring, type RoleName } from '#identity'
import type { Platform } from '#platform'
import { policyRoutes } from '#policies'
import type { PolicyContent } from '#policies/model'
import { sampleContent } from '../../src/policies/content-sample.ts'
import { aServer, type TestServer } from './http-server.ts'
import { anOrganisation, withKey, type TestOrganisation } from './identity-organisation.ts'

/** An organisation that can publish: clients of every role, a log, and a seal. */
export async function aPublishingOrganisation(
  platform: Platform,
  database: Database,
  name = 'Voorbeeld BV',
): Promise<TestOrganisation> {
  const organisation = await anOrganisation(platform, database, name)
  const { organisationId } = organisation
  await database.inOrganisation(organisationId, async (trx) => {
    await ensureDevelopmentAuthority(platform, trx)
    await createSealKey(platform, trx, organisationId as OrganisationId, name, platform.clock())
  })
  return organisation
}

/** A server with the routes of this room, as one process of several has it. */
export function aPolicyServer(
  platform: Platform,
  database: Database,
  pool: Pick<RenderPool, 'render'>,
): TestServer {
  const paging = createPaging(platform.secrets.derive('cursor'))
  const keyring = createKeyring({ platform, database })
  return aServer(
    (scope) => policyRoutes(scope, { platform, database, paging, pool }),
    {},
    { authenticateKey: keyring.authenticate },
  )
}

export type Sending = {
  readonly as: RoleName
  readonly body?: unknown
  readonly ifMatch?: string
  /** Unless given, every POST gets a key of its own; null sends none. */
  readonly key?: string | null
}

let keysMade = 0

/** Speaks to a server as clients of an organisation do. */
export function aClientOf(server: TestServer, organisation: TestOrganisation) {
  const send = (
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    { as, body, ifMatch, key }: Sending,
  ): Promise<LightMyRequestResponse> => {
    const fresh = key === undefined ? `key-of-policies-test-${++keysMade}` : key
    return server.inject({
      method,
      url,
      headers: {
        ...withKey(organisation.clients[as].key),
        ...(method === 'POST' && fresh !== null ? { 'idempotency-key': fresh } : {}),
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      },
      ...(body === undefined ? {} : { payload: body as object }),
    })
  }
  return { send, ...storyOf(send) }
}

type Send = (method: 'GET' | 'POST' | 'PUT', url: string, sending: Sending) => Promise<LightMyRequestResponse>

async function done(answer: Promise<LightMyRequestResponse>): Promise<LightMyRequestResponse> {
  const given = await answer
  if (given.statusCode >= 300) throw new Error(`${given.statusCode} ${given.body}`)
  return given
}

/** The steps of a policy's life, each failing loudly when it is refused. */
function storyOf(send: Send) {
  const aPolicy = async (legalNature = 'instruction', name = 'Foto’s'): Promise<string> => {
    const body = { name, owner: 'Communicatie', legalNature }
    const answer = await done(send('POST', '/v1/policies', { as: 'hr-author', body }))
    return (answer.json() as { policyId: string }).policyId
  }
  const aDraft = async (policyId: string, content: PolicyContent = sampleContent): Promise<string> => {
    const answer = await done(
      send('POST', `/v1/policies/${policyId}/drafts`, { as: 'hr-author', body: { content } }),
    )
    return String(answer.headers.location)
  }
  const anApprovedDraft = async (
    policyId: string,
    content: PolicyContent = sampleContent,
  ): Promise<string> => {
    const draft = await aDraft(policyId, content)
    const { headers } = await done(send('GET', draft, { as: 'hr-approver' }))
    await done(send('POST', `${draft}/approvals`, { as: 'hr-approver', ifMatch: String(headers.etag) }))
    return draft
  }
  const aVersion = async (
    policyId: string,
    effectiveFrom: string,
    content: PolicyContent = sampleContent,
  ) => {
    const draft = await anApprovedDraft(policyId, content)
    const answer = await done(
      send('POST', `${draft}/publications`, { as: 'hr-publisher', body: { effectiveFrom } }),
    )
    return String(answer.headers.location)
  }
  return { aPolicy, aDraft, anApprovedDraft, aVersion }
}
