import type { CDPSession, Page } from 'playwright-core'
import t from 'tap'
import { startBrowser } from '../support/browser.ts'
import { complaintsOf, findings } from '../support/portal-axe.ts'
import { aPhone, choose, confirm, enter, listening } from '../support/portal-visit.ts'
import { testService } from '../support/service.ts'
import { assigned, imported, published, somePeople } from '../support/story.ts'

t.setTimeout(280_000)

const service = await testService(t)
const people = somePeople(5)
await imported(service, service.own, people)
const links = await assigned(service, service.own, await published(service, service.own), people.length)
const url = await listening(service)
const linkOf = (index: number): string => links.get(people[index]!.workEmail)!
const browser = await startBrowser()
t.teardown(() => browser.close())

/** Gives a page a device that knows who holds it, and says yes. */
async function withDevice(page: Page, verifies = true): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: verifies,
      automaticPresenceSimulation: true,
    },
  })
  return session
}

t.test('a person makes a passkey, signs with it, and revokes it', async (t) => {
  const context = await aPhone(browser)
  const page = await context.newPage()
  const complaints = complaintsOf(page, url)
  await withDevice(page)
  await enter(page, url, linkOf(0))
  await page.locator('#known .way').click()
  await page.waitForURL(/\/my\/devices$/)
  t.notOk(await page.locator('#sign-needs').count(), 'with scripts nothing says that they are needed')
  await page.locator('#passkey').click()
  await page.locator('.card').waitFor()
  t.match(await page.locator('.card').textContent(), 'Nog niet te gebruiken')
  t.same(await findings(page), [])

  await service.runJobs()
  await page.reload()
  t.match(await page.locator('.card').textContent(), 'Klaar voor gebruik')
  await page.getByRole('link', { name: 'Terug naar het document' }).click()
  await choose(page, 'not-agreed')
  await page.locator('#reason').fill('Eerst overleg.')
  t.same(await findings(page), [])
  await page.locator('#passkey').click()
  await page.waitForURL(/\/my\/acts\//)
  t.match(await page.title(), /^Uw antwoord is vastgelegd/)
  const [act] = await service.adminQuery<{ signed: boolean }>(
    'select signing_credential_id is not null as signed from act',
  )
  t.equal(act?.signed, true)

  await page.goto(`${url}/my/devices`)
  await page.getByRole('link', { name: 'Intrekken' }).click()
  t.same(await findings(page), [])
  await page.getByRole('button', { name: 'Ja, intrekken' }).click()
  await page.waitForURL(/\/my\/devices$/)
  t.match(await page.locator('.card').textContent(), 'Ingetrokken op')
  t.same(complaints, [])
  await context.close()
})

t.test('a device that does not know who holds it makes nothing, and the page says so', async (t) => {
  const context = await aPhone(browser)
  const page = await context.newPage()
  await withDevice(page, false)
  await enter(page, url, linkOf(2))
  await page.goto(`${url}/my/devices`)
  await page.locator('#passkey').click()
  await page.locator('#sign-status').filter({ hasText: 'Het is niet gelukt' }).waitFor()
  await page.reload()
  t.equal(await page.locator('.card').count(), 0)
  await context.close()
})

t.test('without JavaScript the page says what to do, and answering goes on', async (t) => {
  const context = await aPhone(browser, { scripts: false })
  const page = await context.newPage()
  await enter(page, url, linkOf(4), false)
  await page.goto(`${url}/my/devices`)
  t.match(await page.locator('#sign-needs').textContent(), 'Zet JavaScript aan')
  t.ok(await page.locator('#passkey').isDisabled())
  await page.getByRole('link', { name: 'Terug naar het document' }).click()
  await choose(page, 'seen')
  await confirm(page)
  t.match(await page.title(), /^Uw antwoord is vastgelegd/)
  await context.close()
})
