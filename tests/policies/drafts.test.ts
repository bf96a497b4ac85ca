import t from 'tap'
import { createClient, issueKey } from '#identity'
import type { PolicyContent } from '#policies/model'
import { sampleContent } from '../../src/policies/content-sample.ts'
import { testDatabase } from '../support/database.ts'
import { testPlatform } from '../support/platform.ts'
import { aClientOf, aPolicyServer, aPublishingOrganisation } from '../support/policies-service.ts'

const platform = testPlatform()
const { database, adminQuery } = await testDatabase(t)
const organisation = await aPublishingOrganisation(platform, database)
const elsewhere = await aPublishingOrganisation(platform, database, 'Elders BV')
const noRendering = { render: () => Promise.reject(new Error('nothing is rendered here')) }
const server = aPolicyServer(platform, database, noRendering)
t.teardown(() => server.close())
const { send, aPolicy, aDraft, anApprovedDraft } = aClientOf(server, organisation)
const theirs = aClientOf(server, elsewhere)

const changed = (words: string): PolicyContent => {
  const content = structuredClone(sampleContent)
  content.rules[0]!.text = { en: words, nl: words }
  return content
}
const etagOf = async (draft: string): Promise<string> =>
  String((await send('GET', draft, { as: 'hr-reader' })).headers.etag)

t.test('a policy is made, listed in pages and read', async (t) => {
  const body = { name: 'Sociale media & “meer” <nu>', owner: 'Communicatie', legalNature: 'contract-term' }
  const made = await send('POST', '/v1/policies', { as: 'hr-author', body })
  t.equal(made.statusCode, 201)
  const policy = made.json() as { policyId: string }
  t.match(policy, {
    ...body,
    createdAt: platform.clock(),
    createdBy: organisation.clients['hr-author'].clientId,
  })
  t.equal(made.headers.location, `/v1/policies/${policy.policyId}`)
  t.same((await send('GET', `/v1/policies/${policy.policyId}`, { as: 'hr-reader' })).json(), policy)
  platform.advanceClock(1)
  const second = await aPolicy()
  const first = await send('GET', '/v1/policies?pageSize=1', { as: 'hr-reader' })
  t.same((first.json() as { items: unknown[] }).items, [policy])
  t.match(first.headers.link, /rel="next"/)
  const { nextCursor } = first.json() as { nextCursor: string }
  const next = await send('GET', `/v1/policies?pageSize=1&cursor=${nextCursor}`, { as: 'hr-reader' })
  t.match(next.json(), { items: [{ policyId: second }], nextCursor: null })
})

t.test('a name that cannot be printed makes no policy', async (t) => {
  for (const name of ['Sociale\u202emedia', 'Een\nTwee', ' Sociale media', 'Lachen 王']) {
    const body = { name, owner: 'Communicatie', legalNature: 'instruction' }
    const answer = await send('POST', '/v1/policies', { as: 'hr-author', body })
    t.equal(answer.statusCode, 422, JSON.stringify(name))
    t.match(answer.json(), { code: 'policy-content-invalid', errors: [{ pointer: '/name' }] })
  }
})

t.test('what is sent wrongly is refused as a whole and leaves nothing behind', async (t) => {
  const policyId = await aPolicy()
  const url = `/v1/policies/${policyId}/drafts`
  const { title: _title, ...untitled } = sampleContent
  const cases: [string, unknown][] = [
    ['an unknown field', { content: { ...sampleContent, status: 'published' } }],
    [
      'an unknown field deeper down',
      { content: { ...sampleContent, rules: [{ ...sampleContent.rules[0], number: 1 }] } },
    ],
    ['a wrong type', { content: { ...sampleContent, rules: 'none' } }],
    ['a missing part', { content: untitled }],
    ['nothing to start from', {}],
    ['two things to start from', { content: sampleContent, templateId: 'social-media' }],
  ]
  for (const [title, body] of cases) {
    const answer = await send('POST', url, { as: 'hr-author', body })
    t.equal(answer.statusCode, 400, title)
    t.match(answer.json(), { code: 'input-invalid' })
  }
  const twice = await server.inject({
    method: 'POST',
    url,
    headers: {
      authorization: `Bearer ${organisation.clients['hr-author'].key}`,
      'idempotency-key': 'a-duplicate-key-in-json',
      'content-type': 'application/json',
    },
    payload: '{"templateId":"social-media","templateId":"social-media"}',
  })
  t.equal(twice.statusCode, 400, 'a member named twice')
  const unknown = await send('POST', url, { as: 'hr-author', body: { templateId: 'geen' } })
  t.match(unknown.json(), { status: 404, code: 'policy-template-not-found' })
  t.same(await adminQuery('select 1 from policy_draft where policy_id = $1', [policyId]), [])
})

