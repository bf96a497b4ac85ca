import t from 'tap'
import { listRoutes } from '#http'
import { routeReads } from '#staff'
import { anIdp } from '../support/oidc-provider.ts'
import { testService } from '../support/service.ts'
import { annexBody } from '../support/letters-samples.ts'
import { assigned, imported, published, shown, somePeople } from '../support/story.ts'
import { aStaffPlace, signInAsStaff } from '../support/staff.ts'

const service = await testService(t)
const { own } = service
const [anna, bert] = (await imported(service, own, somePeople(2))) as [string, string]
const version = await published(service, own)
const other = await published(service, own)
const links = await assigned(service, own, version, 2)
for (const link of links.values()) {
  const act = await service.send('POST', '/v1/acts', { as: link, body: await shown(service, link, 'seen') })
  if (act.status !== 201) throw new Error(JSON.stringify(act.body))
}
const publisher = own.keys['hr-publisher']
const letter = await service.send('POST', '/v1/documents', { as: publisher, body: annexBody(anna) })
const idp = await anIdp(t)
const place = await aStaffPlace(service, own, idp)

const assignmentOf = async (personId: string): Promise<string> => {
  const list = await service.send('GET', `/v1/assignments?personId=${personId}`, { as: publisher })
  return list.body.items[0].assignmentId
}
const annas = await assignmentOf(anna)
const berts = await assignmentOf(bert)

const soon = (minutes: number): string =>
  new Date(Date.parse(service.platform.clock()) + minutes * 60_000).toISOString()

async function aMatter(subject: object): Promise<string> {
  const made = await service.send('POST', '/v1/matters', {
    as: publisher,
    body: { title: 'Geschil', subject },
  })
  if (made.status !== 201) throw new Error(JSON.stringify(made.body))
  return made.body.matterId
}

async function give(matterId: string, staffId: string, over: object = {}) {
  const body = { staffId, readableFrom: soon(0), readableUntil: soon(60), ...over }
  return service.send('POST', `/v1/matters/${matterId}/access`, { as: publisher, body })
}

async function aLawyer() {
  const lawyer = await signInAsStaff(place, idp, { role: 'lawyer' })
  const me = await lawyer.send('GET', '/v1/me')
  return { ...lawyer, staffId: me.body.clientId as string }
}

t.test('a lawyer without a matter reads nothing at all', async (t) => {
  const { send } = await aLawyer()
  for (const path of [
    `/v1/persons/${anna}`,
    `/v1/assignments/${annas}/act`,
    `/v1/policies/${version.policyId}`,
    '/v1/persons',
    '/v1/policies',
    '/v1/assignments',
    '/v1/documents',
    '/v1/legal-holds',
  ]) {
    const answer = await send('GET', path)
    t.equal(answer.status, 403, path)
    t.match(answer.body.code, /outside-matter|access-denied/, path)
  }
  t.equal((await send('GET', '/v1/matters')).body.items.length, 0)
})

t.test(
  'a matter about a person opens that person and nobody else, each read written down first',
  async (t) => {
    const lawyer = await aLawyer()
    const matterId = await aMatter({ personId: anna })
    t.equal((await give(matterId, lawyer.staffId)).status, 201)
    const may = [
      `/v1/persons/${anna}`,
      `/v1/persons/${anna}/data-export`,
      `/v1/assignments?personId=${anna}`,
      `/v1/assignments/${annas}`,
      `/v1/assignments/${annas}/act`,
      `/v1/assignments/${annas}/act/receipt-document`,
      `/v1/policies/${version.policyId}/versions/1`,
      `/v1/documents/${letter.body.documentId}`,
      `/v1/matters/${matterId}`,
    ]
    for (const path of may) {
      const answer = await lawyer.send('GET', path)
      t.equal(answer.status, 200, `${path} ${answer.text.slice(0, 200)}`)
    }
    const mayNot = [
      `/v1/persons/${bert}`,
      `/v1/assignments/${berts}/act`,
      `/v1/assignments?personId=${bert}`,
      `/v1/assignments?policyId=${version.policyId}`,
      `/v1/policies/${other.policyId}`,
      `/v1/persons/${bert}/data-export`,
      '/v1/persons',
    ]
    for (const path of mayNot) t.equal((await lawyer.send('GET', path)).status, 403, path)
    const reads = await lawyer.send('GET', `/v1/matters/${matterId}/reads`)
    t.equal(reads.body.items.length, may.length + 1, 'this one too')
    const operations = reads.body.items.map((each: { operation: string }) => each.operation)
    for (const each of ['GET /v1/persons/:personId', 'GET /v1/persons/:personId/data-export'])
      t.ok(operations.includes(each))
    t.equal(reads.body.items[0].name, 'Naam van lawyer')
    t.equal(
      (
        await lawyer.send('POST', '/v1/legal-holds', {
          subject: { personId: anna },
          holder: 'H',
          reason: 'R',
          reviewOn: '2027-01-01',
        })
      ).status,
      403,
      'read-only',
    )
    await t.rejects(service.adminQuery('delete from staff_read'), /append-only/)
  },
)

