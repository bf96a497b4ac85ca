import { createHash } from 'node:crypto'
import t from 'tap'
import { toInstant } from '#core'
import { createRenderPool, type RenderPool } from '#documents'
import { auditLog } from '#evidence'
import type { PolicyContent } from '#policies/model'
import { sampleContent } from '../../src/policies/content-sample.ts'
import { testDatabase } from '../support/database.ts'
import { testPlatform } from '../support/platform.ts'
import { aClientOf, aPolicyServer, aPublishingOrganisation } from '../support/policies-service.ts'

const platform = testPlatform()
const today = '2026-11-21'
const { database, adminQuery } = await testDatabase(t)
const organisation = await aPublishingOrganisation(platform, database)
const { organisationId } = organisation
const realPool = createRenderPool({ threads: 1 })
let pool: Pick<RenderPool, 'render'> = realPool
const server = aPolicyServer(platform, database, { render: (input) => pool.render(input) })
t.teardown(async () => {
  await server.close()
  await realPool.close()
})
const { send, aPolicy, aDraft, anApprovedDraft, aVersion } = aClientOf(server, organisation)

const second = (change: (content: PolicyContent) => void = () => undefined): PolicyContent => {
  const content = structuredClone(sampleContent)
  content.changeSummary = { en: 'Said more clearly.', nl: 'Duidelijker gezegd.' }
  change(content)
  return content
}
const publish = (draft: string, effectiveFrom: string, key?: string) =>
  send('POST', `${draft}/publications`, {
    as: 'hr-publisher',
    body: { effectiveFrom },
    ...(key === undefined ? {} : { key }),
  })
const read = async (url: string) =>
  (await send('GET', url, { as: 'hr-reader' })).json() as Record<string, never>

/** Everything that a publication leaves behind, counted. */
async function traces(): Promise<unknown> {
  const [row] = await adminQuery(`select (select count(*)::int from policy_version) as versions,
    (select count(*)::int from policy_edition) as editions, (select count(*)::int from document) as documents,
    (select count(*)::int from ledger_entry) as entries, (select count(*)::int from policy_draft) as drafts`)
  return row
}

/** Sends a statement as the service's own login, inside the organisation, and takes it back. */
async function asTheService(text: string): Promise<void> {
  await database.withClient(async (client) => {
    await client.query('begin')
    try {
      await client.query(`set local beding.organisation = '${organisationId}'`)
      await client.query(text)
    } finally {
      await client.query('rollback')
    }
  })
}

t.test('a published version has its text, its sealed editions and its entry in the ledger', async (t) => {
  const policyId = await aPolicy()
  const draft = await anApprovedDraft(policyId)
  const published = await publish(draft, '2026-12-01')
  t.equal(published.statusCode, 201)
  const url = `/v1/policies/${policyId}/versions/1`
  t.equal(published.headers.location, url)
  const version = published.json() as Record<string, unknown>
  t.match(version, {
    versionNumber: 1,
    state: 'scheduled',
    effectiveFrom: '2026-12-01',
    publishedAt: platform.clock(),
    authorId: organisation.clients['hr-author'].clientId,
    publishedBy: organisation.clients['hr-publisher'].clientId,
    approval: { approvedBy: organisation.clients['hr-approver'].clientId },
    content: sampleContent,
    withdrawal: null,
  })
  t.same(await read(url), version)
  t.match(await read(`/v1/policies/${policyId}/versions`), {
    items: [{ versionNumber: 1, state: 'scheduled' }],
  })
  const editions = version['editions'] as {
    language: string
    sha256: string
    byteLength: number
    title: string
  }[]
  t.same(
    editions.map(({ language, title }) => [language, title]),
    [
      ['en', 'Working with photos at Voorbeeld BV'],
      ['nl', 'Werken met foto’s bij Voorbeeld BV'],
    ],
  )
  for (const { language, sha256, byteLength } of editions) {
    const file = await send('GET', `${url}/editions/${language}/document`, { as: 'hr-reader' })
    const digest = createHash('sha256').update(file.rawPayload)
    t.equal(file.statusCode, 200)
    t.equal(file.rawPayload.length, byteLength)
    t.equal(digest.copy().digest('hex'), sha256)
    t.equal(file.headers['repr-digest'], `sha-256=:${digest.digest('base64')}:`)
    t.match(file.headers.etag, new RegExp(sha256))
    t.match(file.headers['content-disposition'], /^attachment/)
    t.equal(file.headers['content-type'], 'application/pdf')
    t.match(file.rawPayload.toString('latin1'), /^%PDF-[\s\S]*ETSI\.CAdES\.detached[\s\S]*%%EOF\n$/)
  }
  const again = await server.inject({
    url: `${url}/editions/nl/document`,
    headers: {
      authorization: `Bearer ${organisation.clients['hr-reader'].key}`,
      'if-none-match': `"sha256-${editions[1]!.sha256}"`,
    },
  })
  t.same([again.statusCode, again.body], [304, ''])
  const [entry] = await adminQuery<{ kind: string; disclosures: string[] }>(
    'select kind, disclosures from ledger_entry join entry_disclosure using (organisation_id, entry_id) where entry_id = $1',
    [version['entryId']],
  )
  t.equal(entry?.kind, 'policy-version-published')
  const facts = Object.fromEntries(
    entry!.disclosures.map(
      (text) =>
        (JSON.parse(Buffer.from(text, 'base64url').toString()) as [string, string, unknown]).slice(1) as [
          string,
          unknown,
        ],
    ),
  )
  t.same(Object.keys(facts).toSorted(), [
    'approvedBy',
    'authorId',
    'contentSha256',
    'documents',
    'effectiveFrom',
    'legalNature',
    'materiality',
    'policyId',
    'policyName',
    'publishedBy',
    'versionId',
    'versionNumber',
  ])
  t.same(
    facts['documents'],
    editions.map(({ language, sha256 }) => `${language}:${sha256}`),
  )
  t.equal((await send('GET', draft, { as: 'hr-author' })).statusCode, 404, 'the draft is gone')
})

