import t from 'tap'
import { retentionService } from '../support/retention-service.ts'
import { assigned, imported, published, shown, somePeople } from '../support/story.ts'
import { anEmployment, startedOn } from '../support/employments.ts'

const service = await retentionService(t)
const { own, other, send, ask, execute } = service
const people = somePeople(3)
const persons = await imported(service, own, people)
const [person, silent, erased] = persons
const lawyer = own.keys.lawyer
const png = (tail: string) => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from(tail)])

const onDay = (personId: string | undefined, on: string, as = lawyer) =>
  send('GET', `/v1/persons/${personId}/obligations?on=${on}`, { as })

async function capture(personId: string | undefined, bytes: Buffer, more: object = {}, key?: string) {
  const fields = { capturedOn: '2026-11-20', visibility: 'public', source: 'https://example.org/p/1', shows: 'Een connectie', ...more } // prettier-ignore
  const form = new FormData()
  form.set('file', new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'image/png' }), 'print')
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  const request = new Request('http://localhost/', { method: 'POST', body: form })
  const headers = { 'content-type': request.headers.get('content-type')! }
  const body = Buffer.from(await request.arrayBuffer())
  return send('POST', `/v1/persons/${personId}/captures`, { as: lawyer, body, headers, ...(key === undefined ? {} : { key }) }) // prettier-ignore
}

t.test(
  'O1: an instruction binds from the day it was told and in force, and not the day before',
  async (t) => {
    const version = await published(service, own, { legalNature: 'instruction', effectiveFrom: '2026-11-21' })
    const links = await assigned(service, own, version, 3)
    const link = links.get(people[0]!.workEmail)!
    t.equal(
      (await send('POST', '/v1/acts', { as: link, body: await shown(service, link, 'seen') })).status,
      201,
    )
    const answer = await onDay(person, '2026-11-21')
    t.equal(answer.status, 200, JSON.stringify(answer.body))
    const [policy] = answer.body.policies
    t.match(policy, { weight: 'binds', reasons: [{ code: 'told' }], proof: 'lawyer', act: { choice: 'seen', assurance: 'mailbox-employer', evidenceLevel: 'E3', status: 'undisputed' } }) // prettier-ignore
    t.match(policy.documentSha256, /^[0-9a-f]{64}$/)
    t.match(policy.act.entryId, /-/)
    t.same((await onDay(person, '2026-11-20')).body.policies, [], 'the day before')
    t.match((await onDay(silent, '2026-11-21')).body.policies, [{ weight: 'not-binding', reasons: [{ code: 'not-opened' }] }]) // prettier-ignore
  },
)

t.test('O1: a term that was agreed by a link is weak; once denied it binds on no day', async (t) => {
  const version = await published(service, own, { legalNature: 'contract-term' })
  const links = await assigned(service, own, version, 3)
  const link = links.get(people[0]!.workEmail)!
  const act = await send('POST', '/v1/acts', { as: link, body: await shown(service, link, 'agreed') })
  t.equal(act.status, 201)
  const term = async () =>
    (await onDay(person, '2026-11-21')).body.policies.find(
      (each: { legalNature: string }) => each.legalNature === 'contract-term',
    )
  t.match(await term(), { weight: 'weak', reasons: [{ code: 'agreed' }, { code: 'proof-too-low' }] })
  const denial = { ground: 'not-me', words: 'Dat was ik niet.', language: 'nl' }
  t.equal((await send('POST', '/v1/acts/current/denials', { as: link, body: denial })).status, 201)
  t.match(await term(), {
    weight: 'not-binding',
    reasons: [{ code: 'act-denied' }],
    act: { status: 'denied' },
  })
})

t.test('another organisation finds nobody, and a day that is none is refused', async (t) => {
  t.equal((await onDay(person, '2026-11-21', other.keys.lawyer)).status, 404)
  t.equal((await onDay(person, '2026-02-29')).status, 400)
  t.equal((await onDay(person, '2028-02-29')).status, 200, 'a leap day')
  t.equal((await onDay(person, '2026-11-21', own.keys.auditor)).status, 403)
})

