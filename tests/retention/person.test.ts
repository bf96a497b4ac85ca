import t from 'tap'
import { randomUUID } from 'node:crypto'
import { leave, peopleWhoActed, placesOf, retentionService } from '../support/retention-service.ts'
import { assigned, imported, published, shown } from '../support/story.ts'

const service = await retentionService(t)
const { own, other, ask, send, night, execute } = service
const story = await peopleWhoActed(service, 2)
const { people, personIds, instruction, contractTerm } = story
const publisher = own.keys['hr-publisher']
const approver = own.keys['hr-approver']
const lawyer = own.keys.lawyer
const open = await published(service, own, { legalNature: 'instruction' })
const openLinks = await assigned(service, own, open, 2)
const openLink = openLinks.get(people[0]!.workEmail)!
await send('POST', '/v1/dossiers', { as: lawyer, body: { subject: { personId: personIds[0] }, purpose: 'Verzoek.' } }) // prettier-ignore

t.test('a person gets everything that is held about them, with the day on which each may go', async (t) => {
  await leave(service, [people[0]!], '2026-10-31')
  const hold = { subject: { personId: personIds[0] }, holder: 'mr. De Vries', reason: 'Procedure.', reviewOn: '2027-01-31' } // prettier-ignore
  const placed = await ask('POST', '/v1/legal-holds', { as: lawyer, body: hold })
  const { status, body, headers } = await ask('GET', `/v1/persons/${personIds[0]}/data-export`, { as: publisher }) // prettier-ignore
  t.equal(status, 200)
  t.equal(headers['cache-control'], 'no-store')
  t.match(body, { format: 'beding-person-export/v1', person: { ...people[0], employedUntil: '2026-10-31' } })
  t.equal(body.assignments.length, 3)
  const byPolicy = (policyId: string) => body.assignments.find((each: { policyId: string }) => each.policyId === policyId) // prettier-ignore
  const act = (await send('GET', '/v1/acts/current', { as: instruction[0]! })).body
  const first = byPolicy(story.instructionPolicy)
  t.match(first, {
    retention: { retentionClass: 'R2', dueOn: '2028-11-01', tracesDueOn: '2027-11-22', underHold: true },
    messages: [{ address: people[0]!.workEmail, state: 'handed-over' }],
    messageEvents: [{ kind: 'handed-over', address: people[0]!.workEmail }],
    openings: [{ userAgent: `Reader/${instruction[0]!.slice(-6)}` }],
    act: {
      actId: act.actId,
      contentErased: false,
      entry: { index: act.receipt.entryIndex, text: act.receipt.entry },
    },
  })
  t.same(first.act.entry.disclosures, act.receipt.disclosures)
  const names = new Map(
    first.act.facts.map((each: { name: string; value: unknown }) => [each.name, each.value]),
  )
  t.match([names.get('personName'), names.get('reason'), names.get('versionNumber')], [/Şükrü/, null, 1])
  t.ok(first.act.receiptDocument.sha256)
  t.match(byPolicy(story.contractPolicy).retention, { retentionClass: 'R3', dueOn: '2033-11-01' })
  t.match(byPolicy(open.policyId), { act: null, links: [{}] })
  t.match(body.dossiers, [{ purpose: 'Verzoek.' }])
  t.match(body.holds, [{ reviewOn: '2027-01-31', releasedAt: null, withheld: ['holder', 'reason'] }])
  t.notMatch(JSON.stringify(body), /De Vries|Procedure/, 'who holds and why is not given')
  const kinds = body.entries.map((each: { kind: string }) => each.kind).toSorted()
  t.same(kinds, ['act', 'act', 'assignments-created', 'assignments-created', 'assignments-created', 'dossier-made', 'legal-hold-placed']) // prettier-ignore
  await ask('POST', `/v1/legal-holds/${placed.body.holdId}/releases`, { as: lawyer, body: { releaser: 'mr. De Vries', reason: 'Klaar.' } }) // prettier-ignore
})

