import { call, download } from './api-client.ts'
import { startBrowser } from './browser.ts'
import { settleAgreement } from './crypsys-agreement.ts'
import { askQuestions } from './crypsys-questions.ts'
import { contacted, crypsysCsv, director, employee } from './crypsys-texts.ts'
import { dutchDay } from './dutch-day.ts'
import { answerWithPasskey, openOwnBrowser } from './own-browser.ts'
import type { SignOn } from './sign-on.ts'
import type { PasskeyStage } from './story.ts'

/** Who the story is about, and the day after which the covenant bites. */
export type CrypsysScene = {
  readonly personId: string
  readonly directorId: string
  readonly employmentId: string
  readonly lastDay: string
}

/**
 * A sales director leaves; a settlement of the day after holds her to five suppliers for a year, under a penalty of EUR 10,000 and
 * EUR 1,000 a day. Both sign with passkeys of their own. She gets a letter about what still binds, and says that she has seen
 * it. Then a print turns up of a connection with one of the five: is it covered, and what would the penalty be. Leaves the
 * answers, the letter and the dossier.
 *
 * The last day is yesterday and the contact is today, because nothing here can happen on a day that has not come.
 */
export async function playCrypsysStory(
  stage: PasskeyStage,
  signOn: SignOn,
): Promise<Readonly<Record<string, Buffer>>> {
  const { base, keys, tell } = stage
  const browser = await startBrowser()
  try {
    const scene = await openEmployment(stage)
    const own = await openOwnBrowser(browser, stage, signOn, employee)
    const other = await openOwnBrowser(browser, stage, signOn, director)
    tell('employee and director signed in, each with a passkey of their own')
    const settled = await settleAgreement(stage, scene, browser, { employee: own, director: other })
    tell(
      'both signed the settlement with its annexes, clause by clause; the rules of law saw nothing that stops it',
    )
    const exit = await leave(stage, scene)
    await answerWithPasskey(own, `${stage.publicUrl}/my/ceremonies/${exit.assignmentId}`, 'seen')
    tell(`the exit letter was handed over and seen: ${exit.claimed} obligations go on`)
    const { coverage, penalty } = await askQuestions(stage, scene.personId, browser)
    tell(`the contact of today with ${contacted}: ${coverage.answer}`)
    return {
      'dossier.zip': await dossierOf(stage, scene.personId),
      'findings.json': json(settled.findings),
      'coverage.json': json(coverage),
      'penalty.json': json(penalty),
      'exit-letter.pdf': await download(base, `/v1/documents/${exit.documentId}/content`, keys.lawyer),
    }
  } finally {
    await browser.close()
  }
}

const json = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`)

async function openEmployment({ base, keys }: PasskeyStage): Promise<CrypsysScene> {
  const publisher = { bearer: keys['hr-publisher'] }
  await call(base, 'POST', '/v1/person-imports', { ...publisher, text: { mediaType: 'text/csv', content: crypsysCsv() } }) // prettier-ignore
  const { body } = await call<{ items: { personId: string; externalId: string }[] }>(base, 'GET', '/v1/persons?pageSize=100', publisher) // prettier-ignore
  const idOf = ({ externalId }: { externalId: string }): string =>
    body.items.find((each) => each.externalId === externalId)!.personId
  const started = '2019-04-01'
  const employment = await call<{ employmentId: string }>(base, 'POST', '/v1/employments', {
    ...publisher,
    body: {
      personId: idOf(employee),
      facts: [
        { kind: 'started', value: { day: started } },
        { kind: 'birth-date', value: { day: '1981-06-11' } },
        { kind: 'languages', validFrom: started, value: { languages: ['nl', 'en'] } },
        { kind: 'function', validFrom: started, value: { description: 'hoofd verkoop', foreseen: true } },
        { kind: 'wage', validFrom: started, value: { hourlyCents: 4_250, hoursPerDay: 8, foreseen: true } },
      ],
    },
  })
  await call(base, 'POST', '/v1/mandates', {
    ...publisher,
    body: {
      personId: idOf(director),
      covers: ['annex', 'contract', 'exit-letter'],
      validFrom: '2020-01-01',
      validTo: null,
      basis: 'Zelfstandig bevoegd bestuurder volgens het handelsregister (verzonnen voor deze demonstratie)',
    },
  })
  await call(base, 'POST', `/v1/persons/${idOf(employee)}/identity-checks`, {
    ...publisher,
    body: { documentKind: 'passport', checkedOn: dutchDay(-7) },
  })
  return {
    personId: idOf(employee),
    directorId: idOf(director),
    employmentId: employment.body.employmentId,
    lastDay: dutchDay(-1),
  }
}

type MadeExit = {
  assignmentId: string
  documentId: string
  follows: { claims: { claimed: { clauseId: string }[] } }
}

async function leave(
  { base, keys }: PasskeyStage,
  scene: CrypsysScene,
): Promise<{ assignmentId: string; documentId: string; claimed: number }> {
  const { body } = await call<MadeExit>(base, 'POST', `/v1/employments/${scene.employmentId}/exits`, {
    bearer: keys['hr-publisher'],
    body: {
      lastDay: scene.lastDay,
      endedBy: 'agreement',
      seriousFault: 'none',
      invokes: ['B.1'],
      letter: {
        language: 'nl',
        givenBy: scene.directorId,
        role: 'directeur',
        contact: { name: 'Personeelszaken', reach: 'hr@voorbeeld.example' },
        dueDate: dutchDay(14),
      },
    },
  })
  return { ...body, claimed: body.follows.claims.claimed.length }
}

async function dossierOf({ base, keys }: PasskeyStage, personId: string): Promise<Buffer> {
  const made = await call<{ dossierId: string }>(base, 'POST', '/v1/dossiers', {
    bearer: keys.lawyer,
    body: { subject: { personId }, purpose: 'Demonstration: a settlement, an exit and a contact' },
  })
  return download(base, `/v1/dossiers/${made.body.dossierId}/content`, keys.lawyer)
}
