import { call, download } from './api-client.ts'
import { startBrowser } from './browser.ts'
import type { ExamplePerson } from './example-people.ts'
import { answerWithPasskey, openOwnBrowser, ownFile, waitingCeremony } from './own-browser.ts'
import type { SignOn } from './sign-on.ts'
import type { PasskeyStage, Stage } from './story.ts'

/**
 * Somebody signs in at their employer's identity provider, makes a passkey in a real browser with a virtual authenticator,
 * waits until that is time-stamped, and agrees with it. Leaves the dossier of that person and what they keep themselves.
 */
export async function playPasskeyStory(
  stage: PasskeyStage,
  signOn: SignOn,
  person: ExamplePerson,
): Promise<Readonly<Record<string, Buffer>>> {
  const { tell } = stage
  const browser = await startBrowser()
  try {
    const own = await openOwnBrowser(browser, stage, signOn, person)
    tell(`${person.givenName} ${person.familyName} signed in at the employer's identity provider`)
    tell('and made a passkey, which was told to every mailbox and time-stamped')
    const [act] = await answerWithPasskey(own, await waitingCeremony(own), 'agreed')
    tell('and agreed with it: the device signed the sentence and the hash of the document')
    return {
      'receipt.pdf': await ownFile(own, act!, 'receipt.pdf'),
      'receipt.tlog-proof': await ownFile(own, act!, 'proof.tlog-proof'),
      'dossier.zip': await dossierOf(stage, person),
    }
  } finally {
    await browser.close()
  }
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
