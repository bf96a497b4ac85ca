import { randomUUID } from 'node:crypto'
import { authenticateLink } from '#ceremonies'
import { buildServer, createPaging } from '#http'
import { createKeyring } from '#identity'
import { runDueJobs, scheduleJob } from '#jobs'
import { erasureJob, holdRoutes, retentionJob, retentionKind, retentionRoutes } from '#retention'
import { personRecords } from '../../src/person-records.ts'
import { apiVersion, contact } from '../../src/product.ts'
import type { TestAnswer, TestRequest, TestService } from './service.ts'
import { testService } from './service.ts'
import { assigned, imported, published, shown, somePeople } from './story.ts'

export type RetentionService = TestService & {
  /** As `send`, to the routes of retention. */
  readonly ask: (method: string, url: string, request?: TestRequest) => Promise<TestAnswer>
  /** The night's work of the own organisation: proposes. Answers the proposals that wait for a decision. */
  // oxlint-disable-next-line typescript/no-explicit-any -- the shape is what the test asserts
  readonly night: () => Promise<any[]>
  /** Executes what was confirmed. */
  readonly execute: () => Promise<number>
}

/** The service with the routes and the background work of retention. */
export async function retentionService(t: Parameters<typeof testService>[0]): Promise<RetentionService> {
  const service = await testService(t)
  const { platform, database, own } = service
  const keyring = createKeyring({ platform, database })
  const server = buildServer(
    { log: platform.log, newId: platform.newId, authenticateKey: keyring.authenticate, authenticateLink },
    { apiVersion, contact, trustedProxies: [] },
  )
  const deps = { platform, database, paging: createPaging(platform.secrets.derive('cursor')), personRecords }
  retentionRoutes(server, deps)
  holdRoutes(server, deps)
  await server.ready()
  t.teardown(() => server.close())
  const ask: RetentionService['ask'] = async (method, url, request = {}) => {
    const answer = await server.inject({
      method: method as 'GET',
      url,
      headers: {
        ...(request.as === undefined ? {} : { authorization: `Bearer ${request.as}` }),
        ...(method === 'POST' ? { 'idempotency-key': request.key ?? randomUUID() } : {}),
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(request.body === undefined ? {} : { payload: JSON.stringify(request.body) }),
    })
    return {
      status: answer.statusCode,
      body: answer.json(),
      headers: answer.headers as TestAnswer['headers'],
      bytes: answer.rawPayload,
    }
  }
  return {
    ...service,
    ask,
    night: async () => {
      await database.inOrganisation(own.organisationId, (trx) =>
        scheduleJob(trx, own.organisationId, retentionKind, platform.clock()),
      )
      await runDueJobs(deps, [retentionJob(deps)])
      const list = await ask('GET', '/v1/erasure-proposals?state=proposed&pageSize=200', { as: own.keys['hr-approver'] }) // prettier-ignore
      return list.body.items
    },
    execute: () => runDueJobs(deps, [erasureJob(deps)]),
  }
}

export type StoryOfActs = {
  readonly personIds: readonly string[]
  readonly people: ReturnType<typeof somePeople>
  /** Links by position of the person: of the instruction and of the contract term. */
  readonly instruction: readonly string[]
  readonly contractTerm: readonly string[]
  readonly instructionPolicy: string
  readonly contractPolicy: string
}

/** People who each took note of an instruction and agreed to a contract term, with a receipt of both. */
export async function peopleWhoActed(service: RetentionService, count: number): Promise<StoryOfActs> {
  const { own, send } = service
  const people = somePeople(count)
  const personIds = await imported(service, own, people)
  const linksOf = async (legalNature: string, choice: string) => {
    const version = await published(service, own, { legalNature })
    const links = await assigned(service, own, version, count)
    const each = people.map((person) => links.get(person.workEmail)!)
    for (const link of each) {
      const headers = { 'user-agent': `Reader/${link.slice(-6)}` }
      await send('POST', '/v1/openings', { as: link, body: { language: null }, headers })
      const body = await shown(service, link, choice)
      const act = await send('POST', '/v1/acts', { as: link, body, headers })
      if (act.status !== 201) throw new Error(JSON.stringify(act.body))
      const receipt = await send('GET', '/v1/acts/current/receipt-document', { as: link })
      if (receipt.status !== 200) throw new Error(JSON.stringify(receipt.body))
    }
    return { links: each, policyId: version.policyId }
  }
  const instruction = await linksOf('instruction', 'seen')
  const contractTerm = await linksOf('contract-term', 'agreed')
  return {
    personIds,
    people,
    instruction: instruction.links,
    contractTerm: contractTerm.links,
    instructionPolicy: instruction.policyId,
    contractPolicy: contractTerm.policyId,
  }
}

/** States the end of employment of some of the people. */
export async function leave(
  service: RetentionService,
  people: readonly object[],
  employedUntil: string,
): Promise<void> {
  const persons = people.map((person) => ({ ...person, employedUntil }))
  const answer = await service.send('POST', '/v1/person-imports', { as: service.own.keys['hr-publisher'], body: { persons } }) // prettier-ignore
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
}

/** Every place of the database in which a text stands: `table.column`, looked for in all texts and bytes. */
export async function placesOf(service: RetentionService, needle: string): Promise<string[]> {
  const columns = await service.adminQuery<{ table_name: string; column_name: string; data_type: string }>(
    `select c.table_name, c.column_name, c.data_type from information_schema.columns c
     join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'beding' and t.table_type = 'BASE TABLE' and c.data_type in ('text', 'bytea', 'ARRAY', 'json', 'jsonb')`,
  )
  const places: string[] = []
  for (const { table_name: table, column_name: column, data_type: type } of columns) {
    const condition =
      type === 'bytea'
        ? `position(convert_to($1, 'UTF8') in "${column}") > 0`
        : `position($1 in "${column}"::text) > 0`
    const rows = await service.adminQuery(`select 1 from beding."${table}" where ${condition} limit 1`, [
      needle,
    ])
    if (rows.length > 0) places.push(`${table}.${column}`)
  }
  return places
}
