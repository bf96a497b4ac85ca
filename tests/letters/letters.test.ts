import { randomUUID } from 'node:crypto'
import t from 'tap'
import { canonicalJson, sha256Hex } from '#core'
import { loadDocument } from '#documents'
import { remainingFacts } from '#evidence'
import type { DocumentId } from '#core'
import { attachmentOf, openPdf } from '../support/documents-pdf.ts'
import { annexBody, warningBody } from '../support/letters-samples.ts'
import { retentionService } from '../support/retention-service.ts'
import { imported, published, somePeople } from '../support/story.ts'

const service = await retentionService(t)
const { own, other, send, ask, execute, adminQuery, database } = service
const [person, colleague] = await imported(service, own, somePeople(2))
const version = await published(service, own)
const publisher = own.keys['hr-publisher']

const make = (body: object, key?: string) =>
  send('POST', '/v1/documents', { as: publisher, body, ...(key === undefined ? {} : { key }) })

async function stored(documentId: string) {
  return database.readInOrganisation(own.organisationId, (trx) => loadDocument(trx, own.organisationId, documentId as DocumentId)) // prettier-ignore
}

async function factsOfEntry(entryId: string) {
  const rows = await adminQuery<{ disclosures: (string | null)[]; kind: string }>(
    `select disclosures, kind from beding.entry_disclosure join beding.ledger_entry using (organisation_id, entry_id) where entry_id = '${entryId}'`,
  )
  return {
    kind: rows[0]!.kind,
    disclosures: rows[0]!.disclosures,
    facts: remainingFacts(rows[0]!.disclosures),
  }
}

t.test('a warning quotes the rule of the version, is sealed, recorded, and answered once', async (t) => {
  const key = randomUUID()
  const body = warningBody(person!, version)
  const made = await make(body, key)
  t.equal(made.status, 201, JSON.stringify(made.body))
  t.equal(made.headers['location'], `/v1/documents/${made.body.documentId}`)
  t.match(made.body, { kind: 'warning', personId: person, title: 'Officiële waarschuwing: Grof bericht over een collega', holdsFrom: '2026-11-21' }) // prettier-ignore
  const again = await make(body, key)
  t.same(again.body, made.body)
  t.equal(again.headers['idempotent-replayed'], 'true')
  const document = await stored(made.body.documentId)
  t.equal(document.sha256.toString('hex'), made.body.sha256)
  const pdf = openPdf(document.bytes)
  const input = JSON.parse(attachmentOf(pdf, 'warning.json').toString())
  t.match(input.rules, [{ policyName: 'Sociale media', versionNumber: 1, ruleNumber: 1, heading: 'Respect', text: /Wees respectvol & eerlijk, ook als <iemand>/, documentSha256: /^[0-9a-f]{64}$/ }]) // prettier-ignore
  t.match(pdf.text.replaceAll('\n', ' ').replaceAll(/ +/g, ' '), /heeft niet onderzocht of het zo is gegaan/)
  const { kind, facts } = await factsOfEntry(made.body.entryId)
  t.equal(kind, 'warning-made')
  t.match(facts, {
    documentSha256: made.body.sha256,
    attachmentSha256: sha256Hex(canonicalJson(input)),
    personId: person,
    personName: /Şükrü/,
    rules: [`${version.policyId}:1:respect`],
  })
})

t.test('an annex names the person as known here, and its signatures stand elsewhere', async (t) => {
  const made = await make(annexBody(person!, { representedBy: { personId: colleague, role: 'director' } }))
  t.equal(made.status, 201, JSON.stringify(made.body))
  const pdf = openPdf((await stored(made.body.documentId)).bytes)
  const flat = pdf.text.replaceAll('\n', ' ').replaceAll(/ +/g, ' ')
  t.match(flat, /represented by Łucja van den IJssel, director/)
  t.match(flat, /does not show that anybody has signed/)
  t.match(JSON.parse(attachmentOf(pdf, 'annex.json').toString()), {
    kind: 'annex',
    reference: made.body.documentId,
    person: { name: /Şükrü/, externalId: 'P-0' },
  })
})

t.test('what cannot be is refused with its place, and nothing is made', async (t) => {
  const before = await adminQuery<{ n: number }>('select count(*)::int as n from beding.document')
  const rule = { policyId: version.policyId, versionNumber: version.versionNumber, ruleId: 'respect' }
  const cases: readonly [object, number, string, string][] = [
    [{ givenOn: '2026-11-22' }, 422, 'letter-unfit', '/givenOn'],
    [{ events: [{ happenedOn: '2026-11-22', description: 'x' }] }, 422, 'letter-unfit', '/events/0/happenedOn'],
    [{ events: [{ happenedOn: '2026-11-20', description: 'x' }] }, 422, 'letter-unfit', '/rules/0'],
    [{ rules: [{ ...rule, ruleId: 'none' }] }, 422, 'letter-unfit', '/rules/0/ruleId'],
    [{ rules: [{ ...rule, versionNumber: 9 }] }, 404, 'policy-version-not-found', ''],
    [{ earlierWarnings: [{ documentId: randomUUID() }] }, 404, 'document-not-found', ''],
    [{ earlierWarnings: [{ givenOn: '2026-11-21', subject: 'x' }] }, 422, 'letter-unfit', '/earlierWarnings/0/givenOn'],
    [{ subject: 'Li 王' }, 422, 'character-without-glyph', '/subject'],
    [{ personId: randomUUID() }, 404, 'person-not-found', ''],
    [{ rules: [] }, 400, 'input-invalid', ''],
    [{ verdict: 'guilty' }, 400, 'input-invalid', ''],
  ] // prettier-ignore
  for (const [change, status, code, pointer] of cases) {
    const answer = await make({ ...warningBody(person!, version), ...change })
    t.match([answer.status, answer.body.code], [status, code], JSON.stringify(change))
    if (pointer !== '') t.equal(answer.body.errors[0].pointer, pointer)
  }
  const ragged = annexBody(person!, {
    tables: [{ heading: 'R', columns: [{ heading: 'N', kind: 'text' }], rows: [['a', 'b']] }],
  })
  t.match((await make(ragged)).body, { code: 'letter-unfit', errors: [{ pointer: '/tables/0/rows/0' }] })
  t.same(await adminQuery('select count(*)::int as n from beding.document'), before)
})

