import t from 'tap'
import type { PersonId } from '#core'
import { redeemCode, relayNotices, requestOwnCode, requestSignInCode, smtpChannel } from '#messages'
import { makeCode, typedCode, writtenCode } from '../../src/messages/code.ts'
import { aMailServer, codeIn } from '../support/mail-server.ts'
import { testService } from '../support/service.ts'
import { imported, somePeople } from '../support/story.ts'

const service = await testService(t)
const { own, other, adminQuery, platform, database } = service
const people = somePeople(4)
const personIds = await imported(service, own, people)
const mail = await aMailServer(t)
const channel = smtpChannel(mail.url, 'Beding <hr@voorbeeld.example>')
t.teardown(() => channel.close())
const deps = { platform, database, channel, publicUrl: 'https://beding.voorbeeld.example' }
const { organisationId } = own
const minute_ms = 60_000

const ask = (address: string, id = organisationId) =>
  database.inOrganisation(id, (trx) => requestSignInCode(platform, trx, id, address))
const redeem = (codeId: string, code: string, id = organisationId) =>
  database.inOrganisation(id, (trx) =>
    redeemCode(platform, trx, id, { codeId, purpose: 'sign-in', sessionId: null, code }),
  )
/** Hands over what is due; the codes in it, in order. */
async function handOver(): Promise<string[]> {
  const before = mail.taken.length
  await relayNotices(deps)
  return mail.taken.slice(before).map((each) => codeIn(each.message) ?? '')
}
const hour = () => platform.advanceClock(61 * minute_ms)

t.test('a code has 8 characters of an alphabet without look-alikes', async (t) => {
  const codes = Array.from({ length: 200 }, () => makeCode(platform.randomBytes))
  t.ok(codes.every((code) => /^[2-9A-HJKMNP-Z]{8}$/.test(code)))
  t.equal(new Set(codes).size, 200)
  t.equal(typedCode(` ${writtenCode(codes[0]!).toLowerCase().replace('-', ' - ')} `), codes[0])
})

t.test('1: a code goes to the mailbox and is in no table', async (t) => {
  const { codeId } = await ask(people[0]!.workEmail.toUpperCase())
  t.equal(await redeem(codeId, 'AAAAAAAA'), undefined, 'there is none before its message was handed over')
  const [code] = await handOver()
  const { to, message } = mail.taken.at(-1)!
  t.equal(to, people[0]!.workEmail)
  t.match(message, /Message-ID: <notice\.[0-9a-f-]{36}@voorbeeld\.example>/)
  for (const table of ['mailbox_code', 'notice', 'notice_event', 'work_due', 'entry_disclosure'])
    for (const form of [code!, typedCode(code!)])
      t.same(await adminQuery(`select 1 from beding.${table} as each where each::text like '%${form}%'`), [], table) // prettier-ignore
  t.match(await redeem(codeId, code!.toLowerCase()), { personId: personIds[0], mailbox: 'work' })
  t.equal(await redeem(codeId, code!), undefined, 'once')
  hour()
})

t.test('2: only the newest code works, for its purpose, in its organisation, five tries long', async (t) => {
  const first = await ask(people[1]!.workEmail)
  const [older] = await handOver()
  const second = await ask(people[1]!.workEmail)
  const [newer] = await handOver()
  t.equal(await redeem(first.codeId, older!), undefined, 'the older one is closed')
  t.equal(await redeem(second.codeId, newer!, other.organisationId), undefined, 'another organisation')
  t.equal(
    await database.inOrganisation(
      organisationId,
      (trx) =>
      redeemCode(platform, trx, organisationId, { codeId: second.codeId, purpose: 'step-up', sessionId: platform.newId(), code: newer! }), // prettier-ignore
    ),
    undefined,
    'another purpose',
  )
  for (let tries = 0; tries < 5; tries++) t.equal(await redeem(second.codeId, 'WWWWWWWW'), undefined)
  t.equal(await redeem(second.codeId, newer!), undefined, 'the sixth try is too late')
  hour()
})

t.test('2: of many tries at once one gets the code, and a code is too old after 15 minutes', async (t) => {
  const race = await ask(people[2]!.workEmail)
  const [code] = await handOver()
  const got = await Promise.all(Array.from({ length: 5 }, () => redeem(race.codeId, code!)))
  t.equal(got.filter((each) => each !== undefined).length, 1)
  for (const [minutes, works] of [
    [14.9, true],
    [15, false],
  ] as const) {
    hour()
    const { codeId } = await ask(people[2]!.workEmail)
    const [fresh] = await handOver()
    platform.advanceClock(minutes * minute_ms)
    t.equal((await redeem(codeId, fresh!)) !== undefined, works, `after ${minutes} minutes`)
  }
  hour()
})

