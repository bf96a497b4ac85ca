import { verifyAuthenticationResponse } from '@simplewebauthn/server'
import t from 'tap'
import { challengeOf, actLabel } from '#verification'
import { verifyWebauthnOffline } from '../../src/signing/webauthn-offline.ts'
import type { Instant } from '#core'
import { testService, type TestService } from '../support/service.ts'
import { assertionFor, begunAct, enrolled, factsOf } from '../support/signing.ts'
import { aSoftwareAuthenticator } from '../support/software-authenticator.ts'
import { assigned, imported, published, shown, somePeople } from '../support/story.ts'

const origin = 'http://localhost'

/** Two persons with a link and an anchored passkey each, past the cooling period. */
async function twoSigners(service: TestService) {
  await imported(service, service.own, somePeople(2))
  const version = await published(service, service.own)
  const links = [...(await assigned(service, service.own, version, 2)).values()] as [string, string]
  const devices = [aSoftwareAuthenticator({ backupEligible: true }), aSoftwareAuthenticator()] as const
  for (const [index, device] of devices.entries()) {
    const answer = await enrolled(service, links[index]!, device)
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  }
  await service.runJobs()
  service.platform.advanceClock(72 * 3_600_000)
  return { links, devices, version }
}

t.test('signing an act with a passkey', async (t) => {
  const service = await testService(t)
  const { links, devices } = await twoSigners(service)
  const [link, elsewhere] = links
  const [device, otherDevice] = devices
  const act = (body: object, key?: string, as = link) => service.send('POST', '/v1/acts', { as, body, ...(key === undefined ? {} : { key }) }) // prettier-ignore

  await t.test('S10: what would be refused when it is recorded is refused before it is signed', async (t) => {
    const body = await shown(service, link, 'agreed')
    const begin = (changed: object) => service.send('POST', '/v1/act-challenges', { as: link, body: { ...body, ...changed } }) // prettier-ignore
    t.equal((await begin({ documentSha256: '0'.repeat(64) })).body.code, 'document-changed')
    t.equal((await begin({ statement: 'S' })).body.code, 'statement-changed')
    t.equal((await begin({ statementId: 'clause-1' })).body.code, 'document-changed')
    t.equal((await begin({ reason: 'Behalve in het weekend.' })).body.code, 'remark-makes-conditional')
    t.equal((await begin({ choice: 'declined' })).body.code, 'statement-changed')
    const remote = await begin({ method: 'csc' })
    t.equal(remote.body.code, 'signing-provider-missing', JSON.stringify(remote.body))
  })

  const { body, begun } = await begunAct(service, link, 'agreed')
  t.equal(begun.status, 201, JSON.stringify(begun.body))
  const right = assertionFor(device, begun.body)

  await t.test('S10: the challenge is the hash of a manifest that says what is declared', async (t) => {
    const { manifest, ask, assurance } = begun.body
    t.equal(challengeOf(actLabel, Buffer.from(manifest)).toString('base64url'), ask.options.challenge)
    t.match(JSON.parse(manifest), {
      v: 1,
      choice: 'agreed',
      statement: body.statement,
      documentSha256: [body.documentSha256],
      bundleSha256: null,
      reason: null,
      rpId: 'localhost',
      origin,
      expiresAt: begun.body.expiresAt,
    })
    t.equal(assurance, 'passkey-bound')
    t.equal(ask.options.userVerification, 'required')
    t.equal(ask.options.allowCredentials.length, 1)
  })

  await t.test('S2, S5: an answer of a device that is not exactly right is refused', async (t) => {
    const flip = (member: keyof typeof right, place: number) => {
      const bytes = Buffer.from(right[member], 'base64url')
      bytes[place < 0 ? bytes.length + place : place]! ^= 1
      return { ...right, [member]: bytes.toString('base64url') }
    }
    const wrong = {
      'a page elsewhere': assertionFor(device, begun.body, { origin: 'http://evil.localhost' }),
      'another domain': assertionFor(device, begun.body, { rpId: 'evil.example' }),
      'nobody verified': assertionFor(device, begun.body, { userVerified: false }),
      'nobody there': assertionFor(device, begun.body, { userPresent: false }),
      'a frame of another page': assertionFor(device, begun.body, { crossOrigin: true }),
      'an enrolment instead': assertionFor(device, begun.body, { type: 'webauthn.create' }),
      'another challenge': assertionFor(device, begun.body, { challenge: Buffer.alloc(32) }),
      "somebody else's key": assertionFor(otherDevice, begun.body),
      'a key that nobody enrolled': assertionFor(aSoftwareAuthenticator(), begun.body),
      'a bit of the signature': flip('signature', -1),
      'a bit of the counter': flip('authenticatorData', -1),
      'a bit of the flags': flip('authenticatorData', 32),
      'a bit of the client data': flip('clientDataJson', 40),
      'members in another order': { ...right, clientDataJson: reordered(right.clientDataJson) },
      'parts that changed places': { ...right, authenticatorData: right.clientDataJson, clientDataJson: right.authenticatorData }, // prettier-ignore
    }
    for (const [title, assertion] of Object.entries(wrong)) {
      const answer = await act({ ...body, assertion })
      t.equal(answer.status, 422, `${title}: ${answer.status}`)
      t.equal(answer.body.code, 'signing-response-refused', title)
    }
  })

  await t.test('S10: an act that says something else than what was signed is refused', async (t) => {
    const declined = await shown(service, link, 'declined')
    const answer = await act({ ...declined, assertion: right })
    t.equal(answer.body.code, 'signing-declaration-changed')
    const english = await shown(service, link, 'agreed', body.language === 'en' ? 'nl' : 'en')
    const other = await act({ ...english, assertion: right })
    t.equal(other.body.code, 'signing-declaration-changed', JSON.stringify(other.body))
  })

  await t.test('S3: an answer counts for one person, one session, ten minutes', async (t) => {
    const others = await shown(service, elsewhere, 'agreed')
    t.equal((await act({ ...others, assertion: right }, undefined, elsewhere)).body.code, 'signing-challenge-unknown') // prettier-ignore
    service.platform.advanceClock(600_000)
    const late = await act({ ...body, assertion: right })
    t.equal(late.body.code, 'signing-challenge-expired', JSON.stringify(late.body))
    service.platform.advanceClock(-600_000)
  })

  await t.test('an act that was signed, its evidence, and the same request once more', async (t) => {
    const key = 'a-key-of-this-test-1'
    const recorded = await act({ ...body, assertion: right }, key)
    t.equal(recorded.status, 201, JSON.stringify(recorded.body))
    t.equal(recorded.body.evidence.assurance, 'passkey-bound')
    const facts = factsOf(recorded.body.receipt)
    t.match(facts, { method: 'webauthn', assurance: 'passkey-bound', evidenceLevel: 'E4', choice: 'agreed' })
    const signing = String(facts['signing'])
    const evidence = JSON.parse(signing)
    t.match(evidence, { method: 'webauthn', manifest: begun.body.manifest, coolingUntil: null, enrolment: { enrolledBy: 'mailbox-employer' } }) // prettier-ignore
    t.equal(evidence.clientDataJson, right.clientDataJson, 'as it came')

    const verdict = verifyWebauthnOffline(signing, facts['actedAt'] as Instant)
    t.equal(verdict.kind, 'holds')
    if (verdict.kind === 'holds') {
      t.equal(verdict.declaration.statement, body.statement)
      t.match(verdict.limits.join(' '), /can be copied.*only by a mailbox that the employer manages/)
    }
    for (const place of [20, 200, 800, signing.length - 40]) {
      const changed =
        signing.slice(0, place) + (signing[place] === 'A' ? 'B' : 'A') + signing.slice(place + 1)
      t.equal(
        verifyWebauthnOffline(changed, facts['actedAt'] as Instant).kind,
        'fails',
        `changed at ${place}`,
      )
    }

    const id = evidence.credentialId
    const theirs = await verifyAuthenticationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: { clientDataJSON: evidence.clientDataJson, authenticatorData: evidence.authenticatorData, signature: evidence.signature }, // prettier-ignore
      },
      expectedChallenge: begun.body.ask.options.challenge,
      expectedOrigin: origin,
      expectedRPID: 'localhost',
      credential: { id, publicKey: Buffer.from(evidence.publicKeyCose, 'base64url'), counter: 0 },
    })
    t.ok(theirs.verified, 'another library agrees')

    service.platform.advanceClock(3_600_000)
    const again = await act({ ...body, assertion: right }, key)
    t.equal(again.status, 201, 'the same request once more, an hour later')
    t.equal(again.headers['idempotent-replayed'], 'true')
    t.equal(again.body.actId, recorded.body.actId)
    const afterwards = await act({ ...body, assertion: right })
    t.equal(afterwards.body.code, 'already-acted', JSON.stringify(afterwards.body))
  })

  await t.test('two tabs: both are signed, one is recorded', async (t) => {
    const first = await begunAct(service, elsewhere, 'agreed')
    const second = await begunAct(service, elsewhere, 'not-agreed')
    const answers = await Promise.all(
      [first, second].map(({ body: each, begun: asked }) =>
        act({ ...each, assertion: assertionFor(otherDevice, asked.body) }, undefined, elsewhere),
      ),
    )
    const codes = answers
      .map(({ status, body: each }) => (status === 201 ? 'recorded' : each.code))
      .toSorted()
    t.equal(codes.filter((code) => code === 'recorded').length, 1, codes.join())
    t.match(codes.join(), /already-acted|signing-counter-behind/)
  })
})

