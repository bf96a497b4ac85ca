import type { ParameterValues } from '#clauses'
import { anEmployment, functionFrom, sendContract, startedOn, wageFrom } from './employments.ts'
import type { TestService, TestTenant } from './service.ts'

/** Values of the starter texts, as somebody fills them. */
export const values = {
  relatiebeding: {
    months: 12,
    definition: 'ieder die in het laatste jaar klant was en met wie de werknemer zelf werkte.',
    listedIn: 'here',
    relations: ['Jansen & Zn', 'Çelik B.V.', 'De <Vries> N.V.'],
    suppliers: 'in',
    prospects: 'out',
    initiative: 'in',
    online: 'in',
    area: 'de provincies Friesland en Groningen',
    areaReason: 'daar werkt de werknemer, en nergens anders.',
  },
  boetebeding: {
    coveredRules: ['B.1'],
    amount: 10_000_00,
    perDay: 1_000_00,
    benefitsEmployer: true,
    destination: 'de werkgever',
    derogateLid3: true,
    derogateLid4: false,
    derogateLid5: true,
    cumulation: 'instead',
  },
  geheimhoudingsbeding: { information: ['prijslijsten', 'cliëntgegevens'], carveOut: true },
  ronselbeding: { months: 12 },
} as const satisfies Record<string, ParameterValues>

export const motivation = {
  text: 'Deze werknemer onderhandelt zelf over de prijzen met zorginstellingen en kent daardoor de marge van elke klant.',
  functionRef: 'accountmanager zorg',
  interests: ['prijslijsten per klant', 'aflopende contracten'],
  author: 'Łucja Żółkiewska',
}

export type Templates = Readonly<Record<keyof typeof values, string>>

/** Takes starter texts into the library; answers the identifiers of their templates. */
export async function libraryOf(service: TestService, tenant: TestTenant): Promise<Templates> {
  const made: [string, string][] = []
  for (const starterId of Object.keys(values)) {
    const answer = await service.send('POST', '/v1/clause-templates', { as: tenant.keys['hr-author'], body: { name: starterId, starterId } }) // prettier-ignore
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
    made.push([starterId, answer.body.templateId])
  }
  return Object.fromEntries(made) as Templates
}

/** A clause of a kind with its usual values, and others where given. */
export function clauseOf(
  templates: Templates,
  kind: keyof typeof values,
  changes: object = {},
  more: object = {},
) {
  return {
    clauseTemplateId: templates[kind],
    versionNumber: 1,
    values: { ...values[kind], ...changes },
    ...more,
  }
}

/** What of the body of an annex does not depend on whom it is for. */
export function annexText(clauses: readonly object[], changes: object = {}) {
  return {
    kind: 'clauses',
    mark: 'B',
    title: 'Relaties en geheimhouding',
    language: 'nl',
    effectiveFrom: '2027-01-01',
    clauses,
    ...changes,
  }
}

/** A list of five relations, one of which ends. */
export function listText(changes: object = {}) {
  const customer = (name: string, reason = 'klant van de werknemer') => ({ name, kind: 'customer', from: '2026-01-01', reason }) // prettier-ignore
  return {
    kind: 'relation-list',
    mark: 'C',
    title: 'Lijst van relaties',
    language: 'nl',
    effectiveFrom: '2027-01-01',
    relations: [
      customer('Fryske Soarch'),
      customer('Jansen & Zn <Zorg>'),
      { ...customer('Çelik Medisch B.V.', 'levert het bloed waarop de monsters rusten'), kind: 'supplier' },
      customer('Stichting ’t Hoogeland'),
      { ...customer('Łódź Care'), until: '2028-02-29' },
    ],
    ...changes,
  }
}

/** An employment that is only thought of: a fixed-term contract of somebody well above the minimum wage. */
export const hypothesis = {
  personName: 'Şükrü Çağlar Jansen & Zn',
  jobTitle: 'accountmanager zorg',
  employee: { birthDate: '1990-02-28', languages: ['nl'] },
  contract: { kind: 'fixed-term', startsOn: '2027-01-01', endsOn: '2027-12-31', renewals: [] },
  wage: { history: [{ from: '2026-07-01', hourlyCents: 4_000, hoursPerDay: 8 }] },
}

/** Somebody with a contract: what an annex is composed for. */
export type Employed = {
  readonly personId: string
  readonly employmentId: string
  readonly contractId: string
}

/** Records an employment with birth day, languages, function and wage, and a contract of it; a fixed-term one unless stated. */
export async function employed(
  service: TestService,
  tenant: TestTenant,
  personId: string,
  contract: Readonly<Record<string, unknown>> = {
    kind: 'fixed-term',
    startsOn: '2026-11-01',
    endsOn: '2027-10-31',
  },
): Promise<Employed> {
  const employmentId = await anEmployment(service, tenant, personId, [
    startedOn('2026-11-01'),
    { kind: 'birth-date', value: { day: '1990-02-28' } },
    { kind: 'languages', validFrom: '2026-11-01', value: { languages: ['nl', 'en'] } },
    functionFrom('2026-11-01', 'accountmanager zorg'),
    wageFrom('2026-11-01', 4_000),
  ])
  const made = await sendContract(service, tenant, employmentId, contract)
  if (made.status !== 201) throw new Error(JSON.stringify(made.body))
  return { personId, employmentId, contractId: made.body.contractId as string }
}

/** Asks for an annex of somebody. */
export function compose(service: TestService, tenant: TestTenant, who: Employed, body: object, key?: string) {
  const { employmentId, contractId } = who
  return service.send('POST', '/v1/annexes', {
    as: tenant.keys['hr-publisher'],
    body: { employmentId, contractId, ...body },
    ...(key === undefined ? {} : { key }),
  })
}
