import type { BrowserContext, Page } from 'playwright-core'
import { call, download } from './api-client.ts'
import { startBrowser } from './browser.ts'
import type { ExamplePerson } from './example-people.ts'
import { startIdentityProvider } from './identity-provider.ts'
import type { Stage } from './story.ts'

/** Where the pages stand for the browser: passkeys need a name, not an address. */
export type PasskeyStage = Stage & { readonly publicUrl: string }

const patience_ms = 60_000

/**
 * Somebody signs in at their employer's identity provider, makes a passkey in a real browser with a virtual authenticator,
 * waits until that is time-stamped, and agrees with it. Leaves the dossier of that person and what they keep themselves.
 */
export async function playPasskeyStory(
  stage: PasskeyStage,
  person: ExamplePerson,
): Promise<Readonly<Record<string, Buffer>>> {
  const { base, keys, tell } = stage
  const provider = await startIdentityProvider({ subject: person.externalId, email: person.workEmail })
  const browser = await startBrowser()
  try {
    await call(base, 'POST', '/v1/sign-on-providers', {
      bearer: keys['organisation-admin'],
      body: {
        name: 'Inloggen van Voorbeeld & Zonen',
        issuer: provider.issuer,
        clientId: provider.clientId,
        clientSecret: provider.clientSecret,
        clientAuthentication: 'client-secret-post',
        algorithms: ['ES256'],
        forPersons: true,
        forStaff: false,
      },
    })
    const context = await browser.newContext({ locale: 'nl-NL', viewport: { width: 390, height: 844 } })
    const page = await context.newPage()
    page.setDefaultTimeout(patience_ms)
    await plugInAuthenticator(context, page)
    await signIn(stage, page)
    tell(`${person.givenName} ${person.familyName} signed in at the employer's identity provider`)
    await makePasskey(stage, page)
    tell('and made a passkey, which was told to every mailbox and time-stamped')
    const kept = await agree(page)
    tell('and agreed with it: the device signed the sentence and the hash of the document')
    return { ...kept, 'dossier.zip': await dossierOf(stage, person) }
  } finally {
    await browser.close()
    await provider.stop()
  }
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

async function signIn({ publicUrl, organisationId }: PasskeyStage, page: Page): Promise<void> {
  await page.goto(`${publicUrl}/my/sign-in?organisation=${organisationId}`)
  await page.getByRole('link', { name: 'Inloggen van Voorbeeld' }).click()
  await page.waitForURL(`${publicUrl}/my`)
}

async function makePasskey({ publicUrl }: PasskeyStage, page: Page): Promise<void> {
  await page.goto(`${publicUrl}/my/devices`)
  await page.locator('#passkey').click()
  await page.locator('#passkeys .card').waitFor()
}

/** Answers the ceremony that is to be done, and takes what a person keeps: the receipt and its proof. */
async function agree(page: Page): Promise<Readonly<Record<string, Buffer>>> {
  const end = Date.now() + patience_ms
  const home = new URL('/my', page.url()).href
  for (;;) {
    await page.goto(home)
    await page.locator('a[href^="/my/ceremonies/"]').first().click()
    await page.locator('input[type=radio][value=agreed]').first().check()
    await page.locator('form.answer button[type=submit]').first().click()
    await page.locator('#passkey').click()
    // A passkey that is not time-stamped yet is refused, and the page says to try again in a moment.
    await page.waitForLoadState('load')
    if (
      await page.waitForURL('**/my/acts/*', { timeout: 3_000 }).then(
        () => true,
        () => false,
      )
    )
      break
    if (Date.now() > end) throw new Error(`the act was not recorded: ${await page.locator('h1').innerText()}`)
  }
  const act = page.url().split('?')[0]!
  const file = async (name: string): Promise<Buffer> => {
    const answer = await page.context().request.get(`${act}/${name}`)
    if (!answer.ok()) throw new Error(`${name}: ${answer.status()}`)
    return answer.body()
  }
  return { 'receipt.pdf': await file('receipt.pdf'), 'receipt.tlog-proof': await file('proof.tlog-proof') }
}

async function dossierOf({ base, keys }: Stage, person: ExamplePerson): Promise<Buffer> {
  const { body } = await call<{ items: { personId: string; externalId: string }[] }>(base, 'GET', '/v1/persons?pageSize=100', { bearer: keys['hr-publisher'] }) // prettier-ignore
  const personId = body.items.find((each) => each.externalId === person.externalId)!.personId
  const made = await call<{ dossierId: string }>(base, 'POST', '/v1/dossiers', {
    bearer: keys.lawyer,
    body: { subject: { personId }, purpose: 'Demonstration of an act that was signed with a passkey' },
  })
  return download(base, `/v1/dossiers/${made.body.dossierId}/content`, keys.lawyer)
}
