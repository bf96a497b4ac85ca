import t from 'tap'
import { sha256Hex } from '#core'
import { auditLog } from '#evidence'
import { listSignatures } from '#documents'
import { anAgreement, execute, partiesOf } from '../support/annexes.ts'
import { sheetTextOf } from '../support/documents-sheet.ts'
import { forgetfulService, testService } from '../support/service.ts'

const service = await testService(t)
const { own, other, send, adminQuery, database, platform } = service
const publisher = own.keys['hr-publisher']
const { version, agreed } = await anAgreement(service)
const [employee, representative] = agreed as [(typeof agreed)[0], (typeof agreed)[0]]
const count = async (table: string) =>
  (await adminQuery<{ n: number }>(`select count(*)::int as n from beding.${table}`))[0]!.n

const shownBytes = (await send('GET', '/v1/openings/current/document?language=nl', { as: employee.link }))
  .bytes

let executedCopyId = ''
let file: Buffer = Buffer.alloc(0)

t.test('X1: the copy begins with exactly the bytes that each party was shown', async (t) => {
  const none = await send('GET', '/v1/acts/current/executed-copies', { as: employee.link })
  t.match(none, { status: 200, body: { items: [] } })
  const made = await execute(service, agreed)
  t.equal(made.status, 201, JSON.stringify(made.body))
  executedCopyId = made.body.executedCopyId
  t.equal(made.headers['location'], `/v1/executed-copies/${executedCopyId}`)
  file = (await send('GET', `/v1/documents/${made.body.documentId}/content`, { as: publisher })).bytes
  t.ok(shownBytes.length > 20_000)
  t.ok(file.subarray(0, shownBytes.length).equals(shownBytes))
  t.same(listSignatures(file).map(({ field }) => field), ['Seal', 'Seal2']) // prettier-ignore
  t.match(made.body, { versionId: version.versionId, byteLength: file.length, parties: partiesOf(agreed) })
})

t.test(
  'X2: the sheet says of each party what the record says, and that the capacity is a statement',
  async (t) => {
    const text = sheetTextOf(file)
    const says = (what: string) => t.ok(text.includes(what.replaceAll(/\s/g, '')), what)
    for (const { link, person, actId } of agreed) {
      const { actedAt, statement, receipt } = (await send('GET', '/v1/acts/current', { as: link })).body
      const [origin, , root] = receipt.tlogProof.split('\n\n')[1].split('\n')
      const line = sha256Hex(receipt.entry).slice(0, 16)
      for (const part of [
        `${person.givenName} ${person.familyName}`,
        actId,
        actedAt,
        statement,
        origin,
        root,
        line,
      ])
        says(part)
      says(`Regel ${receipt.entryIndex} (de eerste regel is 0)`)
    }
    says('Werknemer, volgens opgave van de werkgever')
    says('Vertegenwoordiger van de werkgever, volgens opgave van de werkgever')
    says('Een link naar een mailbox die de werkgever beheert')
    says('E3, op een schaal van E0 tot E6')
    says(`SHA-256 ${sha256Hex(shownBytes)}`)
    says(`De eerste ${shownBytes.length} bytes van dit bestand`)
  },
)

t.test('X3: made once: asked again, in another order, at the same time and by another process', async (t) => {
  const again = await execute(service, agreed)
  t.match(again, { status: 200, body: { executedCopyId } })
  const turned = await execute(service, agreed, partiesOf(agreed).toReversed())
  t.match(turned, { status: 200, body: { executedCopyId } }, 'the order of the first stays')
  const capacities = partiesOf(agreed.toReversed()).toReversed()
  t.match(await execute(service, agreed, capacities), {
    status: 409,
    body: { code: 'executed-copy-differs' },
  })

  const race = await anAgreement(service, { prefix: 'R' })
  const elsewhere = forgetfulService(t, service)
  const answers = await Promise.all(
    [service, await elsewhere, service, await elsewhere].map((one) => execute(one, race.agreed)),
  )
  t.same(answers.map(({ status }) => status).toSorted(), [200, 200, 200, 201])
  t.equal(new Set(answers.map(({ body }) => body.executedCopyId)).size, 1)
  t.equal(await count('executed_copy'), 2)
  t.equal(await count("document where kind = 'executed-copy'"), 2)
})

t.test('the same Idempotency-Key gives the same answer', async (t) => {
  const { agreed: acts } = await anAgreement(service, { prefix: 'K', language: 'en' })
  const request = { as: publisher, body: { parties: partiesOf(acts) }, key: 'executed-0123456789' }
  const first = await send('POST', '/v1/executed-copies', request)
  const second = await send('POST', '/v1/executed-copies', request)
  t.equal(first.status, 201)
  t.equal(second.status, 201)
  t.same(second.body, first.body)
  t.equal(second.headers['idempotent-replayed'], 'true')
})

