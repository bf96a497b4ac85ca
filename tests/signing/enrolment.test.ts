import t from 'tap'
import { forgetfulService, testService } from '../support/service.ts'
import {
  assertionFor,
  begunAct,
  begunEnrolment,
  enrolled,
  enrolmentBody,
  factsOf,
} from '../support/signing.ts'
import { aSoftwareAuthenticator } from '../support/software-authenticator.ts'
import { assigned, imported, published, somePeople } from '../support/story.ts'

const day_ms = 24 * 3_600_000

t.test('enrolling a passkey', async (t) => {
  const service = await testService(t)
  await imported(service, service.own, somePeople(2))
  const version = await published(service, service.own)
  const links = await assigned(service, service.own, version, 2)
  const [link, elsewhere] = [...links.values()] as [string, string]
  const device = aSoftwareAuthenticator({ backupEligible: true })

  await t.test(
    'S2: the options ask for a verified person, at our domain, with a handle that says nothing',
    async (t) => {
      const { options } = await begunEnrolment(service, link)
      t.match(options, {
        rp: { id: 'localhost' },
        pubKeyCredParams: [{ alg: -7 }, { alg: -8 }, { alg: -257 }],
        authenticatorSelection: { userVerification: 'required' },
        attestation: 'direct',
        excludeCredentials: [],
      })
      t.equal(Buffer.from(options.challenge, 'base64url').length, 32)
      const again = await begunEnrolment(service, link)
      t.not(again.options.challenge, options.challenge, 'a challenge is never given twice')
      t.equal(again.options.user.id, options.user.id)
      const other = await begunEnrolment(service, elsewhere)
      t.not(other.options.user.id, options.user.id)
    },
  )

  await t.test('S1: what a device answers to anything else is refused, and nothing is kept', async (t) => {
    const begun = await begunEnrolment(service, link)
    const right = enrolmentBody(device, begun)
    const flipped = Buffer.from(right.attestationObject, 'base64url')
    flipped[flipped.length - 40]! ^= 1
    const cases = {
      'a page elsewhere': enrolmentBody(device, begun, { origin: 'http://localhost.evil.example' }),
      'another domain': enrolmentBody(device, begun, { rpId: 'evil.example' }),
      'nobody verified': enrolmentBody(device, begun, { userVerified: false }),
      'nobody there': enrolmentBody(device, begun, { userPresent: false }),
      'a frame of another page': enrolmentBody(device, begun, { crossOrigin: true }),
      'a signature instead': enrolmentBody(device, begun, { type: 'webauthn.get' }),
      'another challenge': enrolmentBody(device, begun, { challenge: Buffer.alloc(32) }),
      'another credential': { ...right, credentialId: Buffer.alloc(32).toString('base64url') },
      'a bit of the key': { ...right, attestationObject: flipped.toString('base64url') },
      padding: { ...right, clientDataJson: `${right.clientDataJson}A` },
    }
    for (const [title, body] of Object.entries(cases)) {
      const answer = await service.send('POST', '/v1/signing-credentials', { as: link, body })
      t.equal(answer.status, 422, `${title}: ${JSON.stringify(answer.body)}`)
      t.equal(answer.body.code, 'signing-response-refused', title)
    }
    const list = await service.send('GET', '/v1/signing-credentials', { as: link })
    t.same(list.body.items, [])
  })

  await t.test(
    'S3: an answer counts only for the person, the session and the moment that were asked',
    async (t) => {
      const begun = await begunEnrolment(service, link)
      const body = enrolmentBody(device, begun)
      const other = await service.send('POST', '/v1/signing-credentials', { as: elsewhere, body })
      t.equal(other.body.code, 'signing-challenge-unknown', 'another person')
      service.platform.advanceClock(600_000)
      const late = await service.send('POST', '/v1/signing-credentials', { as: link, body })
      t.equal(late.body.code, 'signing-challenge-expired', 'ten minutes later')
      service.platform.advanceClock(-600_000 - day_ms)
      const early = await service.send('POST', '/v1/signing-credentials', { as: link, body })
      t.equal(early.body.code, 'signing-challenge-expired', 'the clock was set back by a day')
      service.platform.advanceClock(day_ms)
    },
  )

  await t.test(
    'S1, S7: the whole record is in the ledger, and the person is told by whom they were known',
    async (t) => {
      const begun = await begunEnrolment(service, link)
      const body = enrolmentBody(device, begun, { attestation: 'self' })
      const answer = await service.send('POST', '/v1/signing-credentials', { as: link, body })
      t.equal(answer.status, 201, JSON.stringify(answer.body))
      t.match(answer.body, {
        enrolledBy: 'mailbox-employer',
        backupEligible: true,
        attested: false,
        anchored: false,
        assurance: 'mailbox-employer',
        coolingUntil: '2026-11-24T08:00:00.000Z',
        revokedAt: null,
      })
      const rows = await service.adminQuery(`select disclosures from entry_disclosure join ledger_entry using (entry_id) where kind = 'signing-credential-enrolled'`) // prettier-ignore
      t.equal(rows.length, 1)
      const facts = factsOf(rows[0] as { disclosures: string[] })
      t.match(facts, {
        clientDataJson: body.clientDataJson,
        attestationObject: body.attestationObject,
        credentialId: body.credentialId,
        attestationFormat: 'packed',
        enrolledBy: 'mailbox-employer',
        userVerified: true,
        backupEligible: true,
        rpId: 'localhost',
        allowedOrigins: ['http://localhost'],
      })
      t.match(JSON.parse(String(facts['authentication'])), { method: 'link', assurance: 'mailbox-employer' })
      t.match(JSON.parse(String(facts['manifest'])), { v: 1, rpId: 'localhost', signer: { personId: facts['personId'] } }) // prettier-ignore

      const again = await service.send('POST', '/v1/signing-credentials', { as: link, body })
      t.equal(again.status, 201, 'the same answer once more')
      t.equal(again.body.signingCredentialId, answer.body.signingCredentialId)
      const twice = await service.send('POST', '/v1/signing-credentials', { as: link, body: { ...enrolmentBody(aSoftwareAuthenticator(), begun) } }) // prettier-ignore
      t.equal(twice.body.code, 'signing-challenge-used', 'another key for the same challenge')
    },
  )

  await t.test('S1: a key is enrolled once, whoever brings it', async (t) => {
    const answer = await enrolled(service, elsewhere, device)
    t.equal(answer.body.code, 'signing-credential-exists')
  })

  await t.test('S3: it cannot sign before a timestamp from outside covers it', async (t) => {
    const { begun } = await begunAct(service, link, 'seen')
    t.equal(begun.status, 409)
    t.equal(begun.body.code, 'credential-not-anchored')
    t.ok(Number(begun.headers['retry-after']) > 0)
    await service.runJobs()
    const list = await service.send('GET', '/v1/signing-credentials', { as: link })
    t.equal(list.body.items[0].anchored, true)
    const { begun: second } = await begunAct(service, link, 'seen')
    t.equal(second.status, 201, JSON.stringify(second.body))
  })

  await t.test('S9: ten passkeys at a time, and twenty open challenges', async (t) => {
    for (let count = 0; count < 10; count += 1) {
      const answer = await enrolled(service, elsewhere, aSoftwareAuthenticator())
      t.equal(answer.status, 201)
    }
    const refused = await service.send('POST', '/v1/signing-enrolments', { as: elsewhere })
    t.equal(refused.body.code, 'signing-credential-limit-reached')
    let last = await service.send('POST', '/v1/signing-enrolments', { as: link })
    for (let count = 0; count < 20 && last.status === 201; count += 1)
      last = await service.send('POST', '/v1/signing-enrolments', { as: link })
    t.equal(last.body.code, 'signing-challenge-limit-reached')
  })

  await t.test('S8: whoever lost a device revokes it, and it signs nothing from then on', async (t) => {
    service.platform.advanceClock(700_000)
    const list = await service.send('GET', '/v1/signing-credentials', { as: link })
    const { signingCredentialId } = list.body.items[0]
    const foreign = await service.send('POST', `/v1/signing-credentials/${signingCredentialId}/revocations`, { as: elsewhere }) // prettier-ignore
    t.equal(foreign.body.code, 'signing-credential-not-found', 'not by somebody else')
    const { body, begun } = await begunAct(service, link, 'seen')
    const revoked = await service.send('POST', `/v1/signing-credentials/${signingCredentialId}/revocations`, { as: link }) // prettier-ignore
    t.equal(revoked.status, 200, JSON.stringify(revoked.body))
    t.equal(revoked.body.revokedByReset, false)
    const act = await service.send('POST', '/v1/acts', { as: link, body: { ...body, assertion: assertionFor(device, begun.body) } }) // prettier-ignore
    t.equal(act.body.code, 'signing-credential-revoked', 'also where it was asked before')
    const { begun: after } = await begunAct(service, link, 'seen')
    t.equal(after.body.code, 'signing-credential-missing')
    const restarted = await forgetfulService(t, service)
    const again = await restarted.send('POST', `/v1/signing-credentials/${signingCredentialId}/revocations`, { as: link }) // prettier-ignore
    t.equal(again.body.revokedAt, revoked.body.revokedAt, 'revoking again changes nothing')
  })
})

