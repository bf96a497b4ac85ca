import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds with all its rules, best practices too, in a form that says where. */
export async function findings(page: Page): Promise<string[]> {
  await page.evaluate(`window.axe ?? (() => { ${axe} })()`)
  const results: AxeResults = await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"], preload: false })',
  )
  return results.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html}`))
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
