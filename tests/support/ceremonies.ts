import { annexBody } from './letters-samples.ts'
import type { TestService, TestTenant } from './service.ts'

/** The words in `aMainBody` that refer to annex B. */
export const referringWords = 'Bijlage B hoort bij deze overeenkomst en maakt er deel van uit.'

/** A document that refers to an annex, as the main document of a bundle. */
export function aMainBody(personId: string, changes: object = {}): Record<string, unknown> {
  return annexBody(personId, {
    language: 'nl',
    annexMark: 'A',
    title: 'Aanvulling op de arbeidsovereenkomst',
    clauses: [
      { heading: 'Bijlage', paragraphs: [{ text: referringWords }] },
      {
        heading: 'Relatiebeding',
        paragraphs: [{ text: 'De werknemer benadert een jaar lang geen relaties.' }],
      },
    ],
    tables: [],
    ...changes,
  })
}

/** Makes a document; answers its id. */
export async function made(service: TestService, tenant: TestTenant, body: object): Promise<string> {
  const answer = await service.send('POST', '/v1/documents', { as: tenant.keys['hr-publisher'], body })
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  return answer.body.documentId
}

/** A bundle for a person: a main document, annex B to which it refers, and one clause with its own consent. */
export async function aBundle(
  service: TestService,
  tenant: TestTenant,
  personId: string,
  changes: object = {},
): Promise<Record<string, unknown>> {
  const main = await made(service, tenant, aMainBody(personId))
  const annex = await made(service, tenant, annexBody(personId))
  return {
    personId,
    purpose: 'contract-term',
    language: 'nl',
    dueDate: '2026-12-05',
    main: { documentId: main },
    annexes: [{ documentId: annex, mark: 'B', references: [{ text: referringWords, page: 1 }] }],
    subject: 'Aanvulling op de arbeidsovereenkomst',
    clauses: [{ statementId: 'relations', subject: 'Relatiebeding' }],
    ...changes,
  }
}

/** Offers a bundle and hands over its message; answers the ceremony and the newest link of that address. */
export async function offered(
  service: TestService,
  tenant: TestTenant,
  body: object,
  address: string,
): Promise<{ assignmentId: string; bundleSha256: string; link: string }> {
  const answer = await service.send('POST', '/v1/ceremonies', { as: tenant.keys['hr-publisher'], body })
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  const links = await service.deliver(1)
  return { ...answer.body, link: links.get(address)! }
}

/** The body of an act on a statement of a bundle, that repeats what was shown. */
export async function shownStatementOf(
  service: TestService,
  link: string,
  statementId: string,
  choice: string,
  reason?: string,
): Promise<Record<string, unknown>> {
  const opened = await service.send('POST', '/v1/openings', { as: link, body: { language: null } })
  if (opened.status !== 200) throw new Error(JSON.stringify(opened.body))
  const statement = opened.body.statements.find((each: { statementId: string }) => each.statementId === statementId) // prettier-ignore
  const offer = statement?.choices.find((each: { choice: string }) => each.choice === choice)
  return {
    statementId,
    choice,
    language: opened.body.language,
    documentSha256: opened.body.document.sha256,
    statement: offer?.statement ?? '?',
    ...(reason === undefined ? {} : { reason }),
  }
}
