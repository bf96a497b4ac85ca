import type { TestService } from './service.ts'

/** How an employment ends that began on 1 April 2024, and the letter about it. */
export function exitBody(director: string): Record<string, unknown> {
  return {
    lastDay: '2026-11-30',
    endedBy: 'employee',
    seriousFault: 'none',
    invokes: [],
    letter: {
      language: 'nl',
      givenBy: director,
      role: 'directeur',
      contact: { name: 'Personeelszaken', reach: 'hr@voorbeeld.example' },
      dueDate: '2027-01-15',
    },
  }
}

/** An employment from 1 April 2024 on with what the rules ask for, and a director who may sign everything for the employer. */
export async function openEmployment(
  { send, own }: Pick<TestService, 'send' | 'own'>,
  personId: string,
  director: string,
  facts: readonly object[] = [],
): Promise<{ readonly employmentId: string }> {
  const as = own.keys['hr-publisher']
  const started = '2024-04-01'
  const made = await send('POST', '/v1/employments', {
    as,
    body: {
      personId,
      facts: [
        { kind: 'started', value: { day: started } },
        { kind: 'birth-date', value: { day: '1990-05-04' } },
        { kind: 'languages', validFrom: started, value: { languages: ['nl', 'en'] } },
        { kind: 'function', validFrom: started, value: { description: 'accountmanager', foreseen: true } },
        { kind: 'wage', validFrom: started, value: { hourlyCents: 3_200, hoursPerDay: 8, foreseen: true } },
        ...facts,
      ],
    },
  })
  if (made.status !== 201) throw new Error(JSON.stringify(made.body))
  const mandate = await send('POST', '/v1/mandates', {
    as,
    body: { personId: director, covers: ['annex', 'contract', 'exit-letter'], validFrom: '2020-01-01', validTo: null, basis: 'handelsregister' }, // prettier-ignore
  })
  if (mandate.status !== 201) throw new Error(JSON.stringify(mandate.body))
  return { employmentId: made.body.employmentId }
}
