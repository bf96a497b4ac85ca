import t from 'tap'
import { sha256Hex } from '#core'
import { isAccepted, readTrust, verifyFile } from '#verification'
import { preservationOf } from '../support/preservation-service.ts'
import { testService } from '../support/service.ts'
import { assigned, imported, published, shown, somePeople } from '../support/story.ts'

const service = await testService(t)
const { own, other, send, adminQuery, platform } = service
const people = somePeople(2)
await imported(service, own, people)
const version = await published(service, own)
const links = [...(await assigned(service, own, version, people.length)).values()]
for (const link of links) {
  const answer = await send('POST', '/v1/acts', { as: link, body: await shown(service, link, 'agreed') })
  if (answer.status !== 201) throw new Error('an act was refused')
}
const receiptBefore = await send('GET', '/v1/acts/current/receipt-document', { as: links[0]! })
const preservation = await preservationOf(service)
const lawyer = { as: own.keys.lawyer }
const keys = await send('GET', `/v1/organisations/${own.organisationId}/verification-keys`)
const trust = readTrust([
  { name: 'log.vkey', bytes: Buffer.from(`${keys.body.logVkey}\n`) },
  { name: 'dossier.pem', bytes: Buffer.from(keys.body.dossierPem) },
  { name: 'root.pem', bytes: Buffer.from(keys.body.rootPem) },
  { name: 'tsa-roots.pem', bytes: Buffer.from(keys.body.tsaRootsPem) },
])
const list = async (query = ''): Promise<Record<string, unknown>[]> =>
  (await send('GET', `/v1/documents${query}`, lawyer)).body.items

t.test('before anything was done a document says what it has and what comes next', async (t) => {
  t.match(receiptBefore.headers, { 'document-level': 'B-B', 'document-revision': '1' })
  const documents = await list()
  t.equal(documents.length, 3, 'two editions and the one receipt that was asked for')
  for (const document of documents)
    t.match(document, { level: 'B-B', next: { step: 'timestamp', because: null }, waiting: null })
})

t.test('P1, P2: after a round of work each document is at B-LTA, and the verifier accepts it', async (t) => {
  await preservation.run(own.organisationId)
  const documents = await list('?level=B-LTA')
  t.equal(documents.length, 3)
  t.same(await list('?level=B-B'), [])
  t.equal((await list('?kind=receipt')).length, 1)
  for (const { documentId } of documents) {
    const { body } = await send('GET', `/v1/documents/${String(documentId)}`, lawyer)
    t.match(body, { level: 'B-LTA', next: { step: 'renewal', because: 'policy' }, waiting: null })
    const newest = await send('GET', `/v1/documents/${String(documentId)}/content`, lawyer)
    t.match(newest.headers, {
      'document-level': 'B-LTA',
      'document-revision': String(body.revisions.length - 1),
      'cache-control': 'private, no-cache',
    })
    t.equal(sha256Hex(newest.bytes), body.sha256)
    const report = verifyFile(newest.bytes, 'file.pdf', trust)
    t.same(
      report.checks.filter(({ outcome }) => outcome === 'FAILED'),
      [],
    )
    t.equal(report.documents[0]?.level, 'B-LTA')
    t.ok(
      report.limits.some((limit) => limit.includes('development time-stamping authority')),
      'it says that these time-stamps prove nothing to others',
    )
    for (const { number, length, sha256, level } of body.revisions) {
      const one = await send('GET', `/v1/documents/${String(documentId)}/content?revision=${number}`, lawyer)
      t.ok(one.bytes.equals(newest.bytes.subarray(0, length)))
      t.equal(sha256Hex(one.bytes), sha256)
      t.match(one.headers, {
        'document-level': level ?? 'none',
        'cache-control': 'private, max-age=31536000, immutable',
        etag: `"sha256-${sha256}"`,
      })
    }
  }
})

t.test('pages follow each other, the newest document first', async (t) => {
  const first = await send('GET', '/v1/documents?pageSize=2', lawyer)
  const second = await send('GET', `/v1/documents?pageSize=2&cursor=${first.body.nextCursor}`, lawyer)
  const ids = [...first.body.items, ...second.body.items].map(
    (item: { documentId: string }) => item.documentId,
  )
  t.equal(second.body.nextCursor, null)
  t.same(ids, [...ids].sort().reverse())
  t.equal(new Set(ids).size, 3)
})

