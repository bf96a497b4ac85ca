import { randomUUID } from 'node:crypto'
import t from 'tap'
import { strictObject } from '#http'
import { aServer } from '../support/http-server.ts'
import { anAgreement, execute } from '../support/annexes.ts'
import { agreementRows } from '../support/access-rows-agreements.ts'
import { changeObjects, changeRows } from '../support/access-rows-changes.ts'
import { employmentObjects, employmentRows } from '../support/access-rows-employments.ts'
import { lawRows } from '../support/access-rows-law.ts'
import { obligationRows } from '../support/access-rows-obligations.ts'
import { compose, employed, listText } from '../support/composed-annexes.ts'
import { annexBody } from '../support/letters-samples.ts'
import { checkAccess, type AccessExpectation } from '../support/identity-access-matrix.ts'
import { staffCookies } from '../support/staff-sessions.ts'
import { aVisit } from '../support/authentication.ts'
import { testService, type TestService } from '../support/service.ts'
import { aContent, assigned, imported, published, shown, somePeople } from '../support/story.ts'

const manage = 'organisation.manage-clients'
const signOn = 'organisation.manage-sign-on'
const day = '2026-12-05'
const signOnProvider = { name: 'N', issuer: 'https://login.example.org', clientId: 'c', clientAuthentication: 'client-secret-basic', clientSecret: 's'.repeat(20), forPersons: true, forStaff: false } // prettier-ignore
const draft = { versionNumber: '2' }
const enrolment = { challengeId: '0192f000-0000-7000-8000-000000000000', credentialId: 'AA', clientDataJson: 'AA', attestationObject: 'AA', transports: [] } // prettier-ignore

