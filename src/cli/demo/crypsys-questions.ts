import type { Browser } from 'playwright-core'
import { sha256Hex } from '#core'
import { call, upload } from './api-client.ts'
import { contacted, networkPage } from './crypsys-texts.ts'
import { dutchDay } from './dutch-day.ts'
import type { PasskeyStage } from './story.ts'

/** The signed annex with the clauses, and the exit with the list of the last day. */
export type CrypsysRecord = { readonly personId: string; readonly annexId: string; readonly exitId: string }

type AnnexRead = {
  documentSha256: string
  content: {
    clauses: {
      clauseId: string
      kind: string
      values: Record<string, unknown>
      months: number | null
    }[]
  }
}
type ExitRead = {
  follows: {
    statement: { lastDay: string }
    lists: {
      mark: string
      documentSha256: string
      relations: { name: string; from: string; until: string | null }[]
    }[]
  }
}
type Capture = { captureId: string; sha256: string; entryId: string }

/**
 * Asks whether the contact falls under the clause that was signed, with the list of the last day, and what the penalty comes to for a
 * breach that the print shows. Everything that is asked comes from what the service keeps; nothing is typed again.
 */
export async function askQuestions(
  stage: PasskeyStage,
  { personId, annexId, exitId }: CrypsysRecord,
  browser: Browser,
): Promise<{
  readonly coverage: { readonly answer: string }
  readonly penalty: { readonly sumCents: number }
}> {
  const { base, keys } = stage
  const lawyer = { bearer: keys.lawyer }
  const capture = await keepCapture(stage, personId, browser)
  const { body: annex } = await call<AnnexRead>(base, 'GET', `/v1/annexes/${annexId}`, lawyer)
  const { body: exit } = await call<ExitRead>(base, 'GET', `/v1/exits/${exitId}`, lawyer)
  const clause = annex.content.clauses.find(({ kind }) => kind === 'relatiebeding')!
  const fine = annex.content.clauses.find(({ kind }) => kind === 'boetebeding')!.values
  const list = exit.follows.lists[0]!
  const on = dutchDay(0)
  const counts = (name: string): boolean => clause.values[name] === 'in'
  const question = {
    clause: {
      months: clause.months,
      answers: ['suppliers', 'prospects', 'initiative', 'online-contact'],
      covers: { suppliers: counts('suppliers'), prospects: counts('prospects'), initiativeOfOther: counts('initiative'), onlineContact: counts('online') }, // prettier-ignore
      listed: list.relations.map(({ name, from, until }) => ({ name, from, until })),
      exemptions: [],
    },
    contact: { relation: contacted, relationKind: 'supplier', channel: 'online-connection', startedBy: 'other', on }, // prettier-ignore
    lastDay: exit.follows.statement.lastDay,
  }
  const breach = {
    terms: { amountCents: fine['amount'], perDayCents: fine['perDay'], maximumCents: null, perDayFrom: 'day-after', currency: 'EUR' }, // prettier-ignore
    breaches: [{ id: 'connection', from: on, until: on, capture: { sha256: capture.sha256, on } }],
  }
  const evidence = {
    annexDocumentSha256: annex.documentSha256,
    clauseId: clause.clauseId,
    listDocumentSha256: list.documentSha256,
    exitId,
    capture,
  }
  const coverage = await call<{ answer: string }>(base, 'POST', '/v1/contact-questions', { ...lawyer, body: question }) // prettier-ignore
  const penalty = await call<{ sumCents: number }>(base, 'POST', '/v1/penalty-calculations', { ...lawyer, body: breach }) // prettier-ignore
  return {
    coverage: Object.assign(coverage.body, { question, evidence }),
    penalty: Object.assign(penalty.body, { question: breach, evidence }),
  }
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
  return { captureId: body.captureId, sha256: body.sha256, entryId: body.entryId }
}
