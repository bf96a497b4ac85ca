import { readFile } from 'node:fs/promises'
import t from 'tap'
import { startBrowser } from '../support/browser.ts'
import { anActAnswer, anInstruction, aPresentation, samplePdf } from '../support/page-samples.ts'
import { startPageServer } from '../support/page-server.ts'
import {
  actsOf,
  aPhone,
  declining,
  focused,
  heading,
  openLink,
  reading,
  tabTo,
  titleStarts,
} from '../support/page-visit.ts'

t.setTimeout(180_000)

const [browser, server] = await Promise.all([startBrowser(), startPageServer()])
t.teardown(() => Promise.all([browser.close(), server.close()]))
const context = await aPhone(browser)

t.test(
  'a person with a keyboard alone reads, declines with a reason, confirms and keeps the proof',
  async (t) => {
    const { page, link } = await openLink(context, server, reading)
    await page.keyboard.press('Tab')
    t.equal(await focused(page), 'Naar de inhoud')
    await page.keyboard.press('Enter')
    t.equal(await page.evaluate(() => document.activeElement?.id), 'main')
    t.equal(new URL(page.url()).hash, '', 'the skip link leaves the address alone')

    await tabTo(page, '.outline-stand-in a')
    await page.keyboard.press('Enter')
    t.equal(await focused(page), 'Uw antwoord')
    await tabTo(page, 'form button[type=submit]')
    await page.keyboard.press('Enter')
    await titleStarts(page, 'Let op')
    t.match(await focused(page), 'Kies een antwoord', 'the focus is on what is wrong')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    t.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'choice')
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    t.ok(await page.locator('#choice-declined').isChecked())

    await tabTo(page, 'form button[type=submit]')
    await page.keyboard.press('Enter')
    t.match(await focused(page), 'Schrijf uw reden op')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.keyboard.type(declining)
    await tabTo(page, 'form button[type=submit]')
    await page.keyboard.press('Enter')
    await titleStarts(page, 'Controleer uw antwoord')
    t.equal(await focused(page), 'Controleer uw antwoord', 'the focus is on the new heading')
    t.equal(actsOf(server, link).length, 0, 'nothing is sent before it is confirmed')

    await tabTo(page, '#confirm')
    await page.keyboard.press('Enter')
    await titleStarts(page, 'Uw antwoord is vastgelegd')
    t.equal(await focused(page), 'Uw antwoord is vastgelegd')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      tabTo(page, '.files button').then(() => page.keyboard.press('Enter')),
    ])
    t.match(download.suggestedFilename(), /^ontvangstbewijs-omgaan-met-sociale-media-2026-11-21\.pdf$/)

    const declined = aPresentation('nl').choices.find((one) => one.choice === 'declined')!
    t.same(
      actsOf(server, link).map((act) => act.body),
      [
        {
          choice: 'declined',
          reason: declining,
          language: 'nl',
          documentSha256: aPresentation('nl').document.sha256,
          statement: declined.statement,
        },
      ],
    )
    await page.close()
  },
)

t.test('who agreed finds the signed copy beside the other files once it was made', async (t) => {
  const presentation = aPresentation('nl', {
    state: 'acted',
    act: { actId: anActAnswer('nl', 'agreed').actId, choice: 'agreed', actedAt: '2026-11-21T08:00:00.123Z' },
  })
  const script = { openings: () => [presentation], standing: [anActAnswer('nl', 'agreed')] }
  const { page: before } = await openLink(context, server, script)
  await before.locator('.files .file').nth(3).waitFor()
  t.equal(await before.locator('.files .file').count(), 4, 'nothing is promised that is not there')
  const copies = ['01940000-0000-7000-8000-0000000000c1']
  const { page, link } = await openLink(context, server, { ...script, copies })
  const file = page.locator('.files .file', { hasText: 'Getekend exemplaar (PDF)' })
  t.match(await file.textContent(), /Gemaakt op 22 november 2026, 11:30:00 \(Nederlandse tijd\)/)
  const [download] = await Promise.all([page.waitForEvent('download'), file.getByRole('button').click()])
  t.equal(download.suggestedFilename(), 'getekend-exemplaar-omgaan-met-sociale-media-2026-11-22.pdf')
  t.match(await readFile(await download.path(), 'latin1'), 'the signed copy')
  t.ok(server.seenBy(link).some(({ url }) => url.endsWith(`/executed-copies/${copies[0]}/content`)))
  await Promise.all([before.close(), page.close()])
})

