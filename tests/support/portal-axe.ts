import { createRequire } from 'node:module'
import { mkdirSync, readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { startBrowser } from './browser.ts'
import { startStateServer } from './portal-server.ts'
import { stateAreas } from './portal-states.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds with all its rules, best practices too, in a form that says where. */
export async function findings(page: Page): Promise<string[]> {
  await page.evaluate(`window.axe ?? (() => { ${axe} })()`)
  // Only what was found comes back: the rest of the results is fifty kilobytes for each look.
  return page.evaluate(
    `axe.run(document, { resultTypes: ["violations"], preload: false }).then(({ violations }) =>
       violations.flatMap((rule) => rule.nodes.map((node) => rule.id + ': ' + node.html)))`,
  )
}

/** By how many pixels the page is wider than the window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

/** Everything the browser complains about: errors, broken rules of the content policy, requests to elsewhere. */
export function complaintsOf(page: Page, origin: string): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return
    complaints.push(message.text())
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) complaints.push(`asked elsewhere: ${request.url()}`)
  })
  return complaints
}

/**
 * Holds every state of a part of the pages, in both languages, against axe at 320 and 1280 pixels; nothing may scroll
 * sideways, and the browser may have nothing to complain about. `BEDING_PICTURES` names a folder to keep a picture of each in.
 */
export async function checkStates(t: Test, area: keyof typeof stateAreas): Promise<void> {
  const [browser, server] = await Promise.all([startBrowser(), startStateServer()])
  t.teardown(() => Promise.all([browser.close(), server.close()]))
  const pictures = process.env['BEDING_PICTURES']
  if (pictures !== undefined) mkdirSync(pictures, { recursive: true })
  for (const language of ['nl', 'en'] as const) {
    const context = await browser.newContext({
      locale: language === 'nl' ? 'nl-NL' : 'en-GB',
      // A colour half way through a transition is no colour of ours.
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    const complaints = complaintsOf(page, server.url)
    for (const { name } of stateAreas[area](language)) {
      await page.setViewportSize({ width: 320, height: 740 })
      await page.goto(`${server.url}/state/${language}/${name}`)
      for (const width of [320, 1280]) {
        await page.setViewportSize({ width, height: 740 })
        t.same(await findings(page), [], `${name} at ${width}, ${language}`)
        t.equal(await overflow(page), 0, `${name} at ${width}, ${language}, does not scroll sideways`)
      }
      if (pictures === undefined) continue
      await page.setViewportSize({ width: 360, height: 740 })
      await page.screenshot({ path: `${pictures}/${name}-${language}.png`, fullPage: true })
    }
    t.same(complaints, [], 'the browser has nothing to complain about, the content policy neither')
    await context.close()
  }
}
