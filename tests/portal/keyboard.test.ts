import { Secret, TOTP } from 'otpauth'
import type { BrowserContext, Page } from 'playwright-core'
import t from 'tap'
import type { Test } from 'tap'
import { millisecondsOf } from '#core'
import { aMailbox } from '../support/authentication.ts'
import { startBrowser } from '../support/browser.ts'
import { Keyboard } from '../support/portal-keyboard.ts'
import { aPhone, listening } from '../support/portal-visit.ts'
import { testService } from '../support/service.ts'
import { assigned, imported, published, somePeople } from '../support/story.ts'
import { addAuthenticator } from '../support/virtual-authenticator.ts'

t.setTimeout(280_000)

const service = await testService(t)
const { own } = service
const people = somePeople(11)
await imported(service, own, people)
const links = await assigned(service, own, await published(service, own), people.length)
const mailbox = await aMailbox(t, service)
await mailbox.arrive()
const url = await listening(service)
const browser = await startBrowser()
t.teardown(() => browser.close())
const work = (index: number): string => people[index]!.workEmail
const linkOf = (index: number): string => links.get(work(index))!

type Journey = {
  readonly name: string
  readonly walk: (keys: Keyboard, page: Page, t: Test) => Promise<void>
}

/** Pastes a personal link into the page that asks for one, as somebody without a mouse does. */
async function enter(keys: Keyboard, page: Page, index: number): Promise<void> {
  await page.goto(`${url}/c`)
  await keys.type('#link', linkOf(index))
  await keys.go('#enter button', /\/my\/ceremonies\//)
}

/** Chooses, gives a reason where one is asked, and confirms. */
async function answer(keys: Keyboard, page: Page, t: Test, choice: string, reason?: string): Promise<void> {
  await keys.take('input[name=choice]', `input[name=choice][value=${choice}]`)
  await keys.go('form.answer button[type=submit]', /\/confirm\?/)
  if (reason !== undefined) await keys.type('#reason', reason)
  await keys.go('#confirm', /\/my\/acts\//, 'Space')
  t.match(await page.title(), /^(Uw antwoord is vastgelegd|Your answer has been recorded)/, choice)
}

async function signIn(keys: Keyboard, page: Page, index: number): Promise<void> {
  await page.goto(`${url}/my/sign-in?organisation=${own.organisationId}`)
  await keys.type('#address', work(index))
  await keys.go('form.answer button[type=submit]', /\/my\/sign-in\/code/)
  await keys.type('#code', await mailbox.codeFor(work(index)))
  await keys.go('form.answer button[type=submit]', /\/my$/)
}

const choices: readonly (readonly [choice: string, reason?: string])[] = [
  ['agreed'],
  ['agreed-conditionally', 'Alleen als ik thuis mag werken.'],
  ['not-agreed', 'Dat past niet bij mijn werk.'],
  ['seen'],
  ['declined', 'Eerst overleg.'],
]

const journeys: readonly Journey[] = [
  ...choices.map(([choice, reason], index) => ({
    name: `by the link to an answer: ${choice}`,
    walk: async (keys: Keyboard, page: Page, t: Test) => {
      await enter(keys, page, index)
      await answer(keys, page, t, choice, reason)
      await keys.to('.file a')
    },
  })),
  {
    name: 'back from the second page to another choice',
    walk: async (keys, page, t) => {
      await enter(keys, page, 5)
      await keys.take('input[name=choice]', 'input[value=agreed]')
      await keys.go('form.answer button[type=submit]', /\/confirm\?/)
      await keys.to('#confirm')
      await keys.to('a.button-quiet')
      await Promise.all([
        page.waitForURL(/\/my\/ceremonies\/[0-9a-f-]+(#.*)?$/),
        page.keyboard.press('Enter'),
      ])
      await answer(keys, page, t, 'seen')
    },
  },
  {
    name: 'a link that came to somebody else',
    walk: async (keys, page, t) => {
      await enter(keys, page, 6)
      await keys.go('a[href$="/not-for-me"]', /\/not-for-me$/)
      await keys.go('form.answer button[type=submit]', /\/my\/not-for-me$/)
      t.match(await page.locator('h1').textContent(), /Dank|Bedankt|Thank|gemeld|reported/i)
    },
  },
  {
    name: 'a passkey is made, signs and is revoked',
    walk: async (keys, page, t) => {
      await addAuthenticator(page)
      await enter(keys, page, 7)
      await keys.go('#known .way', /\/my\/devices$/)
      await keys.press('#passkey')
      await page.locator('.card').waitFor()
      await service.runJobs()
      await page.reload()
      await keys.go('a[href*="/my/ceremonies/"]', /\/my\/ceremonies\//)
      await keys.take('input[name=choice]', 'input[value=agreed]')
      await keys.go('form.answer button[type=submit]', /\/confirm\?/)
      await keys.go('#passkey', /\/my\/acts\//)
      await page.goto(`${url}/my/devices`)
      await keys.go('.card a', /\/revoke$/)
      await keys.go('form button.button-primary', /\/my\/devices$/)
      t.match(await page.locator('.card').textContent(), /Ingetrokken op|Revoked/)
    },
  },
  {
    name: 'signing in, answering, proof, what applies, disputing an act, signing out',
    walk: async (keys, page, t) => {
      await signIn(keys, page, 8)
      await keys.go('.card a', /\/my\/ceremonies\//)
      await answer(keys, page, t, 'agreed')
      await keys.go('nav a[href="/my/receipts"]', /\/my\/receipts$/)
      await keys.go('nav a[href="/my/obligations"]', /\/my\/obligations$/)
      await keys.press('summary', 'Space')
      t.ok(
        await page
          .locator('details')
          .first()
          .evaluate((one) => (one as HTMLDetailsElement).open),
        'the rules unfold',
      )
      await keys.to('nav a[href="/my/receipts"]', 'Shift+Tab')
      await Promise.all([page.waitForURL(/\/my\/receipts$/), page.keyboard.press('Enter')])
      await keys.go('.card a', /\/my\/acts\//)
      await keys.go('a[href$="/dispute"]', /\/dispute$/)
      await keys.take('input[name=ground]', 'input[value=under-pressure]')
      await keys.type('#words', 'Ik moest tekenen voor ik naar huis mocht.')
      await keys.go('form.answer button[type=submit]', /\/disputed$/)
      await keys.go('footer button', /\/my\/signed-out$/)
    },
  },
  {
    name: 'a private mailbox, a code app, another language, and signing out everywhere',
    walk: async (keys, page) => {
      await signIn(keys, page, 9)
      await keys.go('nav a[href="/my/devices"]', /\/my\/devices$/)
      await keys.type('#address', 'thuis@prive.example')
      await keys.go('#mailbox form.answer button', /\/my\/devices\/mailbox/)
      await keys.type('#code', await mailbox.codeFor('thuis@prive.example'))
      await keys.go('form.answer button[type=submit]', /\/my\/devices$/)
      await keys.go('#totp button', /\/my\/devices\/totp$/)
      const secret = Secret.fromBase32((await page.locator('.secret').textContent())!.trim())
      const app = new TOTP({ secret, digits: 6, period: 30, algorithm: 'SHA1' })
      await keys.type('#code', app.generate({ timestamp: millisecondsOf(service.platform.clock()) }))
      await keys.go('form.answer button[type=submit]', /\/my\/devices$/)
      await keys.to('#totp input[name=authenticatorId] ~ button')
      await keys.go('nav a[href="/my/account"]', /\/my\/account$/)
      const language = await page.evaluate(() => document.documentElement.lang)
      await keys.press('.sheet button[name=language]')
      await page.waitForFunction((before) => document.documentElement.lang !== before, language)
      await keys.go('form[action="/my/sign-out-everywhere"] button', /\/my\/signed-out$/)
    },
  },
  {
    name: 'past everything to the text, by the first stop of the page',
    walk: async (keys, page, t) => {
      await enter(keys, page, 10)
      await page.reload()
      await keys.press('.skip')
      t.equal(await page.evaluate(() => document.activeElement?.id), 'main')
    },
  },
]

t.test('a focus that nobody can see is noticed', async (t) => {
  const context = await aPhone(browser)
  t.teardown(() => context.close())
  const page = await context.newPage()
  await page.goto(`${url}/c`)
  await page.locator('#link').evaluate((one) => ((one as HTMLElement).style.outline = 'none'))
  const keys = new Keyboard(page)
  await keys.to('#enter button')
  t.equal(keys.hidden.length, 1)
  t.match(keys.hidden[0], /id="link"/)
})

for (const { name, walk } of journeys)
  t.test(`by keyboard alone: ${name}`, async (t) => {
    const context: BrowserContext = await aPhone(browser)
    t.teardown(() => context.close())
    const page = await context.newPage()
    const keys = new Keyboard(page)
    await walk(keys, page, t)
    t.ok(keys.stops > 0)
    keys.check(t)
  })