t.test('an earlier warning is one to the same person, and people elsewhere do not exist here', async (t) => {
  const earlier = await make(warningBody(person!, version))
  const reference = { earlierWarnings: [{ documentId: earlier.body.documentId }] }
  // The same day: it cannot be earlier by the day alone, but it was made before and is named by its hash.
  const later = await make(warningBody(person!, version, reference))
  t.equal(later.status, 201, JSON.stringify(later.body))
  const input = JSON.parse(attachmentOf(openPdf((await stored(later.body.documentId)).bytes), 'warning.json').toString()) // prettier-ignore
  t.match(input.earlierWarnings, [{ subject: 'Grof bericht over een collega', documentSha256: earlier.body.sha256 }]) // prettier-ignore
  t.match((await make(warningBody(colleague!, version, reference))).body, { code: 'document-not-found' })
  const foreign = await send('POST', '/v1/documents', { as: other.keys['hr-publisher'], body: warningBody(person!, version) }) // prettier-ignore
  t.match([foreign.status, foreign.body.code], [404, 'person-not-found'])
})

t.test(
  'letters are in the dossier and the export of their person, and go when the person goes',
  async (t) => {
    const made = await make(warningBody(colleague!, version))
    const dossier = await send('POST', '/v1/dossiers', { as: own.keys.lawyer, body: { subject: { personId: colleague }, purpose: 'Zaak' } }) // prettier-ignore
    await service.runJobs()
    const path = `/v1/dossiers/${dossier.body.dossierId}`
    const content = await send('GET', `${path}/content`, { as: own.keys.lawyer })
    t.ok(content.bytes.includes(`documents/${made.body.sha256}.pdf`))
    const report = await send('GET', `${path}/report`, { as: own.keys.lawyer })
    t.match(openPdf(report.bytes).text, /Waarschuwing gemaakt/)
    const exported = await ask('GET', `/v1/persons/${colleague}/data-export`, { as: publisher })
    t.match(exported.body.letters, [{ kind: 'warning', sha256: made.body.sha256 }])
    t.ok(exported.body.entries.some((each: { kind: string }) => each.kind === 'warning-made'))

    const asked = await ask('POST', `/v1/persons/${colleague}/erasure-requests`, { as: publisher, body: { ground: 'Verzoek.' } }) // prettier-ignore
    t.equal(asked.status, 201, JSON.stringify(asked.body))
    const decided = await ask('POST', `/v1/erasure-proposals/${asked.body.proposalId}/decisions`, { as: own.keys['hr-approver'], body: { decision: 'confirm', reason: 'Terecht.' } }) // prettier-ignore
    t.equal(decided.status, 201, JSON.stringify(decided.body))
    await execute()
    await t.rejects(stored(made.body.documentId), { code: 'document-not-found' })
    const { disclosures } = await factsOfEntry(made.body.entryId)
    t.ok(disclosures.length > 5 && disclosures.every((one) => one === null), 'no fact is left')
    const refs = await adminQuery<{ entry: string; index: number }>(
      `select entry, (select entry_index::int from beding.ledger_entry where entry_id = '${made.body.entryId}') as index from beding.ledger_entry where kind = 'content-erased' order by entry_index desc limit 1`,
    )
    t.match(refs[0]!.entry, new RegExp(`"refs":\\[[^\\]]*\\b${refs[0]!.index}\\b`), 'and the log says so')
    const after = await send('GET', `${path}/report`, { as: own.keys.lawyer })
    t.not(after.bytes.toString('hex'), report.bytes.toString('hex'), 'the report was made again')
    t.match(openPdf(after.bytes).text, /de inhoud is gewist/)
    t.notMatch(openPdf(after.bytes).text, /Grof bericht/)
  },
)

t.test('the service itself can neither change nor delete a letter', async (t) => {
  const made = await make(annexBody(person!))
  for (const statement of [
    `delete from letter where letter_id = '${made.body.documentId}'`,
    `delete from letter_document where letter_id = '${made.body.documentId}'`,
    `update letter_document set subject = 'x' where letter_id = '${made.body.documentId}'`,
  ])
    await t.rejects(adminQuery(`set search_path = beding; ${statement}`), /append-only/)
})
