import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import type { AxeResults } from 'axe-core'
import type { BrowserContext, Page } from 'playwright-core'
import t from 'tap'
import { startBrowser } from '../support/browser.ts'
import { startPageServer } from '../support/page-server.ts'
import { pageStates, reachState } from '../support/page-states.ts'

// axe and the browser have two processors to share with everything else that is tested at this moment.
t.setTimeout(180_000)

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
// The languages side by side: each waits for its own page most of the time.
t.jobs = 2

const widths = [360, 1280] as const
const [browser, server] = await Promise.all([startBrowser(), startPageServer()])
t.teardown(() => Promise.all([browser.close(), server.close()]))

for (const language of ['nl', 'en'] as const) {
  t.test(
    `axe finds nothing in any state, ${language}, at 360 and 1280 pixels`,
    { buffered: true },
    async (t) => {
      const context = await browser.newContext({
        locale: language === 'nl' ? 'nl-NL' : 'en-GB',
        // A colour half way through a transition is no colour of ours.
        reducedMotion: 'reduce',
      })
      const page = await context.newPage()
      const complaints = complaintsOf(page)
      for (const state of pageStates(language)) {
        await page.setViewportSize({ width: widths[0], height: 740 })
        await reachState(page, server.linkFor(state.script), state)
        for (const width of widths) {
          await page.setViewportSize({ width, height: 740 })
          t.same(await findings(page), [], `${state.name} at ${width}`)
          t.equal(await overflow(page), 0, `${state.name} at ${width} does not scroll sideways`)
        }
      }
      t.same(complaints, [], 'the browser has nothing to complain about, the content policy neither')
      await context.close()
    },
  )
}

t.test('with JavaScript off the page says so in both languages', async (t) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(server.linkFor({ openings: () => ['drop'] }))
  const [dutch, english] = await page.locator('noscript .callout').all()
  t.ok(await dutch!.isVisible())
  t.ok(await english!.isVisible())
  t.equal(await english!.getAttribute('lang'), 'en')
  t.notOk(await page.locator('.scripted').isVisible())
  await context.close()
})

t.test('at 400% zoom, 320 pixels wide, nothing is cut off and nothing scrolls sideways', async (t) => {
  const context = await browser.newContext({ locale: 'nl-NL', viewport: { width: 320, height: 256 } })
  const page = await context.newPage()
  for (const state of pageStates('nl').filter(({ name }) =>
    /^(open|confirm|acted-now|send-busy)$/.test(name),
  )) {
    await reachState(page, server.linkFor(state.script), state)
    t.equal(await overflow(page), 0, state.name)
  }
  await context.close()
})

t.test('text spacing as WCAG 1.4.12 sets it cuts nothing off', async (t) => {
  const context: BrowserContext = await browser.newContext({ locale: 'nl-NL', bypassCSP: true })
  const page = await context.newPage()
  await page.setViewportSize({ width: 360, height: 740 })
  for (const state of pageStates('nl').filter(({ name }) => /^(open|acted-now)$/.test(name))) {
    await reachState(page, server.linkFor(state.script), state)
    await page.addStyleTag({
      content:
        '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }',
    })
    t.equal(await overflow(page), 0, state.name)
  }
  await context.close()
})

/** What axe finds with all its rules, best practices too, in a form that says where. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(`window.axe ?? (() => { ${axe} })()`)
  const results: AxeResults = await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"], preload: false })',
  )
  return results.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html}`))
}

/** By how many pixels the page is wider than the window. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

/** Errors of the page and the console, but for requests that a state breaks on purpose. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return
    complaints.push(message.text())
  })
  return complaints
}
