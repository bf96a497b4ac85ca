import t from 'tap'
import type { AssignmentId, PersonId } from '#core'
import { addAuthentication, makeAuthentication, openPersonSession, type Session } from '#authentication'
import { sessionLink } from '#ceremonies'
import { aBrowser, aVisit } from '../support/authentication.ts'
import { testService } from '../support/service.ts'
import { assigned, imported, published, somePeople } from '../support/story.ts'

const service = await testService(t)
const { own, other, send, adminQuery, platform, database } = service
const people = somePeople(3)
const personIds = await imported(service, own, people)
const links = await assigned(service, own, await published(service, own), 3)
const link = links.get(people[0]!.workEmail)!
const minute_ms = 60_000

/** A session of the person, as a sign-in opens it. */
async function aPersonSession(personId: string) {
  const browser = aBrowser(service)
  const { organisationId } = own
  const opened = await database.inOrganisation(organisationId, (trx) =>
    openPersonSession(platform, trx, {
      organisationId,
      personId: personId as PersonId,
      userAgent: 'a test',
      authentication: makeAuthentication(platform, { organisationId, personId: personId as PersonId, method: 'mailbox-code', assurance: 'mailbox-private' }), // prettier-ignore
    }),
  )
  browser.setCookie(`beding=${opened.cookie}`)
  return { browser, session: opened.session }
}

const assignmentOf = async (personId: string): Promise<AssignmentId> => {
  const { rows } = { rows: await adminQuery(`select assignment_id from beding.assignment where person_id = '${personId}'`) } // prettier-ignore
  return (rows[0] as { assignment_id: AssignmentId }).assignment_id
}

t.test('3: a link opens a visit by a POST from our own page, and by nothing else', async (t) => {
  const answer = await aBrowser(service).send('POST', '/v1/visits', { link })
  t.match([answer.status, answer.body.kind, answer.body.assurance], [201, 'visit', 'mailbox-employer'])
  t.match(String(answer.headers['set-cookie']), /^beding=[0-9a-f]{32}\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=7200$/) // prettier-ignore
  const before = await adminQuery('select count(*)::int as n from beding.person_session')
  const refused: [string, object | undefined, Record<string, string>, number][] = [
    ['GET', undefined, {}, 405],
    ['HEAD', undefined, {}, 405],
    ['POST', { link }, {}, 403],
    ['POST', { link }, { 'sec-fetch-site': 'cross-site' }, 403],
    ['POST', { link }, { 'sec-fetch-site': 'same-site' }, 403],
    ['POST', { link }, { origin: 'https://evil.example' }, 403],
    ['POST', { link }, { origin: 'null' }, 403],
    ['POST', { link: `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}` }, { 'sec-fetch-site': 'same-origin' }, 401], // prettier-ignore
    ['POST', { link: `${other.organisationId.replaceAll('-', '')}.${link.split('.')[1]}` }, { 'sec-fetch-site': 'same-origin' }, 401], // prettier-ignore
    ['POST', { link: own.keys.lawyer.slice(0, 200) }, { 'sec-fetch-site': 'same-origin' }, 401],
  ]
  for (const [method, body, headers, status] of refused)
    t.equal((await aBrowser(service).send(method, '/v1/visits', body, headers)).status, status, `${method} ${JSON.stringify(headers)}`) // prettier-ignore
  t.same(await adminQuery('select count(*)::int as n from beding.person_session'), before)
})

t.test('1: no table holds a token, and a link is no cookie', async (t) => {
  const browser = await aVisit(service, link)
  const token = browser.cookie()!.split('.')[1]!
  for (const table of [
    'person_session',
    'person_authentication',
    'authentication_record',
    'link',
    'notice',
    'mailbox_code',
  ])
    // prettier-ignore
    t.same(await adminQuery(`select 1 from beding.${table} as each where each::text like '%${token}%'`), [])
  const forged = aBrowser(service)
  for (const cookie of [
    `beding=${link}`,
    `__Host-${browser.cookie()}`,
    `${browser.cookie()}; ${browser.cookie()}`,
    `beding=${token}`,
  ]) {
    // prettier-ignore
    forged.setCookie(cookie)
    t.equal((await forged.send('GET', '/v1/session')).status, 401, cookie.slice(0, 12))
  }
  t.equal((await send('GET', '/v1/session', { as: link })).status, 401, 'a Bearer is no session')
  t.equal((await send('POST', '/v1/openings', { as: browser.cookie()!.slice('beding='.length), body: { language: null } })).status, 401, 'a session is no link') // prettier-ignore
})

