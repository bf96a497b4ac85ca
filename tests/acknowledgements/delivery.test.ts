import { once } from 'node:events'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import t from 'tap'
import { relayDeliveries } from '#acknowledgements'
import { smtpChannel } from '#messages'
import { testService } from '../support/service.ts'
import { assigned, imported, published, shown, somePeople } from '../support/story.ts'

const service = await testService(t)
const { own, other, send, adminQuery, platform, database } = service
const people = somePeople(6)
const personIds = await imported(service, own, people)
const version = await published(service, own)

/** A real mail server on loopback, which keeps what it takes and refuses on command. */
async function aMailServer(t: { teardown(work: () => unknown): void }) {
  const taken: string[] = []
  const state = { refusing: false }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, callback) =>
      callback(state.refusing ? Object.assign(new Error('mailbox full'), { responseCode: 452 }) : null),
    onData: (stream, _session, callback) => {
      text(stream).then((message) => {
        taken.push(message)
        callback()
      }, callback)
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  t.teardown(() => new Promise<void>((resolve) => server.close(() => resolve())))
  const { port } = server.server.address() as AddressInfo
  return { taken, state, url: `smtp://127.0.0.1:${port}` }
}

t.test(
  '1: a version that is handed out twice is one assignment, and unknown or foreign persons are refused',
  async (t) => {
    const body = {
      policyId: version.policyId,
      versionNumber: 1,
      dueDate: '2026-12-05',
      audience: { personIds: personIds.slice(0, 2) },
    }
    const first = await send('POST', '/v1/assignments', { as: own.keys['hr-publisher'], body })
    t.match([first.status, first.body.created, first.body.alreadyAssigned], [201, 2, 0])
    const second = await send('POST', '/v1/assignments', { as: own.keys['hr-publisher'], body: { ...body, audience: { personIds: personIds.slice(0, 3) } } }) // prettier-ignore
    t.match([second.body.created, second.body.alreadyAssigned], [1, 2])
    const before = await adminQuery('select count(*)::int as n from beding.assignment')
    const [stranger] = await imported(service, other, somePeople(1, 'X'))
    const cases: [object, number, string][] = [
      [{ ...body, audience: { personIds: [stranger] } }, 404, 'person-not-found'],
      [{ ...body, audience: { departments: ['Nergens'] } }, 422, 'audience-empty'],
      [{ ...body, dueDate: '2026-11-20' }, 422, 'due-date-past'],
      [{ ...body, versionNumber: 9 }, 404, 'policy-version-not-found'],
      [{ ...body, audience: { everyone: true, departments: ['Verkoop'] } }, 400, 'input-invalid'],
    ]
    for (const [wrong, status, code] of cases) {
      const answer = await send('POST', '/v1/assignments', { as: own.keys['hr-publisher'], body: wrong })
      t.match([answer.status, answer.body.code], [status, code])
    }
    const foreign = await send('POST', '/v1/assignments', { as: other.keys['hr-publisher'], body })
    t.match([foreign.status, foreign.body.code], [404, 'policy-version-not-found'])
    t.same(await adminQuery('select count(*)::int as n from beding.assignment'), before)
  },
)

