import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { aPresentation } from './page-samples.ts'
import type { PageServer, Script, SeenRequest } from './page-server.ts'

/** A script of somebody who reads Dutch and may switch. */
export const reading: Script = { openings: (asked) => [aPresentation(asked ?? 'nl')] }

/** The reason that `declineAndConfirm` gives. */
export const declining = 'Ik overleg eerst.'

/** A Dutch phone. */
export async function aPhone(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({
    locale: 'nl-NL',
    viewport: { width: 360, height: 740 },
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(15_000)
  return context
}

/** Opens the link of this script; the first view is there afterwards. */
export async function openLink(
  context: BrowserContext,
  server: PageServer,
  script: Script,
): Promise<{ page: Page; link: string }> {
  const link = server.linkFor(script)
  const page = await context.newPage()
  await page.goto(link)
  await heading(page).waitFor()
  return { page, link }
}

/** The heading of a view that the page drew itself. */
export function heading(page: Page): Locator {
  return page.locator('h1[tabindex]')
}

/** The acts that reached the service over this link. */
export function actsOf(server: PageServer, link: string): readonly SeenRequest[] {
  return server.seenBy(link).filter((request) => request.url === '/v1/acts' && request.method === 'POST')
}

export async function declineAndConfirm(page: Page): Promise<void> {
  await page.locator('#choice-declined').check()
  await page.locator('#reason').fill(declining)
  await page.locator('form button[type=submit]').click()
  await page.locator('#confirm').click()
}

export async function titleStarts(page: Page, text: string): Promise<void> {
  await page.waitForFunction((start) => document.title.startsWith(start), text)
}

/** Presses Tab until this has the focus; throws when it never does. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab')
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return
  }
  throw new Error(`Tab never reaches ${selector}`)
}

/** The text of what has the focus. */
export function focused(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.activeElement?.textContent ?? undefined)
}
