import t from 'tap'
import { toInstant, type OrganisationId, type PolicyId, type VersionId } from '#core'
import { createRenderPool } from '#documents'
import { auditLog } from '#evidence'
import { getPublishedVersion, getVersionById } from '#policies'
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
const pool = createRenderPool({ threads: 1 })
const server = aPolicyServer(platform, database, pool)
t.teardown(async () => {
  await server.close()
  await pool.close()
})
const { send, aPolicy, anApprovedDraft, aVersion } = aClientOf(server, organisation)

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
const inForce = (policyId: string, date: string) =>
  read(`/v1/policies/${policyId}/version-in-force?date=${date}`)

t.test('P9, P7: versions follow each other, and the one in force on a day is told as a fact', async (t) => {
  const policyId = await aPolicy()
  t.match(await inForce(policyId, today), { version: null, reason: 'nothing-published' })
  await aVersion(policyId, '2026-12-01')
  const draft = await anApprovedDraft(policyId, second())
  t.equal(draft, `/v1/policies/${policyId}/drafts/2`)
  t.match((await publish(draft, '2026-12-01')).json(), { status: 422, code: 'effective-day-not-later' })
  t.equal((await publish(draft, '2027-01-01')).statusCode, 201)
  t.match(await inForce(policyId, '2026-11-30'), { version: null, reason: 'before-first-version' })
  t.match(await inForce(policyId, '2026-12-31'), {
    version: { versionNumber: 1, until: '2027-01-01' },
    reason: null,
  })
  t.match(await inForce(policyId, '2027-01-01'), { version: { versionNumber: 2, until: null } })
  const noon = platform.clock()
  platform.setClock(toInstant('2026-12-31T23:30:00.000Z'))
  t.match(await read(`/v1/policies/${policyId}/versions?pageSize=1`), {
    items: [{ versionNumber: 2, state: 'in-force' }],
  })
  t.match(await read(`/v1/policies/${policyId}/versions/1`), { state: 'superseded' })
  platform.setClock(noon)
  const first = await read(`/v1/policies/${policyId}/versions?pageSize=1`)
  t.match(await read(`/v1/policies/${policyId}/versions?pageSize=1&cursor=${String(first['nextCursor'])}`), {
    items: [{ versionNumber: 1, state: 'scheduled' }],
    nextCursor: null,
  })
  t.match(
    (
      await send('GET', `/v1/policies/${policyId}/version-in-force?date=2026-13-01`, { as: 'hr-reader' })
    ).json(),
    { status: 400 },
  )
  t.match((await send('GET', `/v1/policies/${policyId}/version-in-force`, { as: 'hr-reader' })).json(), {
    status: 400,
  })
})

t.test(
  'P5: a copy of a version starts without its change summary, and has to say what changed',
  async (t) => {
    const policyId = await aPolicy()
    await aVersion(policyId, '2026-12-01')
    const copy = await send('POST', `/v1/policies/${policyId}/drafts`, {
      as: 'hr-author',
      body: { copyOfVersion: 1 },
    })
    t.match(copy.json(), {
      versionNumber: 2,
      content: { ...sampleContent, changeSummary: { en: '', nl: '' } },
      obstacles: [{ code: 'change-summary-missing' }, { code: 'change-summary-missing' }],
    })
    const missing = await send('POST', `/v1/policies/${await aPolicy()}/drafts`, {
      as: 'hr-author',
      body: { copyOfVersion: 1 },
    })
    t.match(missing.json(), { status: 404, code: 'policy-version-not-found' })
  },
)

t.test('P10: two versions are compared rule by rule', async (t) => {
  const policyId = await aPolicy()
  await aVersion(policyId, '2026-12-01')
  const after = second((content) => {
    content.rules.reverse()
    content.rules[1]!.modality = 'advised'
  })
  await aVersion(policyId, '2026-12-02', after)
  const url = `/v1/policies/${policyId}/version-comparisons`
  t.match(await read(`${url}?from=1&to=2`), {
    fromVersion: 1,
    toVersion: 2,
    changeSummary: after.changeSummary,
    rules: [
      { id: 'name-the-maker', status: 'unchanged', from: 2, to: 1 },
      {
        id: 'ask-first',
        status: 'changed',
        moved: true,
        changes: [{ field: 'modality', before: 'must', after: 'advised' }],
      },
    ],
  })
  t.match(await read(`${url}?from=1&to=3`), { status: 404, code: 'policy-version-not-found' })
  t.match(await read(`${url}?from=1`), { status: 400 })
  t.match(await read(`${url}?from=0&to=1`), { status: 400 })
})