t.test('2: a message goes to the mail server, with a link that works and exists nowhere else', async (t) => {
  const mail = await aMailServer(t)
  const channel = smtpChannel(mail.url, 'hr@voorbeeld.example')
  t.teardown(() => channel.close())
  const deps = { platform, database, channel, publicUrl: 'https://beding.voorbeeld.example' }
  t.equal(await relayDeliveries(deps), 3)
  t.equal(mail.taken.length, 3)
  const message = mail.taken.find((each) => each.includes(people[0]!.workEmail))!
  const plain = message.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=')
  const link = /https:\/\/beding\.voorbeeld\.example\/c#([0-9a-f]{32}\.[\w-]{43})/.exec(plain)?.[1]
  t.ok(link)
  t.match(message, /^Subject: /m)
  t.equal((await send('POST', '/v1/openings', { as: link!, body: { language: null } })).status, 200)
  t.equal(await relayDeliveries(deps), 0, 'nothing is due any more')
  const [assignment] = (
    await send('GET', `/v1/assignments?personId=${personIds[0]}`, { as: own.keys['hr-publisher'] })
  ).body.items
  t.ok(assignment.deliveredAt && assignment.openedAt && assignment.act === null)
  const everything = await adminQuery<{ found: boolean }>(
    `select bool_or(t::text like '%' || $1 || '%') as found from (
       select d::text as t from beding.delivery d union all select e::text from beding.delivery_event e
       union all select l::text from beding.link l union all select x::text from beding.entry_disclosure x) as rows`,
    [link!.split('.')[1]],
  )
  t.same(everything, [{ found: false }], 'the token is in no row')
})

t.test('4: a refusal is recorded and tried again later, with a link of its own', async (t) => {
  const mail = await aMailServer(t)
  mail.state.refusing = true
  const channel = smtpChannel(mail.url, 'hr@voorbeeld.example')
  t.teardown(() => channel.close())
  const deps = { platform, database, channel, publicUrl: 'https://beding.voorbeeld.example' }
  const body = {
    policyId: version.policyId,
    versionNumber: 1,
    dueDate: '2026-12-05',
    audience: { personIds: [personIds[3]] },
  }
  const made = await send('POST', '/v1/assignments', { as: own.keys['hr-publisher'], body })
  const [{ assignmentId }] = made.body.assignments
  t.equal(await relayDeliveries(deps), 1)
  t.equal(await relayDeliveries(deps), 0, 'not at once again')
  const refused = await send('GET', `/v1/assignments/${assignmentId}`, { as: own.keys['hr-publisher'] })
  t.ok(refused.body.deliveryFailedAt)
  t.equal(refused.body.deliveredAt, null)
  mail.state.refusing = false
  platform.advanceClock(31_000)
  t.equal(await relayDeliveries(deps), 1)
  t.equal(mail.taken.length, 1)
  const delivered = await send('GET', `/v1/assignments/${assignmentId}`, { as: own.keys['hr-publisher'] })
  t.ok(delivered.body.deliveredAt)
  const links = await adminQuery('select 1 from beding.link where assignment_id = $1', [assignmentId])
  t.equal(links.length, 2)
})

t.test('4: after ten refusals a message is given up, and says so', async (t) => {
  const mail = await aMailServer(t)
  mail.state.refusing = true
  const channel = smtpChannel(mail.url, 'hr@voorbeeld.example')
  t.teardown(() => channel.close())
  const deps = { platform, database, channel, publicUrl: 'https://beding.voorbeeld.example' }
  const body = {
    policyId: version.policyId,
    versionNumber: 1,
    dueDate: '2026-12-05',
    audience: { personIds: [personIds[4]] },
  }
  await send('POST', '/v1/assignments', { as: own.keys['hr-publisher'], body })
  let tried = 0
  for (let hour = 0; hour < 30; hour += 1) {
    tried += await relayDeliveries(deps)
    platform.advanceClock(3_600_000)
  }
  t.equal(tried, 10)
  const [row] = await adminQuery<{ state: string; attempts: number }>(
    `select state, attempts from beding.delivery order by created_at desc limit 1`,
  )
  t.match(row, { state: 'failed', attempts: 10 })
})

t.test('5: a worker that dies after claiming gives its message back when the lease ends', async (t) => {
  const mail = await aMailServer(t)
  const channel = smtpChannel(mail.url, 'hr@voorbeeld.example')
  t.teardown(() => channel.close())
  const deps = { platform, database, channel, publicUrl: 'https://beding.voorbeeld.example' }
  const body = {
    policyId: version.policyId,
    versionNumber: 1,
    dueDate: '2027-12-05',
    audience: { personIds: [personIds[5]] },
  }
  await send('POST', '/v1/assignments', { as: own.keys['hr-publisher'], body })
  const dying = { ...channel, handOver: () => new Promise<string>(() => undefined) }
  void relayDeliveries({ ...deps, channel: dying })
  while (
    (await adminQuery(`select 1 from beding.delivery where attempts = 1 and state = 'queued'`)).length === 0
  )
    await new Promise((resolve) => setTimeout(resolve, 10))
  t.equal(await relayDeliveries(deps), 0, 'claimed by the other')
  platform.advanceClock(121_000)
  t.equal(await relayDeliveries(deps), 1)
  t.equal(mail.taken.length, 1)
})

