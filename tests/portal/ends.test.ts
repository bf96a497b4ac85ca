import type { Page } from 'playwright-core'
import t from 'tap'
import type { Test } from 'tap'
import { lapseDue, lapsesAfter_days } from '#acknowledgements'
import { addDays, toCivilDate, toInstant } from '#core'
import { startBrowser } from '../support/browser.ts'
import { aBundle, offered } from '../support/ceremonies.ts'
import { findings, overflow } from '../support/portal-axe.ts'
import { aPhone, choose, confirm, enter, listening, rowsIn } from '../support/portal-visit.ts'
import { testService } from '../support/service.ts'
import { assigned, imported, published, somePeople } from '../support/story.ts'

t.setTimeout(280_000)

// Every other person reads English. The clock only goes on, so the tests follow the order of its moments.
const service = await testService(t)
const { own, platform } = service
const people = somePeople(10)
const ids = await imported(service, own, people)
const first = await published(service, own)
const links = await assigned(service, own, first, people.length)
const url = await listening(service)
const browser = await startBrowser()
t.teardown(() => browser.close())
const address = (index: number): string => people[index]!.workEmail
const dueDate = toCivilDate('2026-12-05')
const readers = ['nl', 'en'] as const

/** A phone of 360 pixels with one page, of somebody who reads this language. */
async function aPage(t: Test, language: 'nl' | 'en'): Promise<Page> {
  const context = await aPhone(browser, { locale: language === 'nl' ? 'nl-NL' : 'en-GB' })
  t.teardown(() => context.close())
  return context.newPage()
}

/** The page says this in its heading, is in this language, fits a phone, and axe finds nothing. */
async function says(t: Test, page: Page, language: 'nl' | 'en', heading: string): Promise<void> {
  t.match(await page.locator('h1').textContent(), heading)
  t.equal(await page.evaluate(() => document.documentElement.lang), language)
  t.equal(await overflow(page), 0, 'nothing scrolls sideways at 360 pixels')
  t.same(await findings(page), [])
}

