import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import t from 'tap'
import { attachmentOf } from '#verification'
import { startBrowser } from '../support/browser.ts'
import { filesHandedOut, withOneBitChanged } from '../support/recognition-uploads.ts'
import { testService } from '../support/service.ts'
import { anOrganisation, aPolicyEdition } from '../support/verification-dossier.ts'

t.setTimeout(240_000)

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const service = await testService(t)
const { edition, receipt } = await filesHandedOut(service)
const url = await service.server.listen({ port: 0, host: '127.0.0.1' })
const browser = await startBrowser()
t.teardown(() => browser.close())

const { changed } = withOneBitChanged(receipt)
const longer = Buffer.concat([edition, Buffer.from('% more\n')])

type Case = { readonly name: string; readonly bytes: Buffer; readonly nl: string; readonly en: string }
const cases: readonly Case[] = [
  { name: 'edition', bytes: edition, nl: 'Dit bestand is echt', en: 'This file is real' },
  { name: 'receipt', bytes: receipt, nl: 'Dit bestand is echt', en: 'This file is real' },
  { name: 'changed', bytes: changed, nl: 'Dit bestand is veranderd', en: 'This file was changed' },
  { name: 'longer', bytes: longer, nl: 'Dit bestand is veranderd', en: 'This file was changed' },
  {
    name: 'foreign',
    bytes: aPolicyEdition(anOrganisation()),
    nl: 'Dit is geen bestand van ons',
    en: 'This is not a file of ours',
  },
  { name: 'zip', bytes: Buffer.from('PK\u0003\u0004…'), nl: 'Dit is geen PDF maar een ZIP', en: 'This is not a PDF but a ZIP' },
  { name: 'text', bytes: Buffer.from('hello'), nl: 'Dit is geen PDF', en: 'This is not a PDF' },
] // prettier-ignore

/** Those whose pages are built differently; the words differ in the second language, the pages do not. */
const unlike = {
  nl: cases.filter(({ name }) => !['receipt', 'text'].includes(name)),
  en: cases.filter(({ name }) => ['changed', 'zip'].includes(name)),
}

/** The code that stands on the paper of a receipt. */
function paperCode(bytes: Buffer, change: Partial<Record<string, string>> = {}): string {
  const evidence = Buffer.from(attachmentOf(bytes).bytes).toString('utf8')
  const { tlogProof } = JSON.parse(evidence) as { tlogProof: string }
  const [, index] = /\nindex (\d+)\n/.exec(tlogProof) ?? []
  const [log, size, root] = tlogProof.slice(tlogProof.indexOf('\n\n') + 2).split('\n')
  const code = { receipt: index!, size: size!, root: Buffer.from(root!, 'base64').toString('base64url'), log: log! } // prettier-ignore
  return `#${new URLSearchParams({ ...code, ...change }).toString()}`
}

async function check(page: Page, bytes: Buffer): Promise<void> {
  await page.setInputFiles('#document', { name: 'bewijs.pdf', mimeType: 'application/pdf', buffer: bytes })
  await Promise.all([page.waitForURL(/\/check/), page.waitForEvent('load'), page.click('#submit')])
}

for (const language of ['nl', 'en'] as const) {
  t.test(`axe finds nothing on any page, ${language}, at 360 and 1280 pixels`, async (t) => {
    const context = await browser.newContext({ locale: language === 'nl' ? 'nl-NL' : 'en-GB' })
    const page = await context.newPage()
    const complaints = complaintsOf(page)
    const requests: string[] = []
    page.on('request', (request) => requests.push(request.url()))
    await page.goto(`${url}/check`)
    t.equal(await page.getAttribute('html', 'lang'), language)
    await atBothWidths(t, page, 'form')
    await picture(page, `form-${language}`)
    for (const { name, bytes, ...titles } of unlike[language]) {
      await page.goto(`${url}/check`)
      await check(page, bytes)
      t.equal(await page.textContent('h1'), titles[language], name)
      t.ok((await page.title()).startsWith(titles[language]), 'the title says first what came out')
      for (const summary of await page.locator('summary').all()) await summary.click()
      await atBothWidths(t, page, name)
      await picture(page, `${name}-${language}`)
    }
    t.same(requests.filter((each) => !each.startsWith(url)), [], 'nothing comes from elsewhere') // prettier-ignore
    t.same(complaints, [])
    await context.close()
  })
}

t.test('R8: without JavaScript it says the same', async (t) => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'nl-NL' })
  const page = await context.newPage()
  for (const { name, bytes, nl } of cases) {
    await page.goto(`${url}/check`)
    await check(page, bytes)
    t.equal(await page.textContent('h1'), nl, name)
  }
  await page.goto(`${url}/check`)
  await page.click('a[hreflang=en]')
  t.equal(await page.textContent('h1'), 'Check a PDF')
  await context.close()
})