t.test('3: five codes an hour for one mailbox, also when they are asked for at once', async (t) => {
  const asked = await Promise.all(Array.from({ length: 8 }, () => ask(people[3]!.workEmail)))
  t.equal(asked.filter((each) => each.sent).length, 5)
  t.equal((await handOver()).length, 1, 'and of those only the newest is sent')
  t.ok((await ask(people[0]!.workEmail)).sent, 'another mailbox is another count')
  await handOver()
  hour()
  t.ok((await ask(people[3]!.workEmail)).sent)
  await handOver()
})

t.test(
  '4: a mailbox of nobody, of two, of an erased or former employee gets nothing, and looks the same',
  async (t) => {
    const shared = { ...somePeople(1, 'S')[0]!, workEmail: 'balie@voorbeeld.example' }
    const gone = { ...somePeople(1, 'G')[0]!, employedUntil: '2026-11-20' }
    const today = {
      ...somePeople(1, 'T')[0]!,
      workEmail: 't9@voorbeeld.example',
      employedUntil: '2026-11-21',
    }
    await imported(service, own, [shared, { ...shared, externalId: 'S-9' }, gone, today])
    for (const address of ['niemand@elders.example', shared.workEmail, gone.workEmail]) {
      const before = mail.taken.length
      t.match(await ask(address), { sent: true })
      await handOver()
      t.equal(mail.taken.length, before, address)
    }
    await ask(today.workEmail)
    t.equal((await handOver()).length, 1, 'on the last day it still counts')
    const [forNobody, forSomebody] = (await adminQuery(`select array_agg(distinct purpose || (person_id is null)::text || (code_hmac is null)::text) as seen from beding.mailbox_code group by person_id is null order by person_id is null desc`)) as { seen: string[] }[] // prettier-ignore
    t.same(forNobody!.seen.filter((each) => each === 'sign-intruetrue').length, 1)
    t.ok(forSomebody!.seen.length > 0)
    await imported(service, other, [somePeople(1, 'X')[0]!])
    t.ok((await ask('x0@voorbeeld.example')).sent)
    t.same(await handOver(), [], 'somebody of another organisation is nobody here')
  },
)

t.test('5: what a mail server refuses is tried again, given up, and never sent too late', async (t) => {
  const own5 = people[1]!.workEmail
  hour()
  mail.state.replyCode = 452
  const late = await ask(own5)
  for (let round = 0; round < 12; round++) {
    await handOver()
    platform.advanceClock(2 * minute_ms)
  }
  mail.state.replyCode = 0
  t.same(await handOver(), [], 'after 15 minutes a code is not sent any more')
  t.equal(await redeem(late.codeId, 'AAAAAAAA'), undefined)
  const events = await adminQuery(`select kind, status, count(*)::int as n from beding.notice_event group by 1, 2 order by 1, 2`) // prettier-ignore
  t.ok((events as { kind: string; status: string }[]).some((each) => each.kind === 'refused' && each.status.startsWith('452'))) // prettier-ignore
  t.ok((await adminQuery(`select 1 from beding.notice where state = 'too-late'`)).length > 0)
  hour()
  mail.state.replyCode = 550
  mail.state.replyText = 'no such mailbox'
  await ask(own5)
  await handOver()
  mail.state.replyCode = 0
  const [refused] = (await adminQuery(`select attempts, state, detail from beding.notice order by created_at desc, notice_id desc limit 1`)) as { attempts: number; state: string; detail: string }[] // prettier-ignore
  t.match(refused, { attempts: 1, state: 'refused' }, 'a permanent refusal is not tried again')
  t.match(refused!.detail, /no such mailbox/)
})

t.test('a refused hand-over makes another code the next time, and only that works', async (t) => {
  hour()
  const sessionId = platform.newId()
  const personId = personIds[0] as PersonId
  const wanted = { purpose: 'step-up', personId, sessionId, mailbox: 'work', address: people[0]!.workEmail } as const // prettier-ignore
  const { codeId } = await database.inOrganisation(organisationId, (trx) => requestOwnCode(platform, trx, organisationId, wanted)) // prettier-ignore
  const marks: string[] = []
  const look = async () => {
    const [row] = (await adminQuery(`select encode(code_hmac, 'hex') as mark from beding.mailbox_code where code_id = '${codeId}'`)) as { mark: string }[] // prettier-ignore
    marks.push(row!.mark)
  }
  mail.state.replyCode = 451
  await handOver()
  await look()
  mail.state.replyCode = 0
  platform.advanceClock(minute_ms)
  const [code] = await handOver()
  await look()
  t.not(marks[0], marks[1])
  const tryIn = (session: string) => database.inOrganisation(organisationId, (trx) => redeemCode(platform, trx, organisationId, { codeId, purpose: 'step-up', sessionId: session, code: code! })) // prettier-ignore
  t.equal(await tryIn(platform.newId()), undefined, 'not in another session')
  t.match(await tryIn(sessionId), { personId, mailbox: 'work' })
})
