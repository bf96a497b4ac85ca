import t from 'tap'
import { auditLog } from '#evidence'
import { placesOf, retentionService } from '../support/retention-service.ts'
import { assertionFor, begunAct, enrolled } from '../support/signing.ts'
import { aSoftwareAuthenticator } from '../support/software-authenticator.ts'
import { assigned, imported, published, somePeople } from '../support/story.ts'

const service = await retentionService(t)
const { own, ask, send, execute, database, adminQuery } = service
const publisher = own.keys['hr-publisher']
const approver = own.keys['hr-approver']
const [personId] = await imported(service, own, somePeople(1))
const version = await published(service, own)
const [link] = [...(await assigned(service, own, version, 1)).values()] as [string]
const device = aSoftwareAuthenticator()
await enrolled(service, link, device)
await service.runJobs()
const { body, begun } = await begunAct(service, link, 'agreed')
const act = await send('POST', '/v1/acts', { as: link, body: { ...body, assertion: assertionFor(device, begun.body) } }) // prettier-ignore
await send('POST', `/v1/persons/${personId}/signing-resets`, { as: own.keys['organisation-admin'], body: { reason: 'Verloren op het strand van Ameland.' } }) // prettier-ignore
await begunAct(service, link, 'seen')

t.test('the export of a person holds their passkeys and what staff did with them', async (t) => {
  t.equal(act.status, 201, JSON.stringify(act.body))
  const made = await ask('GET', `/v1/persons/${personId}/data-export`, { as: publisher })
  t.match(made.body.signing, {
    credentials: [
      { enrolledBy: 'mailbox-employer', backupEligible: false, revokedAt: '2026-11-21T08:00:00.000Z' },
    ],
    resets: [{ reason: 'Verloren op het strand van Ameland.' }],
  })
  const kinds = made.body.entries.map((entry: { kind: string }) => entry.kind)
  for (const kind of ['signing-credential-enrolled', 'signing-credential-revoked', 'signing-reset'])
    t.ok(kinds.includes(kind), kind)
})

t.test('with the last of a person go their passkeys, and every proof stays', async (t) => {
  const asked = await ask('POST', `/v1/persons/${personId}/erasure-requests`, { as: publisher, body: { ground: 'Verzoek.' } }) // prettier-ignore
  const url = `/v1/erasure-proposals/${asked.body.proposalId}/decisions`
  await ask('POST', url, { as: approver, body: { decision: 'confirm', reason: 'Terecht.' } })
  await execute()
  for (const table of [
    'signing_credential',
    'signing_revocation',
    'signing_reset',
    'signing_challenge',
    'signing_counter',
  ])
    t.same(await adminQuery(`select * from beding.${table}`), [], table)
  for (const text of [device.credentialId.toString('base64url'), 'strand van Ameland'])
    t.same(await placesOf(service, text), [], text)
  const report = await database.readInOrganisation(own.organisationId, (trx) =>
    auditLog(trx, own.organisationId),
  )
  t.same(report.findings, [])
})
