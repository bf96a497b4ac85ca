import t from 'tap'
import { randomUUID } from 'node:crypto'
import type { EntryId } from '#core'
import { toInstant } from '#core'
import { eraseItems } from '../../src/retention/erasure-store.ts'
import { leave, peopleWhoActed, retentionService } from '../support/retention-service.ts'

const service = await retentionService(t)
const { own, other, ask, send, night, execute, adminQuery, database, platform } = service
const { people, personIds, instruction, instructionPolicy, contractPolicy } = await peopleWhoActed(service, 3)
const lawyer = own.keys.lawyer
const approver = own.keys['hr-approver']
const publisher = own.keys['hr-publisher']
const holder = { holder: 'mr. F. de Vries <advocaat>', reason: 'Procedure over het ontslag.' }

const place = (subject: object, reviewOn = '2027-05-21') =>
  ask('POST', '/v1/legal-holds', { as: lawyer, body: { subject, ...holder, reviewOn } })
const release = (holdId: string) =>
  ask('POST', `/v1/legal-holds/${holdId}/releases`, { as: lawyer, body: { releaser: 'mr. F. de Vries', reason: 'Schikking.' } }) // prettier-ignore
const content = async (link: string) => (await send('GET', '/v1/acts/current', { as: link })).status
let holdId = ''

t.test('a hold has a holder, a reason and a day of review within six months', async (t) => {
  t.match(await place({ personId: personIds[0] }, '2027-05-22'), { status: 422, body: { code: 'review-day-unfit' } }) // prettier-ignore
  t.match(await place({ personId: personIds[0] }, '2026-11-21'), { status: 422 })
  t.match(await place({ personId: randomUUID() }), { status: 404, body: { code: 'person-not-found' } })
  t.match(await place({ policyId: randomUUID() }), { status: 404, body: { code: 'policy-not-found' } })
  t.equal((await place({ personId: personIds[0], policyId: instructionPolicy })).status, 400, 'one subject')
  const body = { subject: { personId: personIds[0] }, ...holder, reviewOn: '2027-05-21' }
  t.equal((await ask('POST', '/v1/legal-holds', { as: approver, body })).status, 403, 'not who decides')
  t.equal((await ask('POST', '/v1/legal-holds', { as: other.keys.lawyer, body })).status, 404)
  const placed = await place({ personId: personIds[0] })
  t.match(placed, { status: 201, body: { ...holder, reviewOn: '2027-05-21', reviewOverdue: false, release: null } }) // prettier-ignore
  holdId = placed.body.holdId
  const [entry] = await adminQuery<{ n: number }>("select count(*)::int as n from beding.ledger_entry where kind = 'legal-hold-placed'") // prettier-ignore
  t.equal(entry!.n, 1)
})

t.test('what is held is not proposed, and an erasure on request is refused by name', async (t) => {
  await leave(service, people, '2024-10-01')
  const [proposal] = await night()
  t.equal(proposal.counts.items, 2, 'two of three acknowledgements')
  const reject = { decision: 'reject', reason: 'Nog niet.' }
  await ask('POST', `/v1/erasure-proposals/${proposal.proposalId}/decisions`, { as: approver, body: reject })
  const url = `/v1/persons/${personIds[0]}/erasure-requests`
  const refused = await ask('POST', url, { as: publisher, body: { ground: 'Verzoek, artikel 17 AVG.' } })
  t.match(refused, { status: 409, body: { code: 'legal-hold' } })
  t.match(
    refused.body.errors[0].message,
    /mr\. F\. de Vries <advocaat>.*2027-05-21.*Procedure over het ontslag/,
  )
})

t.test('a hold on a policy covers what anybody answered about it', async (t) => {
  const placed = await place({ policyId: contractPolicy })
  const url = `/v1/persons/${personIds[1]}/erasure-requests`
  t.match(await ask('POST', url, { as: publisher, body: { ground: 'Verzoek.' } }), { status: 409 })
  t.equal((await release(placed.body.holdId)).status, 201)
  t.match(await release(placed.body.holdId), { status: 409, body: { code: 'hold-released' } })
  t.equal((await release(randomUUID())).status, 404)
  const listed = await ask('GET', '/v1/legal-holds?state=released', { as: approver })
  t.match(listed.body.items, [{ release: { releaser: 'mr. F. de Vries', reason: 'Schikking.' } }])
})

