import t from 'tap'
import { aForeignPdf, contractText, sendContractFile } from '../support/contract-files.ts'
import { anEmployment, functionFrom, sendContract, sendFacts, startedOn } from '../support/employments.ts'
import { placesOf, retentionService } from '../support/retention-service.ts'
import { imported, somePeople } from '../support/story.ts'

t.test(
  'EM14: a person gets what is held of their employment, and it goes with them, also from answers that were kept',
  async (t) => {
    const service = await retentionService(t)
    const { own, ask, send, execute } = service
    const publisher = own.keys['hr-publisher']
    const [personId, otherId] = await imported(service, own, somePeople(2))
    const secrets = ['Zandloperbeheerder', 'Kwikzilveropzichter', '1987-06-05', 'ruzie over de kerstgratificatie', 'Volmacht van Oom Sijtze', 'Ganzenbordovereenkomst', 'verloren gewaande pagina'] // prettier-ignore
    const [job, wrongJob, birthDate, dispute, basis, title, page] = secrets as [string, string, string, string, string, string, string] // prettier-ignore
    const employmentId = await anEmployment(service, own, personId!, [
      startedOn('2024-01-31'),
      functionFrom('2024-01-31', wrongJob),
      { kind: 'birth-date', value: { day: birthDate } },
    ])
    const kept = await anEmployment(service, own, otherId!, [startedOn('2024-01-31'), functionFrom('2024-01-31', 'Blijfbaan')]) // prettier-ignore
    const recorded = await send('GET', `/v1/employments/${employmentId}/facts`, { as: publisher })
    const wrong = recorded.body.facts.find((fact: { kind: string }) => fact.kind === 'function')
      .factId as string
    const reason = { factId: wrong, reason: `Het was niet ${wrongJob}.` }
    const mended = await sendFacts(service, own, employmentId, [functionFrom('2024-01-31', job)], [reason])
    t.equal(mended.status, 201)
    const uploaded = await sendContractFile(service, own, personId!, await aForeignPdf([...contractText, `Een ${page}.`]), { title }) // prettier-ignore
    t.equal(uploaded.status, 201)
    const settled = await sendContract(service, own, employmentId, {
      kind: 'settlement',
      existingDispute: dispute,
    })
    t.equal(settled.status, 201)
    const mandate = { personId, covers: ['annex'], validFrom: '2024-01-31', validTo: null, basis }
    t.equal((await send('POST', '/v1/mandates', { as: publisher, body: mandate })).status, 201)
    for (const secret of secrets) t.not((await placesOf(service, secret)).length, 0, `${secret} is there`)

    const exported = await ask('GET', `/v1/persons/${personId}/data-export`, { as: publisher })
    const records = exported.body.records as { room: string; kind: string }[]
    t.same([...new Set(records.map(({ room }) => room))], ['employments'])
    const kinds = records.map(({ kind }) => kind).toSorted()
    t.same(kinds, ['contract-recorded', 'contract-uploaded', 'employment-fact-recorded', 'employment-fact-recorded', 'employment-fact-recorded', 'employment-fact-recorded', 'employment-fact-retracted', 'employment-recorded', 'mandate-recorded']) // prettier-ignore
    for (const secret of secrets) t.match(JSON.stringify(records), secret, `the export holds ${secret}`)

    const asked = await ask('POST', `/v1/persons/${personId}/erasure-requests`, { as: publisher, body: { ground: 'Artikel 17 AVG.' } }) // prettier-ignore
    await ask('POST', `/v1/erasure-proposals/${asked.body.proposalId}/decisions`, { as: own.keys['hr-approver'], body: { decision: 'confirm', reason: 'Akkoord.' } }) // prettier-ignore
    await execute()
    for (const secret of secrets) t.same(await placesOf(service, secret), [], `${secret} is gone`)
    const after = await send('GET', `/v1/employments/${employmentId}/facts`, { as: publisher })
    t.equal(after.body.facts.length, 4)
    t.ok(
      after.body.facts.every((fact: { value: unknown }) => fact.value === null),
      'that there were facts stays',
    )
    t.equal((await sendFacts(service, own, employmentId, [functionFrom('2025-01-01', 'X')])).body.code, 'person-not-found') // prettier-ignore
    t.equal(
      (await send('GET', `/v1/documents/${uploaded.body.documentId}/content`, { as: publisher })).status,
      404,
    )
    const other = await send('GET', `/v1/employments/${kept}`, { as: publisher })
    t.match(JSON.stringify(other.body), 'Blijfbaan', 'of another person nothing went')
  },
)

t.test('EM14: content of an employment is append-only outside an erasure', async (t) => {
  const service = await retentionService(t)
  const [personId] = await imported(service, service.own, somePeople(1))
  await anEmployment(service, service.own, personId!)
  const { database, own } = service
  const { sql } = await import('kysely')
  for (const table of ['employment_fact', 'employment_fact_content', 'employment'])
    for (const statement of [`delete from ${table}`, `update ${table} set organisation_id = organisation_id`])
      await t.rejects(database.inOrganisation(own.organisationId, (trx) => sql.raw(statement).execute(trx)), statement) // prettier-ignore
})
