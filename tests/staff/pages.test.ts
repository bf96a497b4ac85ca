import { HtmlValidate } from 'html-validate'
import t from 'tap'
import { startBrowser } from '../support/browser.ts'
import { anIdp } from '../support/oidc-provider.ts'
import { findings, overflow } from '../support/portal-axe.ts'
import { testService } from '../support/service.ts'
import { aStaffPlace, signInAsStaff } from '../support/staff.ts'

t.setTimeout(180_000)

const service = await testService(t)
const idp = await anIdp(t)
const place = await aStaffPlace(service, service.own, idp)
const { origin, organisationId, providerId } = place
const browser = await startBrowser()
t.teardown(() => browser.close())

const validator = new HtmlValidate({
  extends: ['html-validate:standard', 'html-validate:a11y', 'html-validate:document'],
  rules: { 'require-sri': 'off', 'long-title': 'off', 'meta-refresh': 'off' },
})

for (const [language, locale] of [
  ['nl', 'nl-NL'],
  ['en', 'en-GB'],
] as const)
  t.test(
    `in a browser somebody signs in, sees valid and accessible pages, steps up, and signs out, ${language}`,
    async (t) => {
      const context = await browser.newContext({ locale, viewport: { width: 360, height: 740 } })
      const page = await context.newPage()
      const wrong: string[] = []
      page.on('console', (message) => { if (message.type() === 'error') wrong.push(message.text()) }) // prettier-ignore
      const look = async (what: string): Promise<void> => {
        t.same(await findings(page), [], `${what}: axe`)
        t.equal(await overflow(page), 0, `${what}: nothing sticks out at 360 px`)
        const html = await (
          await context.request.get(page.url(), { headers: { 'accept-language': language } })
        ).text()
        const report = await validator.validateString(html)
        t.same(
          report.results.flatMap((result) => result.messages.map((one) => `${one.ruleId}: ${one.message}`)),
          [],
          `${what}: HTML`,
        )
      }
      await page.goto(`${origin}/staff`)
      await look('which organisation')
      t.equal(await page.locator('html').getAttribute('lang'), language)
      await page.locator('input').fill(organisationId)
      await page.locator('button').click()
      await look('how to sign in')
      const subject = `browser-${language}`
      idp.accounts.set(subject, { claims: { name: '<b>Ünal & Zn</b>', groups: ['lawyer'] }, amr: ['mfa'] })
      idp.signInAs(subject)
      await page.locator('main a').first().click()
      await page.waitForURL(`${origin}/staff`)
      t.match(await page.locator('main').innerText(), /<b>Ünal & Zn<\/b>/, 'a name is text')
      await look('who am I')
      await page.locator('a.button').click()
      await page.waitForURL(`${origin}/staff`)
      await page.locator('form button').click()
      await page.waitForURL(`${origin}/staff/sign-out`)
      await page.goto(`${origin}/staff`)
      t.match(page.url(), /\/staff\/sign-in$/, 'signed out')
      await page.goto(`${origin}/staff/callback/${providerId}?code=x&state=y`)
      t.same(await findings(page), [], 'a refusal: axe')
      t.same(
        wrong.filter((each) => !each.includes('400')),
        [],
        'the browser complains of nothing',
      )
      await context.close()
    },
  )

t.test('the page of somebody else than a lawyer names no matters', async (t) => {
  const { send } = await signInAsStaff(place, idp, { role: 'hr-reader' })
  t.notMatch((await send('GET', '/staff')).text, /<h2>/)
})