t.test(
  'P2, P3, P4: everything that is wrong with a text is reported at once, by pointer into the request',
  async (t) => {
    const policyId = await aPolicy()
    const content = changed('Vraag het [HELPDESK].')
    delete content.title.nl
    content.rules[1]!.id = 'ask-first'
    content.sections[0]!.heading.nl = 'Jouw\u200brechten'
    content.introduction[0]!.en = 'Photos 王'
    const answer = await send('POST', `/v1/policies/${policyId}/drafts`, {
      as: 'hr-author',
      body: { content },
    })
    t.equal(answer.statusCode, 422)
    const { code, errors } = answer.json() as { code: string; errors: { code: string; pointer: string }[] }
    t.equal(code, 'policy-content-invalid')
    t.same(errors.map((error) => `${error.code} ${error.pointer}`).toSorted(), [
      'character-without-glyph /content/introduction/0/en',
      'id-repeated /content/rules/1/id',
      'language-missing /content/title/nl',
      'placeholder-undeclared /content/rules/0/text/en',
      'placeholder-undeclared /content/rules/0/text/nl',
      'unprintable-character /content/sections/0/heading/nl',
    ])
  },
)

t.test('P11: a policy has one draft at a time, also when two are started at once', async (t) => {
  const policyId = await aPolicy()
  const url = `/v1/policies/${policyId}/drafts`
  const body = { content: sampleContent }
  const answers = await Promise.all([1, 2, 3].map(() => send('POST', url, { as: 'hr-author', body })))
  t.same(answers.map((answer) => answer.statusCode).toSorted(), [201, 409, 409])
  t.match(answers.find((answer) => answer.statusCode === 409)?.json(), { code: 'policy-draft-exists' })
  const made = answers.find((answer) => answer.statusCode === 201)!
  t.equal(made.headers.location, `${url}/1`)
  t.same(await adminQuery('select version_number from policy_draft where policy_id = $1', [policyId]), [
    { version_number: 1 },
  ])
})

t.test('a draft starts from the starter text, with its gaps as obstacles', async (t) => {
  const policyId = await aPolicy()
  const list = await send('GET', '/v1/policy-templates', { as: 'hr-author' })
  t.match(list.json(), { items: [{ templateId: 'social-media', legalNature: 'instruction' }] })
  const template = await send('GET', '/v1/policy-templates/social-media', { as: 'hr-author' })
  t.equal((await send('GET', '/v1/policy-templates/geen', { as: 'hr-author' })).statusCode, 404)
  const body = { templateId: 'social-media' }
  const draft = await send('POST', `/v1/policies/${policyId}/drafts`, { as: 'hr-author', body })
  t.equal(draft.statusCode, 201)
  const answer = draft.json() as { content: PolicyContent; obstacles: { code: string; pointer: string }[] }
  t.same(answer.content, (template.json() as { content: PolicyContent }).content)
  t.match(answer.obstacles[0], { code: 'placeholder-unresolved', pointer: '/content/title/en' })
  t.ok(answer.obstacles.length > 10)
})

