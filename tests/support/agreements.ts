import { shownStatementOf } from './ceremonies.ts'
import { annexText, clauseOf, compose, libraryOf, type Templates } from './composed-annexes.ts'
import { aForeignPdf, sendContractFile } from './contract-files.ts'
import { anEmployment, functionFrom, sendContract, startedOn, wageFrom } from './employments.ts'
import type { TestAnswer, TestService, TestTenant } from './service.ts'
import { assertionFor, enrolled } from './signing.ts'
import { aSoftwareAuthenticator, type SoftwareAuthenticator } from './software-authenticator.ts'
import { imported, somePeople } from './story.ts'

/** The words of the contract that refer to annex B, on its second page. */
export const referringToB =
  'De afspraken over relaties staan in Bijlage B, die aan deze overeenkomst is gehecht en daarvan deel uitmaakt.'
export const contractPages = [
  'Arbeidsovereenkomst. De werknemer treedt in dienst als accountmanager zorg op 1 november 2026. Het loon is EUR 40,00 bruto per uur bij een werkweek van veertig uur.',
  `Artikel 12. ${referringToB}`,
]

/** A party with the address that messages go to and, where they sign, a device. */
export type Party = {
  readonly personId: string
  readonly address: string
  readonly device: SoftwareAuthenticator
}

/** Two parties, an employment with a contract, and an annex: what an agreement is offered from. */
export type Deal = {
  readonly employee: Party
  readonly representative: Party
  readonly employmentId: string
  readonly contractId: string
  readonly annexId: string
  readonly body: Readonly<Record<string, unknown>>
}

type DealOptions = {
  readonly birthDate?: string
  readonly contract?: Readonly<Record<string, unknown>>
  readonly pages?: readonly string[]
  readonly references?: readonly object[]
  readonly clauses?: (templates: Templates) => readonly object[]
  readonly annex?: Readonly<Record<string, unknown>>
  readonly identity?: boolean
  readonly mandate?: boolean
  /** The annex is the main document: an addendum to a contract that is kept elsewhere. */
  readonly addendum?: boolean
}

