import type { Page } from 'playwright-core'
import t from 'tap'
import { startBrowser } from '../support/browser.ts'
import { anActAnswer } from '../support/page-samples.ts'
import { startPageServer } from '../support/page-server.ts'
import {
  actsOf,
  aPhone,
  declineAndConfirm,
  declining,
  focused,
  openLink,
  reading,
  titleStarts,
} from '../support/page-visit.ts'

t.setTimeout(180_000)

const [browser, server] = await Promise.all([startBrowser(), startPageServer()])
t.teardown(() => Promise.all([browser.close(), server.close()]))
const context = await aPhone(browser)

/**
 * Breaks the connection under the first requests that send an act, before or after they reach the service. Done in
 * the browser: on a connection that it used before, Chromium by itself sends a request once more.
 */
async function breakActs(page: Page, times: number, when: 'before' | 'after'): Promise<void> {
  let broken = 0
  await page.route('**/v1/acts', async (route) => {
    if (broken === times) return route.continue()
    broken += 1
    if (when === 'after') await route.fetch()
    return route.abort('connectionreset')
  })
}

t.test('after a broken connection the same answer goes out again under the same key', async (t) => {
  const { page, link } = await openLink(context, server, {
    ...reading,
    acts: [{ problem: 'internal-error' }, 'record'],
  })
  const keys: (string | undefined)[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/v1/acts')) keys.push(request.headers()['idempotency-key'])
  })
  await breakActs(page, 1, 'before')
  await declineAndConfirm(page)
  await titleStarts(page, 'We weten niet of uw antwoord is aangekomen')
  await page.getByRole('button', { name: 'Opnieuw proberen' }).click()
  await titleStarts(page, 'Er ging iets mis bij het vastleggen')
  await page.getByRole('button', { name: 'Opnieuw proberen' }).click()
  await titleStarts(page, 'Uw antwoord is vastgelegd')
  t.equal(keys.length, 3)
  t.equal(new Set(keys).size, 1)
  t.match(keys[0], /^[0-9a-f]{32}$/)
  const [first, second] = actsOf(server, link)
  t.same(first!.body, second!.body)
  await page.close()
})

t.test('an answer whose confirmation was lost is recognised as recorded', async (t) => {
  const { page, link } = await openLink(context, server, {
    ...reading,
    acts: ['record', { problem: 'already-acted' }],
    standing: [anActAnswer('nl', 'declined')],
  })
  await breakActs(page, 1, 'after')
  await declineAndConfirm(page)
  await page.getByRole('button', { name: 'Opnieuw proberen' }).click()
  await titleStarts(page, 'Uw antwoord is vastgelegd')
  t.equal(actsOf(server, link).length, 2)
  await page.close()
})

t.test('a busy service is asked again by itself after Retry-After, under the same key', async (t) => {
  const { page, link } = await openLink(context, server, {
    ...reading,
    acts: [{ problem: 'service-busy', retryAfter_s: 1 }, 'record'],
  })
  await declineAndConfirm(page)
  await titleStarts(page, 'Nog even wachten')
  await titleStarts(page, 'Uw antwoord is vastgelegd')
  t.equal(actsOf(server, link).length, 2)
  t.equal(new Set(actsOf(server, link).map((act) => act.idempotencyKey)).size, 1)
  await page.close()
})

t.test(
  'who goes back after a failure and chooses again sends another answer under another key',
  async (t) => {
    const { page, link } = await openLink(context, server, { ...reading, acts: ['drop', 'drop', 'record'] })
    await declineAndConfirm(page)
    await page.getByRole('button', { name: 'Terug naar het document' }).click()
    await page.locator('#choice-agreed').check()
    await page.locator('form button[type=submit]').click()
    await page.locator('#confirm').click()
    await titleStarts(page, 'Uw antwoord is vastgelegd')
    const bodies = actsOf(server, link).map((act) => act.body as { choice: string; reason?: string })
    t.equal(bodies.at(-1)!.choice, 'agreed')
    t.notOk('reason' in bodies.at(-1)!, 'the reason for declining does not go with it')
    t.equal(new Set(actsOf(server, link).map((act) => act.idempotencyKey)).size, 2)
    await page.close()
  },
)

t.test('a text that changed meanwhile is shown again before anything is recorded', async (t) => {
  const { page } = await openLink(context, server, { ...reading, acts: [{ problem: 'statement-changed' }] })
  await declineAndConfirm(page)
  await titleStarts(page, 'Let op')
  t.match(await focused(page), 'De tekst is veranderd')
  t.equal(await page.locator('input[name=choice]:checked').count(), 0, 'the choice has to be made again')
  await page.close()
})

t.test('a character that cannot be recorded is named as it was typed', async (t) => {
  const { page } = await openLink(context, server, {
    ...reading,
    acts: [
      {
        problem: 'reason-unprintable',
        errors: [{ code: 'character-without-glyph', message: 'Contains U+1F44D.', pointer: '/reason' }],
      },
    ],
  })
  await declineAndConfirm(page)
  await titleStarts(page, 'Let op')
  t.match(await focused(page), 'Haal dit teken uit uw reden: 👍.')
  t.equal(await page.locator('#reason').inputValue(), declining)
  await page.close()
})
