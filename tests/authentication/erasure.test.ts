import t from 'tap'
import { aMailbox, aSignIn, setPrivateMailbox } from '../support/authentication.ts'
import { placesOf, retentionService } from '../support/retention-service.ts'
import { imported, somePeople } from '../support/story.ts'

const service = await retentionService(t)
const { own, ask, send, execute } = service
const [person] = somePeople(1)
const [personId] = await imported(service, own, [person!])
const mailbox = await aMailbox(t, service)
const publisher = own.keys['hr-publisher']
const browser = await aSignIn(service, mailbox, person!.workEmail)
await setPrivateMailbox(browser, mailbox, 'anna@thuis.example')
await mailbox.arrive()
await browser.send('POST', '/v1/session/authenticators')
await send('POST', `/v1/persons/${personId}/private-mailbox-proposals`, { as: publisher, body: { address: 'ander@huis.example' } }) // prettier-ignore
await send('POST', '/v1/attestations', { as: publisher, body: { personId, kind: 'oral', happenedOn: '2026-11-20', what: 'Sprak met Anna over de camera.' } }) // prettier-ignore

t.test('a person gets what is held of how they sign in, without any secret', async (t) => {
  const { body } = await ask('GET', `/v1/persons/${personId}/data-export`, { as: publisher })
  t.match(body.access, {
    sessions: [{ kind: 'person', endedAt: null }],
    authentications: [{ method: 'mailbox-code', assurance: 'mailbox-employer' }],
    mailboxes: [
      { state: 'confirmed', address: 'anna@thuis.example' },
      { state: 'proposed', address: 'ander@huis.example' },
    ],
    authenticators: [{ state: 'pending', confirmedAt: null }],
    attestations: [{ kind: 'oral', what: 'Sprak met Anna over de camera.' }],
  })
  t.same(body.access.notices.map((each: { kind: string }) => each.kind).toSorted(), [
    'private-mailbox-code',
    'private-mailbox-confirmed',
    'private-mailbox-confirmed',
    'private-mailbox-proposed',
    'sign-in-code',
  ])
  t.ok(body.entries.some((each: { kind: string }) => each.kind === 'person-authenticated'))
  const kept = await service.adminQuery<{ secret: string }>(`select encode(secret_sealed, 'hex') as secret from beding.totp_authenticator`) // prettier-ignore
  t.notMatch(JSON.stringify(body), kept[0]!.secret)
})

t.test('an erasure takes every address, record and word, and the session with it', async (t) => {
  const made = await ask('POST', `/v1/persons/${personId}/erasure-requests`, { as: publisher, body: { ground: 'Artikel 17 AVG.' } }) // prettier-ignore
  await ask('POST', `/v1/erasure-proposals/${made.body.proposalId}/decisions`, { as: own.keys['hr-approver'], body: { decision: 'confirm', reason: 'Akkoord.' } }) // prettier-ignore
  await execute()
  for (const trace of [
    person!.workEmail,
    'thuis.example',
    'huis.example',
    'camera',
    'beding-authentication/v1',
  ])
    t.same(await placesOf(service, trace), [], trace)
  t.equal((await browser.send('GET', '/v1/session')).status, 401)
  t.same(await service.adminQuery('select 1 from beding.totp_authenticator'), [])
  t.same(await service.adminQuery('select distinct method from beding.person_authentication'), [{ method: 'mailbox-code' }], 'that it happened stays') // prettier-ignore
  const { organisationId } = own
  await browser.send('POST', '/v1/sign-in-codes', { organisationId, address: 'anna@thuis.example' })
  t.same(await mailbox.arrive(), [], 'and nobody signs in with it any more')
})
