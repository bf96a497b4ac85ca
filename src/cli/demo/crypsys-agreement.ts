import type { Browser } from 'playwright-core'
import { call, upload } from './api-client.ts'
import type { CrypsysScene } from './crypsys-story.ts'
import { annexTitles, clauseValues, dispute, motivation, references, relations, settlementPage } from './crypsys-texts.ts' // prettier-ignore
import { dutchDay } from './dutch-day.ts'
import { answerWithPasskey, type OwnBrowser } from './own-browser.ts'
import type { PasskeyStage } from './story.ts'

type Finding = { ruleId: string; clauseId: string | null; standing: string; severity: string; stops: boolean }
type Check = { legalCheckId: string; findings: Finding[] }
type Clause = { clauseTemplateId: string; versionNumber: number }

/**
 * The settlement of the story: the employer's own PDF is handed in, two annexes are composed, the rules of law are run, counsel decides on
 * what they leave to a lawyer, and both parties sign the whole bundle in their own browsers. Gives what the rules said of it at
 * the end. Throws when it did not come into force.
 */
export async function settleAgreement(
  stage: PasskeyStage,
  scene: CrypsysScene,
  browser: Browser,
  parties: { readonly employee: OwnBrowser; readonly director: OwnBrowser },
): Promise<{ readonly agreementId: string; readonly findings: Check }> {
  const { base, keys, publicUrl } = stage
  const publisher = { bearer: keys['hr-publisher'] }
  const contractId = await recordContract(stage, scene, browser)
  const annexes = await composeAnnexes(stage, scene, contractId)
  const offer = {
    employmentId: scene.employmentId,
    contractId,
    representativeId: scene.directorId,
    annexes: (['B', 'C'] as const).map((mark) => ({
      annexId: annexes[mark],
      references: [{ text: references[mark], page: 1 }],
    })),
    dueDate: dutchDay(14),
  }
  await decideFindings(stage, offer)
  const offered = await call<{ agreementId: string; employeeAssignmentId: string; representativeAssignmentId: string }>(base, 'POST', '/v1/agreements', { ...publisher, body: offer }) // prettier-ignore
  const { agreementId, employeeAssignmentId, representativeAssignmentId } = offered.body
  await answerWithPasskey(parties.director, `${publicUrl}/my/ceremonies/${representativeAssignmentId}`, 'agreed') // prettier-ignore
  await answerWithPasskey(parties.employee, `${publicUrl}/my/ceremonies/${employeeAssignmentId}`, 'agreed')
  const concluded = await call<{ state: string; conclusion: { legalCheckId: string } }>(base, 'POST', `/v1/agreements/${agreementId}/conclusions`, publisher) // prettier-ignore
  if (concluded.body.state !== 'in-force')
    throw new Error(`the settlement is ${concluded.body.state}: ${JSON.stringify(concluded.body.conclusion)}`)
  const path = `/v1/legal-checks/${concluded.body.conclusion.legalCheckId}`
  const { body: findings } = await call<Check>(base, 'GET', path, { bearer: keys.lawyer })
  return { agreementId, findings }
}

/** The contract of 2019, of which nothing is kept here, and the settlement as the employer's word processor made it. */
async function recordContract(
  { base, keys }: PasskeyStage,
  { personId, employmentId, lastDay }: CrypsysScene,
  browser: Browser,
): Promise<string> {
  const publisher = { bearer: keys['hr-publisher'] }
  const common = { endsOn: null, follows: null, followKind: null, changedMore: false }
  await call(base, 'POST', `/v1/employments/${employmentId}/contracts`, {
    ...publisher,
    body: { ...common, kind: 'indefinite', startsOn: '2019-04-01', documentId: null, provenance: 'elsewhere', existingDispute: '' }, // prettier-ignore
  })
  const page = await browser.newPage()
  await page.setContent(settlementPage(lastDay, { employer: 'Voorbeeld & Zonen B.V.' }))
  const file = await page.pdf({ format: 'A4', margin: { top: '2cm', bottom: '2cm', left: '2cm', right: '2cm' } }) // prettier-ignore
  await page.close()
  const query = new URLSearchParams({ personId, title: 'Vaststellingsovereenkomst', language: 'nl' })
  const uploaded = await upload<{ documentId: string }>(base, `/v1/contract-documents?${query}`, {
    ...publisher,
    bytes: { mediaType: 'application/pdf', content: file },
  })
  const made = await call<{ contractId: string }>(base, 'POST', `/v1/employments/${employmentId}/contracts`, {
    ...publisher,
    body: { ...common, kind: 'settlement', startsOn: lastDay, documentId: uploaded.body.documentId, provenance: 'uploaded', existingDispute: dispute }, // prettier-ignore
  })
  return made.body.contractId
}