/** Every route of the service, with who may call it. Written from what the routes are for, not from the code. */
function expectationFor(objects: Readonly<Record<string, string>>): AccessExpectation {
  const { policyId, personId } = objects
  const everyone = { audience: { everyone: true } }
  return {
    'GET /health/live': { access: 'public' },
    'GET /health/ready': { access: 'public' },
    'GET /metrics': { access: 'public' },
    'GET /v1/openapi.json': { access: 'public' },
    'GET /c': { access: 'public' },
    'POST /c/enter': { access: 'public' },
    'GET /my/assets/:release/:file': { access: 'public' },
    'POST /my/language': { access: 'public' },
    'GET /my/sign-in': { access: 'public' },
    'POST /my/sign-in': { access: 'public' },
    'GET /my/sign-in/code': { access: 'public' },
    'POST /my/sign-in/code': { access: 'public' },
    'GET /my/signed-out': { access: 'public' },
    'GET /my/not-for-me': { access: 'public' },
    'GET /verify': { access: 'public' },
    'GET /check': { access: 'public' },
    'POST /check': { access: 'public' },
    'GET /check/assets/:release/:file': { access: 'public' },
    'POST /v1/document-verifications': { access: 'public' },
    'GET /v1/organisations/:organisationId/verification-keys': { access: 'public' },

    'GET /v1/me': { access: 'any' },
    'POST /v1/api-clients': { access: manage, body: { name: 'made by the matrix', role: 'auditor' } },
    'GET /v1/api-clients': { access: manage },
    'GET /v1/api-clients/:clientId': { access: manage },
    'POST /v1/api-clients/:clientId/keys': { access: manage, body: {} },
    'DELETE /v1/api-clients/:clientId/keys/:keyId': { access: manage },

    'POST /v1/sign-on-providers': { access: signOn, body: signOnProvider },
    'GET /v1/sign-on-providers': { access: signOn },
    'PATCH /v1/sign-on-providers/:providerId': { access: signOn, body: { name: 'Anders' } },
    'POST /v1/persons/:personId/sign-on-rebindings': { access: signOn, body: { providerId: objects['providerId'], reason: 'R' } }, // prettier-ignore
    'DELETE /v1/persons/:personId/sign-on-rebindings/:providerId': { access: signOn },
    'GET /sign-in/sso/:organisationId/:providerId': {
      access: 'public',
      objects: { providerId: randomUUID() },
    },
    'GET /sign-in/callback/:providerId': { access: 'public' },
    'GET /v1/staff-accounts': { access: signOn },
    'PATCH /v1/staff-accounts/:staffId': { access: signOn, body: { blocked: false } },
    'DELETE /v1/staff-accounts/:staffId/sessions': { access: signOn },
    'POST /v1/matters': { access: 'matter.manage', body: { title: 'T', subject: { personId } } },
    'GET /v1/matters': { access: 'matter.read' },
    'GET /v1/matters/:matterId': { access: 'matter.read' },
    'GET /v1/matters/:matterId/reads': { access: 'matter.read' },
    'POST /v1/matters/:matterId/access': { access: 'matter.manage', body: { staffId: randomUUID(), readableFrom: `${day}T00:00:00Z`, readableUntil: `${day}T01:00:00Z` } }, // prettier-ignore
    'DELETE /v1/matters/:matterId/access/:accessId': { access: 'matter.manage' },
    'GET /staff': { access: 'public' },
    'GET /staff/sign-in': { access: 'public' },
    'GET /staff/sign-in/:organisationId/:providerId': {
      access: 'public',
      objects: { providerId: randomUUID() },
    },
    'GET /staff/callback/:providerId': { access: 'public' },
    'GET /staff/step-up': { access: 'public' },
    'POST /staff/sign-out': { access: 'public' },
    'GET /staff/assets/:release/:file': { access: 'public' },

    'POST /v1/person-imports': { access: 'person.import', body: { persons: somePeople(1, 'M') } },
    'GET /v1/persons': { access: 'person.read' },
    'GET /v1/persons/:personId': { access: 'person.read' },

    'GET /v1/policy-templates': { access: 'policy.read' },
    'GET /v1/policy-templates/:templateId': { access: 'policy.read' },
    'POST /v1/policies': {
      access: 'policy.write',
      body: { name: 'P', owner: 'O', legalNature: 'information' },
    },
    'GET /v1/policies': { access: 'policy.read' },
    'GET /v1/policies/:policyId': { access: 'policy.read' },
    'POST /v1/policies/:policyId/drafts': { access: 'policy.write', body: { content: aContent() } },
    'GET /v1/policies/:policyId/drafts/:versionNumber': { access: 'policy.read', objects: draft },
    'PUT /v1/policies/:policyId/drafts/:versionNumber': { access: 'policy.write', objects: draft, body: { content: aContent() } }, // prettier-ignore
    'POST /v1/policies/:policyId/drafts/:versionNumber/approvals': {
      access: 'policy.approve',
      objects: draft,
    },
    'POST /v1/policies/:policyId/drafts/:versionNumber/publications': { access: 'policy.publish', objects: draft, body: { effectiveFrom: day } }, // prettier-ignore
    'POST /v1/policies/:policyId/versions/:versionNumber/withdrawals': { access: 'policy.withdraw', body: { withdrawnFrom: day, reason: 'R' } }, // prettier-ignore
    'GET /v1/policies/:policyId/versions': { access: 'policy.read' },
    'GET /v1/policies/:policyId/versions/:versionNumber': { access: 'policy.read' },
    'GET /v1/policies/:policyId/versions/:versionNumber/editions/:language/document': {
      access: 'policy.read',
    },
    'GET /v1/policies/:policyId/version-comparisons': { access: 'policy.read', query: 'from=1&to=1' },
    'GET /v1/policies/:policyId/version-in-force': { access: 'policy.read', query: `date=${day}` },

    'POST /v1/assignments': { access: 'assignment.create', body: { policyId, versionNumber: 1, dueDate: day, ...everyone } }, // prettier-ignore
    'GET /v1/assignments': { access: 'assignment.read' },
    'GET /v1/assignments/:assignmentId': { access: 'assignment.read' },
    'POST /v1/assignments/:assignmentId/deliveries': { access: 'assignment.create' },

    'POST /v1/assignments/:assignmentId/bounces': { access: 'assignment.create', body: { detail: 'D' } },
    'POST /v1/ceremonies': {
      access: 'assignment.create',
      body: { personId, purpose: 'notice', language: 'nl', dueDate: day, main: { documentId: randomUUID() }, annexes: [], subject: 'S', clauses: [] }, // prettier-ignore
    },
    'GET /v1/ceremonies': { access: 'assignment.read' },
    'GET /v1/ceremonies/:assignmentId': { access: 'assignment.read' },
    'POST /v1/ceremonies/:assignmentId/withdrawals': { access: 'assignment.create', body: { reason: 'R' } },
    'GET /v1/assignments/:assignmentId/act': { access: 'act.read' },
    'GET /v1/assignments/:assignmentId/act/receipt-document': { access: 'act.read' },

    'GET /v1/acts/:actId/denials': { access: 'act.read' },
    'POST /v1/acts/:actId/denials': {
      access: 'denial.record',
      body: {
        ground: 'not-me',
        words: 'W',
        channel: 'letter',
        receivedOn: day,
        recorder: { name: 'N', role: 'R' },
      },
    },
    'POST /v1/acts/:actId/court-findings': {
      access: 'court-finding.record',
      body: {
        finding: 'attributed',
        final: false,
        court: 'C',
        reference: 'R',
        decidedOn: day,
        judgmentSha256: '0'.repeat(64),
        recorder: { name: 'N', role: 'R' },
      },
    },
    'GET /v1/acts/current/denials': { access: 'link' },
    'POST /v1/acts/current/denials': {
      access: 'link',
      body: { ground: 'other', words: 'W', language: 'nl' },
    },
    'POST /v1/acts/current/denial-withdrawals': { access: 'link', body: { words: 'W', language: 'nl' } },

    'POST /v1/executed-copies': {
      access: 'executed-copy.create',
      body: {
        parties: ['employee', 'employer-representative'].map((capacity) => ({
          actId: objects['actId'],
          capacity,
        })),
      },
    },
    'GET /v1/executed-copies': { access: 'act.read' },
    'GET /v1/executed-copies/:executedCopyId': { access: 'act.read' },

    'POST /v1/visits': { access: 'public', body: { link: objects['link'] } },
    'GET /my': { access: 'person' },
    'POST /my/sign-out': { access: 'person' },
    'POST /my/sign-out-everywhere': { access: 'person' },
    'GET /my/ceremonies/:assignmentId': { access: 'person' },
    'GET /my/ceremonies/:assignmentId/confirm': { access: 'person' },
    'POST /my/ceremonies/:assignmentId/acts': { access: 'person' },
    'POST /my/ceremonies/:assignmentId/signing': { access: 'person' },
    'GET /my/ceremonies/:assignmentId/documents/:documentId': { access: 'person' },
    'GET /my/ceremonies/:assignmentId/not-for-me': { access: 'person' },
    'POST /my/ceremonies/:assignmentId/not-for-me': { access: 'person' },
    'GET /my/acts/:actId': { access: 'person' },
    'GET /my/acts/:actId/receipt.pdf': { access: 'person' },
    'GET /my/acts/:actId/proof.tlog-proof': { access: 'person' },
    'GET /my/acts/:actId/evidence.zip': { access: 'person' },
    'GET /my/acts/:actId/copies/:executedCopyId': { access: 'person' },
    'GET /my/acts/:actId/dispute': { access: 'person' },
    'POST /my/acts/:actId/dispute': { access: 'person' },
    'GET /my/acts/:actId/disputed': { access: 'person' },
    'GET /my/receipts': { access: 'person' },
    'GET /my/obligations': { access: 'person' },
    'GET /my/account': { access: 'person' },
    'GET /my/devices': { access: 'person' },
    'POST /my/devices/passkeys/options': { access: 'person' },
    'POST /my/devices/passkeys': { access: 'person' },
    'GET /my/devices/passkeys/:signingCredentialId/revoke': { access: 'person' },
    'POST /my/devices/passkeys/:signingCredentialId/revoke': { access: 'person' },
    'POST /my/devices/mailbox': { access: 'person' },
    'GET /my/devices/mailbox/code': { access: 'person' },
    'POST /my/devices/mailbox/code': { access: 'person' },
    'POST /my/devices/mailbox/remove': { access: 'person' },
    'POST /my/devices/totp': { access: 'person' },
    'POST /my/devices/totp/confirm': { access: 'person' },
    'POST /my/devices/totp/remove': { access: 'person' },
    'GET /my/prove/mailbox': { access: 'person' },
    'POST /my/prove/mailbox': { access: 'person' },
    'GET /my/prove/code': { access: 'person' },
    'POST /my/prove/code': { access: 'person' },
    'GET /my/prove/app': { access: 'person' },
    'POST /my/prove/app': { access: 'person' },
    'GET /v1/session': { access: 'person' },
    'POST /v1/sign-in-codes': { access: 'public', body: { organisationId: objects['organisationId'], address: 'niemand@elders.example' } }, // prettier-ignore
    'POST /v1/sign-ins': { access: 'public', body: { organisationId: objects['organisationId'], codeId: randomUUID(), code: 'A' } }, // prettier-ignore
    'POST /v1/session/codes': { access: 'person', body: { mailbox: 'work' } },
    'POST /v1/session/authentications': { access: 'person', body: { code: '000000' } },
    'GET /v1/session/means': { access: 'person' },
    'POST /v1/session/private-mailbox-codes': { access: 'person', body: { address: 'anna@thuis.example' } },
    'PUT /v1/session/private-mailbox': { access: 'person', body: { codeId: randomUUID(), code: 'A' } },
    'DELETE /v1/session/private-mailbox': { access: 'person' },
    'POST /v1/session/authenticators': { access: 'person' },
    'POST /v1/session/authenticators/:authenticatorId/confirmations': { access: 'person', body: { code: '000000' } }, // prettier-ignore
    'DELETE /v1/session/authenticators/:authenticatorId': { access: 'person' },
    'POST /v1/persons/:personId/private-mailbox-proposals': { access: 'private-mailbox.propose', body: { address: 'anna@thuis.example' } }, // prettier-ignore
    'GET /v1/assurance-matrix': { access: 'any' },
    'POST /v1/assurance-rules': { access: 'assurance.set', body: { purpose: 'notice', level: 'sso', minReadingSeconds: 0, effectiveFrom: day, reason: 'R' } }, // prettier-ignore
    'POST /v1/attestations': { access: 'attestation.make', body: { personId, kind: 'paper', happenedOn: '2026-11-20', what: 'W' } }, // prettier-ignore
    'GET /v1/persons/:personId/attestations': { access: 'act.read' },
    'DELETE /v1/session': { access: 'person' },
    'GET /v1/sessions': { access: 'person' },
    'DELETE /v1/sessions/:sessionId': { access: 'person' },

    'POST /v1/openings': { access: 'link', body: { language: null } },
    'POST /v1/openings/current/misdeliveries': { access: 'link' },
    'GET /v1/openings/current/document': { access: 'link', query: 'language=nl' },
    'POST /v1/acts': { access: 'link', body: { choice: 'seen', language: 'nl', documentSha256: '0'.repeat(64), statement: 'S' } }, // prettier-ignore
    'POST /v1/act-challenges': { access: 'link', body: { choice: 'seen', language: 'nl', documentSha256: '0'.repeat(64), statement: 'S' } }, // prettier-ignore
    'GET /v1/signing-credentials': { access: 'link-or-person' },
    'POST /v1/signing-enrolments': { access: 'link-or-person' },
    'POST /v1/signing-credentials': { access: 'link-or-person', body: enrolment },
    'POST /v1/signing-credentials/:signingCredentialId/revocations': { access: 'link-or-person' },
    'POST /v1/persons/:personId/signing-resets': { access: 'signing.reset', body: { reason: 'R' } },
    'POST /v1/signing-providers': { access: 'signing.set-provider', body: { name: 'P', baseUrl: 'https://signing.example.org/csc/v2', clientId: 'c', clientSecret: 'A'.repeat(16) } }, // prettier-ignore
    'GET /v1/signing-providers': { access: 'signing.set-provider' },
    'POST /v1/signing-providers/retirements': { access: 'signing.set-provider' },
    'GET /signing/csc/callback': { access: 'public' },
    'GET /my/ceremonies/:assignmentId/qualified': { access: 'person' },
    'POST /my/ceremonies/:assignmentId/qualified': { access: 'person' },
    'GET /my/ceremonies/:assignmentId/signing': { access: 'person' },
    'POST /my/ceremonies/:assignmentId/qualified/acts': { access: 'person' },
    'GET /v1/acts/current': { access: 'link' },
    'GET /v1/acts/current/tlog-proof': { access: 'link' },
    'GET /v1/acts/current/receipt-document': { access: 'link' },
    'GET /v1/acts/current/qr-code': { access: 'link' },
    'GET /v1/acts/current/evidence-bundle': { access: 'link' },
    'GET /v1/acts/current/executed-copies': { access: 'link' },
    'GET /v1/acts/current/executed-copies/:executedCopyId/content': { access: 'link' },

    'GET /v1/retention-rules': { access: 'retention.read' },
    'POST /v1/retention-rules': { access: 'retention.decide', body: { retentionClass: 'R2', months: 24, effectiveFrom: day, reason: 'R' } }, // prettier-ignore
    ...lawRows,
    ...changeRows,
    ...employmentRows(personId!),
    ...obligationRows,
    ...agreementRows,
    'POST /v1/legal-holds': { access: 'hold.place', body: { subject: { personId }, holder: 'H', reason: 'R', reviewOn: day } }, // prettier-ignore
    'GET /v1/legal-holds': { access: 'retention.read' },
    'GET /v1/legal-holds/:holdId': { access: 'retention.read' },
    'POST /v1/legal-holds/:holdId/releases': { access: 'hold.place', body: { releaser: 'H', reason: 'R' } },
    'POST /v1/persons/:personId/erasure-requests': { access: 'retention.decide', body: { ground: 'G' } },
    'GET /v1/persons/:personId/data-export': { access: 'person.export' },
    'GET /v1/erasure-proposals': { access: 'retention.read' },
    'GET /v1/erasure-proposals/:proposalId': { access: 'retention.read' },
    'GET /v1/erasure-proposals/:proposalId/items': { access: 'retention.read' },
    'POST /v1/erasure-proposals/:proposalId/decisions': { access: 'retention.decide', body: { decision: 'reject', reason: 'R' } }, // prettier-ignore

    'GET /v1/documents': { access: 'document.read' },
    'GET /v1/documents/:documentId': { access: 'document.read' },
    'GET /v1/documents/:documentId/content': { access: 'document.read' },
    'POST /v1/documents/:documentId/renewals': { access: 'document.renew', body: { reason: 'R' } },

    'POST /v1/acts/:actId/attribution-packs': { access: 'dossier.create', body: { purpose: 'P' } },
    'GET /v1/attribution-packs/:packId': { access: 'dossier.read' },
    'GET /v1/attribution-packs/:packId/content': { access: 'dossier.read' },
    'POST /v1/dossiers': { access: 'dossier.create', body: { subject: { personId }, purpose: 'P' } },
    'GET /v1/dossiers/:dossierId': { access: 'dossier.read' },
    'GET /v1/dossiers/:dossierId/content': { access: 'dossier.read' },
    'GET /v1/dossiers/:dossierId/report': { access: 'dossier.read' },
    'POST /v1/documents': { access: 'document.make', body: annexBody(personId!) },
    'POST /v1/webhook-endpoints': { access: 'webhook.manage', body: { url: 'https://example.org/' } },
    'GET /v1/webhook-endpoints': { access: 'webhook.read' },
    'GET /v1/webhook-endpoints/:endpointId': { access: 'webhook.read' },
    'PATCH /v1/webhook-endpoints/:endpointId': { access: 'webhook.manage', body: { eventTypes: null } },
    'POST /v1/webhook-endpoints/:endpointId/secrets': { access: 'webhook.manage', body: {} },
    'POST /v1/webhook-endpoints/:endpointId/test-events': { access: 'webhook.manage' },
    'GET /v1/webhook-endpoints/:endpointId/deliveries': { access: 'webhook.read' },
    'POST /v1/webhook-endpoints/:endpointId/deliveries/:eventId/retries': { access: 'webhook.manage' },
    'GET /v1/webhook-event-types': { access: 'webhook.read' },
    'GET /v1/ledger/checkpoint': { access: 'ledger.read' },
    'GET /v1/ledger/audits': { access: 'ledger.read' },
    'GET /v1/ledger/anchors': { access: 'ledger.read' },
    'POST /v1/ledger/anchors': { access: 'ledger.anchor' },
    'GET /v1/ledger/anchors/:anchorId/evidence': { access: 'ledger.read' },
    'GET /v1/ledger/brackets/:entryIndex': { access: 'ledger.read', objects: { entryIndex: '0' } },
    'GET /v1/witness-policy': { access: 'any' },
    'PUT /v1/witness-policy': { access: 'organisation.set-witnesses', body: { policy: 'P' } },
    'GET /v1/ledgers/:ledgerId/checkpoint': { access: 'ledger.read' },
    'GET /v1/ledgers/:ledgerId/tile/*': { access: 'ledger.read', objects: { '*': 'entries/000.p/1' } },
  }
}

