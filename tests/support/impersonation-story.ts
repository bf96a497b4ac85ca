import { makeAuthentication, openPersonSession } from '#authentication'
import type { PersonId } from '#core'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { anAgreement, execute } from './annexes.ts'
import { agreementIsOffered } from './impersonation-agreements.ts'
import { employmentIsRecorded } from './impersonation-employments.ts'
import type { Caller, Recorder } from './impersonation-recorder.ts'
import { annexBody } from './letters-samples.ts'
import type { LiveSecrets } from './live-secrets.ts'
import { aContent, assigned, imported, published, shown, somePeople } from './story.ts'

export type ImpersonationStory = {
  /** A person who was asked and does nothing at all. */
  readonly target: { readonly personId: string; readonly link: string; readonly assignmentId: string }
  /** A person who acted with their own link. */
  readonly actor: { readonly personId: string; readonly link: string; readonly cookie: string }
  /** Those for whom nobody sends anything during the walk. */
  readonly persons: readonly string[]
  readonly callers: readonly Caller[]
}

/** As a browser sends from a page of our own. */
const ownPage = { origin: 'http://localhost:80', host: 'localhost:80', 'sec-fetch-site': 'same-origin' }

/**
 * One of everything, made through the interface by whoever may: a story in which one person acts, another is asked and does nothing, and
 * every role has used the service.
 */
export async function impersonationStory(
  recorder: Recorder,
  secrets: LiveSecrets,
): Promise<ImpersonationStory> {
  const { service } = recorder
  const { own, other, send } = service
  const { keys } = own
  for (const [role, key] of Object.entries(keys)) recorder.name(key, role)
  for (const [role, key] of Object.entries(other.keys)) recorder.name(key, `${role} elsewhere`)
  for (const [role, key] of [...Object.entries(keys), ...Object.entries(other.keys)])
    secrets.add(`key of ${role} ${key.slice(7, 11)}`, key.slice(-43))
  const { agreed } = await anAgreement(service, { prefix: 'actor' })
  await execute(service, agreed)
  const { link: actorLink, personId: actorId } = agreed[0]!
  const [personId] = await imported(service, own, somePeople(1, 'target'))
  const version = await published(service, own, { legalNature: 'instruction' })
  const links = await assigned(service, own, version, 3)
  const link = links.get('target0@voorbeeld.example')!
  watchMail(service.outbox, secrets)
  for (const [address, text] of links) recorder.name(text, `link of ${address}`)
  recorder.name(actorLink, 'link of the actor')
  const presented = await shown(service, link, 'seen')
  const assignments = await send('GET', `/v1/assignments?personId=${personId}`, { as: keys['hr-publisher'] })
  const { assignmentId } = assignments.body.items[0]
  const cookie = await actorDoes(recorder, actorLink)
  const session = await personSession(recorder, actorId)
  const otherDevice = await personSession(recorder, actorId)
  const { sessionId } = (await send('GET', '/v1/session', { headers: { ...ownPage, cookie: otherDevice } }))
    .body
  await send('GET', '/v1/sessions', { headers: { ...ownPage, cookie: session } })
  await send('DELETE', `/v1/sessions/${sessionId}`, { headers: { ...ownPage, cookie: session } })
  await actorReads(recorder, session, agreed[0]!)
  recorder.name(cookie, 'visit of the actor')
  recorder.name(session, 'session of the actor')
  for (const [kind, text] of [
    ['visit', cookie],
    ['session', session],
  ] as const)
    secrets.add(`cookie of a ${kind}`, text.split('.')[1]!, `${kind} of the actor`)
  await employerDoes(recorder, { personId: personId!, version })
  await employmentIsRecorded(recorder, personId!)
  await agreementIsOffered(recorder)
  await lawyerDoes(recorder, personId!, agreed[1]!.actId)
  // The next page of a list, and the newest identifiers, are known from what was answered.
  Object.assign(recorder.pinned, {
    personId,
    personIds: [personId],
    organisationId: own.organisationId,
    ledgerId: own.organisationId,
    assignmentId,
    policyId: version.policyId,
    versionNumber: 1,
    choice: 'seen',
    statement: presented.statement,
    documentSha256: presented.documentSha256,
    language: 'nl',
    statementId: 'main',
    link: tokenHashOf(link),
    token: tokenHashOf(link),
    code: '00000000',
  })
  return {
    target: { personId: personId!, link, assignmentId },
    actor: { personId: actorId, link: actorLink, cookie },
    persons: [personId!, agreed[1]!.personId],
    callers: callersOf(recorder, { link, actorLink, cookie, session, assignmentId }),
  }
}

