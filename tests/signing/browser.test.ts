import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import type { Page } from 'playwright-core'
import t from 'tap'
import type { Instant } from '#core'
import { verifyWebauthnOffline } from '../../src/signing/webauthn-offline.ts'
import { startBrowser } from '../support/browser.ts'
import { testService } from '../support/service.ts'
import { begunAct, begunEnrolment, factsOf } from '../support/signing.ts'
import { assigned, imported, published, somePeople } from '../support/story.ts'
import { addAuthenticator, createCredential, getAssertion } from '../support/virtual-authenticator.ts'

t.test('a real browser enrols and signs', { timeout: 280_000 }, async (t) => {
  const service = await testService(t)
  await imported(service, service.own, somePeople(2))
  const version = await published(service, service.own)
  const [link, elsewhere] = [...(await assigned(service, service.own, version, 2)).values()] as [string, string] // prettier-ignore
  await service.server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = service.server.server.address() as AddressInfo
  const origin = `http://localhost:${port}`
  const browser = await startBrowser()
  t.teardown(() => browser.close())
  const context = await browser.newContext()
  context.setDefaultTimeout(30_000)
  const page = await opened(await context.newPage(), `${origin}/c`)
  const device = await addAuthenticator(page, { backupEligible: false })

  const act = (as: string, body: object) => service.send('POST', '/v1/acts', { as, body })
  const enrol = async (as: string, on: Page) => {
    const begun = await begunEnrolment(service, as)
    const body = await createCredential(on, begun)
    return { begun, body, answer: await service.send('POST', '/v1/signing-credentials', { as, body }) }
  }

  await t.test('S1: what Chromium makes is enrolled, and another library agrees', async (t) => {
    const { begun, body, answer } = await enrol(link, page)
    t.equal(answer.status, 201, JSON.stringify(answer.body))
    t.match(answer.body, { backupEligible: false, attested: false, transports: ['internal'] })
    const theirs = await verifyRegistrationResponse({
      response: {
        id: body.credentialId,
        rawId: body.credentialId,
        type: 'public-key',
        clientExtensionResults: {},
        response: { clientDataJSON: body.clientDataJson, attestationObject: body.attestationObject },
      },
      expectedChallenge: begun.options.challenge,
      expectedOrigin: origin,
      expectedRPID: 'localhost',
      supportedAlgorithmIDs: [-7, -8, -257],
    })
    t.ok(theirs.verified)
    t.equal(theirs.registrationInfo?.fmt, 'packed')
  })

  await t.test('S9: the browser does not make a second key on the same device', async (t) => {
    await t.rejects(enrol(link, page), /InvalidStateError/)
  })
  await service.runJobs()
  service.platform.advanceClock(72 * 3_600_000)

  await t.test(
    'S2: a device that does not verify the person is refused by the browser and by the service',
    async (t) => {
      const { body, begun } = await begunAct(service, link, 'agreed')
      await device.verify(false)
      await t.rejects(getAssertion(page, begun.body), /NotAllowedError/)
      await device.verify(true)
      for (const wrong of [{ verified: true }, { present: true }, { signature: true }]) {
        await device.misbehave(wrong)
        const assertion = await getAssertion(page, begun.body)
        const answer = await act(link, { ...body, assertion })
        t.equal(answer.body.code, 'signing-response-refused', JSON.stringify(wrong))
      }
      await device.misbehave({})
    },
  )

  await t.test('S2: a page elsewhere on the same machine gets an answer that is refused', async (t) => {
    const elsewherePage = await strangerPage(t, page)
    const { body, begun } = await begunAct(service, link, 'agreed')
    const assertion = await getAssertion(elsewherePage, begun.body)
    const answer = await act(link, { ...body, assertion })
    t.equal(answer.body.code, 'signing-response-refused')
    t.match(answer.body.errors[0].message, /is not one of those allowed/)
    await opened(page, `http://127.0.0.1:${port}/c`)
    await t.rejects(getAssertion(page, begun.body), /SecurityError/, 'no browser signs for a domain at an address in digits') // prettier-ignore
    await opened(page, `${origin}/c`)
  })

  await t.test('the act, its evidence offline, and a replay', async (t) => {
    const { body, begun } = await begunAct(service, link, 'agreed')
    const assertion = await getAssertion(page, begun.body)
    const recorded = await act(link, { ...body, assertion })
    t.equal(recorded.status, 201, JSON.stringify(recorded.body))
    t.equal(recorded.body.evidence.assurance, 'passkey-bound')
    const facts = factsOf(recorded.body.receipt)
    t.match(facts, { method: 'webauthn', pageRelease: /^[0-9a-f]{64}$/ })
    const signing = String(facts['signing'])
    const verdict = verifyWebauthnOffline(signing, facts['actedAt'] as Instant)
    t.equal(verdict.kind, 'holds')
    const evidence = JSON.parse(signing)
    t.ok(evidence.assets.length > 3, 'the files of the page are named')
    t.match(evidence.flags, { userPresent: true, userVerified: true, backupEligible: false })
    const release = await service.adminQuery(`select count(*)::int as count from ledger_entry where kind = 'page-release'`) // prettier-ignore
    t.same(release, [{ count: 1 }], 'and recorded once')
    const theirs = await verifyAuthenticationResponse({
      response: {
        id: evidence.credentialId,
        rawId: evidence.credentialId,
        type: 'public-key',
        clientExtensionResults: {},
        response: { clientDataJSON: evidence.clientDataJson, authenticatorData: evidence.authenticatorData, signature: evidence.signature }, // prettier-ignore
      },
      expectedChallenge: begun.body.ask.options.challenge,
      expectedOrigin: origin,
      expectedRPID: 'localhost',
      credential: { id: evidence.credentialId, publicKey: Buffer.from(evidence.publicKeyCose, 'base64url'), counter: 0 }, // prettier-ignore
    })
    t.ok(theirs.verified)
    const again = await act(link, { ...body, assertion })
    t.equal(again.body.code, 'already-acted', 'the same answer in a new request')
  })

  await t.test('two tabs of one person: one act', async (t) => {
    const other = await browser.newContext()
    const first = await opened(await other.newPage(), `${origin}/c`)
    await addAuthenticator(first)
    t.equal((await enrol(elsewhere, first)).answer.status, 201)
    await service.runJobs()
    const tabs = [await begunAct(service, elsewhere, 'seen'), await begunAct(service, elsewhere, 'seen')]
    const assertions = [await getAssertion(first, tabs[0]!.begun.body), await getAssertion(first, tabs[1]!.begun.body)] // prettier-ignore
    const answers = await Promise.all(tabs.map(({ body }, at) => act(elsewhere, { ...body, assertion: assertions[at] }))) // prettier-ignore
    t.equal(answers.filter(({ status }) => status === 201).length, 1)
    await other.close()
  })
})

async function opened(page: Page, url: string): Promise<Page> {
  await page.goto(url)
  return page
}

/** The same browser with the same authenticator, on a page of somebody else at another port. */
async function strangerPage(t: { teardown(work: () => unknown): void }, page: Page): Promise<Page> {
  const stranger = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end('<!doctype html><title>Elsewhere</title>')
  })
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
  t.teardown(() => stranger.close())
  return opened(page, `http://localhost:${(stranger.address() as AddressInfo).port}/`)
}
