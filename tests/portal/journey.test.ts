import { readFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import t from 'tap'
import { startBrowser } from '../support/browser.ts'
import { complaintsOf, findings } from '../support/portal-axe.ts'
import { aPhone, choose, confirm, enter, listening, rowsIn, tabTo } from '../support/portal-visit.ts'
import { testService } from '../support/service.ts'
import { assigned, imported, published, somePeople } from '../support/story.ts'

t.setTimeout(280_000)

const service = await testService(t)
const people = somePeople(9)
await imported(service, service.own, people)
const links = await assigned(service, service.own, await published(service, service.own), people.length)
const url = await listening(service)
const linkOf = (index: number): string => links.get(people[index]!.workEmail)!
const browser = await startBrowser()
t.teardown(() => browser.close())

for (const scripts of [true, false]) {
  t.test(`a person reads, does not agree and leaves with proof, ${scripts ? 'with' : 'without'} JavaScript`, async (t) => {
    const context = await aPhone(browser, { scripts })
    const page = await context.newPage()
    const complaints = complaintsOf(page, url)
    await enter(page, url, linkOf(scripts ? 0 : 2), scripts)
    t.notMatch(page.url(), /[0-9a-f]{32}\./, 'the link is not in the address')
    t.match(await page.locator('h1').textContent(), 'Sociale media')
    t.match(await page.locator('.lead').textContent(), 'Şükrü Çağlar')
    t.match(await page.locator('.rule').first().textContent(), 'ook als <iemand> anders dat niet is')
    if (scripts) {
      t.same(await findings(page), [])
      await page.locator('.file-status-same').waitFor()
    }
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.document .button-file').click()])
    const bytes = await readFile(await download.path())
    const shown = (await page.locator('.document .fingerprint').textContent())?.trim()
    t.equal(createHash('sha256').update(bytes).digest('hex'), shown, 'the file has the fingerprint that is shown')

    await choose(page, 'declined')
    const sentence = await page.locator('.statement').textContent()
    await page.locator('#reason').fill('Eerst overleg.\nMet <b>mijn</b> vakbond & meer.')
    if (scripts) t.same(await findings(page), [])
    await confirm(page)
    t.match(await page.title(), /^Uw antwoord is vastgelegd/)
    t.equal((await page.locator('.statement').textContent())?.trim(), sentence?.trim())
    t.match(await page.locator('.as-typed').textContent(), 'Eerst overleg.\nMet <b>mijn</b> vakbond & meer.')
    if (scripts) t.same(await findings(page), [])
    const [receipt] = await Promise.all([page.waitForEvent('download'), page.locator('.file a').first().click()])
    t.match((await readFile(await receipt.path())).subarray(0, 5).toString(), '%PDF-')
    const [proof] = await Promise.all([page.waitForEvent('download'), page.locator('.file a').nth(1).click()])
    t.match(await readFile(await proof.path(), 'utf8'), /^c2sp\.org\/tlog-proof@v1/)
    t.same(complaints, [])
    await context.close()
  }) // prettier-ignore
}

t.test('by keyboard alone', async (t) => {
  const context = await aPhone(browser)
  const page = await context.newPage()
  await enter(page, url, linkOf(4))
  await tabTo(page, 'input[name=choice]')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  t.ok(await page.locator('input[value="not-agreed"]').isChecked())
  await tabTo(page, 'form.answer button[type=submit]')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/confirm\?/)
  await tabTo(page, '#reason')
  await page.keyboard.type('Dat past niet bij mijn werk.')
  await tabTo(page, '#confirm')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/my\/acts\//)
  t.match(await page.locator('.rows').first().textContent(), 'Niet akkoord')
  await tabTo(page, '.file a')
  await context.close()
})

t.test(
  'double clicks, the back button, reloading and a second tab never double or lose an answer',
  async (t) => {
    const context = await aPhone(browser)
    const page = await context.newPage()
    const before = await rowsIn(service, 'act')
    await enter(page, url, linkOf(6))
    await choose(page, 'agreed')
    await page.goBack()
    await page.waitForURL(/\/my\/ceremonies\/[0-9a-f-]+$/)
    await choose(page, 'agreed')
    const other = await context.newPage()
    await other.goto(page.url())
    await page.locator('#confirm').dblclick()
    await page.waitForURL(/\/my\/acts\//)
    t.match(await page.title(), /^Uw antwoord is vastgelegd/)
    await page.reload()
    t.match(await page.locator('.rows').first().textContent(), 'Akkoord')
    await page.goBack()
    t.notOk(await page.locator('#confirm').isVisible(), 'the way back leads to no second form')
    await other.locator('#confirm').click()
    await other.waitForURL(/\/my\/acts\//)
    t.match(await other.title(), /^Er stond al een antwoord/)
    t.same(await findings(other), [])
    t.equal(await rowsIn(service, 'act'), before + 1)
    await context.close()
  },
)

t.test('the same link goes on at another device, in another language', async (t) => {
  const first = await aPhone(browser)
  const page = await first.newPage()
  await enter(page, url, linkOf(8))
  await page.getByRole('button', { name: 'English' }).click()
  await page.waitForFunction(() => document.documentElement.lang === 'en')
  t.match(await page.locator('.option-label').first().textContent(), 'I agree')
  const second = await aPhone(browser, { locale: 'en-GB' })
  const there = await second.newPage()
  await enter(there, url, linkOf(8))
  t.equal(await there.evaluate(() => document.documentElement.lang), 'nl', 'the person’s own language')
  await there.getByRole('button', { name: 'English' }).click()
  await choose(there, 'seen')
  await confirm(there)
  t.match(await there.title(), /^Your answer has been recorded/)
  await page.reload()
  await page.waitForURL(/\/my\/acts\//)
  t.match(await page.title(), /^This is what you answered/)
  await Promise.all([first.close(), second.close()])
})