t.test('P1: a published text never changes: every write is policy-version-published', async (t) => {
  const policyId = await aPolicy()
  const draft = await anApprovedDraft(policyId)
  const etag = String((await send('GET', draft, { as: 'hr-author' })).headers.etag)
  t.equal((await publish(draft, '2026-12-01')).statusCode, 201)
  const version = await read(`/v1/policies/${policyId}/versions/1`)
  const writes = {
    change: await send('PUT', draft, { as: 'hr-author', ifMatch: etag, body: { content: second() } }),
    'change without a tag': await send('PUT', draft, { as: 'hr-author', body: { content: second() } }),
    approve: await send('POST', `${draft}/approvals`, { as: 'hr-approver', ifMatch: etag }),
    publish: await publish(draft, '2026-12-02'),
  }
  for (const [what, answer] of Object.entries(writes))
    t.match(answer.json(), { status: 409, code: 'policy-version-published' }, what)
  const direct = await send('PUT', `/v1/policies/${policyId}/versions/1`, {
    as: 'hr-author',
    body: { content: second() },
  })
  t.equal(direct.statusCode, 405)
  t.same(await read(`/v1/policies/${policyId}/versions/1`), version)
  for (const table of ['policy_version', 'policy_edition', 'policy_withdrawal', 'policy', 'document']) {
    await t.rejects(
      asTheService(`update ${table} set organisation_id = organisation_id`),
      { code: '42501' },
      `update of ${table}`,
    )
    await t.rejects(asTheService(`delete from ${table}`), { code: '42501' }, `delete of ${table}`)
  }
})

t.test('P4, P5, P6, P9: what may not be published is refused and leaves nothing behind', async (t) => {
  const policyId = await aPolicy()
  const open = structuredClone(sampleContent)
  delete open.placeholders[0]!.value
  open.materiality = 'editorial'
  const draft = await anApprovedDraft(policyId, open)
  const before = await traces()
  const incomplete = await publish(draft, '2026-12-01')
  t.match(incomplete.json(), {
    status: 422,
    code: 'policy-draft-incomplete',
    errors: [
      { code: 'placeholder-unresolved', pointer: '/content/title/en' },
      { code: 'placeholder-unresolved', pointer: '/content/title/nl' },
      { code: 'first-version-editorial', pointer: '/content/materiality' },
    ],
  })
  t.same(await traces(), before)
  const other = await aPolicy()
  const unapproved = await aDraft(other)
  t.match((await publish(unapproved, '2026-12-01')).json(), { status: 409, code: 'policy-not-approved' })
  const third = await anApprovedDraft(await aPolicy())
  t.match((await publish(third, '2026-11-20')).json(), { status: 422, code: 'effective-day-past' })
  t.match((await publish(third, '2036-11-20')).json(), { status: 422, code: 'day-too-far-ahead' })
  t.match((await publish(third, '2026-02-30')).json(), { status: 400, code: 'input-invalid' })
  t.match((await publish(third.replace(/1$/, '2'), '2026-12-01')).json(), {
    status: 404,
    code: 'policy-draft-not-found',
  })
  t.equal((await publish(third, today)).statusCode, 201, 'today is allowed')
})

t.test('P9: today is the day in the Netherlands, also around midnight', async (t) => {
  const noon = platform.clock()
  const draft = await anApprovedDraft(await aPolicy())
  platform.setClock(toInstant('2026-11-21T22:59:59.999Z'))
  t.match((await publish(draft, '2026-11-20')).json(), { code: 'effective-day-past' })
  platform.setClock(toInstant('2026-11-21T23:00:00.000Z'))
  t.match(
    (await publish(draft, '2026-11-21')).json(),
    { code: 'effective-day-past' },
    'in Amsterdam it is tomorrow',
  )
  t.equal((await publish(draft, '2026-11-22')).statusCode, 201)
  platform.setClock(noon)
})