t.test('the page says what was found, and that it asks the service', async (t) => {
  const context = await browser.newContext({ locale: 'nl-NL' })
  const page = await context.newPage()
  await page.goto(`${url}/check`)
  t.match(await page.textContent('main'), /vraagt het aan de dienst zelf/)
  t.equal(await page.getAttribute('#main a[href="/verify"]', 'href'), '/verify')
  await check(page, edition)
  const text = (await page.textContent('main')) ?? ''
  for (const part of ['Voorbeeld & Zonen B.V.', 'regeling', 'Sociale media', 'het nieuwste (stap 1)', 'Alle 10 controles zijn geslaagd.', 'verzegeld; het tijdstip', 'Alle controles (']) t.ok(text.includes(part), part) // prettier-ignore
  await page.goto(`${url}/check`)
  await check(page, changed)
  t.match(
    await page.textContent('#change-title + ul'),
    /Precies 1 byte is anders\..*Het verschil zit in het document zelf/,
  )
  await page.goto(`${url}/check`)
  await check(page, longer)
  t.match(
    await page.textContent('#change-title + ul'),
    /Alles wat van ons is, is heel\. Maar er staan 7 bytes achter/,
  )
  await context.close()
})

t.test('the code on paper is held against the file', async (t) => {
  const context = await browser.newContext({ locale: 'nl-NL' })
  const page = await context.newPage()
  const open = async (code: string): Promise<void> => {
    await page.goto('about:blank')
    await page.goto(`${url}/check${code}`)
  }
  await open(paperCode(receipt))
  t.match(await page.textContent('#paper'), /Het nummer in het logboek is \d+\./)
  await check(page, receipt)
  t.match(await page.textContent('#paper-title + p'), /horen bij elkaar/)
  await open(paperCode(receipt, { receipt: '99999' }))
  await page.click('a[hreflang=en]')
  t.match(await page.textContent('#paper'), 'Its number in the log is 99999')
  await check(page, receipt)
  t.match(await page.textContent('#paper-title + p'), 'do not belong together')
  await open(paperCode(receipt))
  await check(page, edition)
  t.match(await page.textContent('#paper-title + p'), /Wij kunnen niet zeggen/)
  await context.close()
})

t.test('with the keyboard alone, and with mistakes that are said before anything is sent', async (t) => {
  const context = await browser.newContext({ locale: 'nl-NL', viewport: { width: 360, height: 740 } })
  const page = await context.newPage()
  await page.goto(`${url}/check`)
  const reached: string[] = []
  for (let presses = 0; presses < 6; presses++) {
    await page.keyboard.press('Tab')
    reached.push(await page.evaluate(() => document.activeElement?.id || (document.activeElement?.textContent ?? ''))) // prettier-ignore
  }
  t.same(reached, [
    'Naar de inhoud',
    'Nederlands',
    'English',
    'document',
    'submit',
    'Controleer op uw eigen apparaat',
  ])
  const posts: string[] = []
  page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()))
  await page.focus('#submit')
  await page.keyboard.press('Enter')
  t.equal(await page.textContent('#mistake'), 'Kies eerst een bestand.')
  t.equal(await page.evaluate(() => document.activeElement?.id), 'document')
  t.same(await findings(page), [])
  await page.evaluate(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([new Uint8Array(26 * 1024 * 1024)], 'groot.pdf'))
    document.querySelector('form')!.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true })) // prettier-ignore
  })
  t.match(await page.textContent('#mistake'), 'groter dan 25 MB')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  t.same(posts, [], 'nothing was sent')
  await page.setInputFiles('#document', { name: 'b.pdf', mimeType: 'application/pdf', buffer: edition })
  t.match(await page.textContent('#chosen'), 'b.pdf')
  await page.focus('#submit')
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
  t.equal(await page.textContent('h1'), 'Dit bestand is echt')
  await context.close()
})

async function atBothWidths(t: Test, page: Page, name: string): Promise<void> {
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 740 })
    t.same(await findings(page), [], `${name} at ${width}`)
    t.equal(await overflow(page), 0, `${name} at ${width} does not scroll sideways`)
  }
}

/** What axe finds with all its rules, best practices too. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(`window.axe ?? (() => { ${axe} })()`)
  const results: AxeResults = await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"], preload: false })',
  )
  return results.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html}`))
}

function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // A refusal is a page with its status, and the browser notes the status.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text())
  })
  return complaints
}

/** For people who want to look: `BEDING_PICTURES=DIR`. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['BEDING_PICTURES']
  if (folder === undefined) return
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 740 })
    await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true })
  }
}
