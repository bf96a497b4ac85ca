import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { TestService } from './service.ts'

/** Lets the whole service listen where browsers allow passkeys; answers its address. */
export async function listening(service: TestService): Promise<string> {
  await service.server.listen({ host: 'localhost', port: 0 })
  return `http://localhost:${(service.server.server.address() as AddressInfo).port}`
}

type PhoneOptions = { readonly scripts?: boolean; readonly locale?: string }

/** A phone of somebody who reads Dutch, or another language. */
export async function aPhone(browser: Browser, options: PhoneOptions = {}): Promise<BrowserContext> {
  const { scripts = true, locale = 'nl-NL' } = options
  const context = await browser.newContext({
    locale,
    viewport: { width: 360, height: 740 },
    reducedMotion: 'reduce',
    javaScriptEnabled: scripts,
  })
  context.setDefaultTimeout(20_000)
  return context
}

/** Opens a personal link as its reader does: at once with scripts, by pasting it without. Ends on the ceremony's page. */
export async function enter(page: Page, url: string, link: string, scripts = true): Promise<void> {
  await page.goto(`${url}/c#${link}`)
  if (!scripts) {
    await page.locator('#link').fill(`${url}/c#${link}`)
    await page.locator('#enter button').click()
  }
  await page.waitForURL(/\/my\//)
}

/** Chooses and goes on to the confirm page. */
export async function choose(page: Page, choice: string): Promise<void> {
  await page.locator(`input[name=choice][value=${choice}]`).check()
  await page.locator('form.answer button[type=submit]').first().click()
  await page.waitForURL(/\/confirm\?/)
}

/** Confirms and ends on the receipt. */
export async function confirm(page: Page): Promise<void> {
  await page.locator('#confirm').click()
  await page.waitForURL(/\/my\/acts\//)
}

/** Presses Tab until this has the focus; throws when it never does. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab')
    if (await page.locator(`${selector}:focus`).count()) return
  }
  throw new Error(`Tab never reaches ${selector}`)
}

/** How many acts, openings and so on the database holds. */
export async function rowsIn(
  service: TestService,
  table: 'act' | 'opening' | 'misdelivery',
): Promise<number> {
  const rows = await service.adminQuery(`select count(*)::int as n from ${table}`)
  return (rows as { n: number }[])[0]!.n
}
