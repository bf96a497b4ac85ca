import type { OrganisationId } from '#core'
import { newUuid } from '#core'
import type { Database } from '#database'
import { createPaging, type HttpServer } from '#http'
import { runDueJobs } from '#jobs'
import { recordEvent, webhookJob, webhookRoutes, type EgressOptions } from '#webhooks'
import type { TestDatabase } from './database.ts'
import { testDatabase } from './database.ts'
import { aCaller, aServer } from './http-server.ts'
import type { TestPlatform } from './platform.ts'
import { testPlatform } from './platform.ts'

type Teardown = { teardown(work: () => unknown): void }

// oxlint-disable-next-line typescript/no-explicit-any -- the shape is what the test asserts
type Answer = { readonly status: number; readonly body: any }

export type WebhookBench = {
  readonly server: HttpServer
  readonly database: Database
  readonly adminQuery: TestDatabase['adminQuery']
  readonly urls: TestDatabase['urls']
  readonly platform: TestPlatform
  readonly anOrganisation: () => Promise<OrganisationId>
  /** A request as the administrator of that organisation. */
  readonly send: (
    as: OrganisationId,
    method: string,
    url: string,
    body?: object,
    key?: string,
  ) => Promise<Answer>
  /** An endpoint of that organisation, with its secret. */
  readonly anEndpoint: (
    of: OrganisationId,
    url: string,
    eventTypes?: readonly string[],
  ) => Promise<{ readonly endpointId: string; readonly secret: string; readonly publicKey: string }>
  /** Records an event of that organisation. */
  readonly anEvent: (of: OrganisationId, size?: number) => Promise<void>
  /** Does every round that is due. */
  readonly relay: (egress?: Partial<EgressOptions>) => Promise<number>
  /** The deliveries of an endpoint as a client sees them, the newest first. */
  readonly deliveries: (of: OrganisationId, endpointId: string) => Promise<Answer['body']>
}

/** The room behind its routes on a database of its own, with a clock that stands still. */
export async function webhookBench(t: Teardown): Promise<WebhookBench> {
  const { database, adminQuery, urls } = await testDatabase(t)
  const platform = testPlatform()
  const egress = { allowLoopback: true, timeout_ms: 2_000 }
  const paging = createPaging(platform.secrets.derive('cursor'))
  const server = aServer(
    (scope) => webhookRoutes(scope, { platform, database, paging, egress }),
    {},
    {
      authenticateKey: async (bearer) =>
      bearer === undefined ? undefined : { ...aCaller(['webhook.manage', 'webhook.read']), organisationId: bearer as OrganisationId }, // prettier-ignore
    },
  )
  t.teardown(() => server.close())
  const send: WebhookBench['send'] = async (as, method, url, body, key) => {
    const answer = await server.inject({
      method: method as 'GET',
      url,
      headers: {
        authorization: `Bearer ${as}`,
        ...(method === 'POST' ? { 'idempotency-key': key ?? newUuid(platform.clock()) } : {}),
      },
      ...(body === undefined ? {} : { payload: body }),
    })
    return { status: answer.statusCode, body: answer.json() }
  }
  return {
    server,
    database,
    adminQuery,
    urls,
    platform,
    send,
    anOrganisation: async () => {
      const id = newUuid(platform.clock()) as OrganisationId
      await adminQuery('insert into beding.organisation (organisation_id, name, created_at) values ($1, $2, now())', [id, 'O']) // prettier-ignore
      return id
    },
    anEndpoint: async (of, url, eventTypes) => {
      const made = await send(of, 'POST', '/v1/webhook-endpoints', {
        url,
        ...(eventTypes ? { eventTypes } : {}),
      })
      if (made.status !== 201) throw new Error(JSON.stringify(made.body))
      return made.body
    },
    anEvent: (of, size = 1) =>
      database.inOrganisation(of, (trx) => recordEvent(platform, trx, of, { type: 'ledger.stopped', data: { size } })), // prettier-ignore
    relay: (more = {}) =>
      runDueJobs({ platform, database }, [
        webhookJob({ platform, database, egress: { ...egress, ...more } }),
      ]),
    deliveries: async (of, endpointId) =>
      (await send(of, 'GET', `/v1/webhook-endpoints/${endpointId}/deliveries`)).body.items,
  }
}