t.test('S3: nothing of one organisation counts in another', async (t) => {
  const service = await testService(t)
  const { links, devices } = await twoSigners(service)
  const { body, begun } = await begunAct(service, links[0], 'seen')
  await imported(service, service.other, somePeople(1, 'Q'))
  const version = await published(service, service.other, { effectiveFrom: '2026-12-01' })
  const theirs = (await assigned(service, service.other, version, 1)).get('q0@voorbeeld.example')!
  const there = await shown(service, theirs, 'seen')
  const assertion = assertionFor(devices[0], begun.body)
  const answer = await service.send('POST', '/v1/acts', { as: theirs, body: { ...there, assertion } })
  t.equal(answer.body.code, 'signing-challenge-unknown')
  t.equal((await service.send('POST', '/v1/act-challenges', { as: theirs, body: there })).body.code, 'signing-credential-missing') // prettier-ignore
  t.equal(
    (await service.send('POST', '/v1/acts', { as: links[0], body: { ...body, assertion } })).status,
    201,
  )
})

t.test('S6: within the cooling period an act says how the key was enrolled, and until when', async (t) => {
  const service = await testService(t)
  await imported(service, service.own, somePeople(1))
  const version = await published(service, service.own)
  const [link] = [...(await assigned(service, service.own, version, 1)).values()] as [string]
  const device = aSoftwareAuthenticator()
  await enrolled(service, link, device)
  await service.runJobs()
  const { body, begun } = await begunAct(service, link, 'agreed')
  t.equal(begun.body.assurance, 'mailbox-employer')
  const recorded = await service.send('POST', '/v1/acts', { as: link, body: { ...body, assertion: assertionFor(device, begun.body) } }) // prettier-ignore
  t.equal(recorded.status, 201, JSON.stringify(recorded.body))
  const facts = factsOf(recorded.body.receipt)
  t.match(facts, { method: 'webauthn', assurance: 'mailbox-employer', evidenceLevel: 'E3' })
  t.equal(JSON.parse(String(facts['signing'])).coolingUntil, '2026-11-24T08:00:00.000Z')
})

