import t from 'tap'
import { auditStep, continuityRoutes } from '#continuity'
import type { Caller } from '#http'
import { testDatabase } from '../support/database.ts'
import { aLog } from '../support/evidence-log.ts'
import { aCaller, aServer } from '../support/http-server.ts'
import { testPlatform } from '../support/platform.ts'

const db = await testDatabase(t)
const { database } = db
const platform = testPlatform()

t.test('who may read the ledger sees what its audits came to, and nobody sees another’s', async (t) => {
  const [log, other] = [await aLog(db), await aLog(db)]
  await log.grow(300)
  await db.adminQuery(
    `set session_replication_role = replica;
    update ledger_entry set leaf_hash = sha256('') where organisation_id = '${log.organisationId}' and entry_index = 7;
    set session_replication_role = default`,
  )
  const deps = { platform, database }
  await auditStep(deps, log.organisationId, 'complete')
  await auditStep(deps, log.organisationId, 'slice', 100)
  const reader = (organisationId: string, rights: string[]): Caller =>
    ({ ...aCaller(rights), organisationId }) as Caller
  const server = aServer((scope) => continuityRoutes(scope, { database }), {
    ours: reader(log.organisationId, ['ledger.read']),
    theirs: reader(other.organisationId, ['ledger.read']),
    nosy: reader(log.organisationId, ['person.read']),
  })
  t.teardown(() => server.close())
  const get = async (name: string) => {
    const headers = { authorization: `Bearer ${name}` }
    const answer = await server.inject({ method: 'GET', url: '/v1/ledger/audits', headers })
    return { status: answer.statusCode, body: answer.json() as unknown }
  }
  const { status, body } = await get('ours')
  t.equal(status, 200)
  const { origin } = log
  t.match(body, {
    runs: [{ origin, entries: 301, findings: 1, anchoredSize: null }],
    underWay: { origin, entries: 100 },
    findings: [{ origin, name: 'leaf-hash-differs', subject: 'entry 7' }],
    findingsCount: 1,
  })
  t.same((await get('theirs')).body, { runs: [], underWay: null, findings: [], findingsCount: 0 })
  t.equal((await get('nosy')).status, 403)
})
