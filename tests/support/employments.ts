import type { TestAnswer, TestService, TestTenant } from './service.ts'

/** A fact as a request states it. */
export type StatedFact = { readonly kind: string; readonly validFrom?: string; readonly value: unknown }

export const startedOn = (day: string): StatedFact => ({ kind: 'started', value: { day } })
export const functionFrom = (validFrom: string, description: string, foreseen = false): StatedFact => ({
  kind: 'function',
  validFrom,
  value: { description, foreseen },
})
export const wageFrom = (validFrom: string, hourlyCents: number): StatedFact => ({
  kind: 'wage',
  validFrom,
  value: { hourlyCents, hoursPerDay: 8, foreseen: false },
})
export const lastDayFrom = (validFrom: string, day: string | null): StatedFact => ({
  kind: 'last-day',
  validFrom,
  value: { day, endedBy: 'employee', seriousFault: 'none' },
})

/** Sends an employment of a person; answers what came back. */
export function sendEmployment(
  service: TestService,
  tenant: TestTenant,
  personId: string,
  facts: readonly StatedFact[],
): Promise<TestAnswer> {
  return service.send('POST', '/v1/employments', {
    as: tenant.keys['hr-publisher'],
    body: { personId, facts },
  })
}

/** Records an employment; answers its id. */
export async function anEmployment(
  service: TestService,
  tenant: TestTenant,
  personId: string,
  facts: readonly StatedFact[] = [startedOn('2024-01-31')],
): Promise<string> {
  const answer = await sendEmployment(service, tenant, personId, facts)
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  return answer.body.employmentId as string
}

/** Sends facts and retractions of an employment. */
export function sendFacts(
  service: TestService,
  tenant: TestTenant,
  employmentId: string,
  facts: readonly StatedFact[],
  retractions: readonly { readonly factId: string; readonly reason: string }[] = [],
): Promise<TestAnswer> {
  return service.send('POST', `/v1/employments/${employmentId}/facts`, {
    as: tenant.keys['hr-author'],
    body: { facts, retractions },
  })
}

/** A first contract for an indefinite time, kept elsewhere, with whatever is stated otherwise. */
export function aContract(stated: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    kind: 'indefinite',
    startsOn: '2024-01-31',
    endsOn: null,
    documentId: null,
    follows: null,
    followKind: null,
    changedMore: false,
    provenance: 'elsewhere',
    existingDispute: '',
    ...stated,
  }
}

/** Sends a contract of an employment. */
export function sendContract(
  service: TestService,
  tenant: TestTenant,
  employmentId: string,
  stated: Readonly<Record<string, unknown>>,
): Promise<TestAnswer> {
  return service.send('POST', `/v1/employments/${employmentId}/contracts`, {
    as: tenant.keys['hr-publisher'],
    body: aContract(stated),
  })
}