t.test('loading the page opens nothing; one POST with the link in a header does', async (t) => {
  const { page, link } = await openLink(context, server, reading)
  const [first, ...others] = server.seenBy(link)
  t.match(first, { method: 'POST', url: '/v1/openings', body: { language: null } })
  t.same(
    others.map(({ method, url }) => `${method} ${url}`),
    ['GET /v1/openings/current/document?language=nl'],
  )
  const broken = await context.newPage()
  const requests: string[] = []
  broken.on('request', (request) => requests.push(request.url()))
  await broken.goto(`${server.url}/c#not-a-link`)
  await titleStarts(broken, 'Deze link werkt niet')
  t.notOk(
    requests.some((url) => url.includes('/v1/')),
    'what is no link is not sent',
  )
  await Promise.all([page.close(), broken.close()])
})

t.test('the link leaves the address bar, and reloading the tab still works', async (t) => {
  const { page, link } = await openLink(context, server, reading)
  t.equal(page.url(), `${server.url}/c`)
  await page.reload()
  await heading(page).waitFor()
  t.equal(await heading(page).textContent(), 'Omgaan met sociale media')
  t.equal(server.seenBy(link).filter((request) => request.method === 'POST').length, 2)

  const other = server.linkFor({ openings: () => [anInstruction('en')] })
  await page.goto(other)
  await titleStarts(page, 'Read and choose')
  t.equal(
    await heading(page).textContent(),
    'Using social media',
    'another link in this tab is another visit',
  )
  t.equal(page.url(), `${server.url}/c`)
  await page.close()
})

t.test('where the browser keeps nothing, the link stays in the address bar and the page works', async (t) => {
  const link = server.linkFor(reading)
  const page = await context.newPage()
  await page.addInitScript(() => {
    Object.defineProperty(window, 'sessionStorage', {
      get: () => {
        throw new DOMException('denied', 'SecurityError')
      },
    })
  })
  await page.goto(link)
  await heading(page).waitFor()
  t.equal(page.url(), link)
  await page.getByRole('link', { name: 'Direct naar uw antwoord' }).click()
  t.equal(page.url(), link, 'a link within the page does not take its place')
  await page.close()
})

t.test(
  'the language changes in place: text, statements, <html lang>, and what was typed stays',
  async (t) => {
    const { page, link } = await openLink(context, server, reading)
    await page.locator('#choice-declined').check()
    await page.locator('#reason').fill(declining)
    await page.getByRole('button', { name: 'English' }).click()
    await titleStarts(page, 'Read and choose')
    t.equal(await page.evaluate(() => document.documentElement.lang), 'en')
    t.equal(await focused(page), 'English', 'the focus stays on the language')
    t.equal(await heading(page).textContent(), 'Using social media')
    t.ok(await page.locator('#choice-declined').isChecked())
    t.equal(await page.locator('#reason').inputValue(), declining)
    t.same(
      server
        .seenBy(link)
        .filter(({ url }) => url === '/v1/openings')
        .map(({ body }) => body),
      [{ language: null }, { language: 'en' }],
    )
    await page.locator('form button[type=submit]').click()
    await page.getByRole('button', { name: 'Nederlands' }).click()
    await titleStarts(page, 'Controleer uw antwoord')
    t.match(await page.locator('.statement').textContent(), 'Ik wil geen antwoord geven')
    await page.locator('#confirm').click()
    await titleStarts(page, 'Uw antwoord is vastgelegd')
    t.match(actsOf(server, link)[0]!.body, {
      language: 'nl',
      documentSha256: aPresentation('nl').document.sha256,
    })
    await page.getByRole('button', { name: 'English' }).click()
    await titleStarts(page, 'Your answer has been recorded')
    t.equal(
      await page.locator('.statement').getAttribute('lang'),
      'nl',
      'what was recorded keeps its language',
    )
    await page.close()
  },
)

