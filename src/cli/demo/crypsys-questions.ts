import type { Browser } from 'playwright-core'
import { sha256Hex } from '#core'
import { call, upload } from './api-client.ts'
import { contacted, networkPage } from './crypsys-texts.ts'
import { dutchDay } from './dutch-day.ts'
import type { PasskeyStage } from './story.ts'

type Capture = { captureId: string; sha256: string }

/**
 * Asks whether the contact of today falls under what was signed, with the list of the last day, and what the penalty comes to for a
 * breach that the print shows. Only the contact and the print are given; clause, list and amounts are what the service keeps.
 */
export async function askQuestions(
  stage: PasskeyStage,
  personId: string,
  browser: Browser,
): Promise<{ readonly coverage: { readonly answer: string }; readonly penalty: unknown }> {
  const { base, keys } = stage
  const { captureId } = await keepCapture(stage, personId, browser)
  const on = dutchDay(0)
  const coverage = await call<{ answer: string }>(base, 'POST', `/v1/persons/${personId}/contact-questions`, {
    bearer: keys.lawyer,
    body: {
      contact: { relation: contacted, relationKind: 'supplier', channel: 'online-connection', startedBy: 'other', on }, // prettier-ignore
      captureIds: [captureId],
    },
  })
  const penalty = await call(base, 'POST', `/v1/persons/${personId}/penalty-questions`, {
    bearer: keys.lawyer,
    body: { breaches: [{ id: 'connection', from: on, until: on, captureId }] },
  })
  return { coverage: coverage.body, penalty: penalty.body }
}

/** A print of the page that shows the contact, as somebody would make it: its bytes and the day are kept. */
async function keepCapture(
  { base, keys }: PasskeyStage,
  personId: string,
  browser: Browser,
): Promise<Capture> {
  const page = await browser.newPage({ viewport: { width: 640, height: 260 } })
  await page.setContent(networkPage(dutchDay(0)))
  const print = await page.screenshot({ type: 'png' })
  await page.close()
  const { body } = await upload<Capture>(base, `/v1/persons/${personId}/captures`, {
    bearer: keys['hr-publisher'],
    file: { name: 'capture.png', mediaType: 'image/png', bytes: print },
    fields: {
      capturedOn: dutchDay(0),
      visibility: 'connections',
      source: 'https://netwerk.example/nienke-van-der-wal',
      shows: `Nieuwe verbinding met ${contacted}, 32 minuten voor de afdruk`,
    },
  })
  if (body.sha256 !== sha256Hex(print)) throw new Error('the capture was not kept as it was sent')
  return body
}
