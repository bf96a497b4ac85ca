import { readTrust } from '#verification'
import type { Trust } from '#verification'
import { call } from '../../src/cli/demo/api-client.ts'
import { linksInOutbox } from '../../src/cli/demo/outbox.ts'
import type { Stage } from '../../src/cli/demo/story.ts'
import { publishPolicy } from '../../src/cli/demo/story.ts'

/** What a person needs to act: their link, and the body for each choice. */
export type ReadyPerson = { readonly link: string; readonly acts: ReadonlyMap<string, object> }

type Shown = {
  language: string
  document: { sha256: string }
  choices: { choice: string; statement: string }[]
}

/** Imports `count` people, publishes a policy, hands it out over HTTP, and opens every link. */
export async function aCrowd(
  stage: Stage,
  count: number,
): Promise<{ people: ReadyPerson[]; policyId: string }> {
  const { base, keys } = stage
  const persons = Array.from({ length: count }, (_, index) => ({
    externalId: `C-${index}`,
    givenName: 'Şükrü',
    familyName: `de Vries ${index}`,
    workEmail: `c${index}@voorbeeld.example`,
    language: index % 2 === 0 ? 'nl' : 'en',
  }))
  await call(base, 'POST', '/v1/person-imports', { bearer: keys['hr-publisher'], body: { persons } })
  const policyId = await publishPolicy(stage)
  await call(base, 'POST', '/v1/assignments', {
    bearer: keys['hr-publisher'],
    body: { policyId, versionNumber: 1, dueDate: '2099-12-31', audience: { everyone: true } },
  })
  const links = await linksInOutbox(stage.outbox, count, 120_000)
  const people: ReadyPerson[] = []
  for (const person of persons) people.push(await open(base, links.get(person.workEmail)!))
  return { people, policyId }
}

async function open(base: string, link: string): Promise<ReadyPerson> {
  const { body } = await call<Shown>(base, 'POST', '/v1/openings', { bearer: link, body: { language: null } })
  const acts = body.choices.map(
    ({ choice, statement }) =>
      [choice, { choice, statement, language: body.language, documentSha256: body.document.sha256 }] as const,
  )
  return { link, acts: new Map(acts) }
}

/** The keys of the organisation, pinned. */
export async function pinnedTrust(base: string, organisationId: string): Promise<Trust> {
  const { body } = await call<Record<'logVkey' | 'dossierPem' | 'rootPem' | 'tsaRootsPem', string>>(base, 'GET', `/v1/organisations/${organisationId}/verification-keys`) // prettier-ignore
  return readTrust([
    { name: 'log.vkey', bytes: Buffer.from(`${body.logVkey}\n`) },
    { name: 'dossier.pem', bytes: Buffer.from(body.dossierPem) },
    { name: 'root.pem', bytes: Buffer.from(body.rootPem) },
    { name: 'tsa-roots.pem', bytes: Buffer.from(body.tsaRootsPem) },
  ])
}

/** Sends an act and answers status and body; undefined when no answer came. */
export async function tryAct(
  base: string,
  link: string,
  body: object,
  key: string,
): Promise<{ status: number; text: string; replayed: boolean } | undefined> {
  try {
    const answer = await fetch(`${base}/v1/acts`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${link}`,
        'idempotency-key': key,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    })
    return {
      status: answer.status,
      text: await answer.text(),
      replayed: answer.headers.has('idempotent-replayed'),
    }
  } catch {
    return undefined
  }
}
