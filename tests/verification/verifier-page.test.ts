import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import t from 'tap'
import { buildVerifierPage, independentVerifier } from '#verification/page'
import { startBrowser } from '../support/browser.ts'
import { aDossier, anOrganisation, aReceipt } from '../support/verification-dossier.ts'
import { actFacts, anEntry, TestLog } from '../support/verification-log.ts'
import { GrowingFile } from '../support/verification-long-term.ts'
import { aLongTermFile, keys, trustFiles } from '../support/verification-long-term-cases.ts'
import { PageVerifier, temporaryFolder } from '../support/verification-three.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let folder: string

t.before(async () => {
  browser = await startBrowser()
  folder = temporaryFolder(t)
})
t.teardown(() => browser?.close())

t.test('the page is one file that may load nothing, and is the same each time', async (t) => {
  const page = await buildVerifierPage()
  t.equal(await buildVerifierPage(), page)
  t.equal(page.sha256, createHash('sha256').update(page.html).digest('hex'))
  t.match(
    page.contentSecurityPolicy,
    /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+';/,
  )
  t.ok(page.html.includes(`content="${page.contentSecurityPolicy}"`))
  t.notMatch(page.html, /<(script|link|img|iframe)[^>]+(src|href)=/)
  t.ok(page.html.length < 400_000, `${page.html.length} characters`)
  t.match(page.html, 'The MIT License')
  const python = await independentVerifier()
  t.match(python.text, /^#!\/usr\/bin\/env python3\n/)
  t.equal(python.sha256, createHash('sha256').update(python.text).digest('hex'))
})

t.test(
  'it says in both languages what level a sealed PDF reaches, and names the checks of revisions',
  async (t) => {
    const verifier = await PageVerifier.open(browser, folder)
    await verifier.choose('#keys', trustFiles)
    await verifier.choose('#files', [{ name: 'lasting.pdf', bytes: aLongTermFile().bytes }])
    t.equal(await verifier.page.getAttribute('.level', 'data-level'), 'B-LTA')
    t.match(await verifier.page.textContent('.level'), /^Niveau B-LTA: een later tijdstempel beschermt/)
    const checks = await verifier.page.$$eval('details .checks strong', (all) =>
      all.map((each) => each.textContent),
    )
    for (const name of [
      'revisie 2 wat de revisie toevoegt',
      'revisie 3 gegevens over intrekking',
      'intrekking van het zegelcertificaat',
    ])
      t.ok(checks.includes(name), name)
    await verifier.close()
    const english = await PageVerifier.open(browser, folder, 'en-GB')
    await english.choose('#keys', trustFiles)
    await english.choose('#files', [{ name: 'sealed.pdf', bytes: new GrowingFile(keys).bytes }])
    t.match(await english.page.textContent('.level'), /^Level B-B: the seal is right/)
    await english.close()
  },
)

t.test('it asks no network and complains of nothing', async (t) => {
  const verifier = await PageVerifier.open(browser, folder)
  const requests: string[] = []
  const complaints: string[] = []
  verifier.page.on('request', (request) => requests.push(request.url()))
  verifier.page.on('pageerror', (error) => complaints.push(error.message))
  verifier.page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await verifier.page.reload()
  const organisation = anOrganisation()
  await verifier.choose('#keys', organisation.trustFiles)
  await verifier.choose('#files', [{ name: 'dossier.zip', bytes: aDossier(organisation) }])
  t.same(
    requests.filter((url) => !url.startsWith('file:')),
    [],
  )
  t.equal(requests.length, 1)
  t.same(complaints, [])
  await verifier.close()
})

t.test('a dropped dossier is accepted, and the page says who, what and when', async (t) => {
  const verifier = await PageVerifier.open(browser, folder)
  const { page } = verifier
  const organisation = anOrganisation()
  const all = [...organisation.trustFiles, { name: 'dossier.zip', bytes: aDossier(organisation) }]
  await verifier.afterRun(() => drop(page, all))
  t.equal(await page.getAttribute('.report', 'data-verdict'), 'accepted')
  const text = (await page.textContent('.report')) ?? ''
  t.match(text, 'Şükrü Çağlar Yıldız')
  t.match(text, /between 2026-11-20T09:00:00.000Z and 2026-11-23T09:00:00.000Z/)
  t.match(text, 'AANVAARD')
  t.match(text, 'Wat dit niet bewijst')
  await page.click('[data-language=en]')
  t.equal(await page.getAttribute('html', 'lang'), 'en')
  t.match(await page.textContent('.report'), 'What this does not prove')
  t.equal(await page.title(), 'Check evidence')
  t.equal(await page.getAttribute('[data-language=en]', 'aria-pressed'), 'true')
  await verifier.close()
})

t.test('a fingerprint from paper pins the key that the dossier brings, and no other', async (t) => {
  const verifier = await PageVerifier.open(browser, folder, 'en-GB')
  const { page } = verifier
  const organisation = anOrganisation()
  const dossier = { name: 'dossier.zip', bytes: aDossier(organisation) }
  await verifier.choose('#keys', organisation.trustFiles)
  const fingerprints = await page.$$eval('#pinned code', (found) =>
    found.map((each) => each.textContent ?? ''),
  )
  t.equal(fingerprints.length, 4)
  await page.reload()
  await verifier.choose('#files', [dossier])
  t.match(await page.textContent('.report'), 'INDETERMINATE')
  await typeFingerprints(verifier, fingerprints.join('\n').toUpperCase())
  t.equal(await page.getAttribute('.report', 'data-verdict'), 'accepted')
  t.same(await page.$$eval('#pinned code', (found) => found.map((each) => each.textContent)), fingerprints)
  const others = fingerprints.map((each) => each.replace(/^./, (digit) => (digit === '0' ? '1' : '0')))
  await typeFingerprints(verifier, others.join(' '))
  t.equal(await page.getAttribute('.report', 'data-verdict'), 'not-accepted')
  await verifier.close()
})

t.test('two histories in two files are shown side by side', async (t) => {
  const verifier = await PageVerifier.open(browser, folder, 'en-GB')
  const { page } = verifier
  const proofs = ['one', 'two'].map((name) => {
    const log = new TestLog()
    log.add(anEntry('act', { name }).entry)
    return { name: `${name}.tlog-proof`, bytes: Buffer.from(log.proof(0)) }
  })
  await verifier.choose('#keys', [{ name: 'log.vkey', bytes: Buffer.from(new TestLog().vkey) }])
  await verifier.choose('#files', proofs)
  const notes = await page.$$eval('#results > .equivocation .sides pre', (found) =>
    found.map((each) => each.textContent),
  )
  t.ok(notes.length >= 2)
  t.not(notes[0], notes[1])
  t.match(await page.textContent('#results > .equivocation'), 'cannot both be true')
  t.match(await page.textContent('#status'), '0 of 2')
  await verifier.close()
})

t.test('a key file that cannot be read stops the check and is named', async (t) => {
  const verifier = await PageVerifier.open(browser, folder, 'en-GB')
  const organisation = anOrganisation()
  await verifier.choose('#files', [{ name: 'receipt.pdf', bytes: aReceipt(organisation) }])
  await verifier.choose('#keys', [{ name: 'root.pem', bytes: Buffer.from('no key') }])
  t.match(await verifier.page.textContent('#key-problem'), /root\.pem/)
  t.equal(await verifier.page.locator('.report').count(), 0)
  await verifier.close()
})

t.test('what a file says cannot become part of the page', async (t) => {
  const verifier = await PageVerifier.open(browser, folder, 'en-GB')
  const organisation = anOrganisation()
  const personName = '<img src=x onerror=alert(1)>\n\u202eACCEPTED'
  await verifier.choose('#keys', organisation.trustFiles)
  await verifier.choose('#files', [
    { name: '<b>receipt</b>.pdf', bytes: aReceipt(organisation, { facts: actFacts({ personName }) }) },
  ])
  t.equal(await verifier.page.locator('.report img, .report b').count(), 0)
  t.match(await verifier.page.textContent('.report'), '<img src=x onerror=alert(1)>\\u000a\\u202eACCEPTED')
  await verifier.close()
})

t.test(
  'WCAG 2.2 AA: axe finds nothing, and nothing is wider than a phone',
  { timeout: 240_000 },
  async (t) => {
    const organisation = anOrganisation()
    for (const locale of ['nl-NL', 'en-GB']) {
      const verifier = await PageVerifier.open(browser, folder, locale)
      const { page } = verifier
      t.same(await findings(page), [], `${locale}, empty`)
      await verifier.choose('#keys', organisation.trustFiles)
      await verifier.choose('#files', [
        { name: 'dossier.zip', bytes: aDossier(organisation) },
        { name: 'changed.zip', bytes: aDossier(organisation).subarray(1) },
        { name: 'other.zip', bytes: aDossier(anOrganisation()) },
      ])
      for (const width of [320, 1280]) {
        await page.setViewportSize({ width, height: 740 })
        t.same(await findings(page), [], `${locale}, ${width} pixels`)
        t.equal(await overflow(page), 0, `${locale}, ${width} pixels wide`)
      }
      await verifier.close()
    }
  },
)

t.test('it can be used with the keyboard alone', async (t) => {
  const verifier = await PageVerifier.open(browser, folder)
  const { page } = verifier
  const reached: string[] = []
  for (let presses = 0; presses < 12; presses++) {
    await page.keyboard.press('Tab')
    reached.push(
      await page.evaluate(() => document.activeElement?.id || (document.activeElement?.tagName ?? '')),
    )
  }
  for (const wanted of ['keys', 'key-folder', 'fingerprints', 'files', 'clear', 'BUTTON', 'SUMMARY']) {
    t.ok(reached.includes(wanted), `Tab reaches ${wanted}`)
  }
  await verifier.close()
})

async function typeFingerprints(verifier: PageVerifier, text: string): Promise<void> {
  await verifier.afterRun(async () => {
    await verifier.page.fill('#fingerprints', text)
    await verifier.page.locator('#fingerprints').blur()
  })
}

/** Drops files on the page as a hand does: one event that carries all of them. */
async function drop(page: Page, files: readonly { name: string; bytes: Uint8Array }[]): Promise<void> {
  const carried = files.map(({ name, bytes }) => ({ name, text: Buffer.from(bytes).toString('base64') }))
  await page.evaluate((all) => {
    const dataTransfer = new DataTransfer()
    for (const { name, text } of all) {
      const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
      dataTransfer.items.add(new File([bytes], name))
    }
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
  }, carried)
}

/** What axe finds with all its rules, best practices too. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(`window.axe ?? (() => { ${axe} })()`)
  const results: AxeResults = await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"], preload: false })',
  )
  return results.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html}`))
}

/** By how many pixels the page is wider than the window. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}