t.test('X4: that it was made is an entry that refers to the acts and names nobody', async (t) => {
  const [row] = await adminQuery<{ entry: Buffer; disclosures: string[] }>(
    `select entry, disclosures from beding.ledger_entry join beding.entry_disclosure using (organisation_id, entry_id)
     join beding.executed_copy using (organisation_id, entry_id) where executed_copy_id = $1`,
    [executedCopyId],
  )
  const entry = JSON.parse(row!.entry.toString())
  t.equal(entry.kind, 'executed-copy')
  t.equal(entry.refs.length, 2)
  t.notMatch(row!.disclosures.map((text) => Buffer.from(text, 'base64url').toString()).join(), /ükrü|Łucja/)
  const facts = Object.fromEntries(row!.disclosures.map((text) => (JSON.parse(Buffer.from(text, 'base64url').toString()) as string[]).slice(1))) // prettier-ignore
  const copy = (await send('GET', `/v1/executed-copies/${executedCopyId}`, { as: publisher })).body
  t.match(facts, {
    executedCopyId,
    documentSha256: copy.documentSha256,
    editionSha256: copy.edition.sha256,
    parties: [`employee:${employee.actId}`, `employer-representative:${representative.actId}`],
  })
  const report = await database.readInOrganisation(own.organisationId, (trx) => auditLog(trx, own.organisationId)) // prettier-ignore
  t.same(report.findings, [])
})

t.test('X5: each party fetches it with the link they hold, also later; nobody else does', async (t) => {
  platform.advanceClock(400 * 86_400_000)
  for (const { link } of agreed) {
    const list = await send('GET', '/v1/acts/current/executed-copies', { as: link })
    t.match(list.body, { items: [{ executedCopyId, byteLength: file.length }] })
    const url = `/v1/acts/current/executed-copies/${executedCopyId}/content`
    t.ok((await send('GET', url, { as: link })).bytes.equals(file))
  }
  platform.advanceClock(-400 * 86_400_000)
  const stranger = (await anAgreement(service, { prefix: 'S', count: 1 })).agreed[0]!
  const url = `/v1/acts/current/executed-copies/${executedCopyId}/content`
  t.match(await send('GET', url, { as: stranger.link }), {
    status: 404,
    body: { code: 'executed-copy-not-found' },
  })
  const elsewhere = await send('GET', `/v1/executed-copies/${executedCopyId}`, { as: other.keys['hr-publisher'] }) // prettier-ignore
  t.match(elsewhere, { status: 404, body: { code: 'executed-copy-not-found' } })
})

t.test(
  'refused: what is no agreement of different people about one document, with the place of it',
  async (t) => {
    const first = employee.actId
    const party = (actId: string, capacity = 'employee') => ({ actId, capacity })
    const ask = (...parties: unknown[]) => execute(service, [], parties)
    const unknown = '01931f00-0000-7000-8000-00000000ffff'
    t.match(await ask(party(first), party(unknown, 'employer-representative')), {
      status: 404,
      body: { code: 'act-not-found', errors: [{ pointer: '/parties/1/actId' }] },
    })
    t.match(await ask(party(first), party(first, 'employer-representative')), {
      status: 422,
      body: { code: 'parties-unfit', errors: [{ pointer: '/parties/1/actId' }] },
    })
    const side = (await anAgreement(service, { prefix: 'O' })).agreed.map(({ actId }) => party(actId))
    t.match(await ask(...side), {
      status: 422,
      body: { code: 'parties-unfit', errors: [{ code: 'side-missing' }] },
    })
    t.equal((await ask(party(first))).status, 400, 'one party is no agreement')
    const seen = await anAgreement(service, { prefix: 'N', choice: 'not-agreed' })
    t.match(await execute(service, seen.agreed), {
      status: 409,
      body: {
        code: 'act-not-agreed',
        errors: [{ pointer: '/parties/0/actId' }, { pointer: '/parties/1/actId' }],
      },
    })
    const english = await anAgreement(service, { prefix: 'E', language: 'en' })
    t.match(await ask(party(first), party(english.agreed[1]!.actId, 'employer-representative')), {
      status: 409,
      body: { code: 'acts-differ', errors: [{ pointer: '/parties/1/actId' }] },
    })
    t.equal((await send('POST', '/v1/executed-copies', { as: other.keys['hr-publisher'], body: { parties: partiesOf(agreed) } })).status, 404) // prettier-ignore
    t.equal(await count("document where kind = 'executed-copy'"), 3, 'nothing was left behind')
  },
)

t.test('a version that is withdrawn afterwards leaves what was agreed before', async (t) => {
  const { agreed: acts, version: withdrawn } = await anAgreement(service, { prefix: 'W' })
  const url = `/v1/policies/${withdrawn.policyId}/versions/1/withdrawals`
  const body = { withdrawnFrom: '2026-11-30', reason: 'Vervangen.' }
  t.equal((await send('POST', url, { as: publisher, body })).status, 201)
  t.equal((await execute(service, acts)).status, 201)
})

t.test('two who agreed in different languages were shown different bytes', async (t) => {
  const { agreed: acts } = await anAgreement(service, { prefix: 'L', language: ['nl', 'en'] })
  t.match(await execute(service, acts), { status: 409, body: { code: 'acts-differ' } })
})

t.test('the list of the employer, by page and by act', async (t) => {
  const page = await send('GET', '/v1/executed-copies?pageSize=2', { as: publisher })
  t.equal(page.body.items.length, 2)
  const next = await send('GET', `/v1/executed-copies?pageSize=2&cursor=${page.body.nextCursor}`, { as: publisher }) // prettier-ignore
  const ids = [...page.body.items, ...next.body.items].map((copy: { executedCopyId: string }) => copy.executedCopyId) // prettier-ignore
  t.equal(new Set(ids).size, 4)
  t.ok(ids.includes(executedCopyId))
  t.same(ids, ids.toSorted().toReversed())
  const mine = await send('GET', `/v1/executed-copies?actId=${employee.actId}`, { as: publisher })
  t.same(mine.body.items.map((copy: { executedCopyId: string }) => copy.executedCopyId), [executedCopyId]) // prettier-ignore
})
