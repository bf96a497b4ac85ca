import t from 'tap'
import { auditLog } from '#evidence'
import { testService } from '../support/service.ts'
import { assigned, imported, published, shown, somePeople } from '../support/story.ts'

const service = await testService(t)
const { own, other, send, adminQuery, database, platform } = service
const people = somePeople(24)
await imported(service, own, people)
const version = await published(service, own)
const links = await assigned(service, own, version, people.length)
const linkOf = (index: number): string => links.get(people[index]!.workEmail)!

async function count(table: string): Promise<number> {
  const [row] = await adminQuery<{ n: number }>(`select count(*)::int as n from beding.${table}`)
  return row!.n
}

t.test(
  'what a person is shown is the text with its document, in their language, and opening twice is one opening',
  async (t) => {
    const first = await send('POST', '/v1/openings', { as: linkOf(0), body: { language: null } })
    t.equal(first.status, 200)
    t.match(first.body, {
      state: 'open',
      language: 'nl',
      languages: ['en', 'nl'],
      organisationName: 'Voorbeeld & Zonen B.V.',
      personName: 'Şükrü Çağlar Jansen & Zn <test>',
      policy: { title: 'Sociale media', rules: [{ number: 1, modality: 'must' }] },
      act: null,
    })
    const before = await count('opening')
    await send('POST', '/v1/openings', { as: linkOf(0), body: { language: null } })
    t.equal(await count('opening'), before)
    const english = await send('POST', '/v1/openings', { as: linkOf(0), body: { language: 'en' } })
    t.match(english.body, { language: 'en', policy: { title: 'Social media' } })
    t.equal(await count('opening'), before + 1)
  },
)

t.test('the document behind the link is the exact file that was published', async (t) => {
  const opened = await send('POST', '/v1/openings', { as: linkOf(0), body: { language: 'nl' } })
  const fromLink = await send('GET', '/v1/openings/current/document?language=nl', { as: linkOf(0) })
  const path = `/v1/policies/${version.policyId}/versions/1/editions/nl/document`
  const fromHr = await send('GET', path, { as: own.keys['hr-author'] })
  t.ok(fromLink.bytes.equals(fromHr.bytes) && fromLink.bytes.subarray(0, 5).equals(Buffer.from('%PDF-')))
  t.equal(fromLink.headers['etag'], `"sha256-${opened.body.document.sha256}"`)
})

t.test('3: an act is answered with a receipt whose proof leads to a signed checkpoint', async (t) => {
  const act = await shown(service, linkOf(1), 'agreed')
  const answer = await send('POST', '/v1/acts', { as: linkOf(1), body: act })
  t.equal(answer.status, 201)
  t.match(answer.body, { choice: 'agreed', statement: act.statement, evidence: { assurance: 'mailbox-employer', evidenceLevel: 'E3' } }) // prettier-ignore
  t.match(answer.body.receipt.tlogProof, /^c2sp\.org\/tlog-proof@v1\nextra /)
  const entry = JSON.parse(answer.body.receipt.entry)
  t.equal(entry.kind, 'act')
  t.equal(entry.c.length, answer.body.receipt.disclosures.length)
  t.notMatch(answer.body.receipt.entry, /ükrü|Łucja|example/, 'no name in the ledger')
  const facts = Object.fromEntries(answer.body.receipt.disclosures.map((text: string) => (JSON.parse(Buffer.from(text, 'base64url').toString()) as string[]).slice(1))) // prettier-ignore
  t.match(facts, { personName: 'Łucja van den IJssel', choice: 'agreed', documentSha256: act.documentSha256, deliveryChannel: 'local-outbox', method: 'one-time-link' }) // prettier-ignore
  t.ok(facts.deliveredAt && facts.openedAt && facts.actedAt)
})

