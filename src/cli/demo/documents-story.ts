import { setTimeout as sleep } from 'node:timers/promises'
import { call, download } from './api-client.ts'
import { annexBody, warningBody } from './example-letters.ts'
import type { Stage } from './story.ts'

/** What the story needs to know of what happened before: a policy that two people agreed to, and a dossier. */
export type DocumentsScene = {
  readonly policyId: string
  readonly dossierId: string
  /** Links of two people who agreed to the same edition: an employee, and who acts for the employer. */
  readonly employee: string
  readonly representative: string
}

type Revision = { readonly number: number; readonly kind: string; readonly level: string | null }
type DocumentState = { readonly level: string; readonly revisions: readonly Revision[] }

const patience_ms = 120_000

/**
 * Has one document of every kind made, waits until each can be proven for the long term (B-LTA), has each renewed once,
 * and answers the files: as rendered, at B-LTA, and renewed. Of the executed copy also what its parties were shown.
 */
export async function playDocuments(stage: Stage, scene: DocumentsScene): Promise<Record<string, Buffer>> {
  const documentIds = await makeDocuments(stage, scene)
  const files: Record<string, Buffer> = {}
  for (const [name, documentId] of Object.entries(documentIds)) {
    const path = `/v1/documents/${documentId}/content`
    const preserved = await until(stage, documentId, ({ level }) => level === 'B-LTA')
    files[`${name}.pdf`] = await download(stage.base, path, stage.keys.lawyer)
    await call(stage.base, 'POST', `/v1/documents/${documentId}/renewals`, {
      bearer: stage.keys['organisation-admin'],
      body: { reason: 'Demonstration of a renewal.' },
    })
    await until(stage, documentId, (now) => timestamps(now) > timestamps(preserved))
    files[`${name}.renewed.pdf`] = await download(stage.base, path, stage.keys.lawyer)
    const beforeSeal = name === 'executed-copy' ? 2 : 0
    files[`${name}.rendered.pdf`] = await download(stage.base, `${path}?revision=${beforeSeal}`, stage.keys.lawyer) // prettier-ignore
    if (name === 'executed-copy')
      files[`${name}.shown.pdf`] = await download(stage.base, `${path}?revision=1`, stage.keys.lawyer)
  }
  stage.tell(`${Object.keys(documentIds).length} kinds of documents reached B-LTA and were renewed once`)
  return files
}

async function makeDocuments(
  { base, keys }: Stage,
  scene: DocumentsScene,
): Promise<Readonly<Record<string, string>>> {
  const publisher = { bearer: keys['hr-publisher'] }
  await download(base, '/v1/acts/current/receipt-document', scene.employee)
  await download(base, `/v1/dossiers/${scene.dossierId}/report?language=nl`, keys.lawyer)
  const { body: persons } = await call<{ items: { personId: string; externalId: string }[] }>(base, 'GET', '/v1/persons?pageSize=100', publisher) // prettier-ignore
  const personId = persons.items.find((person) => person.externalId === 'HR-0001')!.personId
  const annex = await call<{ documentId: string }>(base, 'POST', '/v1/documents', { ...publisher, body: annexBody(personId) }) // prettier-ignore
  const rule = await firstRule(base, keys['hr-publisher'], scene.policyId)
  const warning = await call<{ documentId: string }>(base, 'POST', '/v1/documents', { ...publisher, body: warningBody(personId, scene.policyId, rule) }) // prettier-ignore
  const copy = await call<{ documentId: string }>(base, 'POST', '/v1/executed-copies', {
    ...publisher,
    body: {
      parties: [
        { actId: await actOf(base, scene.employee), capacity: 'employee' },
        { actId: await actOf(base, scene.representative), capacity: 'employer-representative' },
      ],
    },
  })
  const newest = async (kind: string): Promise<string> => {
    const { body } = await call<{ items: { documentId: string }[] }>(base, 'GET', `/v1/documents?kind=${kind}`, { bearer: keys.lawyer }) // prettier-ignore
    return body.items[0]!.documentId
  }
  return {
    policy: await newest('policy-edition'),
    receipt: await newest('receipt'),
    annex: annex.body.documentId,
    warning: warning.body.documentId,
    'executed-copy': copy.body.documentId,
    report: await newest('dossier-report'),
  }
}

async function firstRule(base: string, bearer: string, policyId: string): Promise<string> {
  const { body } = await call<{ content: { rules: { id: string }[] } }>(base, 'GET', `/v1/policies/${policyId}/versions/1`, { bearer }) // prettier-ignore
  return body.content.rules[0]!.id
}

async function actOf(base: string, link: string): Promise<string> {
  const { body } = await call<{ actId: string }>(base, 'GET', '/v1/acts/current', { bearer: link })
  return body.actId
}

const timestamps = ({ revisions }: DocumentState): number =>
  revisions.filter((revision) => revision.kind === 'timestamp').length

async function until(
  { base, keys }: Stage,
  documentId: string,
  isThere: (state: DocumentState) => boolean,
): Promise<DocumentState> {
  const end = Date.now() + patience_ms
  for (;;) {
    const { body } = await call<DocumentState>(base, 'GET', `/v1/documents/${documentId}`, { bearer: keys.lawyer }) // prettier-ignore
    if (isThere(body)) return body
    if (Date.now() > end) throw new Error(`a document is still at ${body.level} after two minutes`)
    await sleep(200)
  }
}