t.test(
  '6: sending again makes a fresh link, both links stand for one act, and after the act none is sent',
  async (t) => {
    const links = await assigned(service, own, version, 0).catch(() => new Map<string, string>())
    const answer = await send('GET', `/v1/assignments?personId=${personIds[1]}`, {
      as: own.keys['hr-publisher'],
    })
    const [{ assignmentId }] = answer.body.items
    const again = await send('POST', `/v1/assignments/${assignmentId}/deliveries`, {
      as: own.keys['hr-publisher'],
    })
    t.match([again.status, again.body.state], [202, 'queued'])
    t.same(Object.keys(again.body).toSorted(), ['deliveryId', 'state'])
    const fresh = (await service.deliver(1)).get(people[1]!.workEmail)!
    t.not(fresh, links.get(people[1]!.workEmail))
    t.equal(
      (await send('POST', '/v1/acts', { as: fresh, body: await shown(service, fresh, 'seen') })).status,
      201,
    )
    const late = await send('POST', `/v1/assignments/${assignmentId}/deliveries`, {
      as: own.keys['hr-publisher'],
    })
    t.match([late.status, late.body.code], [409, 'already-acted'])
  },
)

t.test('the local outbox is a private folder of private files', async (t) => {
  t.equal(statSync(service.outbox).mode & 0o077, 0)
  const files = readdirSync(service.outbox).filter((name) => name.endsWith('.eml'))
  t.ok(files.length > 0)
  for (const name of files) t.equal(statSync(join(service.outbox, name)).mode & 0o077, 0)
})

t.test(
  'the employer reads the same receipt as the person, and an auditor sees that the ledger only grew',
  async (t) => {
    const answer = await send('GET', `/v1/assignments?personId=${personIds[1]}`, {
      as: own.keys['hr-publisher'],
    })
    const [{ assignmentId }] = answer.body.items
    const link = (await service.deliver(1)).get(people[1]!.workEmail)!
    const asPerson = await send('GET', '/v1/acts/current', { as: link })
    const asEmployer = await send('GET', `/v1/assignments/${assignmentId}/act`, {
      as: own.keys['hr-publisher'],
    })
    t.same(asEmployer.body, asPerson.body)
    const pdf = await send('GET', '/v1/acts/current/receipt-document', { as: link })
    const samePdf = await send('GET', `/v1/assignments/${assignmentId}/act/receipt-document`, { as: own.keys['hr-publisher'] }) // prettier-ignore
    t.ok(pdf.status === 200 && pdf.bytes.equals(samePdf.bytes))
    const open = (await send('GET', '/v1/assignments?state=open', { as: own.keys['hr-publisher'] })).body
      .items[0]
    const none = await send('GET', `/v1/assignments/${open.assignmentId}/act`, {
      as: own.keys['hr-publisher'],
    })
    t.match([none.status, none.body.code], [404, 'no-act-yet'])

    const now = await send('GET', '/v1/ledger/checkpoint?since=3', { as: own.keys.auditor })
    t.equal(now.status, 200)
    t.match(now.body.note, new RegExp(`^beding\\.local/log/.*\\n${now.body.size}\\n`))
    t.ok(now.body.consistency.length > 0)
    const future = await send('GET', '/v1/ledger/checkpoint?since=999999', { as: own.keys.auditor })
    t.match([future.status, future.body.code], [404, 'checkpoint-unknown'])
  },
)
