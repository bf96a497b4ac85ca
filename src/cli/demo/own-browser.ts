import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { SignOn } from './sign-on.ts'
import type { PasskeyStage } from './story.ts'

/** Somebody at their own browser, signed in, with a passkey of their own. */
export type OwnBrowser = { readonly page: Page; readonly publicUrl: string }

const patience_ms = 90_000

/**
 * Opens a browser of one person with a virtual authenticator, has them sign in at their employer's identity provider, and makes a
 * passkey.
 */
export async function openOwnBrowser(
  browser: Browser,
  stage: Pick<PasskeyStage, 'publicUrl' | 'organisationId'>,
  signOn: SignOn,
  person: { readonly externalId: string; readonly workEmail: string },
): Promise<OwnBrowser> {
  const { publicUrl, organisationId } = stage
  signOn.become({ subject: person.externalId, email: person.workEmail })
  const context = await browser.newContext({ locale: 'nl-NL', viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  page.setDefaultTimeout(patience_ms)
  await plugInAuthenticator(context, page)
  await page.goto(`${publicUrl}/my/sign-in?organisation=${organisationId}`)
  await page.getByRole('link', { name: 'Inloggen van Voorbeeld' }).click()
  await page.waitForURL(`${publicUrl}/my`)
  await page.goto(`${publicUrl}/my/devices`)
  await page.locator('#passkey').click()
  await page.locator('#passkeys .card').waitFor()
  return { page, publicUrl }
}

/** A device of the person as Chromium plays it: it verifies its user and keeps its keys to itself. */
async function plugInAuthenticator(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

/** The address of the oldest thing that waits for an answer of theirs. */
export async function waitingCeremony({ page, publicUrl }: OwnBrowser): Promise<string> {
  await page.goto(`${publicUrl}/my`)
  const href = await page.locator('a[href^="/my/ceremonies/"]').first().getAttribute('href')
  return `${publicUrl}${href!.split('#')[0]!}`
}

/**
 * Answers every part of a ceremony with one choice, each signed with the passkey, and gives the addresses of the acts. A passkey
 * that is not time-stamped yet, or a text that has not stood there long enough, is refused; then it is tried again.
 */
export async function answerWithPasskey(
  { page }: OwnBrowser,
  ceremony: string,
  choice: string,
): Promise<string[]> {
  const acts: string[] = []
  const end = Date.now() + 2 * patience_ms
  for (;;) {
    await page.goto(ceremony)
    const form = page.locator('form.answer').first()
    if ((await form.count()) === 0) break
    await form.locator(`input[type=radio][value=${choice}]`).check()
    await form.locator('button[type=submit]').click()
    await page.waitForLoadState('load')
    if (await confirmed(page)) acts.push(page.url().split('?')[0]!)
    else if (Date.now() > end)
      throw new Error(`the act was not recorded: ${await page.locator('h1').innerText()}`)
  }
  if (acts.length === 0) throw new Error('nothing was left to answer')
  return acts
}

/** Signs what is to be confirmed; says whether an act came of it. */
async function confirmed(page: Page): Promise<boolean> {
  const passkey = page.locator('#passkey')
  if ((await passkey.count()) === 0) {
    await page.waitForTimeout(2_000)
    return false
  }
  await passkey.click()
  return page.waitForURL('**/my/acts/*', { timeout: 3_000 }).then(
    () => true,
    () => false,
  )
}

/** A file that a person keeps of an act of theirs. */
export async function ownFile({ page }: OwnBrowser, act: string, name: string): Promise<Buffer> {
  const answer = await page.context().request.get(`${act}/${name}`)
  if (!answer.ok()) throw new Error(`${name}: ${answer.status()}`)
  return answer.body()
}