t.test('S5: a key that counts and does not rise is refused', async (t) => {
  const service = await testService(t)
  const { links, devices } = await twoSigners(service)
  const { body, begun } = await begunAct(service, links[0], 'agreed')
  const copied = assertionFor(devices[0], begun.body, { counter: 1 })
  const answer = await service.send('POST', '/v1/acts', {
    as: links[0],
    body: { ...body, assertion: copied },
  })
  t.equal(answer.body.code, 'signing-counter-behind')
})

t.test('S5: a key and its copy that count the same sign one act between them', async (t) => {
  const service = await testService(t)
  const { links, devices } = await twoSigners(service)
  const policy = await published(service, service.own, { effectiveFrom: '2026-12-01' })
  const more = [...(await assigned(service, service.own, policy, 2)).values()] as [string, string]
  const send = (link: string, body: object) => service.send('POST', '/v1/acts', { as: link, body })
  const signedTwice = async (person: 0 | 1, counters: readonly [number, number]) => {
    const both = [links[person], more[person]] as const
    const acts = []
    for (const [index, link] of both.entries()) {
      const { body, begun } = await begunAct(service, link, 'seen')
      acts.push({ link, body: { ...body, assertion: assertionFor(devices[person], begun.body, { counter: counters[index]! }) } }) // prettier-ignore
    }
    return Promise.all(acts.map(({ link, body }) => send(link, body)))
  }
  const rising = await signedTwice(0, [40, 41])
  t.same(
    rising.map(({ status }) => status),
    [201, 201],
    'two acts of one key at the same time, one after the other',
  )
  const counted = await service.adminQuery<{ counter: string }>('select counter::text from signing_counter where counter > 30') // prettier-ignore
  t.same(counted, [{ counter: '41' }], 'the higher one is written down, with the acts')
  const copied = await signedTwice(1, [50, 50])
  t.same(copied.map(({ status }) => status).toSorted(), [201, 409])
  t.match(copied.map(({ body }) => body.code).join(), /signing-counter-behind/)
})

/** The same members, the last one first. */
function reordered(clientDataJson: string): string {
  const members = Object.entries(JSON.parse(Buffer.from(clientDataJson, 'base64url').toString('utf8')))
  return Buffer.from(JSON.stringify(Object.fromEntries(members.toReversed()))).toString('base64url')
}