export async function ok(sent: Promise<TestAnswer>): Promise<TestAnswer['body']> {
  const answer = await sent
  if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

const libraries = new WeakMap<TestService, Promise<Templates>>()

/** The starter texts of the own organisation, taken into its library once. */
export function library(service: TestService): Promise<Templates> {
  const there = libraries.get(service) ?? libraryOf(service, service.own)
  libraries.set(service, there)
  return there
}

/** Makes everything that an offer needs, with whatever is wished otherwise; nothing is offered. */
export async function aDeal(service: TestService, prefix: string, options: DealOptions = {}): Promise<Deal> {
  const { own, send } = service
  const {
    birthDate = '1990-02-28',
    pages = contractPages,
    identity = true,
    mandate = true,
    addendum = false,
  } = options
  const people = somePeople(2, prefix)
  const [employeeId, representativeId] = (await imported(service, own, people)) as [string, string]
  const publisher = own.keys['hr-publisher']
  if (identity)
    await ok(send('POST', `/v1/persons/${employeeId}/identity-checks`, { as: publisher, body: { documentKind: 'passport', checkedOn: '2026-11-20' } })) // prettier-ignore
  const employmentId = await anEmployment(service, own, employeeId, [
    startedOn('2026-11-01'),
    { kind: 'birth-date', value: { day: birthDate } },
    { kind: 'languages', validFrom: '2026-11-01', value: { languages: ['nl'] } },
    functionFrom('2026-11-01', 'accountmanager zorg'),
    wageFrom('2026-11-01', 4_000),
  ])
  const documentId = addendum ? null : (await ok(sendContractFile(service, own, employeeId, await aForeignPdf(pages)))).documentId // prettier-ignore
  const contract = { kind: 'indefinite', startsOn: '2026-11-01', ...(addendum ? {} : { documentId, provenance: 'uploaded' }), ...options.contract } // prettier-ignore
  const { contractId } = await ok(sendContract(service, own, employmentId, contract))
  if (mandate)
    await ok(send('POST', '/v1/mandates', { as: publisher, body: { personId: representativeId, covers: ['contract', 'annex'], validFrom: '2026-01-01', validTo: null, basis: 'Handelsregister, bestuurder' } })) // prettier-ignore
  const templates = await library(service)
  const who = { personId: employeeId, employmentId, contractId }
  const clauses = options.clauses?.(templates) ?? [clauseOf(templates, 'relatiebeding')]
  const { annexId } = await ok(compose(service, own, who, annexText(clauses, { effectiveFrom: '2026-11-01', ...options.annex }))) // prettier-ignore
  const party = (personId: string, index: number): Party => ({ personId, address: people[index]!.workEmail, device: aSoftwareAuthenticator() }) // prettier-ignore
  return {
    employee: party(employeeId, 0),
    representative: party(representativeId, 1),
    employmentId,
    contractId,
    annexId,
    body: {
      employmentId,
      contractId,
      representativeId,
      ...(addendum ? { mainAnnexId: annexId, annexes: [] } : { annexes: [{ annexId, references: options.references ?? [{ text: referringToB, page: 2 }] }] }), // prettier-ignore
      dueDate: new Date(Date.parse(service.platform.clock()) + 14 * 86_400_000).toISOString().slice(0, 10),
    },
  }
}

export const offer = (service: TestService, body: object, tenant: TestTenant = service.own) =>
  service.send('POST', '/v1/agreements', { as: tenant.keys['hr-publisher'], body })

/** An agreement that was offered, with the link of each party. */
export type Offered = { readonly agreementId: string; readonly bundleSha256: string; readonly links: { readonly employee: string; readonly representative: string } } // prettier-ignore

/** Offers a deal and hands the messages over. */
export async function offered(service: TestService, deal: Deal): Promise<Offered> {
  const { agreementId, bundleSha256 } = await ok(offer(service, deal.body))
  const links = await service.deliver(2)
  return { agreementId, bundleSha256, links: { employee: links.get(deal.employee.address)!, representative: links.get(deal.representative.address)! } } // prettier-ignore
}

/** Enrols the devices of both parties by their links, has the entries anchored and lets the cooling period pass. */
export async function keysEnrolled(service: TestService, deal: Deal, { links }: Offered): Promise<void> {
  await ok(enrolled(service, links.employee, deal.employee.device))
  await ok(enrolled(service, links.representative, deal.representative.device))
  await service.runJobs()
  service.platform.advanceClock(72 * 3_600_000)
}

/** The statements of the ceremony behind a link. */
export async function statementsOf(service: TestService, link: string): Promise<string[]> {
  const opened = await ok(service.send('POST', '/v1/openings', { as: link, body: { language: null } }))
  return opened.statements.map((each: { statementId: string }) => each.statementId)
}

/** Answers one statement with the device of a party. */
export async function signed(
  service: TestService,
  link: string,
  party: Party,
  statementId: string,
  choice = 'agreed',
  reason?: string,
): Promise<TestAnswer> {
  const body = await shownStatementOf(service, link, statementId, choice, reason)
  service.platform.advanceClock(21_000)
  const begun = await service.send('POST', '/v1/act-challenges', { as: link, body })
  if (begun.status !== 201) return begun
  return service.send('POST', '/v1/acts', { as: link, body: { ...body, assertion: assertionFor(party.device, begun.body) } }) // prettier-ignore
}

/** Answers every statement of a party. */
export async function signedAll(service: TestService, link: string, party: Party): Promise<void> {
  for (const statementId of await statementsOf(service, link))
    await ok(signed(service, link, party, statementId))
}

export const conclude = (service: TestService, agreementId: string) =>
  service.send('POST', `/v1/agreements/${agreementId}/conclusions`, { as: service.own.keys['hr-publisher'] })

export const stateOf = async (service: TestService, agreementId: string, on?: string): Promise<string> =>
  (await ok(service.send('GET', `/v1/agreements/${agreementId}${on === undefined ? '' : `?on=${on}`}`, { as: service.own.keys['hr-reader'] }))).state // prettier-ignore

export const annexStateOf = async (service: TestService, annexId: string, on?: string): Promise<string> =>
  (await ok(service.send('GET', `/v1/annexes/${annexId}/state${on === undefined ? '' : `?on=${on}`}`, { as: service.own.keys['hr-reader'] }))).state // prettier-ignore