t.test(
  'the receipt is served with its time-stamps; what people were shown stays what it was, and names its document',
  async (t) => {
    const receipt = await send('GET', '/v1/acts/current/receipt-document', { as: links[0]! })
    t.match(receipt.headers, { 'document-level': 'B-LTA', 'document-revision': '4' })
    t.ok(receipt.bytes.subarray(0, receiptBefore.bytes.length).equals(receiptBefore.bytes))
    const shownNow = await send('GET', '/v1/openings/current/document?language=nl', { as: links[0]! })
    const [, documentId] = /^<\/v1\/documents\/([0-9a-f-]+)>; rel="describedby"$/.exec(
      String(shownNow.headers['link']),
    )!
    const { body } = await send('GET', `/v1/documents/${documentId}`, lawyer)
    t.equal(sha256Hex(shownNow.bytes), body.frozenSha256)
    t.equal(shownNow.bytes.length, body.frozenLength)
    const path = `/v1/policies/${version.policyId}/versions/1/editions/nl/document`
    const edition = await send('GET', path, lawyer)
    t.ok(edition.bytes.equals(shownNow.bytes))
    t.equal(edition.headers['link'], shownNow.headers['link'])
  },
)

t.test(
  'a dossier keeps the revisions it was frozen with, and is accepted, while documents go on',
  async (t) => {
    const admin = { as: own.keys['organisation-admin'] }
    const made = await send('POST', '/v1/dossiers', { ...lawyer, body: { subject: { policyId: version.policyId }, purpose: 'Zaak 17' } }) // prettier-ignore
    await service.runJobs()
    const content = () => send('GET', `/v1/dossiers/${made.body.dossierId}/content`, lawyer)
    const before = await content()
    const report = verifyFile(before.bytes, 'dossier.zip', trust)
    t.same(
      report.checks.filter(({ outcome }) => outcome !== 'PASSED'),
      [],
    )
    t.ok(isAccepted(report))
    platform.advanceClock(86_400_000)
    for (const { documentId } of await list()) {
      const asked = await send('POST', `/v1/documents/${String(documentId)}/renewals`, { ...admin, body: { reason: 'Proef' } }) // prettier-ignore
      t.equal(asked.status, 202)
      t.match(await send('POST', `/v1/documents/${String(documentId)}/renewals`, { ...admin, body: { reason: 'Nog eens' } }), { status: 409, body: { code: 'document-renewal-under-way' } }) // prettier-ignore
    }
    await preservation.run(own.organisationId)
    for (const { documentId } of await list()) {
      const { body } = await send('GET', `/v1/documents/${String(documentId)}`, lawyer)
      t.same(
        body.revisions.slice(5).map(({ kind }: { kind: string }) => kind),
        ['validation-data', 'timestamp'],
      )
      t.match(body, { level: 'B-LTA', waiting: null })
      const newest = await send('GET', `/v1/documents/${String(documentId)}/content`, lawyer)
      const judged = verifyFile(newest.bytes, 'file.pdf', trust)
      t.same(
        judged.checks.filter(({ outcome }) => outcome === 'FAILED'),
        [],
      )
      t.equal(judged.documents[0]?.level, 'B-LTA')
    }
    const reasons = await adminQuery('select distinct reason from document_renewal_request')
    t.same(reasons, [{ reason: 'Proef' }])
    t.ok((await content()).bytes.equals(before.bytes), 'the same bytes as before the renewal')
  },
)

t.test('below B-LTA nothing is renewed, and nobody sees documents of others', async (t) => {
  const [{ documentId }] = (await list()) as [{ documentId: string }]
  t.match(await send('GET', `/v1/documents/${documentId}`, { as: other.keys.lawyer }), { status: 404, body: { code: 'document-not-found' } }) // prettier-ignore
  t.match(await send('GET', `/v1/documents/${documentId}/content`, { as: other.keys.lawyer }), {
    status: 404,
  })
  t.same((await send('GET', '/v1/documents', { as: other.keys.lawyer })).body.items, [])
  t.match(await send('GET', `/v1/documents/${documentId}/content?revision=99`, lawyer), { status: 404, body: { code: 'document-revision-not-found' } }) // prettier-ignore
  await send('GET', '/v1/acts/current/receipt-document', { as: links[1]! })
  const [fresh] = (await list('?level=B-B')) as [{ documentId: string }]
  const asked = await send('POST', `/v1/documents/${fresh.documentId}/renewals`, { as: own.keys['organisation-admin'], body: { reason: 'R' } }) // prettier-ignore
  t.match(asked, { status: 409, body: { code: 'document-not-renewable' } })
})