t.test('P12: of publishers at the same moment one publishes, and a repetition gets its answer', async (t) => {
  for (let round = 0; round < 5; round++) {
    const draft = await anApprovedDraft(await aPolicy())
    const before = (await traces()) as Record<string, number>
    const answers = await Promise.all(
      ['2026-12-01', '2026-12-02', '2026-12-03'].map((day) => publish(draft, day)),
    )
    t.same(answers.map((answer) => answer.statusCode).toSorted(), [201, 409, 409])
    for (const answer of answers.filter((one) => one.statusCode === 409))
      t.match(answer.json(), { code: 'policy-version-published' })
    t.same(await traces(), {
      versions: before['versions']! + 1,
      editions: before['editions']! + 2,
      documents: before['documents']! + 2,
      entries: before['entries']! + 1,
      drafts: before['drafts']! - 1,
    })
  }
  const draft = await anApprovedDraft(await aPolicy())
  const [one, two] = await Promise.all(
    [1, 2].map(() => publish(draft, '2026-12-01', 'the-same-publication-twice')),
  )
  const three = await publish(draft, '2026-12-01', 'the-same-publication-twice')
  t.same(
    [one, two, three].map((answer) => answer!.statusCode),
    [201, 201, 201],
  )
  t.same([two!.json(), three.json()], [one!.json(), one!.json()])
  t.match((await publish(draft, '2026-12-02', 'the-same-publication-twice')).json(), {
    code: 'idempotency-key-reused',
  })
})

t.test(
  'P12: when rendering or sealing fails nothing is half written and the draft can be published later',
  async (t) => {
    const draft = await anApprovedDraft(await aPolicy())
    const before = await traces()
    pool = { render: () => Promise.reject(new Error('a thread died')) }
    t.equal((await publish(draft, '2026-12-01')).statusCode, 500, 'rendering fails')
    pool = {
      render: async (input) => ({ ...(await realPool.render(input)), bytes: Buffer.from('not a PDF') }),
    }
    t.equal((await publish(draft, '2026-12-01')).statusCode, 500, 'sealing fails')
    let rendered = 0
    pool = {
      render: async (input) =>
        ++rendered === 2 ? Promise.reject(new Error('out of memory')) : realPool.render(input),
    }
    t.equal((await publish(draft, '2026-12-01')).statusCode, 500, 'the second edition fails')
    pool = realPool
    t.same(await traces(), before)
    t.equal((await publish(draft, '2026-12-01')).statusCode, 201)
  },
)

t.test('P9: a day that passes while the editions are rendered is past', async (t) => {
  const draft = await anApprovedDraft(await aPolicy())
  const before = await traces()
  const noon = platform.clock()
  pool = {
    render: async (input) => {
      platform.setClock(toInstant('2026-11-21T23:00:00.000Z'))
      return realPool.render(input)
    },
  }
  t.match((await publish(draft, today)).json(), { status: 422, code: 'effective-day-past' })
  pool = realPool
  platform.setClock(noon)
  t.same(await traces(), before)
})

t.test('P12: a draft that changes while it is being rendered is not published', async (t) => {
  const draft = await anApprovedDraft(await aPolicy())
  const before = await traces()
  let changed = false
  pool = {
    render: async (input) => {
      if (!changed) {
        changed = true
        const { headers } = await send('GET', draft, { as: 'hr-author' })
        const edit = { as: 'hr-author', ifMatch: String(headers.etag), body: { content: second() } } as const
        const edited = await send('PUT', draft, edit)
        await send('POST', `${draft}/approvals`, { as: 'hr-approver', ifMatch: String(edited.headers.etag) })
      }
      return realPool.render(input)
    },
  }
  t.match((await publish(draft, '2026-12-01')).json(), { status: 409, code: 'policy-draft-changed' })
  pool = realPool
  t.same(await traces(), before)
  t.equal((await publish(draft, '2026-12-01')).statusCode, 201, 'what is there now is approved too')
})

t.test('the starter text can be filled in, approved and published', async (t) => {
  const policyId = await aPolicy('instruction', 'Sociale media')
  const { content } = (await read('/v1/policy-templates/social-media')) as unknown as {
    content: PolicyContent
  }
  const values = {
    'NAAM ORGANISATIE': 'Voorbeeld & Zonen',
    'NAAM CONTACTPERSOON': 'Şükrü de Vries',
    'E-MAIL CONTACTPERSOON': 'hr@voorbeeld.example',
  }
  for (const placeholder of content.placeholders)
    placeholder.value = values[placeholder.name as keyof typeof values]
  const url = await aVersion(policyId, '2026-12-01', content)
  t.match(await read(url), {
    editions: [
      { title: 'Social media at Voorbeeld & Zonen' },
      { title: 'Sociale media bij Voorbeeld & Zonen' },
    ],
  })
})

t.test('after all this the ledger is whole', async (t) => {
  const report = await database.readInOrganisation(organisationId, (trx) => auditLog(trx, organisationId))
  t.same(report.findings, [])
})