for (const [index, language] of readers.entries())
  t.test(`a bundle of several statements: each is answered by itself, ${language}`, async (t) => {
    const body = await aBundle(service, own, ids[index]!, {
      clauses: [
        { statementId: 'relations', subject: 'Relatiebeding' },
        { statementId: 'penalty', subject: 'Boetebeding' },
      ],
    })
    const { link } = await offered(service, own, body, address(index))
    const page = await aPage(t, language)
    await enter(page, url, link)
    t.equal(await page.locator('form.answer').count(), 3, 'main text and two clauses, each with a form of its own')
    t.equal(await page.locator('.document').count(), 2)
    t.equal(await overflow(page), 0)
    t.same(await findings(page), [])
    const before = await rowsIn(service, 'act')
    const answers = [
      ['relations', 'agreed', undefined],
      ['penalty', 'not-agreed', 'Te hoog.'],
      ['main', 'agreed', undefined],
    ] as const
    for (const [position, [statement, choice, reason]] of answers.entries()) {
      const form = page.locator(`form.answer:has(input[name=statement][value=${statement}])`)
      await form.locator(`input[name=choice][value=${choice}]`).check()
      await form.locator('button[type=submit]').click()
      await page.waitForURL(/\/confirm\?/)
      const sentence = (await page.locator('.statement').textContent())!.trim()
      t.match(sentence, statement === 'relations' ? 'Relatiebeding' : statement === 'penalty' ? 'Boetebeding' : 'Bijlage A')
      if (reason !== undefined) await page.locator('#reason').fill(reason)
      await confirm(page)
      t.equal((await page.locator('.statement').textContent())?.trim(), sentence, 'the receipt says what was confirmed')
      t.equal(await rowsIn(service, 'act'), before + position + 1, 'one answer, and no other with it')
      if (position === answers.length - 1) break
      await page.locator('.callout a.button-primary').click()
      await page.waitForURL(/\/my\/ceremonies\//)
      t.equal(await page.locator('.statement-done').count(), position + 1)
      t.equal(await page.locator('form.answer').count(), 2 - position)
    }
    t.equal(await page.locator('.callout a.button-primary').count(), 0, 'nothing is left to do')
  }) // prettier-ignore

for (const [offset, language] of readers.entries())
  t.test(`a bundle that is withdrawn while the page is open takes no answer, ${language}`, async (t) => {
    const index = 2 + offset
    const { link, assignmentId } = await offered(service, own, await aBundle(service, own, ids[index]!), address(index)) // prettier-ignore
    const page = await aPage(t, language)
    await enter(page, url, link)
    await page.locator('input[name=choice][value=agreed]').first().check()
    await page.locator('form.answer button[type=submit]').first().click()
    await page.waitForURL(/\/confirm\?/)
    const before = await rowsIn(service, 'act')
    const withdrawn = await service.send('POST', `/v1/ceremonies/${assignmentId}/withdrawals`, { as: own.keys['hr-publisher'], body: { reason: 'Verkeerde bijlage.' } }) // prettier-ignore
    t.equal(withdrawn.status, 201)
    await page.locator('#confirm').click()
    await page.waitForURL(/\/my\/ceremonies\/[0-9a-f-]+$/)
    await says(t, page, language, language === 'nl' ? 'Dit document is ingetrokken' : 'This document was withdrawn')
    t.equal(await rowsIn(service, 'act'), before, 'nothing was recorded')
  }) // prettier-ignore

t.test('a newer version takes the place of one that is open in a browser', async (t) => {
  const pages = await Promise.all(
    readers.map(async (language, offset) => {
      const page = await aPage(t, language)
      await enter(page, url, links.get(address(4 + offset))!)
      await choose(page, 'agreed')
      return page
    }),
  )
  const before = await rowsIn(service, 'act')
  const second = await published(service, own, { policyId: first.policyId, effectiveFrom: '2026-11-22' })
  const newer = await assigned(service, own, second, people.length)
  for (const [offset, language] of readers.entries()) {
    const page = pages[offset]!
    await page.locator('#confirm').click()
    await page.waitForURL(/\/my\/ceremonies\/[0-9a-f-]+$/)
    await says(
      t,
      page,
      language,
      language === 'nl' ? 'Er is een nieuwere versie' : 'There is a newer version',
    )
    t.equal(await rowsIn(service, 'act'), before + offset, 'nothing was recorded of the old one')
    await enter(page, url, newer.get(address(4 + offset))!)
    await choose(page, 'agreed')
    await confirm(page)
    t.equal(await rowsIn(service, 'act'), before + offset + 1, 'the new one is answered as any other')
  }
  for (const [offset, language] of readers.entries()) links.set(language, newer.get(address(6 + offset))!)
})

t.test('a ceremony whose term is over says so, and that silence is no yes', async (t) => {
  const open = await Promise.all(
    readers.map(async (language) => {
      const page = await aPage(t, language)
      await enter(page, url, links.get(language)!)
      await choose(page, 'agreed')
      return page
    }),
  )
  const before = await rowsIn(service, 'act')
  platform.setClock(toInstant(`${addDays(dueDate, lapsesAfter_days)}T23:00:00.000Z`))
  t.ok((await lapseDue(service, own.organisationId)).length > 0)
  for (const [offset, language] of readers.entries()) {
    await open[offset]!.locator('#confirm').click()
    await open[offset]!.waitForLoadState('load')
    t.equal(await rowsIn(service, 'act'), before, 'the page that stood open records nothing')
    const page = await aPage(t, language)
    await enter(page, url, links.get(language)!)
    await says(
      t,
      page,
      language,
      language === 'nl' ? 'De tijd om te antwoorden is voorbij' : 'The time to answer has passed',
    )
  }
})

t.test('a link that has expired says until when it worked, and records nothing', async (t) => {
  const opened: string[] = []
  for (const offset of readers.keys()) {
    const body = await aBundle(service, own, ids[8 + offset]!, { dueDate: '2027-06-01' })
    opened.push((await offered(service, own, body, address(8 + offset))).link)
  }
  const before = await rowsIn(service, 'opening')
  platform.advanceClock(61 * 86_400_000)
  for (const [offset, language] of readers.entries()) {
    const page = await aPage(t, language)
    await enter(page, url, opened[offset]!)
    await says(t, page, language, language === 'nl' ? 'Deze link is verlopen' : 'This link has expired')
    t.match(await page.locator('main').textContent(), '2027')
    t.equal(await page.locator('form.answer').count(), 0)
  }
  t.equal(await rowsIn(service, 'opening'), before, 'an expired link opens nothing')
})
