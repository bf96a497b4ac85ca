import t from 'tap'
import { aBrowser, aMailbox, aSignIn, aVisit, setPrivateMailbox } from '../support/authentication.ts'
import { codeIn } from '../support/mail-server.ts'
import { testService } from '../support/service.ts'
import { assigned, imported, published, somePeople } from '../support/story.ts'

const service = await testService(t)
const { own, other, send, adminQuery, platform } = service
const { organisationId } = own
const people = somePeople(4)
const personIds = await imported(service, own, people)
const links = await assigned(service, own, await published(service, own), 4)
const mailbox = await aMailbox(t, service)
const hour_ms = 3_600_000
const work = (index: number): string => people[index]!.workEmail

t.test('a code to the work mailbox opens a session that proves the employer’s mailbox, once', async (t) => {
  const browser = aBrowser(service)
  const asked = await browser.send('POST', '/v1/sign-in-codes', { organisationId, address: work(0) })
  t.same([asked.status, Object.keys(asked.body)], [202, ['codeId']])
  const code = await mailbox.codeFor(work(0))
  const body = { organisationId, codeId: asked.body.codeId, code }
  const tabs = await Promise.all([1, 2, 3].map(() => aBrowser(service).send('POST', '/v1/sign-ins', body)))
  t.same(tabs.map((each) => each.status).toSorted(), [201, 422, 422], 'of three tabs one gets in')
  t.match(tabs.find((each) => each.status === 201)!.body, { kind: 'person', personId: personIds[0], assurance: 'mailbox-employer', assignmentId: null }) // prettier-ignore
  t.equal((await browser.send('POST', '/v1/sign-ins', body)).body.code, 'code-refused', 'a replay')
})

t.test('nothing tells whether a mailbox exists', async (t) => {
  const shapes = new Set<string>()
  for (const address of [work(1), 'niemand@elders.example', `x${work(1)}`]) {
    const asked = await aBrowser(service).send('POST', '/v1/sign-in-codes', { organisationId, address })
    const tried = await aBrowser(service).send('POST', '/v1/sign-ins', { organisationId, codeId: asked.body.codeId, code: 'AAAA-AAAA' }) // prettier-ignore
    shapes.add(JSON.stringify([asked.status, Object.keys(asked.body), tried.status, { ...tried.body, instance: '' }])) // prettier-ignore
  }
  for (const id of [other.organisationId, platform.newId()]) {
    const asked = await aBrowser(service).send('POST', '/v1/sign-in-codes', { organisationId: id, address: work(1) }) // prettier-ignore
    const tried = await aBrowser(service).send('POST', '/v1/sign-ins', { organisationId: id, codeId: asked.body.codeId, code: 'AAAA-AAAA' }) // prettier-ignore
    shapes.add(JSON.stringify([asked.status, Object.keys(asked.body), tried.status, { ...tried.body, instance: '' }])) // prettier-ignore
  }
  t.equal(shapes.size, 1, [...shapes].join('\n'))
  await mailbox.arrive()
})

t.test('a code of one person, session or organisation is nothing elsewhere', async (t) => {
  const anna = await aSignIn(service, mailbox, work(0))
  const bram = await aSignIn(service, mailbox, work(1))
  const asked = await anna.send('POST', '/v1/session/codes', { mailbox: 'work' })
  const code = await mailbox.codeFor(work(0))
  const body = { codeId: asked.body.codeId, code }
  t.equal((await bram.send('POST', '/v1/session/authentications', body)).body.code, 'code-refused')
  t.equal((await bram.send('POST', '/v1/sign-ins', { organisationId, ...body })).body.code, 'code-refused', 'a code to step up signs nobody in') // prettier-ignore
  t.equal((await bram.send('PUT', '/v1/session/private-mailbox', body)).body.code, 'code-refused')
  t.equal((await anna.send('POST', '/v1/session/authentications', body)).status, 200)
  t.equal((await anna.send('POST', '/v1/session/codes', { mailbox: 'private' })).body.code, 'private-mailbox-missing') // prettier-ignore
})

t.test('6: a private mailbox counts once it has cooled, and every mailbox is told', async (t) => {
  platform.advanceClock(hour_ms)
  const anna = await aSignIn(service, mailbox, work(0))
  const wrong = await anna.send('POST', '/v1/session/private-mailbox-codes', {
    address: 'anna@voorbeeld.example',
  })
  t.equal(wrong.body.code, 'mailbox-is-work')
  const set = await setPrivateMailbox(anna, mailbox, 'anna@thuis.example')
  t.match([set.status, set.body.knownBy], [200, 'mailbox-employer'])
  const told = await mailbox.arrive()
  t.same(told.map((mail) => mail.to).toSorted(), ['anna@thuis.example', work(0)].toSorted())
  t.ok(told.every((mail) => codeIn(mail.message) === undefined))
  const early = await aSignIn(service, mailbox, 'anna@thuis.example')
  t.equal((await early.send('GET', '/v1/session')).body.assurance, 'mailbox-employer', 'while it cools')
  platform.advanceClock(72 * hour_ms)
  const late = await aSignIn(service, mailbox, 'anna@thuis.example')
  t.equal((await late.send('GET', '/v1/session')).body.assurance, 'mailbox-private')
  const [record] = (await adminQuery(`select record from beding.authentication_record order by authentication_id desc limit 1`)) as { record: string }[] // prettier-ignore
  const { enrolment, mailbox: mark } = JSON.parse(record!.record)
  t.match(enrolment, { knownBy: 'mailbox-employer' }, 'and says for ever how it was set')
  t.notMatch(record!.record, /thuis/, 'without the address')
  t.equal(mark.kind, 'private')
})