t.test('a matter about a policy opens what anybody answered about it, and no other policy', async (t) => {
  const lawyer = await aLawyer()
  const matterId = await aMatter({ policyId: version.policyId })
  await give(matterId, lawyer.staffId)
  for (const path of [
    `/v1/assignments/${berts}/act`,
    `/v1/assignments?policyId=${version.policyId}`,
    `/v1/policies/${version.policyId}`,
  ])
    t.equal((await lawyer.send('GET', path)).status, 200, path)
  for (const path of [
    `/v1/persons/${bert}`,
    `/v1/policies/${other.policyId}`,
    `/v1/documents/${letter.body.documentId}`,
  ])
    t.equal((await lawyer.send('GET', path)).status, 403, path)
})

t.test(
  'access begins, ends, is taken back, and is never given to oneself or to somebody who is no lawyer',
  async (t) => {
    const lawyer = await aLawyer()
    const matterId = await aMatter({ personId: anna })
    const look = async (): Promise<number> => (await lawyer.send('GET', `/v1/persons/${anna}`)).status
    const given = await give(matterId, lawyer.staffId, { readableFrom: soon(2), readableUntil: soon(4) })
    t.equal(given.status, 201, JSON.stringify(given.body))
    t.equal(await look(), 403, 'not yet')
    service.platform.advanceClock(2 * 60_000)
    t.equal(await look(), 200)
    service.platform.advanceClock(2 * 60_000)
    t.equal(await look(), 403, 'no longer')
    const again = await give(matterId, lawyer.staffId)
    t.equal(await look(), 200)
    const url = `/v1/matters/${matterId}/access/${again.body.accessId}`
    t.equal((await service.send('DELETE', url, { as: publisher })).status, 204)
    t.equal((await service.send('DELETE', url, { as: publisher })).status, 204, 'again changes nothing')
    t.equal(await look(), 403, 'taken back')
    t.equal((await give(matterId, lawyer.staffId, { readableUntil: soon(181 * 24 * 60) })).status, 422)
    const reader = await signInAsStaff(place, idp, { role: 'hr-reader' })
    const readerId = (await reader.send('GET', '/v1/me')).body.clientId
    t.equal((await give(matterId, readerId)).body.code, 'staff-not-lawyer')
    const hr = await signInAsStaff(place, idp, { role: 'hr-publisher' })
    const hrId = (await hr.send('GET', '/v1/me')).body.clientId
    const self = await hr.send('POST', `/v1/matters/${matterId}/access`, {
      staffId: hrId,
      readableFrom: soon(0),
      readableUntil: soon(60),
    })
    t.equal(self.body.code, 'matter-access-to-self')
    t.equal(
      (
        await lawyer.send('POST', `/v1/matters/${matterId}/access`, {
          staffId: lawyer.staffId,
          readableFrom: soon(0),
          readableUntil: soon(60),
        })
      ).status,
      403,
    )
    const [row] = await service.adminQuery(
      "select count(*)::int as n from ledger_entry where kind in ('matter-access-granted', 'matter-access-ended')",
    )
    t.ok((row!['n'] as number) >= 5)
  },
)

t.test('one matter is not another, also about the same person', async (t) => {
  const lawyer = await aLawyer()
  const mine = await aMatter({ personId: anna })
  const theirs = await aMatter({ personId: anna })
  await give(mine, lawyer.staffId)
  t.equal((await lawyer.send('GET', `/v1/matters/${mine}`)).status, 200)
  t.equal((await lawyer.send('GET', `/v1/matters/${theirs}`)).status, 403)
  t.same(
    (await lawyer.send('GET', '/v1/matters')).body.items.map((each: { matterId: string }) => each.matterId),
    [mine],
  )
  t.equal((await service.send('GET', `/v1/matters/${mine}`, { as: service.other.keys.lawyer })).status, 404)
})

t.test(
  'a dossier that a lawyer makes says who made it, needs a second factor, and is of the matter only',
  async (t) => {
    const lawyer = await aLawyer()
    const matterId = await aMatter({ personId: anna })
    await give(matterId, lawyer.staffId)
    t.equal(
      (await lawyer.send('POST', '/v1/dossiers', { subject: { personId: bert }, purpose: 'P' })).status,
      403,
    )
    t.equal(
      (await lawyer.send('POST', '/v1/dossiers', { subject: { policyId: version.policyId }, purpose: 'P' }))
        .status,
      403,
    )
    const made = await lawyer.send('POST', '/v1/dossiers', { subject: { personId: anna }, purpose: 'P' })
    t.equal(made.status, 201, made.text)
    await service.runJobs()
    const content = `/v1/dossiers/${made.body.dossierId}/content`
    const file = await lawyer.send('GET', content)
    t.equal(file.status, 200)
    t.match(file.text, /MADE BY Naam van lawyer \(lawyer\)/)
    const weak = await signInAsStaff(place, idp, { role: 'lawyer', amr: ['pwd'] })
    t.equal((await weak.send('GET', content)).body.code, 'step-up-required')
    const foreign = await aLawyer()
    t.equal((await foreign.send('GET', content)).status, 403)
    t.equal(
      (await service.send('GET', content, { as: own.keys.lawyer })).status,
      200,
      'a program with the role works as before',
    )
  },
)

t.test('every row of the table is a route, and the page of a lawyer names the open matters', async (t) => {
  const routes = new Set(listRoutes(service.server).map(({ method, url }) => `${method} ${url}`))
  t.same(
    Object.keys(routeReads).filter((route) => !routes.has(route)),
    [],
  )
  const lawyer = await aLawyer()
  const matterId = await aMatter({ personId: anna })
  await give(matterId, lawyer.staffId)
  const home = await lawyer.send('GET', '/staff')
  t.match(home.text, new RegExp(`/v1/matters/${matterId}`))
})
