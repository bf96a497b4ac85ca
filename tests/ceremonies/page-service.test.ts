import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { startBrowser } from '../support/browser.ts'
import { aPhone, heading, titleStarts } from '../support/page-visit.ts'
import { testService } from '../support/service.ts'
import { assigned, imported, published, somePeople } from '../support/story.ts'

t.setTimeout(180_000)

// The whole service behind the page: nothing here is canned.
const service = await testService(t)
const { own } = service
const people = somePeople(2)
await imported(service, own, people)
const links = await assigned(service, own, await published(service, own), people.length)
await service.server.listen({ host: '127.0.0.1', port: 0 })
const url = `http://127.0.0.1:${(service.server.server.address() as AddressInfo).port}`
const addressOf = (index: number): string => `${url}/c#${links.get(people[index]!.workEmail)!}`

const browser = await startBrowser()
t.teardown(() => browser.close())
const context = await aPhone(browser)

t.test('a person opens a real link, does not agree, and leaves with a receipt and a proof', async (t) => {
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await page.goto(addressOf(0))
  await heading(page).waitFor()
  t.equal(await heading(page).textContent(), 'Sociale media')
  t.match(await page.locator('.lead').textContent(), 'Şükrü Çağlar Jansen & Zn <test>')
  await page.locator('.file-status-same').waitFor()

  await page.locator('#choice-not-agreed').check()
  await page.locator('#reason').fill('Regel 1 gaat te ver.\nIk leg het graag uit.')
  const statement = await page.locator('.option:has(:checked) .option-statement').textContent()
  await page.locator('form button[type=submit]').click()
  t.equal(await page.locator('.statement').textContent(), statement)
  await page.locator('#confirm').click()
  await titleStarts(page, 'Uw antwoord is vastgelegd')
  t.equal(await page.locator('.statement').textContent(), statement)

  const saved: string[] = []
  const buttons = await page.locator('.files button').all()
  for (const save of buttons.slice(0, -1)) {
    const [download] = await Promise.all([page.waitForEvent('download'), save.click()])
    saved.push(await readFile(await download.path(), 'latin1'))
  }
  t.match(saved[0], /^%PDF-1\.[\s\S]*%%EOF\n$/)
  t.match(saved[1], /^c2sp\.org\/tlog-proof@v1\nextra /)
  t.match(saved[2], /^%PDF-1\.[\s\S]*%%EOF\n$/)
  t.same(complaints, [])
  t.ok((await page.locator('.code svg path').getAttribute('d'))!.length > 1_000, 'the code is drawn')
  await buttons.at(-1)!.click()
  t.ok(await page.getByText('Dit is er nog niet').waitFor().then(() => true), 'stronger evidence needs an anchor first') // prettier-ignore

  const again = await context.newPage()
  await again.goto(addressOf(0))
  await titleStarts(again, 'U hebt al geantwoord')
  t.equal(await again.locator('.statement').textContent(), statement)
  await Promise.all([page.close(), again.close()])
})

t.test('of two open tabs with one link, one answer stands and the other is told so', async (t) => {
  const [first, second] = await Promise.all([context.newPage(), context.newPage()])
  for (const page of [first, second]) {
    await page.goto(addressOf(1))
    await heading(page).waitFor()
  }
  t.equal(await first.evaluate(() => document.documentElement.lang), 'en', 'the language of the person')
  for (const [page, choice] of [
    [first, 'agreed'],
    [second, 'not-agreed'],
  ] as const) {
    await page.locator(`#choice-${choice}`).check()
    await page.locator('form button[type=submit]').click()
    await page.locator('#confirm').click()
    await page.locator('.outcome').waitFor()
  }
  t.match(await first.title(), /^Your answer has been recorded/)
  t.match(await second.title(), /^There was an answer already/)
  t.match(await second.locator('.rows').first().textContent(), /Agreed/)
  await Promise.all([first.close(), second.close()])
})