t.test('7: whoever has a link or reads the employer’s mailbox cannot raise their own level', async (t) => {
  const visit = await aVisit(service, links.get(work(0))!)
  for (const [method, url, body] of [
    ['POST', '/v1/session/private-mailbox-codes', { address: 'dief@elders.example' }],
    ['POST', '/v1/session/authenticators', undefined],
    ['GET', '/v1/session/means', undefined],
    ['DELETE', '/v1/session/private-mailbox', undefined],
  ] as const)
    t.equal((await visit.send(method, url, body)).body.code, 'sign-in-required', `${method} ${url}`)
  const insider = await aSignIn(service, mailbox, work(0))
  const replaced = await setPrivateMailbox(insider, mailbox, 'dief@elders.example')
  t.match([replaced.status, replaced.body.code, replaced.body.errors], [403, 'assurance-too-low', [{ message: 'mailbox-private' }]]) // prettier-ignore
  t.equal((await insider.send('POST', '/v1/session/authenticators')).body.code, 'assurance-too-low')
  const gone = await insider.send('DELETE', '/v1/session/private-mailbox')
  t.equal(gone.status, 204, 'it can be taken away, which lowers what can be shown')
  t.ok((await mailbox.arrive()).some((mail) => mail.to === 'anna@thuis.example'), 'and its owner is told there') // prettier-ignore
  const own = await setPrivateMailbox(insider, mailbox, 'dief@elders.example')
  t.ok(own.body.coolingUntil > platform.clock(), 'one of the insider’s counts for nothing for 72 hours')
  const asInsider = await aSignIn(service, mailbox, 'dief@elders.example')
  t.equal((await asInsider.send('GET', '/v1/session')).body.assurance, 'mailbox-employer')
  const anna = await aSignIn(service, mailbox, work(0))
  t.equal((await setPrivateMailbox(anna, mailbox, 'anna@thuis.example')).status, 200, 'and Anna can take it back') // prettier-ignore
})

t.test('8: the employer can only propose, and sees nothing of what came of it', async (t) => {
  platform.advanceClock(hour_ms)
  await mailbox.arrive()
  const url = `/v1/persons/${personIds[2]}/private-mailbox-proposals`
  const as = own.keys['hr-publisher']
  const body = { address: 'chris@thuis.example' }
  t.equal((await send('POST', url, { as: own.keys['hr-reader'], body })).status, 403)
  t.equal((await send('POST', url, { as: other.keys['hr-publisher'], body })).body.code, 'person-not-found')
  t.equal((await send('POST', url, { as, body: { address: work(2) } })).body.code, 'mailbox-is-work')
  const proposed = await send('POST', url, { as, body })
  t.same([proposed.status, Object.keys(proposed.body).toSorted()], [201, ['proposalId', 'proposedAt']])
  const told = await mailbox.arrive()
  t.same(told.map((mail) => mail.to), [work(2)], 'nothing goes to the proposed address') // prettier-ignore
  await aBrowser(service).send('POST', '/v1/sign-in-codes', { organisationId, address: body.address })
  t.same(await mailbox.arrive(), [], 'and it signs nobody in')
  const chris = await aSignIn(service, mailbox, work(2))
  t.match((await chris.send('GET', '/v1/session/means')).body, {
    privateMailbox: null,
    proposedMailbox: body,
  })
  t.equal((await setPrivateMailbox(chris, mailbox, body.address)).status, 200)
  t.match((await chris.send('GET', '/v1/session/means')).body, {
    privateMailbox: body,
    proposedMailbox: null,
  })
  for (const answer of [
    await send('GET', `/v1/persons/${personIds[2]}`, { as }),
    await send('GET', '/v1/persons', { as }),
  ])
    // prettier-ignore
    t.notMatch(JSON.stringify(answer.body), /thuis/)
})

t.test('every change of means is an entry without an address', async (t) => {
  const rows = (await adminQuery(`select ledger_entry.kind, count(*)::int as n from beding.ledger_entry where kind like 'private-mailbox-%' group by 1 order by 1`)) as object[] // prettier-ignore
  t.same(rows, [
    { kind: 'private-mailbox-confirmed', n: 4 },
    { kind: 'private-mailbox-proposed', n: 1 },
    { kind: 'private-mailbox-removed', n: 1 },
  ])
  const disclosed = (await adminQuery(`select disclosures from beding.entry_disclosure`)) as { disclosures: (string | null)[] }[] // prettier-ignore
  const texts = disclosed.flatMap((row) => row.disclosures.map((each) => Buffer.from(each ?? '', 'base64url').toString())) // prettier-ignore
  t.notOk(texts.some((text) => /thuis\.example|elders\.example/.test(text)))
})
