import t from 'tap'
import { toCivilDate, type PersonId } from '#core'
import { findMandate } from '#employments'
import { anEmployment, lastDayFrom, sendContract, sendFacts, startedOn } from '../support/employments.ts'
import { testService } from '../support/service.ts'
import { imported, somePeople } from '../support/story.ts'

t.test(
  'EM9: a renewal and a conversion follow a contract, and what contradicts them is refused',
  async (t) => {
    const service = await testService(t)
    const { own, other } = service
    const [personId] = await imported(service, own, somePeople(1))
    const employmentId = await anEmployment(service, own, personId!)
    const send = (stated: object) => sendContract(service, own, employmentId, stated as never)
    const first = await send({ kind: 'fixed-term', endsOn: '2024-02-29' })
    t.equal(first.status, 201)
    const renewal = { kind: 'fixed-term', startsOn: '2024-03-01', endsOn: '2025-02-28', follows: first.body.contractId, followKind: 'renewal' } // prettier-ignore
    const both = await Promise.all([send(renewal), send(renewal)])
    t.same(
      both.map(({ status }) => status).toSorted(),
      [201, 422],
      'of two at once that follow the same one is refused',
    )
    t.match(both.find(({ status }) => status === 422)!.body, { code: 'contract-unfit', errors: [{ code: 'followed-already', pointer: '/follows' }] }) // prettier-ignore
    const second = both.find(({ status }) => status === 201)!.body
    const conversion = { startsOn: '2025-03-01', follows: second.contractId, followKind: 'conversion', changedMore: true } // prettier-ignore
    const third = await send(conversion)
    t.equal(third.status, 201)
    const on = async (day: string) =>
    (await service.send('GET', `/v1/employments/${employmentId}?on=${day}`, { as: own.keys['hr-reader'] })).body.contract?.contractId // prettier-ignore
    t.same(
      [await on('2024-02-29'), await on('2024-03-01'), await on('2025-02-28'), await on('2025-03-01')],
      [first.body.contractId, second.contractId, second.contractId, third.body.contractId],
    )

    const path = `/v1/employments/${employmentId}/contracts`
    const retract = (contractId: string, tenant = own) =>
    service.send('POST', `${path}/${contractId}/retractions`, { as: tenant.keys['hr-author'], body: { reason: 'Nooit getekend.' } }) // prettier-ignore
    t.equal((await retract(second.contractId)).body.code, 'contract-followed')
    t.equal((await retract(third.body.contractId, other)).status, 404)
    service.platform.advanceClock(1_000)
    t.equal((await retract(third.body.contractId)).status, 201)
    t.equal((await retract(third.body.contractId)).body.code, 'contract-retracted')
    t.equal(await on('2025-03-01'), undefined, 'no contract ran on')
    const list = async (query: string) =>
      (await service.send('GET', `${path}${query}`, { as: own.keys.lawyer })).body.contracts.length
    t.same(
      [await list(''), await list('?knownAt=2026-11-21T08:00:00.500Z')],
      [2, 3],
      'before it was known that it was none',
    )
    t.equal((await send(conversion)).status, 201, 'the one before can be followed again')

    const late = await sendFacts(service, own, employmentId, [startedOn('2024-02-01')])
    t.match(late.body, { code: 'employment-fact-unfit', errors: [{ code: 'contract-before-start' }] })
    await sendFacts(service, own, employmentId, [lastDayFrom('2025-05-01', '2025-06-30')])
    t.match((await send({ kind: 'addendum', startsOn: '2025-07-01' })).body.errors, [{ code: 'outside-employment' }]) // prettier-ignore
  },
)

t.test(
  'EM13: who may sign for the employer counts from the first day to the last, for what it covers',
  async (t) => {
    const service = await testService(t)
    const { own, database } = service
    const [personId, otherId] = await imported(service, own, somePeople(2))
    const as = own.keys['hr-publisher']
    const send = (stated: object) =>
      service.send('POST', '/v1/mandates', {
        as,
        body: { personId, covers: ['annex', 'contract'], validFrom: '2024-02-29', validTo: null, basis: 'Volmacht van de directie.', ...stated }, // prettier-ignore
      })
    const mandate = await send({})
    t.equal(mandate.status, 201)
    const found = (day: string, covers: 'annex' | 'exit-letter' = 'annex', person = personId!) =>
    database.readInOrganisation(own.organisationId, async (trx) =>
      (await findMandate(trx, own.organisationId, person as PersonId, covers, toCivilDate(day)))?.mandateId) // prettier-ignore
    t.equal(await found('2024-02-28'), undefined)
    t.equal(await found('2024-02-29'), mandate.body.mandateId)
    t.equal(await found('2026-01-01', 'exit-letter'), undefined, 'not what it does not cover')
    t.equal(await found('2026-01-01', 'annex', otherId!), undefined)
    t.match((await send({ validTo: '2024-02-28' })).body.errors, [{ code: 'end-before-start' }])
    t.match((await send({ covers: ['annex', 'annex'] })).body.errors, [{ code: 'covers-twice' }])
    const end = (lastDay: string) =>
    service.send('POST', `/v1/mandates/${mandate.body.mandateId}/endings`, { as, body: { lastDay, reason: 'Uit dienst.' } }) // prettier-ignore
    t.match((await end('2024-02-28')).body.errors, [{ code: 'end-before-start' }])
    t.equal((await end('2026-01-31')).status, 201)
    t.equal((await end('2026-02-28')).body.code, 'mandate-ended')
    t.same([await found('2026-01-31'), await found('2026-02-01')], [mandate.body.mandateId, undefined])
    const list = await service.send('GET', `/v1/mandates?personId=${personId}`, { as: own.keys.lawyer })
    t.match(list.body.items, [{ mandateId: mandate.body.mandateId, basis: 'Volmacht van de directie.', ending: { lastDay: '2026-01-31' } }]) // prettier-ignore
    t.equal((await service.send('POST', `/v1/mandates/${mandate.body.mandateId}/endings`, { as: service.other.keys['hr-publisher'], body: { lastDay: '2026-01-31', reason: 'R' } })).status, 404) // prettier-ignore
  },
)