t.test('P8: a version is withdrawn once, from today or later, and the ledger says so', async (t) => {
  const policyId = await aPolicy()
  await aVersion(policyId, today)
  const url = `/v1/policies/${policyId}/versions/1`
  const withdraw = (withdrawnFrom: string, reason = 'Regel 1 klopt niet.') =>
    send('POST', `${url}/withdrawals`, { as: 'hr-publisher', body: { withdrawnFrom, reason } })
  t.match((await withdraw('2026-11-20')).json(), { status: 422, code: 'withdrawal-day-past' })
  t.match((await withdraw('2026-12-01', 'Fout\u202e')).json(), { status: 422, code: 'reason-unprintable' })
  const text = await read(url)
  const done = await withdraw('2026-12-01')
  t.equal(done.statusCode, 201)
  t.match((await withdraw('2026-12-02')).json(), { status: 409, code: 'policy-version-withdrawn' })
  t.same(await read(url), { ...text, withdrawal: done.json() }, 'still in force, the text as it was')
  t.match(await inForce(policyId, '2026-11-30'), { version: { versionNumber: 1, until: '2026-12-01' } })
  t.match(await inForce(policyId, '2026-12-01'), { version: null, reason: 'withdrawn' })
  const { entryId } = done.json() as { entryId: string }
  t.match(await adminQuery('select kind from ledger_entry where entry_id = $1', [entryId]), [
    { kind: 'policy-version-withdrawn' },
  ])
  const unknown = await send('POST', `/v1/policies/${policyId}/versions/9/withdrawals`, {
    as: 'hr-publisher',
    body: { withdrawnFrom: '2026-12-01', reason: 'Fout' },
  })
  t.match(unknown.json(), { status: 404, code: 'policy-version-not-found' })
  const twice = await aPolicy()
  await aVersion(twice, today)
  const answers = await Promise.all(
    [1, 2, 3].map(() =>
      send('POST', `/v1/policies/${twice}/versions/1/withdrawals`, {
        as: 'hr-publisher',
        body: { withdrawnFrom: today, reason: 'Fout' },
      }),
    ),
  )
  t.same(answers.map((answer) => answer.statusCode).toSorted(), [201, 409, 409], 'once, whatever races')
})

t.test('other rooms read a published version, frozen and with its withdrawal', async (t) => {
  const policyId = await aPolicy('contract-term', 'Foto & film')
  await aVersion(policyId, '2026-12-01')
  const shown = await read(`/v1/policies/${policyId}/versions/1`)
  const reader = () =>
    database.readInOrganisation(organisationId, (trx) =>
      getPublishedVersion(trx, organisationId, policyId as PolicyId, 1),
    )
  const version = await reader()
  t.match(version, {
    versionId: shown['versionId'],
    policyId,
    policyName: 'Foto & film',
    legalNature: 'contract-term',
    versionNumber: 1,
    effectiveFrom: '2026-12-01',
    content: sampleContent,
    editions: shown['editions'],
  })
  t.notOk('withdrawnFrom' in version)
  t.throws(() => void (version.content.rules[0]!.modality = 'may'), TypeError)
  await send('POST', `/v1/policies/${policyId}/versions/1/withdrawals`, {
    as: 'hr-publisher',
    body: { withdrawnFrom: '2026-12-05', reason: 'Fout' },
  })
  const again = await reader()
  t.equal(again.withdrawnFrom, '2026-12-05')
  t.equal(again.content, version.content, 'parsed once')
  const byId = (where: OrganisationId, id: VersionId) =>
    database.readInOrganisation(where, (trx) => getVersionById(trx, where, id))
  t.same(await byId(organisationId, version.versionId), again)
  const elsewhere = await aPublishingOrganisation(platform, database, 'Elders BV')
  await t.rejects(byId(elsewhere.organisationId, version.versionId), { code: 'policy-version-not-found' })
  const missing = await send('GET', `/v1/policies/${policyId}/versions/1/editions/fr/document`, {
    as: 'hr-reader',
  })
  t.equal(missing.statusCode, 400)
})

t.test('a version in one language has one edition', async (t) => {
  const policyId = await aPolicy()
  const dutch = JSON.parse(JSON.stringify(sampleContent), (key, value: unknown) =>
    key === 'en' ? undefined : value,
  ) as PolicyContent
  dutch.languages = ['nl']
  const url = await aVersion(policyId, '2026-12-01', dutch)
  t.match(await read(url), { editions: [{ language: 'nl' }] })
  const missing = await send('GET', `${url}/editions/en/document`, { as: 'hr-reader' })
  t.match(missing.json(), { status: 404, code: 'policy-edition-not-found' })
})

t.test('after all this the ledger is whole', async (t) => {
  const report = await database.readInOrganisation(organisationId, (trx) => auditLog(trx, organisationId))
  t.same(report.findings, [])
})