/** One of everything in the own organisation, made the way clients make it. */
async function objectsOf(service: TestService): Promise<{ objects: Record<string, string>; link: string }> {
  const { keys, organisationId } = service.own
  const [personId] = await imported(service, service.own, somePeople(1))
  const version = await published(service, service.own)
  const links = await assigned(service, service.own, version, 1)
  const link = [...links.values()][0]!
  const act = await service.send('POST', '/v1/acts', { as: link, body: await shown(service, link, 'seen') })
  if (act.status !== 201) throw new Error(JSON.stringify(act.body))
  const draftMade = await service.send('POST', `/v1/policies/${version.policyId}/drafts`, { as: keys['hr-author'], body: { content: aContent() } }) // prettier-ignore
  if (draftMade.status !== 201) throw new Error(JSON.stringify(draftMade.body))
  const assignments = await service.send('GET', '/v1/assignments', { as: keys['hr-publisher'] })
  const dossier = await service.send('POST', '/v1/dossiers', { as: keys.lawyer, body: { subject: { personId }, purpose: 'P' } }) // prettier-ignore
  await service.runJobs()
  const client = await service.send('POST', '/v1/api-clients', { as: keys['organisation-admin'], body: { name: 'C', role: 'auditor' } }) // prettier-ignore
  const key = await service.send('POST', `/v1/api-clients/${client.body.clientId}/keys`, { as: keys['organisation-admin'], body: {} }) // prettier-ignore
  const endpoint = await service.send('POST', '/v1/webhook-endpoints', { as: keys['organisation-admin'], body: { url: 'https://example.org/' } }) // prettier-ignore
  const event = await service.send('POST', `/v1/webhook-endpoints/${endpoint.body.endpointId}/test-events`, { as: keys['organisation-admin'] }) // prettier-ignore
  const documents = await service.send('GET', '/v1/documents', { as: keys.lawyer })
  const proposal = await service.send('POST', `/v1/persons/${personId}/erasure-requests`, { as: keys['hr-publisher'], body: { ground: 'G' } }) // prettier-ignore
  const hold = await service.send('POST', '/v1/legal-holds', { as: keys.lawyer, body: { subject: { personId }, holder: 'H', reason: 'R', reviewOn: day } }) // prettier-ignore
  const { agreed } = await anAgreement(service)
  const copy = await execute(service, agreed)
  const provider = await service.send('POST', '/v1/sign-on-providers', { as: keys['organisation-admin'], body: signOnProvider }) // prettier-ignore
  const matter = await service.send('POST', '/v1/matters', { as: keys['hr-publisher'], body: { title: 'T', subject: { personId } } }) // prettier-ignore
  const clause = await service.send('POST', '/v1/clause-templates', { as: keys['hr-author'], body: { name: 'C', starterId: 'ronselbeding' } }) // prettier-ignore
  const annex = await compose(service, service.own, await employed(service, service.own, agreed[1]!.personId), listText()) // prettier-ignore
  const objects = {
    ...(await employmentObjects(service, personId!)),
    ...(await changeObjects(service)),
    organisationId,
    annexId: annex.body.annexId,
    providerId: provider.body.providerId,
    matterId: matter.body.matterId,
    ledgerId: organisationId,
    personId: personId!,
    policyId: version.policyId,
    versionNumber: '1',
    language: 'nl',
    templateId: 'social-media',
    clauseTemplateId: clause.body.templateId,
    assignmentId: assignments.body.items[0].assignmentId,
    dossierId: dossier.body.dossierId,
    clientId: client.body.clientId,
    keyId: key.body.keyId,
    holdId: hold.body.holdId,
    documentId: documents.body.items[0].documentId,
    proposalId: proposal.body.proposalId,
    endpointId: endpoint.body.endpointId,
    eventId: event.body.eventId,
    actId: agreed[0]!.actId,
    executedCopyId: copy.body.executedCopyId,
  }
  return { objects, link }
}

t.test('every route, every role, here and elsewhere', async (t) => {
  const service = await testService(t)
  const { objects: found, link } = await objectsOf(service)
  const objects = { ...found, link }
  const { server, own, other } = service
  const expectation = expectationFor(objects)
  const session = async () => (await aVisit(service, link)).cookie()!
  const staff = await staffCookies(service, own)
  await checkAccess(t, {
    server,
    expectation,
    own: own.keys,
    other: other.keys,
    objects,
    link,
    session,
    staff,
  })
})

t.test('a route that does not say who may call it keeps the server from starting', async (t) => {
  const server = aServer((scope) => {
    scope.get('/v1/secrets', { schema: { response: { 200: strictObject({}) } } }, async () => ({}))
  })
  await t.rejects(async () => {
    await server.ready()
  }, /GET \/v1\/secrets does not say who may call it/)
})