t.test('6: the receipt can be fetched ever after, also when the link has expired', async (t) => {
  const first = await send('GET', '/v1/acts/current', { as: linkOf(1) })
  t.equal(first.status, 200)
  platform.advanceClock(400 * 86_400_000)
  const later = await send('GET', '/v1/acts/current', { as: linkOf(1) })
  t.same(later.body, first.body)
  const opened = await send('POST', '/v1/openings', { as: linkOf(1), body: { language: null } })
  t.match(opened.body, { state: 'acted', act: { choice: 'agreed' } })
  const expired = await send('POST', '/v1/openings', { as: linkOf(2), body: { language: null } })
  t.match(expired.body, { state: 'expired' })
  platform.advanceClock(-400 * 86_400_000)
  const pdf = await send('GET', '/v1/acts/current/receipt-document', { as: linkOf(1) })
  t.equal(pdf.status, 200)
  const again = await send('GET', '/v1/acts/current/receipt-document', { as: linkOf(1) })
  t.ok(pdf.bytes.equals(again.bytes) && pdf.bytes.length > 20_000)
  const proof = await send('GET', '/v1/acts/current/tlog-proof', { as: linkOf(1) })
  t.equal(proof.bytes.toString(), first.body.receipt.tlogProof)
})

t.test(
  '7: a repeated request gets the same answer, another body under the same key is refused',
  async (t) => {
    const act = await shown(service, linkOf(3), 'seen')
    const key = 'repeat-0123456789'
    const first = await send('POST', '/v1/acts', { as: linkOf(3), body: act, key })
    const acts = await count('act')
    const again = await send('POST', '/v1/acts', { as: linkOf(3), body: act, key: `"${key}"` })
    t.equal(first.status, 201)
    t.equal(again.status, 201)
    t.same(again.body, first.body)
    t.equal(again.headers['idempotent-replayed'], 'true')
    const changed = await send('POST', '/v1/acts', { as: linkOf(3), body: { ...act, choice: 'agreed' }, key })
    t.match([changed.status, changed.body.code], [422, 'idempotency-key-reused'])
    const second = await send('POST', '/v1/acts', { as: linkOf(3), body: act })
    t.match([second.status, second.body.code], [409, 'already-acted'])
    t.equal(await count('act'), acts)
  },
)

t.test(
  '1: of acts that race on one assignment one is recorded and the others are told plainly',
  async (t) => {
    const acts = await count('act')
    const entries = await count('ledger_entry')
    for (let round = 4; round < 14; round += 1) {
      const [yes, no] = [
        await shown(service, linkOf(round), 'agreed'),
        await shown(service, linkOf(round), 'not-agreed'),
      ]
      const answers = await Promise.all(
        [yes, no, yes, no, yes].map((body) => send('POST', '/v1/acts', { as: linkOf(round), body })),
      )
      const statuses = answers.map((answer) => answer.status).toSorted()
      t.same(statuses, [201, 409, 409, 409, 409])
    }
    t.equal(await count('act'), acts + 10)
    t.equal(await count('ledger_entry'), entries + 10)
  },
)

t.test('bad input is refused by its own problem and leaves nothing behind', async (t) => {
  const act = await shown(service, linkOf(15), 'agreed')
  const before = [await count('act'), await count('ledger_entry'), await count('idempotency')]
  const stranger = `${other.organisationId.replaceAll('-', '')}.${linkOf(15).split('.')[1]}`
  const cases: [string, Parameters<typeof send>[2], number, string][] = [
    ['no link', { body: act }, 401, 'credentials-missing'],
    [
      'a link of nobody',
      { as: `${linkOf(15).slice(0, 33)}${'A'.repeat(43)}`, body: act },
      401,
      'credentials-missing',
    ],
    ['the link under another organisation', { as: stranger, body: act }, 401, 'credentials-missing'],
    ['an API key', { as: own.keys['hr-publisher'], body: act }, 401, 'credentials-missing'],
    ['no key', { as: linkOf(15), body: act, key: null }, 400, 'idempotency-key-missing'],
    ['an unknown field', { as: linkOf(15), body: { ...act, personId: 'x' } }, 400, 'input-invalid'],
    ['a wrong type', { as: linkOf(15), body: { ...act, statement: 7 } }, 400, 'input-invalid'],
    [
      'another document',
      { as: linkOf(15), body: { ...act, documentSha256: 'ab'.repeat(32) } },
      409,
      'document-changed',
    ],
    [
      'another sentence',
      { as: linkOf(15), body: { ...act, statement: 'Ik ga akkoord.' } },
      409,
      'statement-changed',
    ],
    [
      'a language that was not opened',
      { as: linkOf(15), body: { ...act, language: 'nl' } },
      409,
      'document-changed',
    ],
    ['declining without a reason', { as: linkOf(15), body: { ...act, choice: 'declined', statement: (await shown(service, linkOf(15), 'declined')).statement } }, 422, 'reason-required'], // prettier-ignore
    ['a reason nobody can print', { as: linkOf(15), body: { ...(await shown(service, linkOf(15), 'declined')), reason: 'nee \u{1F9FF}\u738B' } }, 422, 'reason-unprintable'], // prettier-ignore
    ['a member named twice', { as: linkOf(15), headers: { 'content-type': 'application/json' }, body: `{"choice":"seen",${JSON.stringify(act).slice(1)}` }, 400, 'body-malformed'], // prettier-ignore
  ]
  for (const [what, request, status, code] of cases) {
    const answer = await send('POST', '/v1/acts', request)
    t.match([answer.status, answer.body.code], [status, code], what)
    t.match(answer.headers['content-type'], /^application\/problem\+json/)
  }
  t.same([await count('act'), await count('ledger_entry'), await count('idempotency')], before)
  const unopened = { ...act, language: 'en' }
  const never = await send('POST', '/v1/acts', { as: linkOf(16), body: { ...unopened, language: 'nl' } })
  t.match([never.status, never.body.code], [409, 'document-changed'])
})