t.test('nobody else gets it', async (t) => {
  const url = `/v1/persons/${personIds[0]}/data-export`
  t.equal((await ask('GET', url, { as: approver })).status, 403)
  t.equal((await ask('GET', url, { as: own.keys.auditor })).status, 403)
  t.equal((await ask('GET', url, { as: other.keys['hr-publisher'] })).status, 404)
  t.equal((await ask('GET', url, { as: instruction[0]! })).status, 401, 'a link does not say well enough who asks') // prettier-ignore
})

t.test('an erasure on request takes everything, and the person with it', async (t) => {
  const url = `/v1/persons/${personIds[0]}/erasure-requests`
  t.equal((await ask('POST', url, { as: lawyer, body: { ground: 'x' } })).status, 403)
  t.equal((await ask('POST', `/v1/persons/${randomUUID()}/erasure-requests`, { as: publisher, body: { ground: 'x' } })).status, 404) // prettier-ignore
  const made = await ask('POST', url, { as: publisher, body: { ground: 'Artikel 17 lid 1 sub b AVG.' } })
  t.match(made.body, { counts: { items: 4 } })
  const decide = `/v1/erasure-proposals/${made.body.proposalId}/decisions`
  await ask('POST', decide, { as: approver, body: { decision: 'confirm', reason: 'Akkoord.' } })
  await execute()
  const done = await ask('GET', `/v1/erasure-proposals/${made.body.proposalId}`, { as: approver })
  t.match(done.body, { state: 'executed', counts: { items: 4, erased: 4 } })
  for (const trace of [people[0]!.workEmail, `${people[0]!.givenName} ${people[0]!.familyName}`])
    t.same(await placesOf(service, trace), [], trace)
  t.equal((await send('GET', `/v1/persons/${personIds[0]}`, { as: publisher })).status, 404)
  t.equal((await ask('GET', `/v1/persons/${personIds[0]}/data-export`, { as: publisher })).status, 404)
  const list = await send('GET', '/v1/persons', { as: publisher })
  t.same(list.body.items.map((each: { personId: string }) => each.personId), [personIds[1]]) // prettier-ignore
})

t.test('their links say so, and take no act any more', async (t) => {
  for (const link of [instruction[0]!, contractTerm[0]!])
    t.match(await send('GET', '/v1/acts/current', { as: link }), { status: 410, body: { code: 'content-erased' } }) // prettier-ignore
  const opened = await send('POST', '/v1/openings', { as: openLink, body: { language: null } })
  t.match(opened, { status: 410, body: { code: 'content-erased' } })
  const body = await shown(service, openLinks.get(people[1]!.workEmail)!, 'seen')
  t.equal((await send('POST', '/v1/acts', { as: openLink, body })).status, 401)
})

t.test('an import that names them again makes a new person', async (t) => {
  const [again] = await imported(service, own, [people[0]!])
  t.not(again, personIds[0])
  t.ok(again)
  t.same(await night(), [])
})

t.test('a term is set anew from a day on, and what was set before stays on record', async (t) => {
  const rule = (body: object, as = approver) => ask('POST', '/v1/retention-rules', { as, body })
  const shorter = { retentionClass: 'R2', months: 1, effectiveFrom: '2026-11-21', reason: 'Besluit OR.' }
  t.match(await rule({ ...shorter, effectiveFrom: '2026-11-20' }), { status: 422, body: { code: 'effective-day-past' } }) // prettier-ignore
  t.equal((await rule({ ...shorter, retentionClass: 'R6' })).status, 400, 'a hold has no term')
  t.equal((await rule(shorter, lawyer)).status, 403)
  t.match(await rule(shorter), { status: 201, body: { months: 1 } })
  t.equal((await rule({ ...shorter, months: null, effectiveFrom: '2027-01-01' })).status, 201)
  const rules = await ask('GET', '/v1/retention-rules', { as: lawyer })
  const r2 = rules.body.classes.find((each: { retentionClass: string }) => each.retentionClass === 'R2')
  t.match(r2, { months: 1, trigger: 'end-of-employment', executed: true })
  t.equal(rules.body.rules.length, 2)
  await leave(service, [people[1]!], '2026-10-20')
  const [proposal] = await night()
  t.match(proposal, { ground: 'R2: 1 months after the end of employment', counts: { items: 2 } })
})