/** What is kept of a link: enough to recognise it, and of no use. */
function tokenHashOf(link: string): string {
  return `${link.slice(0, 33)}${'A'.repeat(43)}`
}

/** Every message that was sent: its links and codes are what nobody else may hold. */
export function watchMail(outbox: string, secrets: LiveSecrets): void {
  for (const name of readdirSync(outbox).filter((each) => each.endsWith('.eml'))) {
    const message = readFileSync(join(outbox, name), 'utf8').replaceAll('=\r\n', '')
    for (const [, link] of message.matchAll(/#([0-9a-f]{32}\.[A-Za-z0-9_-]{43})/g)) {
      secrets.add(`link ${link!.slice(33, 39)}`, link!)
      secrets.add(`token ${link!.slice(33, 39)}`, link!.slice(33))
    }
    for (const [, code] of message.matchAll(/^\s*(?:[A-Za-z ]*:)?\s*([0-9]{6,10})\s*$/gm))
      secrets.add(`code ${name} ${code!.slice(0, 2)}`, code!)
  }
}

/** The pages of the person about an act of theirs, in their own session, and that they dispute it there. */
async function actorReads(
  { service }: Recorder,
  cookie: string,
  { actId, assignmentId }: { readonly actId: string; readonly assignmentId: string },
): Promise<void> {
  const { send } = service
  const headers = { ...ownPage, cookie }
  const act = `/my/acts/${actId}`
  await service.runJobs()
  const copies = await send('GET', '/v1/executed-copies', { as: service.own.keys['hr-publisher'] })
  const pages = ['', '/receipt.pdf', '/proof.tlog-proof', '/evidence.zip', `/copies/${copies.body.items[0].executedCopyId}`, '/dispute', '/disputed'] // prettier-ignore
  for (const page of pages) await send('GET', `${act}${page}`, { headers })
  for (const page of ['', '/not-for-me'])
    await send('GET', `/my/ceremonies/${assignmentId}${page}`, { headers })
  const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' }
  await send('POST', `${act}/dispute`, { headers: form, body: 'ground=other&words=Ik+twijfel+nog.' })
  await send('POST', '/my/language', { headers: form, body: 'language=nl&returnTo=%2Fmy' })
}

/** A session as a person has after signing in. */
async function personSession({ service }: Recorder, personId: string): Promise<string> {
  const { platform, database, own } = service
  const { organisationId } = own
  const who = { organisationId, personId: personId as PersonId }
  const authentication = makeAuthentication(platform, {
    ...who,
    method: 'mailbox-code',
    assurance: 'mailbox-employer',
  })
  const { cookie } = await database.inOrganisation(organisationId, (trx) =>
    openPersonSession(platform, trx, { ...who, authentication, userAgent: 'Walker/1' }),
  )
  return `beding=${cookie}`
}

async function actorDoes({ service }: Recorder, link: string): Promise<string> {
  const { send } = service
  for (const path of [
    '',
    '/tlog-proof',
    '/receipt-document',
    '/qr-code',
    '/executed-copies',
    '/denials',
    '/evidence-bundle',
  ])
    // prettier-ignore
    await send('GET', `/v1/acts/current${path}`, { as: link })
  const copies = await send('GET', '/v1/acts/current/executed-copies', { as: link })
  await send('GET', `/v1/acts/current/executed-copies/${copies.body.items[0].executedCopyId}/content`, { as: link }) // prettier-ignore
  await send('GET', '/v1/openings/current/document?language=nl', { as: link })
  await send('POST', '/v1/acts/current/denials', { as: link, body: { ground: 'other', words: 'Ik twijfel.', language: 'nl' } }) // prettier-ignore
  await send('POST', '/v1/acts/current/denial-withdrawals', { as: link, body: { words: 'Toch niet.', language: 'nl' } }) // prettier-ignore
  const visit = await send('POST', '/v1/visits', { body: { link }, headers: ownPage }) // prettier-ignore
  const cookie = String([visit.headers['set-cookie'] ?? ''].flat()[0]).split(';', 1)[0]!
  const receipt = await send('GET', '/v1/acts/current/receipt-document', { as: link })
  await send('POST', '/v1/document-verifications', { body: receipt.bytes, headers: { 'content-type': 'application/pdf' } }) // prettier-ignore
  const form = Buffer.concat([Buffer.from('--b\r\ncontent-disposition: form-data; name="document"; filename="r.pdf"\r\ncontent-type: application/pdf\r\n\r\n'), receipt.bytes, Buffer.from('\r\n--b--\r\n')]) // prettier-ignore
  await send('POST', '/check', { body: form, headers: { 'content-type': 'multipart/form-data; boundary=b' } })
  await Promise.all(['/c', '/check', '/verify'].map((page) => send('GET', page)))
  return cookie
}

const day = '2026-12-05'

async function employerDoes(
  { service }: Recorder,
  {
    personId,
    version,
  }: { readonly personId: string; readonly version: Awaited<ReturnType<typeof published>> },
): Promise<void> {
  const { own, send } = service
  const { keys } = own
  const admin = { as: keys['organisation-admin'] }
  const publisher = { as: keys['hr-publisher'] }
  const author = { as: keys['hr-author'] }
  const draft = await send('POST', `/v1/policies/${version.policyId}/drafts`, { ...author, body: { content: aContent() } }) // prettier-ignore
  const path = `/v1/policies/${version.policyId}/drafts/${draft.body.versionNumber}`
  const read = await send('GET', path, author)
  await send('PUT', path, { ...author, body: { content: aContent() }, headers: { 'if-match': String(read.headers['etag']) } }) // prettier-ignore
  await send('POST', '/v1/documents', { ...publisher, body: annexBody(personId) })
  const acted = await send('GET', '/v1/assignments?state=answered', publisher)
  for (const path of ['act', 'act/receipt-document'])
    await send('GET', `/v1/assignments/${acted.body.items[0].assignmentId}/${path}`, publisher)
  await send('POST', `/v1/policies/${acted.body.items[0].policyId}/versions/1/withdrawals`, { ...publisher, body: { withdrawnFrom: day, reason: 'R' } }) // prettier-ignore
  const client = await send('POST', '/v1/api-clients', { ...admin, body: { name: 'C', role: 'auditor' } })
  const issued = await send('POST', `/v1/api-clients/${client.body.clientId}/keys`, { ...admin, body: {} })
  await send('DELETE', `/v1/api-clients/${client.body.clientId}/keys/${issued.body.keyId}`, admin)
  const endpoint = await send('POST', '/v1/webhook-endpoints', { ...admin, body: { url: 'https://example.org/' } }) // prettier-ignore
  const hook = `/v1/webhook-endpoints/${endpoint.body.endpointId}`
  const event = await send('POST', `${hook}/test-events`, admin)
  await send('POST', `${hook}/deliveries/${event.body.eventId}/retries`, admin)
  await send('PATCH', hook, { ...admin, body: { eventTypes: null } })
  await send('POST', `${hook}/secrets`, { ...admin, body: {} })
  const policy = await send('GET', '/v1/witness-policy', admin)
  await send('PUT', '/v1/witness-policy', { ...admin, body: { policy: policy.body.policy }, headers: { 'if-match': String(policy.headers['etag']) } }) // prettier-ignore
  await send('POST', '/v1/retention-rules', { ...publisher, body: { retentionClass: 'R2', months: 24, effectiveFrom: day, reason: 'R' } }) // prettier-ignore
  const request = await send('POST', `/v1/persons/${personId}/erasure-requests`, { ...publisher, body: { ground: 'G' } }) // prettier-ignore
  await send('GET', `/v1/erasure-proposals/${request.body.proposalId}/items`, publisher)
  await send('POST', `/v1/erasure-proposals/${request.body.proposalId}/decisions`, { as: keys['hr-approver'], body: { decision: 'reject', reason: 'R' } }) // prettier-ignore
}

async function lawyerDoes({ service }: Recorder, personId: string, actId: string): Promise<void> {
  const { own, send } = service
  const lawyer = { as: own.keys.lawyer }
  const recorder = { name: 'mr. A.', role: 'advocaat' }
  await send('POST', '/v1/legal-checks', { as: own.keys['hr-publisher'], body: { jurisdiction: 'nl', moments: ['sign'], facts: { asOf: day } } }) // prettier-ignore
  const hold = await send('POST', '/v1/legal-holds', { ...lawyer, body: { subject: { personId }, holder: 'H', reason: 'R', reviewOn: day } }) // prettier-ignore
  await send('POST', `/v1/legal-holds/${hold.body.holdId}/releases`, { ...lawyer, body: { releaser: 'H', reason: 'R' } }) // prettier-ignore
  await send('POST', `/v1/acts/${actId}/denials`, { ...lawyer, body: { ground: 'not-me', words: 'W', channel: 'letter', receivedOn: day, recorder } }) // prettier-ignore
  await send('POST', `/v1/acts/${actId}/court-findings`, { ...lawyer, body: { finding: 'attributed', final: false, court: 'C', reference: 'R', decidedOn: day, judgmentSha256: '0'.repeat(64), recorder } }) // prettier-ignore
  const pack = await send('POST', `/v1/acts/${actId}/attribution-packs`, {
    ...lawyer,
    body: { purpose: 'P' },
  })
  const dossier = await send('POST', '/v1/dossiers', { ...lawyer, body: { subject: { personId }, purpose: 'P' } }) // prettier-ignore
  await service.runJobs()
  for (const path of ['', '/content'])
    await send('GET', `/v1/attribution-packs/${pack.body.packId}${path}`, lawyer)
  for (const path of ['', '/content', '/report?language=nl', '/report?language=en'])
    await send('GET', `/v1/dossiers/${dossier.body.dossierId}${path}`, lawyer)
  for (const each of (await send('GET', '/v1/documents?pageSize=200', lawyer)).body.items)
    await send('GET', `/v1/documents/${each.documentId}/content`, lawyer)
}

/**
 * Everybody who tries every route: each role here and a lawyer elsewhere, nobody, a colleague with a link and a session of their own, and
 * whoever makes a link out of what can be read.
 */
function callersOf(
  { service }: Recorder,
  held: {
    readonly link: string
    readonly actorLink: string
    readonly cookie: string
    readonly session: string
    readonly assignmentId: string
  },
): Caller[] {
  const { own, other } = service
  const organisation = held.link.slice(0, 32)
  const forged = (token: string) => `${organisation}.${token.padEnd(43, 'A').slice(0, 43)}`
  return [
    ...Object.entries(own.keys).map(([name, bearer]) => ({ name, bearer, legitimate: true })),
    { name: 'lawyer elsewhere', bearer: other.keys.lawyer, legitimate: false },
    { name: 'nobody', legitimate: true },
    { name: 'link of the actor', bearer: held.actorLink, legitimate: true },
    { name: 'visit of the actor', cookie: held.cookie, legitimate: true },
    { name: 'session of the actor', cookie: held.session, legitimate: true },
    {
      name: 'link made of the id of a ceremony',
      bearer: forged(held.assignmentId.replaceAll('-', '')),
      legitimate: false,
    },
    { name: 'link of another organisation', bearer: `${other.organisationId.replaceAll('-', '')}.${held.link.slice(33)}`, legitimate: false }, // prettier-ignore
  ]
}