t.test('an act without an opening in its language is refused', async (t) => {
  const body = await shown(service, linkOf(18), 'seen')
  const answer = await send('POST', '/v1/acts', { as: linkOf(20), body })
  t.match([answer.status, answer.body.code], [409, 'not-opened'])
})

t.test('the network class is that of the connection: nobody can claim another address', async (t) => {
  await send('POST', '/v1/openings', {
    as: linkOf(23),
    body: { language: null },
    headers: { 'x-forwarded-for': '203.0.113.9' },
  })
  const rows = await adminQuery<{ network_class: string }>(
    'select distinct network_class from beding.opening',
  )
  t.same(rows, [{ network_class: 'loopback' }])
})

t.test('4: no answer to HR holds a link, and none can be asked for', async (t) => {
  const tokens = [...links.values()].map((link) => link.split('.')[1]!)
  const keys = Object.values(own.keys)
  const urls = [
    '/v1/assignments?pageSize=200',
    '/v1/persons?pageSize=200',
    `/v1/policies/${version.policyId}/versions/1`,
    '/v1/me',
  ]
  for (const url of urls) {
    for (const as of keys) {
      const answer = await send('GET', url, { as })
      t.notOk(
        tokens.some((token) => answer.bytes.includes(token)),
        url,
      )
    }
  }
  const stored = await adminQuery<{ found: boolean }>(
    `select exists (select from beding.link where encode(token_sha256, 'base64') = any($1)) as found`,
    [tokens],
  )
  t.same(stored, [{ found: false }])
})

t.test(
  'a clock that was set back changes no order: entries never go back, and the act keeps the time that was claimed',
  async (t) => {
    const before = await send('GET', '/v1/acts/current', { as: linkOf(1) })
    platform.advanceClock(-7_200_000)
    const answer = await send('POST', '/v1/acts', {
      as: linkOf(19),
      body: await shown(service, linkOf(19), 'seen'),
    })
    platform.advanceClock(7_200_000)
    t.equal(answer.status, 201)
    t.equal(answer.body.actedAt, '2026-11-21T06:00:00.000Z')
    const entry = JSON.parse(answer.body.receipt.entry)
    t.ok(
      entry.at >= JSON.parse(before.body.receipt.entry).at,
      'the entry is not earlier than the one before it',
    )
    t.ok(answer.body.receipt.entryIndex > before.body.receipt.entryIndex)
  },
)

t.test('a withdrawn version takes no acts any more, and says so when it is opened', async (t) => {
  const act = await shown(service, linkOf(22), 'agreed')
  const path = `/v1/policies/${version.policyId}/versions/1/withdrawals`
  const withdrawn = await send('POST', path, { as: own.keys['hr-publisher'], body: { withdrawnFrom: '2026-11-21', reason: 'Fout in regel 1.' } }) // prettier-ignore
  t.equal(withdrawn.status, 201)
  const answer = await send('POST', '/v1/acts', { as: linkOf(22), body: act })
  t.match([answer.status, answer.body.code], [409, 'version-withdrawn'])
  const opened = await send('POST', '/v1/openings', { as: linkOf(22), body: { language: null } })
  t.match(opened.body, { state: 'withdrawn' })
})

t.test('the ledger holds together after all of this', async (t) => {
  const report = await database.readInOrganisation(own.organisationId, (trx) =>
    auditLog(trx, own.organisationId),
  )
  t.same(report.findings, [])
})