t.test('O5: a capture is kept as it came, once, with an entry; what is none is refused', async (t) => {
  const made = await capture(person, png('een'), {}, 'capture-key-number-1')
  t.equal(made.status, 201, JSON.stringify(made.body))
  t.match(made.body, { mediaType: 'image/png', capturedOn: '2026-11-20', visibility: 'public' })
  const again = await capture(person, png('een'), {}, 'capture-key-number-1')
  t.equal(again.body.captureId, made.body.captureId, 'the same request again')
  t.equal(
    (await capture(person, png('twee'), {}, 'capture-key-number-1')).body.code,
    'idempotency-key-reused',
  )
  t.equal((await capture(person, png('een'))).body.code, 'capture-held')
  const unfit = await capture(person, Buffer.from('MZ'), { capturedOn: '2099-01-01', shows: 'a\u202eb' })
  t.match(unfit.body.errors.map((each: { code: string }) => each.code), ['file-unknown', 'day-to-come', 'unprintable-character']) // prettier-ignore
  const file = await send('GET', made.headers['location'] as string, { as: lawyer })
  t.same(file.bytes, png('een'))
  t.equal((await send('GET', made.headers['location'] as string, { as: other.keys.lawyer })).status, 404)
  const list = await send('GET', `/v1/persons/${person}/captures`, { as: lawyer })
  t.equal(list.body.captures.length, 1)
  const exported = await send('GET', `/v1/persons/${person}/data-export`, { as: own.keys['hr-publisher'] })
  t.match(exported.body.captures, [{ captureId: made.body.captureId, source: 'https://example.org/p/1' }])
  const contact = { relation: 'Crypsys', relationKind: 'customer', channel: 'online-connection', startedBy: 'employee', on: '2026-11-20' } // prettier-ignore
  const question = (captureIds: readonly string[], personId = person) =>
    send('POST', `/v1/persons/${personId}/contact-questions`, { as: lawyer, body: { contact, captureIds } })
  t.match((await question([made.body.captureId])).body, { answer: 'not-covered', clauses: [], captures: [{ sha256: made.body.sha256 }] }) // prettier-ignore
  t.equal((await question([made.body.captureId], silent)).body.code, 'capture-not-found', 'of somebody else')
})

t.test('questions about somebody without clauses are answered, and breaches must be countable', async (t) => {
  await anEmployment(service, own, silent!, [startedOn('2024-02-29')])
  const terms = await send('GET', `/v1/persons/${silent}/terms?on=2026-11-21`, { as: lawyer })
  t.same(terms.body, { on: '2026-11-21', clauses: [] })
  const penalty = (breaches: readonly object[]) =>
    send('POST', `/v1/persons/${silent}/penalty-questions`, { as: lawyer, body: { breaches } })
  const breach = { id: 'b', from: '2026-11-20', until: '2026-11-20', captureId: null }
  t.match((await penalty([breach])).body, { clauses: [], captures: [], passMeans: { en: /no defect/ } })
  const twice = await penalty([breach, { ...breach, until: '2026-11-19' }])
  t.match(twice.body, { code: 'breach-unfit', errors: [{ code: 'identifier-twice' }, { code: 'ends-before-it-begins' }] }) // prettier-ignore
})

t.test('O6: who has no clause of a kind is listed by page, with what would mend it', async (t) => {
  const path = '/v1/missing-clauses?kind=relatiebeding&on=2026-11-21&pageSize=2'
  const first = await send('GET', path, { as: lawyer })
  t.equal(first.status, 200, JSON.stringify(first.body))
  t.match(first.body.items, [{ reasons: [{ code: 'none', en: /Compose/ }] }, { reasons: [{ code: 'none' }] }])
  const second = await send('GET', `${path}&cursor=${first.body.nextCursor}`, { as: lawyer })
  t.equal(second.body.items.length, 1)
  t.equal(second.body.nextCursor, null)
  t.same((await send('GET', path, { as: other.keys.lawyer })).body.items, [], 'another organisation')
})

t.test('O5: captures go with the person, and so does the answer', async (t) => {
  const made = await capture(erased, png('weg'))
  t.equal(made.status, 201)
  const asked = await ask('POST', `/v1/persons/${erased}/erasure-requests`, { as: own.keys['hr-publisher'], body: { ground: 'G' } }) // prettier-ignore
  t.equal(asked.status, 201, JSON.stringify(asked.body))
  const decided = await ask('POST', `/v1/erasure-proposals/${asked.body.proposalId}/decisions`, { as: own.keys['hr-approver'], body: { decision: 'confirm', reason: 'R' } }) // prettier-ignore
  t.equal(decided.status, 201, JSON.stringify(decided.body))
  await execute()
  t.equal((await onDay(erased, '2026-11-21')).status, 404)
  t.equal((await send('GET', made.headers['location'] as string, { as: lawyer })).body.code, 'content-erased')
  const [entry] = await service.adminQuery<{ disclosures: (string | null)[] }>(
    'select disclosures from beding.entry_disclosure where entry_id = $1',
    [made.body.entryId],
  )
  t.ok(
    entry!.disclosures.every((each) => each === null),
    'value and salt are gone',
  )
})