t.test('a hold that is placed after the confirmation still keeps the content', async (t) => {
  const url = `/v1/persons/${personIds[1]}/erasure-requests`
  const made = await ask('POST', url, { as: publisher, body: { ground: 'Verzoek, artikel 17 AVG.' } })
  t.match(made, {
    status: 201,
    body: { retentionClass: 'request', personId: personIds[1], counts: { items: 3 } },
  })
  const decide = `/v1/erasure-proposals/${made.body.proposalId}/decisions`
  const body = { decision: 'confirm', reason: 'Akkoord.' }
  t.match(await ask('POST', decide, { as: publisher, body }), {
    status: 409,
    body: { code: 'erasure-own-request' },
  })
  t.equal((await ask('POST', decide, { as: approver, body })).status, 201)
  const placed = await place({ personId: personIds[1] })
  t.equal(await execute(), 1)
  const after = await ask('GET', `/v1/erasure-proposals/${made.body.proposalId}`, { as: approver })
  t.match(after.body, { state: 'executed', counts: { items: 3, erased: 0, held: 3, kept: 0 } })
  t.equal(await content(instruction[1]!), 200)
  t.equal((await send('GET', `/v1/persons/${personIds[1]}`, { as: publisher })).status, 200)
  await release(placed.body.holdId)
})

t.test('the second lock: the function itself passes over what is held, whoever calls it', async (t) => {
  const made = await ask('POST', `/v1/persons/${personIds[1]}/erasure-requests`, { as: publisher, body: { ground: 'Weer.' } }) // prettier-ignore
  const { proposalId } = made.body
  const decide = `/v1/erasure-proposals/${proposalId}/decisions`
  const erase = (numbers: number[]) =>
    database.inOrganisation(own.organisationId, (trx) =>
      eraseItems(trx, proposalId, numbers, platform.newId() as EntryId, platform.clock()),
    )
  await t.rejects(erase([1]), /was not confirmed/)
  await ask('POST', decide, { as: approver, body: { decision: 'confirm', reason: 'Akkoord.' } })
  const placed = await place({ policyId: instructionPolicy })
  await t.rejects(erase([1, 2, 3]), /_fk/, 'nothing goes without its entry in the log')
  t.equal(await content(instruction[1]!), 200)
  await t.rejects(erase([4]), /not there/)
  await t.rejects(
    database.inOrganisation(other.organisationId, (trx) =>
      eraseItems(trx, proposalId, [1], platform.newId() as EntryId, platform.clock()),
    ),
    /was not confirmed/,
    'another organisation does not find it',
  )
  t.equal(await execute(), 1)
  t.equal(await content(instruction[1]!), 200, 'held')
  const after = await ask('GET', `/v1/erasure-proposals/${proposalId}`, { as: approver })
  t.match(after.body.counts, { items: 3, erased: 1, held: 2, kept: 0 }, 'the person is held with the act')
  await release(placed.body.holdId)
})

t.test('a day of review that passes is shown, and the hold goes on', async (t) => {
  platform.setClock(toInstant('2027-05-22T08:00:00.000Z'))
  const hold = await ask('GET', `/v1/legal-holds/${holdId}`, { as: publisher })
  t.match(hold.body, { reviewOverdue: true, release: null })
  const proposals = await night()
  t.match(platform.metrics.render(), /beding_legal_holds_overdue\{organisation="[^"]+"\} 1/)
  for (const { proposalId } of proposals) {
    const items = await ask('GET', `/v1/erasure-proposals/${proposalId}/items?pageSize=200`, { as: approver })
    const ofHeld = items.body.items.filter((each: { personId: string }) => each.personId === personIds[0])
    t.same(ofHeld, [])
  }
  t.equal((await ask('GET', `/v1/legal-holds/${holdId}`, { as: other.keys.lawyer })).status, 404)
})