async function composeAnnexes(
  { base, keys }: PasskeyStage,
  { employmentId, lastDay }: CrypsysScene,
  contractId: string,
): Promise<Readonly<Record<'B' | 'C', string>>> {
  const publisher = { bearer: keys['hr-publisher'] }
  const library = new Map<string, Clause>()
  for (const starterId of Object.keys(clauseValues)) library.set(starterId, await takeStarter({ base, keys }, starterId)) // prettier-ignore
  const common = { employmentId, contractId, language: 'nl', effectiveFrom: lastDay }
  const list = await call<{ annexId: string }>(base, 'POST', '/v1/annexes', {
    ...publisher,
    body: {
      ...common,
      kind: 'relation-list',
      mark: 'C',
      title: annexTitles.list,
      reference: { place: 'Artikel 4', quote: references.C },
      relations: relations.map(([name, reason]) => ({ name, kind: 'supplier', from: '2019-04-01', reason })),
    },
  })
  const clauses = await call<{ annexId: string }>(base, 'POST', '/v1/annexes', {
    ...publisher,
    body: {
      ...common,
      kind: 'clauses',
      mark: 'B',
      title: annexTitles.clauses,
      reference: { place: 'Artikel 4', quote: references.B },
      clauses: Object.entries(clauseValues).map(([starterId, values]) => ({
        ...library.get(starterId)!,
        values,
        ...(starterId === 'relatiebeding' ? { motivation } : {}),
      })),
    },
  })
  return { B: clauses.body.annexId, C: list.body.annexId }
}

/** Takes a starter text into the clause library and has counsel look at it. */
async function takeStarter(
  { base, keys }: Pick<PasskeyStage, 'base' | 'keys'>,
  starterId: string,
): Promise<Clause> {
  const { body } = await call<{ templateId: string }>(base, 'POST', '/v1/clause-templates', {
    bearer: keys['hr-author'],
    body: { name: `Demonstratie: ${starterId}`, starterId },
  })
  const clauseTemplateId = body.templateId
  const path = `/v1/clause-templates/${clauseTemplateId}/versions/1/reviews`
  await call(base, 'POST', path, { bearer: keys.lawyer, body: { reviewer: 'mr. E. Okafor', outcome: 'approved', remarks: '' } }) // prettier-ignore
  return { clauseTemplateId, versionNumber: 1 }
}

/** Runs the rules on the bundle before it is offered, and has counsel decide on what they leave to a lawyer. */
async function decideFindings({ base, keys, tell }: PasskeyStage, offer: unknown): Promise<void> {
  const { body } = await call<Check>(base, 'POST', '/v1/agreements/evaluations', {
    bearer: keys['hr-publisher'],
    body: offer,
  })
  const open = body.findings.filter(({ standing, stops }) => standing === 'lawyer' && stops)
  for (const { ruleId, clauseId } of open)
    await call(base, 'POST', `/v1/legal-checks/${body.legalCheckId}/reviews`, {
      bearer: keys.lawyer,
      body: {
        ruleId,
        clauseId,
        outcome: 'pass',
        reviewer: 'mr. E. Okafor',
        reason:
          'Beoordeeld voor deze demonstratie: het geschil en de lijst zijn concreet, de termijn is een jaar.',
      },
    })
  tell(`counsel decided on ${open.length} findings that the rules leave to a lawyer`)
}
