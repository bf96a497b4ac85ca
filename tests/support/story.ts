import type { TestService, TestTenant } from './service.ts'

/** A person as an HR system states it. */
export type StatedPerson = {
  externalId: string
  givenName: string
  familyName: string
  workEmail: string
  language: 'nl' | 'en'
  department?: string
}

/** People with names that break careless software. */
export function somePeople(count: number, prefix = 'P'): StatedPerson[] {
  return Array.from({ length: count }, (_, index) => ({
    externalId: `${prefix}-${index}`,
    givenName: index % 2 === 0 ? 'Şükrü Çağlar' : 'Łucja',
    familyName: index % 3 === 0 ? 'Jansen & Zn <test>' : 'van den IJssel',
    workEmail: `${prefix.toLowerCase()}${index}@voorbeeld.example`,
    language: index % 2 === 0 ? 'nl' : 'en',
    department: index % 4 === 0 ? 'Verkoop' : 'Productie',
  }))
}

/** Imports people; answers their ids in the order given. */
export async function imported(
  service: TestService,
  tenant: TestTenant,
  people: readonly StatedPerson[],
): Promise<string[]> {
  const answer = await service.send('POST', '/v1/person-imports', {
    as: tenant.keys['hr-publisher'],
    body: { persons: people },
  })
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  const list = await service.send('GET', '/v1/persons?pageSize=200', { as: tenant.keys['hr-publisher'] })
  const ids = new Map<string, string>(list.body.items.map((each: { externalId: string; personId: string }) => [each.externalId, each.personId])) // prettier-ignore
  return people.map((person) => ids.get(person.externalId)!)
}

type PublishOptions = { legalNature?: string; effectiveFrom?: string; policyId?: string }

/** Publishes a small policy in two languages; answers its id and number. */
export async function published(
  service: TestService,
  tenant: TestTenant,
  options: PublishOptions = {},
): Promise<{ policyId: string; versionNumber: number; versionId: string }> {
  const { keys } = tenant
  const { legalNature = 'contract-term', effectiveFrom = '2026-11-21' } = options
  const policyId =
    options.policyId ??
    (await ok(service.send('POST', '/v1/policies', { as: keys['hr-author'], body: { name: 'Sociale media', owner: 'Communicatie', legalNature } }))).policyId // prettier-ignore
  const draft = await ok(service.send('POST', `/v1/policies/${policyId}/drafts`, { as: keys['hr-author'], body: { content: aContent() } })) // prettier-ignore
  const path = `/v1/policies/${policyId}/drafts/${draft.versionNumber}`
  const read = await service.send('GET', path, { as: keys['hr-author'] })
  const ifMatch = { 'if-match': String(read.headers['etag']) }
  await ok(service.send('POST', `${path}/approvals`, { as: keys['hr-approver'], headers: ifMatch }))
  const version = await ok(service.send('POST', `${path}/publications`, { as: keys['hr-publisher'], body: { effectiveFrom } })) // prettier-ignore
  return { policyId, versionNumber: version.versionNumber, versionId: version.versionId }
}

/** The smallest content that can be published. */
export function aContent(): Record<string, unknown> {
  return {
    languages: ['en', 'nl'],
    title: { nl: 'Sociale media', en: 'Social media' },
    introduction: [{ nl: 'Waarom deze regels er zijn.', en: 'Why these rules exist.' }],
    rules: [
      {
        id: 'respect',
        heading: { nl: 'Respect', en: 'Respect' },
        text: {
          nl: 'Wees respectvol & eerlijk, ook als <iemand> anders dat niet is.',
          en: 'Be respectful & honest.',
        },
        modality: 'must',
        scope: { time: 'always', place: 'everywhere', account: 'any-account' },
        legalNature: 'instruction',
      },
    ],
    sections: [],
    placeholders: [],
    changeSummary: { nl: 'Eerste versie.', en: 'First version.' },
    materiality: 'material',
  }
}

/** Hands a version to everybody and delivers; answers links by address. */
export async function assigned(
  service: TestService,
  tenant: TestTenant,
  version: { policyId: string; versionNumber: number },
  count: number,
): Promise<Map<string, string>> {
  await ok(
    service.send('POST', '/v1/assignments', {
      as: tenant.keys['hr-publisher'],
      body: { policyId: version.policyId, versionNumber: version.versionNumber, dueDate: '2026-12-05', audience: { everyone: true } }, // prettier-ignore
    }),
  )
  return service.deliver(count)
}

/** Opens a link and gives the body of an act that repeats what was shown. */
export async function shown(
  service: TestService,
  link: string,
  choice: string,
  language: string | null = null,
) {
  const opened = await ok(service.send('POST', '/v1/openings', { as: link, body: { language } }))
  const offer = opened.choices.find((each: { choice: string }) => each.choice === choice)
  return {
    choice,
    language: opened.language,
    documentSha256: opened.document.sha256,
    statement: offer?.statement ?? '?',
    ...(offer?.reasonRequired === true ? { reason: 'Eerst overleg met de OR.' } : {}),
  }
}

async function ok(sent: ReturnType<TestService['send']>) {
  const answer = await sent
  if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}