t.test('a draft is changed only by whoever read its last revision', async (t) => {
  const draft = await aDraft(await aPolicy())
  const first = await etagOf(draft)
  const put = (ifMatch?: string, content = changed('Anders.')) =>
    send('PUT', draft, { as: 'hr-author', body: { content }, ...(ifMatch === undefined ? {} : { ifMatch }) })
  t.match((await put()).json(), { status: 428, code: 'if-match-missing' })
  t.match((await put('*')).json(), { status: 428 })
  t.match((await put('"1-0"')).json(), { status: 412, code: 'edit-conflict' })
  t.match((await put(`W/${first}`)).json(), { status: 412 })
  const done = await put(first)
  t.equal(done.statusCode, 200)
  t.match(done.json(), { revision: 2, approval: null, content: changed('Anders.') })
  t.not(done.headers.etag, first)
  t.equal(done.headers.etag, await etagOf(draft))
  t.match((await put(first)).json(), { status: 412 }, 'the tag of the revision before')
  const broken = changed('Anders.')
  delete broken.title.en
  t.match((await put(String(done.headers.etag), broken)).json(), {
    status: 422,
    code: 'policy-content-invalid',
  })
  t.equal(await etagOf(draft), done.headers.etag, 'a refused change changes nothing')
})

t.test('of many changes of the same revision at once one is made', async (t) => {
  const draft = await aDraft(await aPolicy())
  const ifMatch = await etagOf(draft)
  const answers = await Promise.all(
    ['a', 'b', 'c', 'd'].map((words) =>
      send('PUT', draft, { as: 'hr-author', ifMatch, body: { content: changed(words) } }),
    ),
  )
  t.same(answers.map((answer) => answer.statusCode).toSorted(), [200, 412, 412, 412])
  t.match((await send('GET', draft, { as: 'hr-reader' })).json(), { revision: 2 })
})

t.test('P6: another client approves exactly what it read; any change takes the approval away', async (t) => {
  const draft = await aDraft(await aPolicy())
  const approve = (ifMatch?: string, key?: string) =>
    send('POST', `${draft}/approvals`, {
      as: 'hr-approver',
      ...(ifMatch === undefined ? {} : { ifMatch }),
      ...(key === undefined ? {} : { key }),
    })
  const first = await etagOf(draft)
  t.match((await approve()).json(), { status: 428 })
  const edited = await send('PUT', draft, {
    as: 'hr-author',
    ifMatch: first,
    body: { content: changed('Anders.') },
  })
  t.match((await approve(first)).json(), { status: 412 }, 'it read another text')
  const approved = await approve(String(edited.headers.etag), 'one-and-the-same-approval')
  t.equal(approved.statusCode, 201)
  const approvedBy = organisation.clients['hr-approver'].clientId
  t.match(approved.json(), { revision: 2, approval: { approvedBy, approvedAt: platform.clock() } })
  t.not(approved.headers.etag, edited.headers.etag, 'an author notices the approval')
  t.equal(approved.headers.etag, await etagOf(draft))
  const again = await approve(String(edited.headers.etag), 'one-and-the-same-approval')
  t.same(
    [again.statusCode, again.headers['idempotent-replayed'], again.json()],
    [201, 'true', approved.json()],
  )
  t.match((await approve(String(approved.headers.etag))).json(), {
    status: 409,
    code: 'policy-draft-approved',
  })
  const late = await send('PUT', draft, {
    as: 'hr-author',
    ifMatch: String(edited.headers.etag),
    body: { content: sampleContent },
  })
  t.equal(late.statusCode, 412, 'the author did not know that it was approved')
  const ifMatch = String(approved.headers.etag)
  const same = await send('PUT', draft, { as: 'hr-author', ifMatch, body: { content: changed('Anders.') } })
  t.match(same.json(), { revision: 3, approval: null }, 'also when the text stays the same')
})

t.test('P6: the author of a revision is whoever wrote it, not whoever began the draft', async (t) => {
  const draft = await aDraft(await aPolicy())
  const colleague = await database.inOrganisation(organisation.organisationId, async (trx) => {
    const actor = { organisationId: organisation.organisationId, clientId: null }
    const { clientId } = await createClient(platform, trx, actor, {
      name: 'second author',
      role: 'hr-author',
    })
    const { text } = await issueKey(platform, trx, actor, { clientId, scopes: null })
    return { clientId, key: text }
  })
  const edited = await server.inject({
    method: 'PUT',
    url: draft,
    headers: { authorization: `Bearer ${colleague.key}`, 'if-match': await etagOf(draft) },
    payload: { content: changed('Anders.') },
  })
  t.match(edited.json(), { revision: 2, authorId: colleague.clientId })
})