t.test('a text that exists in one language says so, and is marked as being in that language', async (t) => {
  const { page } = await openLink(context, server, {
    openings: () => [aPresentation('nl', { languages: ['nl'] })],
  })
  await page.getByRole('button', { name: 'English' }).click()
  await titleStarts(page, 'Read and choose')
  t.match(await page.locator('.opening .callout').textContent(), 'in Dutch only')
  t.equal(await heading(page).getAttribute('lang'), 'nl')
  t.equal(await page.locator('.option label').first().getAttribute('lang'), 'nl')
  await page.close()
})

t.test(
  'the way back of the browser leads from the confirm step to the text, with the answer kept',
  async (t) => {
    const { page, link } = await openLink(context, server, reading)
    await page.locator('#choice-agreed').check()
    await page.locator('form button[type=submit]').click()
    await titleStarts(page, 'Controleer uw antwoord')
    await page.goBack()
    await titleStarts(page, 'Lezen en kiezen')
    t.ok(await page.locator('#choice-agreed').isChecked())
    t.equal(actsOf(server, link).length, 0)
    await page.close()
  },
)

t.test('the document that is saved is byte for byte the one whose fingerprint is shown', async (t) => {
  const { page } = await openLink(context, server, reading)
  await page.locator('.file-status-same').waitFor()
  const shown = await page.locator('.chapter-document .fingerprint').textContent()
  t.equal(shown, aPresentation('nl').document.sha256)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'PDF bewaren' }).click(),
  ])
  t.equal(download.suggestedFilename(), 'omgaan-met-sociale-media-v3-nl.pdf')
  t.same(await readFile(await download.path()), samplePdf('nl'))
  await page.close()
})

t.test('with another document than was promised nobody can answer', async (t) => {
  const { page, link } = await openLink(context, server, {
    ...reading,
    document: () => Buffer.from('%PDF-1.7 another'),
  })
  await page.locator('.file-status-different').waitFor()
  await page.locator('#choice-agreed').check()
  await page.locator('form button[type=submit]').click()
  await titleStarts(page, 'Let op')
  t.match(await focused(page), 'niet het document')
  t.equal(actsOf(server, link).length, 0)
  await page.close()
})

t.test('the files to keep are the bytes of the service', async (t) => {
  const { page } = await openLink(context, server, {
    openings: () => [
      aPresentation('nl', {
        state: 'acted',
        act: {
          actId: anActAnswer('nl', 'agreed').actId,
          choice: 'agreed',
          actedAt: '2026-11-21T23:30:00.000Z',
        },
      }),
    ],
    standing: [{ ...anActAnswer('nl', 'agreed'), actedAt: '2026-11-21T23:30:00.000Z' }],
  })
  const saved: [string, string][] = []
  // The last one, the evidence that grows, needs an anchor; page-service.test.ts asks for it.
  for (const save of (await page.locator('.files button').all()).slice(0, -1)) {
    const [download] = await Promise.all([page.waitForEvent('download'), save.click()])
    saved.push([download.suggestedFilename(), await readFile(await download.path(), 'utf8')])
  }
  t.same(saved, [
    ['ontvangstbewijs-omgaan-met-sociale-media-2026-11-22.pdf', '%PDF-1.7\n% the receipt\n%%EOF\n'],
    ['bewijs-omgaan-met-sociale-media-2026-11-22.tlog-proof', 'c2sp.org/tlog-proof@v1\nindex 1207\n'],
    ['omgaan-met-sociale-media-v3-nl.pdf', samplePdf('nl').toString()],
  ])
  t.match(await page.locator('.rows').first().textContent(), '22 november 2026, 00:30:00', 'in Dutch time')
  await page.close()
})

t.test('markup in a name or a reason is shown as it was typed', async (t) => {
  const { page } = await openLink(context, server, reading)
  t.match(await page.locator('.lead').textContent(), 'Zoë <b>van den</b> Berg')
  await page.locator('#choice-declined').check()
  await page.locator('#reason').fill('<img src=x onerror=alert(1)> & "zo"')
  await page.locator('form button[type=submit]').click()
  t.equal(await page.locator('.as-typed').textContent(), '<img src=x onerror=alert(1)> & "zo"')
  t.equal(await page.locator('main img, main b').count(), 0)
  await page.close()
})