t.test('S6: a reset by staff takes ways of signing away and gives none', async (t) => {
  const service = await testService(t)
  const [personId] = await imported(service, service.own, somePeople(1))
  const version = await published(service, service.own)
  const [link] = [...(await assigned(service, service.own, version, 1)).values()] as [string]
  const device = aSoftwareAuthenticator()
  t.equal((await enrolled(service, link, device)).status, 201)
  await service.runJobs()
  service.platform.advanceClock(73 * 3_600_000)
  const { body, begun } = await begunAct(service, link, 'seen')
  t.equal(begun.body.assurance, 'passkey-bound')
  const url = `/v1/persons/${personId}/signing-resets`
  const publisher = await service.send('POST', url, { as: service.own.keys['hr-publisher'], body: { reason: 'R' } }) // prettier-ignore
  t.equal(publisher.status, 403, 'who asks for signatures does not reset them')
  const reset = await service.send('POST', url, { as: service.own.keys['organisation-admin'], body: { reason: 'Phone lost at sea.' } }) // prettier-ignore
  t.equal(reset.status, 201, JSON.stringify(reset.body))
  t.equal(reset.body.revokedCredentials, 1)
  const act = await service.send('POST', '/v1/acts', { as: link, body: { ...body, assertion: assertionFor(device, begun.body) } }) // prettier-ignore
  t.equal(act.body.code, 'signing-credential-revoked')
  const foreign = await service.send('POST', url, { as: service.other.keys['organisation-admin'], body: { reason: 'R' } }) // prettier-ignore
  t.equal(foreign.body.code, 'person-not-found')
  const fresh = await enrolled(service, link, aSoftwareAuthenticator())
  t.equal(fresh.body.assurance, 'mailbox-employer', 'a new key is worth what its enrolment was')
  const kinds = await service.adminQuery(`select kind, count(*)::int as count from ledger_entry where kind like 'signing-%' group by kind order by kind`) // prettier-ignore
  t.same(kinds, [
    { kind: 'signing-credential-enrolled', count: 2 },
    { kind: 'signing-credential-revoked', count: 1 },
    { kind: 'signing-reset', count: 1 },
  ])
})