t.test('P6: nobody approves the revision they wrote, whatever their rights', async (t) => {
  const draft = await aDraft(await aPolicy())
  const author = organisation.clients['hr-author'].clientId
  // No role may both write and approve; a key of a role that comes later might.
  await adminQuery('update policy_draft set author_id = $1 where author_id = $2', [
    organisation.clients['hr-approver'].clientId,
    author,
  ])
  const refused = await send('POST', `${draft}/approvals`, {
    as: 'hr-approver',
    ifMatch: await etagOf(draft),
  })
  t.match(refused.json(), { status: 409, code: 'approver-is-author' })
  // The check constraint policy_draft_four_eyes says the same.
  await t.rejects(adminQuery('update policy_draft set approved_by = author_id, approved_at = now()'), {
    code: '23514',
  })
})

t.test('only who has the right may write, approve, publish or withdraw', async (t) => {
  const policyId = await aPolicy()
  const draft = await anApprovedDraft(policyId)
  const ifMatch = await etagOf(draft)
  const steps = {
    write: await send('PUT', draft, { as: 'hr-approver', ifMatch, body: { content: sampleContent } }),
    start: await send('POST', `/v1/policies/${policyId}/drafts`, {
      as: 'hr-publisher',
      body: { templateId: 'social-media' },
    }),
    approve: await send('POST', `${draft}/approvals`, { as: 'hr-author', ifMatch }),
    publish: await send('POST', `${draft}/publications`, {
      as: 'hr-approver',
      body: { effectiveFrom: '2026-12-01' },
    }),
    withdraw: await send('POST', `/v1/policies/${policyId}/versions/1/withdrawals`, {
      as: 'hr-author',
      body: { withdrawnFrom: '2026-12-01', reason: 'Fout' },
    }),
    read: await send('GET', draft, { as: 'auditor' }),
  }
  for (const [what, answer] of Object.entries(steps))
    t.match(answer.json(), { status: 403, code: 'access-denied' }, what)
})

t.test('another organisation sees nothing and reaches nothing', async (t) => {
  const policyId = await aPolicy()
  const draft = await anApprovedDraft(policyId)
  const ifMatch = await etagOf(draft)
  t.same((await theirs.send('GET', '/v1/policies', { as: 'hr-author' })).json(), {
    items: [],
    nextCursor: null,
  })
  const answers = {
    policy: await theirs.send('GET', `/v1/policies/${policyId}`, { as: 'hr-author' }),
    draft: await theirs.send('GET', draft, { as: 'hr-author' }),
    change: await theirs.send('PUT', draft, { as: 'hr-author', ifMatch, body: { content: sampleContent } }),
    start: await theirs.send('POST', `/v1/policies/${policyId}/drafts`, {
      as: 'hr-author',
      body: { templateId: 'social-media' },
    }),
    approve: await theirs.send('POST', `${draft}/approvals`, { as: 'hr-approver', ifMatch }),
    publish: await theirs.send('POST', `${draft}/publications`, {
      as: 'hr-publisher',
      body: { effectiveFrom: '2026-12-01' },
    }),
    versions: await theirs.send('GET', `/v1/policies/${policyId}/versions`, { as: 'hr-author' }),
    inForce: await theirs.send('GET', `/v1/policies/${policyId}/version-in-force?date=2026-12-01`, {
      as: 'hr-author',
    }),
  }
  for (const [what, answer] of Object.entries(answers)) t.equal(answer.statusCode, 404, what)
})

t.test('a repeated Idempotency-Key gives the same answer, and with another body none', async (t) => {
  const key = 'one-intention-one-policy'
  const body = { name: 'Eenmaal', owner: 'HR', legalNature: 'information' }
  const first = await send('POST', '/v1/policies', { as: 'hr-author', body, key })
  const again = await send('POST', '/v1/policies', { as: 'hr-author', body, key })
  t.same([again.statusCode, again.json()], [201, first.json()])
  const other = await send('POST', '/v1/policies', { as: 'hr-author', body: { ...body, owner: 'IT' }, key })
  t.match(other.json(), { status: 422, code: 'idempotency-key-reused' })
  t.match((await send('POST', '/v1/policies', { as: 'hr-author', body, key: null })).json(), { status: 400 })
  t.equal((await adminQuery("select 1 from policy where name = 'Eenmaal'")).length, 1)
})
