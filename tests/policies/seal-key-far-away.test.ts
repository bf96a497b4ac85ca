import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { createRenderPool, registerSealKey } from '#documents'
import { sampleContent } from '../../src/policies/content-sample.ts'
import { testDatabase } from '../support/database.ts'
import { aSealChain } from '../support/documents-chains.ts'
import { aKeyService } from '../support/key-service.ts'
import { testPlatform } from '../support/platform.ts'
import { aClientOf, aPolicyServer, aPublishingOrganisation } from '../support/policies-service.ts'

// Publications while the key that seals them is in a service of somebody else.
const platform = testPlatform()
const { database, adminQuery } = await testDatabase(t)
const organisation = await aPublishingOrganisation(platform, database)
const pool = createRenderPool({ threads: 1 })
const server = aPolicyServer(platform, database, pool)
const chain = aSealChain()
const service = await aKeyService(chain.leaf.key, aSealChain().leaf.key)
const folder = mkdtempSync(join(tmpdir(), 'beding-far-'))
t.teardown(async () => {
  await server.close()
  await Promise.all([pool.close(), service.close()])
  rmSync(folder, { recursive: true })
})
const tokenFile = join(folder, 'token')
writeFileSync(tokenFile, 'token')
const location = { kind: 'service', url: service.url, key: 'seals', tokenFile } as const
const offer = { kind: 'stays', location, certificates: chain.certificates } as const
const { keyId } = await registerSealKey({ platform, database }, organisation.organisationId, offer)
const { send, aPolicy, anApprovedDraft } = aClientOf(server, organisation)

const publish = (draft: string, effectiveFrom = '2026-12-01') =>
  send('POST', `${draft}/publications`, { as: 'hr-publisher', body: { effectiveFrom } })

async function traces(): Promise<Record<string, number>> {
  const [row] = await adminQuery<Record<string, number>>(`select
    (select count(*)::int from policy_version) as versions, (select count(*)::int from document) as documents,
    (select count(*)::int from ledger_entry) as entries, (select count(*)::int from policy_draft) as drafts,
    (select count(*)::int from idempotency) as answers`)
  return row!
}

t.test('P12: a key service that is down is said with a time to come back, and nothing is half written', async (t) => {
  const draft = await anApprovedDraft(await aPolicy())
  const before = await traces()
  for (const [mood, retryAfter] of [['500', '30'], ['busy', '17'], ['other key', '30'], ['breaks off', '30']] as const) {
    service.setMood(mood)
    const answer = await publish(draft)
    t.match(answer.json(), { status: 503, code: 'seal-key-unavailable' }, mood)
    t.equal(answer.headers['retry-after'], retryAfter, mood)
    t.notMatch(answer.body, /127\.0\.0\.1|HTTP status|secret/, 'nothing of how it is reached')
  }
  t.same(await traces(), before)
  service.setMood('good')
  t.equal((await publish(draft)).statusCode, 201, 'the same draft, once the service is back')
  const rows = await adminQuery<{ seal_key_id: string }>('select distinct seal_key_id from document')
  t.same(rows, [{ seal_key_id: keyId }])
}) // prettier-ignore

t.test('no transaction is open and no lock is held while the service signs', async (t) => {
  const draft = await anApprovedDraft(await aPolicy())
  let open: unknown
  service.before(async () => {
    open = await adminQuery(
      `select count(*)::int as transactions,
         (select count(*)::int from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())) as locks
       from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null`,
    )
  })
  t.equal((await publish(draft)).statusCode, 201)
  t.same(open, [{ transactions: 0, locks: 0 }])
})

t.test('P12: of publishers who wait for the service at the same moment one publishes', async (t) => {
  const draft = await anApprovedDraft(await aPolicy())
  const before = await traces()
  service.before(() => new Promise((resolve) => setTimeout(resolve, 500)))
  const answers = await Promise.all(['2026-12-01', '2026-12-02'].map((day) => publish(draft, day)))
  t.same(answers.map((answer) => answer.statusCode).toSorted(), [201, 409])
  const { versions, documents, entries } = await traces()
  t.same([versions, documents, entries], [before['versions']! + 1, before['documents']! + 2, before['entries']! + 1])
}) // prettier-ignore

t.test('P12: a draft that changes while the service signs is not published', async (t) => {
  const draft = await anApprovedDraft(await aPolicy())
  const before = await traces()
  service.before(async () => {
    const { headers } = await send('GET', draft, { as: 'hr-author' })
    const changed = { ...sampleContent, changeSummary: { en: 'Changed.', nl: 'Anders.' } }
    await send('PUT', draft, { as: 'hr-author', ifMatch: String(headers.etag), body: { content: changed } })
  })
  t.match((await publish(draft)).json(), { status: 409, code: 'policy-draft-changed' })
  t.same(await traces(), before)
})