t.test('4: a visit ends when it is not used, at its end, and when it is ended', async (t) => {
  const idle = await aVisit(service, link)
  platform.advanceClock(29 * minute_ms)
  t.equal((await idle.send('GET', '/v1/session')).status, 200)
  platform.advanceClock(29 * minute_ms)
  t.equal((await idle.send('GET', '/v1/session')).status, 200, 'use keeps it')
  platform.advanceClock(30 * minute_ms)
  t.equal((await idle.send('GET', '/v1/session')).status, 401, 'idle')
  const used = await aVisit(service, link)
  for (let minutes = 0; minutes < 119; minutes += 17) {
    t.equal((await used.send('GET', '/v1/session')).status, 200, `after ${minutes} minutes`)
    platform.advanceClock(17 * minute_ms)
  }
  platform.advanceClock(2 * minute_ms)
  t.equal((await used.send('GET', '/v1/session')).status, 401, 'over after two hours whatever was done')
  const ended = await aVisit(service, link)
  const cookie = ended.cookie()
  t.equal((await ended.send('DELETE', '/v1/session', undefined, { origin: 'https://evil.example' })).body.code, 'origin-refused') // prettier-ignore
  t.equal((await ended.send('DELETE', '/v1/session')).status, 204)
  t.equal(ended.cookie(), undefined, 'the browser loses it')
  ended.setCookie(cookie)
  t.equal((await ended.send('GET', '/v1/session')).status, 401, 'and a copy of it is worth nothing')
})

t.test('a person sees and ends their own sessions only', async (t) => {
  const first = await aPersonSession(personIds[1]!)
  const second = await aPersonSession(personIds[1]!)
  const stranger = await aPersonSession(personIds[2]!)
  const list = await first.browser.send('GET', '/v1/sessions')
  t.same(list.body.items.map((each: { sessionId: string }) => each.sessionId).toSorted(), [first.session.sessionId, second.session.sessionId].toSorted()) // prettier-ignore
  t.equal(list.body.items.find((each: { isThis: boolean }) => each.isThis).sessionId, first.session.sessionId)
  t.equal((await stranger.browser.send('DELETE', `/v1/sessions/${second.session.sessionId}`)).body.code, 'session-not-found') // prettier-ignore
  t.equal((await first.browser.send('DELETE', `/v1/sessions/${second.session.sessionId}`)).status, 204)
  t.equal((await second.browser.send('GET', '/v1/session')).status, 401)
  const visit = await aVisit(service, link)
  t.equal((await visit.send('GET', '/v1/sessions')).body.code, 'sign-in-required', 'a link shows no list')
})

t.test('5: a session of the person and a step up are entries, a visit is not', async (t) => {
  const entries = async () => (await adminQuery(`select count(*)::int as n from beding.ledger_entry where kind = 'person-authenticated'`)) as { n: number }[] // prettier-ignore
  const [before] = await entries()
  await aVisit(service, link)
  t.same(await entries(), [before])
  const { session } = await aPersonSession(personIds[0]!)
  const more = await database.inOrganisation(
    own.organisationId,
    (trx) =>
    addAuthentication(platform, trx, session, makeAuthentication(platform, { organisationId: own.organisationId, personId: session.personId, method: 'totp', assurance: 'phone-otp' })), // prettier-ignore
  )
  t.equal(more.authentications.length, 2)
  t.same(await entries(), [{ n: before!.n + 2 }])
})

t.test('what a session may act on: its own ceremonies, a visit the one of its link', async (t) => {
  const linkFor = (session: Session, assignmentId: AssignmentId) =>
    database.inOrganisation(own.organisationId, (trx) => sessionLink(platform, trx, session, assignmentId))
  const mine = await assignmentOf(personIds[0]!)
  const theirs = await assignmentOf(personIds[1]!)
  const { session } = await aPersonSession(personIds[0]!)
  const made = await linkFor(session, mine)
  t.same(await linkFor(session, mine), made, 'the same at every call, from every tab')
  t.equal(((await adminQuery('select count(*)::int as n from beding.link where delivery_id is null')) as { n: number }[])[0]!.n, 1) // prettier-ignore
  await t.rejects(linkFor(session, theirs), { code: 'assignment-not-found' })
  const elsewhere = { ...session, organisationId: other.organisationId }
  await t.rejects(
    database.inOrganisation(other.organisationId, (trx) => sessionLink(platform, trx, elsewhere, mine)),
    { code: 'assignment-not-found' },
  )
  const visit = {
    ...session,
    kind: 'visit',
    linkTokenSha256: Buffer.alloc(32, 1),
    assignmentId: mine,
  } as const
  t.same((await linkFor(visit, mine)).tokenSha256, Buffer.alloc(32, 1))
  await t.rejects(linkFor(visit, theirs), { code: 'assignment-not-found' })
})
