import type { Page } from 'playwright-core'
import type { Language } from '../../src/ceremonies/page/page-contract.ts'
import { anActAnswer, anInstruction, aPresentation } from './page-samples.ts'
import type { Script } from './page-server.ts'

/** A state of the page: what the service does, how to get there, and the title that says one is there. */
export type PageState = {
  readonly name: string
  readonly script: Script
  readonly drive?: (page: Page) => Promise<void>
  /** A part of the page title, per language. */
  readonly title: Readonly<Record<Language, string>>
  readonly language: Language
}

const unprintable = {
  problem: 'reason-unprintable',
  errors: [{ code: 'character-without-glyph', message: 'Contains U+1F44D.', pointer: '/reason' }],
} as const
const busy = { problem: 'service-busy', retryAfter_s: 30 } as const

/** Every state of the page, for one person who reads this language. */
export function pageStates(language: Language): PageState[] {
  const open = () => [aPresentation(language)]
  const reading = { openings: open }
  const acted = () => [
    aPresentation(language, {
      state: 'acted',
      act: {
        actId: anActAnswer(language, 'agreed').actId,
        choice: 'agreed',
        actedAt: '2026-11-21T08:00:00.123Z',
      },
    }),
  ]
  const other = language === 'nl' ? 'en' : 'nl'
  const states: Omit<PageState, 'language'>[] = [
    {
      name: 'loading',
      script: { openings: () => ['hang'] },
      title: { nl: 'Bezig met ophalen', en: 'Loading' },
    },
    { name: 'open', script: reading, title: { nl: 'Lezen en kiezen', en: 'Read and choose' } },
    {
      name: 'open-instruction',
      script: { openings: () => [anInstruction(language)] },
      title: { nl: 'Lezen en kiezen', en: 'Read and choose' },
    },
    {
      name: 'open-in-other-language',
      script: { openings: (asked) => [aPresentation(asked === null ? language : other)] },
      drive: async (page) => {
        // The text exists in one language only: the page is switched, the text stays.
        await page.getByRole('button', { name: other === 'nl' ? 'Nederlands' : 'English' }).click()
        await page.waitForFunction((lang) => document.documentElement.lang === lang, other)
        await page.getByRole('button', { name: language === 'nl' ? 'Nederlands' : 'English' }).click()
        await page.locator('.opening .callout').waitFor()
      },
      title: { nl: 'Lezen en kiezen', en: 'Read and choose' },
    },
    {
      name: 'choice-missing',
      script: reading,
      drive: (page) => page.locator('form button[type=submit]').click(),
      title: { nl: 'Let op', en: 'Please note' },
    },
    {
      name: 'reason-missing',
      script: reading,
      drive: async (page) => {
        await page.locator('#choice-declined').check()
        await page.locator('form button[type=submit]').click()
      },
      title: { nl: 'Let op', en: 'Please note' },
    },
    {
      name: 'document-different',
      script: { openings: open, document: () => Buffer.from('%PDF-1.7 another') },
      drive: (page) => page.locator('.file-status-different').waitFor(),
      title: { nl: 'Lezen en kiezen', en: 'Read and choose' },
    },
    {
      name: 'document-unavailable',
      script: { openings: open, document: () => 'drop' },
      drive: (page) => page.locator('.file-status-unavailable').waitFor(),
      title: { nl: 'Lezen en kiezen', en: 'Read and choose' },
    },
    {
      name: 'confirm',
      script: reading,
      drive: toConfirm,
      title: { nl: 'Controleer uw antwoord', en: 'Check your answer' },
    },
    {
      name: 'sending',
      script: { openings: open, acts: ['hang'] },
      drive: async (page) => {
        await toConfirm(page)
        await page.locator('#confirm').click()
        await page.locator('#sending').filter({ hasText: /./ }).waitFor()
      },
      title: { nl: 'Controleer uw antwoord', en: 'Check your answer' },
    },
    {
      name: 'send-network',
      script: { openings: open, acts: ['drop'] },
      drive: toSent,
      title: { nl: 'We weten niet', en: 'We do not know' },
    },
    {
      name: 'send-busy',
      script: { openings: open, acts: [busy] },
      drive: toSent,
      title: { nl: 'Nog even wachten', en: 'Please wait' },
    },
    {
      name: 'send-failed',
      script: { openings: open, acts: [{ problem: 'internal-error' }] },
      drive: toSent,
      title: { nl: 'Er ging iets mis', en: 'Something went wrong' },
    },
    {
      name: 'text-changed',
      script: { openings: open, acts: [{ problem: 'statement-changed' }] },
      drive: toSent,
      title: { nl: 'Let op', en: 'Please note' },
    },
    {
      name: 'reason-unprintable',
      script: { openings: open, acts: [unprintable] },
      drive: toSent,
      title: { nl: 'Let op', en: 'Please note' },
    },
    {
      name: 'acted-now',
      script: reading,
      drive: toSent,
      title: { nl: 'Uw antwoord is vastgelegd', en: 'Your answer has been recorded' },
    },
    {
      name: 'acted-earlier',
      script: { openings: acted, standing: [anActAnswer(language, 'agreed')] },
      title: { nl: 'U hebt al geantwoord', en: 'You have already answered' },
    },
    {
      name: 'acted-with-signed-copy',
      script: {
        openings: acted,
        standing: [anActAnswer(language, 'agreed')],
        copies: ['01940000-0000-7000-8000-0000000000c1'],
      },
      drive: async (page) => {
        await page
          .getByText(language === 'nl' ? 'Getekend exemplaar (PDF)' : 'Signed copy (PDF)')
          .waitFor({ state: 'visible' })
      },
      title: { nl: 'U hebt al geantwoord', en: 'You have already answered' },
    },
    {
      name: 'acted-second-refused',
      script: {
        openings: open,
        acts: [{ problem: 'already-acted' }],
        standing: [anActAnswer(language, 'agreed')],
      },
      drive: toSent,
      title: { nl: 'Er stond al een antwoord', en: 'There was an answer already' },
    },
    {
      name: 'acted-unread',
      script: { openings: acted, standing: ['drop'] },
      title: { nl: 'Uw antwoord is vastgelegd', en: 'Your answer has been recorded' },
    },
    {
      name: 'expired',
      script: { openings: () => [aPresentation(language, { state: 'expired' })] },
      title: { nl: 'Deze link is verlopen', en: 'This link has expired' },
    },
    {
      name: 'withdrawn',
      script: { openings: () => [aPresentation(language, { state: 'withdrawn' })] },
      title: { nl: 'Dit document is ingetrokken', en: 'This document was withdrawn' },
    },
    {
      name: 'invalid-link',
      script: { openings: () => [{ problem: 'credentials-missing' }] },
      title: { nl: 'Deze link werkt niet', en: 'This link does not work' },
    },
    {
      name: 'open-network',
      script: { openings: () => ['drop'] },
      title: { nl: 'Geen verbinding', en: 'No connection' },
    },
    {
      name: 'open-busy',
      script: { openings: () => [busy] },
      title: { nl: 'Het is nu druk', en: 'It is busy now' },
    },
    {
      name: 'open-failed',
      script: { openings: () => [{ problem: 'internal-error' }] },
      title: { nl: 'Er ging iets mis', en: 'Something went wrong' },
    },
  ]
  return states.map((state) => ({ ...state, language }))
}

/** Opens the link and goes to the state. */
export async function reachState(page: Page, link: string, state: PageState): Promise<void> {
  // With a query of its own, because an address that differs in its fragment alone is not loaded again.
  await page.goto(link.replace('#', `?state=${state.name}-${state.language}#`))
  if (state.drive !== undefined) {
    await page.locator('h1[tabindex]').waitFor()
    await state.drive(page)
  }
  await page.waitForFunction((title) => document.title.startsWith(title), state.title[state.language])
  await page.evaluate(() => document.fonts.ready)
}

/** Declines with a reason and goes to the confirm step. */
async function toConfirm(page: Page): Promise<void> {
  await page.locator('#choice-declined').check()
  await page.locator('#reason').fill('Ik wil eerst overleggen met mijn vakbond.\nDaarna geef ik antwoord.')
  await page.locator('form button[type=submit]').click()
  await page.locator('#confirm').waitFor()
}

async function toSent(page: Page): Promise<void> {
  await toConfirm(page)
  await page.locator('#confirm').click()
  await page.locator('#confirm').waitFor({ state: 'detached' })
}
