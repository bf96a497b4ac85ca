import t from 'tap'
import { annexText, clauseOf, compose, employed, libraryOf, listText, motivation, type Employed } from '../support/composed-annexes.ts' // prettier-ignore
import { anEmployment, sendContract } from '../support/employments.ts'
import { testService } from '../support/service.ts'
import { imported, published, somePeople } from '../support/story.ts'

const service = await testService(t)
const { own, send, adminQuery } = service
const templates = await libraryOf(service, own)
const people = await imported(service, own, somePeople(4))
const who = await employed(service, own, people[0]!)
const kept = async () => (await adminQuery<{ n: string }>('select count(*) as n from beding.annex'))[0]!.n

type Refusal = readonly [string, object, number, string, string]

async function refused(
  test: Pick<typeof t, 'match' | 'ok' | 'equal'>,
  cases: readonly Refusal[],
  of: Employed = who,
) {
  const before = await kept()
  for (const [what, body, status, code, pointer] of cases) {
    const answer = await compose(service, own, of, body)
    test.match([answer.status, answer.body.code], [status, code], `${what}: ${JSON.stringify(answer.body.errors)}`) // prettier-ignore
    const pointers = (answer.body.errors ?? []).map((each: { pointer?: string }) => each.pointer)
    if (pointer !== '') test.ok(pointers.includes(pointer), `${what}: ${pointer} in ${pointers.join(' ')}`)
  }
  test.equal(await kept(), before, 'nothing is made')
}

const relation = (changes: object = {}, more: object = { motivation }) =>
  clauseOf(templates, 'relatiebeding', changes, more)
const withRelation = (changes: object = {}, more: object = { motivation }) =>
  annexText([relation(changes, more)])

t.test('parameters of the wrong type, with the place of each; nothing is converted', async (t) => {
  await refused(t, [
    ['a number in a string', withRelation({ months: '12' }), 422, 'clause-values-unfit', '/clauses/0/values/months'],
    ['half a month', withRelation({ months: 1.5 }), 422, 'clause-values-unfit', '/clauses/0/values/months'],
    ['a name where a list is', withRelation({ relations: 'Jansen' }), 422, 'clause-values-unfit', '/clauses/0/values/relations'],
    ['a name twice', withRelation({ relations: ['A', 'A'] }), 422, 'clause-values-unfit', '/clauses/0/values/relations'],
    ['no option', withRelation({ initiative: 'perhaps' }), 422, 'clause-values-unfit', '/clauses/0/values/initiative'],
    ['no such gap', withRelation({ colour: 'red' }), 422, 'clause-values-unfit', '/clauses/0/values/colour'],
    ['an object', withRelation({ area: { nl: 'x' } }), 400, 'input-invalid', ''],
    ['both a list here and elsewhere', withRelation({ relationList: 'C' }), 422, 'clause-values-unfit', '/clauses/0/values/relationList'],
    ['a mark that cannot be', withRelation({ listedIn: 'annex', relations: undefined, relationList: 'Bijlage C!' }), 422, 'clause-values-unfit', '/clauses/0/values/relationList'],
    ['of the second clause', annexText([relation(), clauseOf(templates, 'boetebeding', { amount: '10000' })]), 422, 'clause-values-unfit', '/clauses/1/values/amount'],
    ['30 February', annexText([relation()], { effectiveFrom: '2027-02-30' }), 400, 'input-invalid', '/effectiveFrom'],
    ['29 February of a common year', annexText([relation()], { effectiveUntil: '2027-02-29' }), 400, 'input-invalid', '/effectiveUntil'],
    ['a version that is not there', annexText([{ ...relation(), versionNumber: 9 }]), 404, 'clause-template-not-found', ''],
    ['a mark with a space', annexText([relation()], { mark: 'B 1' }), 400, 'input-invalid', '/mark'],
    ['what nobody knows', annexText([relation()], { signedOn: '2026-11-21' }), 400, 'input-invalid', ''],
    ['no such jurisdiction', annexText([relation()], { jurisdiction: 'be' }), 422, 'jurisdiction-not-found', ''],
    ['a character without a glyph', annexText([relation()], { title: 'Li 王' }), 422, 'character-without-glyph', '/title'],
    ['a character that hides', annexText([relation()], { title: 'a\u202Eb' }), 422, 'annex-unfit', '/title'],
  ]) // prettier-ignore
})

t.test('an empty motivation, one given around, and one that was written at another moment', async (t) => {
  const said = (changes: object) => withRelation({}, { motivation: { ...motivation, ...changes } })
  await refused(t, [
    ['no words', said({ text: '' }), 400, 'input-invalid', '/clauses/0/motivation/text'],
    ['only spaces', said({ text: '  \n ' }), 422, 'annex-unfit', '/clauses/0/motivation/text'],
    ['for no function', said({ functionRef: ' ' }), 422, 'annex-unfit', '/clauses/0/motivation/functionRef'],
    ['by nobody', said({ author: ' ' }), 422, 'annex-unfit', '/clauses/0/motivation/author'],
    ['an interest of nothing', said({ interests: [' '] }), 422, 'annex-unfit', '/clauses/0/motivation/interests/0'],
    ['no interest at all', said({ interests: [] }), 422, 'annex-blocked', '/clauses/0'],
    ['none', withRelation({}, {}), 422, 'annex-blocked', '/clauses/0'],
    ['with a moment, which may be after signing', said({ writtenAt: '2027-06-01T00:00:00.000Z' }), 400, 'input-invalid', ''],
    ['as a value', withRelation({ motivation: 'Omdat.' }, {}), 422, 'clause-values-unfit', '/clauses/0/values/motivation'],
    ['switched on as a value', withRelation({ withMotivation: true }), 422, 'clause-values-unfit', '/clauses/0/values/withMotivation'],
    ['of a kind without', annexText([clauseOf(templates, 'geheimhoudingsbeding', {}, { motivation })]), 422, 'clause-values-unfit', '/clauses/0/motivation'],
  ]) // prettier-ignore
})

t.test('an unlisted relation, lists that cannot be, and parts of the other kind', async (t) => {
  const leave = (name: string, more: object = {}) => ({ motivation, exemptions: [{ name, from: '2027-01-01', ...more }] }) // prettier-ignore
  const row = { name: 'A', kind: 'customer', from: '2027-01-01', reason: 'klant' }
  const list = (...relations: object[]) => listText({ relations })
  await refused(t, [
    ['leave for somebody who is on no list', withRelation({}, leave('Onbekend B.V.')), 422, 'annex-unfit', '/clauses/0/exemptions/0/name'],
    ['leave that ends before it begins', withRelation({}, leave('Jansen & Zn', { until: '2026-12-31' })), 422, 'annex-unfit', '/clauses/0/exemptions/0/until'],
    ['leave in another kind', annexText([clauseOf(templates, 'ronselbeding', {}, leave('Jansen & Zn'))]), 422, 'annex-unfit', '/clauses/0/exemptions/0/name'],
    ['a list that is not there', withRelation({ listedIn: 'annex', relations: undefined, relationList: 'Z' }), 422, 'annex-unfit', '/clauses/0/values/relationList'],
    ['itself as its list', withRelation({ listedIn: 'annex', relations: undefined, relationList: 'B' }), 422, 'annex-unfit', '/clauses/0/values/relationList'],
    ['nobody on it', list(), 422, 'annex-unfit', '/relations'],
    ['the same on the same days', list(row, { ...row, from: '2027-06-01' }), 422, 'annex-unfit', '/relations/1/name'],
    ['until before from', list({ ...row, until: '2026-12-31' }), 422, 'annex-unfit', '/relations/0/until'],
    ['without a reason', list({ ...row, reason: ' ' }), 422, 'annex-unfit', '/relations/0/reason'],
    ['another sort of relation', list({ ...row, kind: 'friend' }), 400, 'input-invalid', '/relations/0/kind'],
    ['clauses on a list', listText({ clauses: [relation()] }), 422, 'annex-unfit', '/clauses'],
    ['a list among clauses', annexText([relation()], { relations: [row] }), 422, 'annex-unfit', '/relations'],
    ['nothing', annexText([]), 422, 'annex-unfit', '/clauses'],
    ['two penalties', annexText([clauseOf(templates, 'boetebeding'), clauseOf(templates, 'boetebeding')]), 422, 'annex-unfit', '/clauses'],
    ['it ends before it begins', annexText([relation()], { effectiveUntil: '2026-12-31' }), 422, 'annex-unfit', '/effectiveUntil'],
  ]) // prettier-ignore
  const twice = list({ ...row, until: '2027-02-28' }, { ...row, from: '2027-03-01' })
  t.equal((await compose(service, own, who, { ...twice, mark: 'L' })).status, 201, 'one after the other is a history') // prettier-ignore
})

t.test('employments, contracts and policies that do not fit', async (t) => {
  const version = await published(service, own)
  const later = await published(service, own, { policyId: version.policyId, effectiveFrom: '2027-06-01' })
  const policies = (versionNumber: number, effectiveFrom = '2027-01-01') =>
    annexText([], { effectiveFrom, policies: [{ policyId: version.policyId, versionNumber }] })
  const another = await employed(service, own, people[1]!)
  await refused(t, [
    ['a version that does not hold yet', policies(later.versionNumber), 422, 'annex-unfit', '/policies/0'],
    ['a version that has been replaced by then', policies(1, '2027-07-01'), 422, 'annex-unfit', '/policies/0'],
    ['no such version', policies(7), 404, 'policy-version-not-found', ''],
    ['one policy twice', annexText([], { policies: [{ policyId: version.policyId, versionNumber: 1 }, { policyId: version.policyId, versionNumber: 1 }] }), 422, 'annex-unfit', '/policies/1/policyId'],
  ]) // prettier-ignore
  await refused(t, [['the contract of another', withRelation(), 422, 'annex-unfit', '/contractId']], { ...who, contractId: another.contractId }) // prettier-ignore
  await refused(t, [['no such employment', withRelation(), 404, 'employment-not-found', '']], { ...who, employmentId: version.policyId }) // prettier-ignore
  t.equal((await compose(service, own, another, { ...policies(1), mark: 'P' })).status, 201)
})

t.test('what is not known shows as unknown, and is never a pass', async (t) => {
  const employmentId = await anEmployment(service, own, people[2]!)
  const contract = await sendContract(service, own, employmentId, { kind: 'indefinite', startsOn: '2024-01-31' }) // prettier-ignore
  const bare: Employed = { personId: people[2]!, employmentId, contractId: contract.body.contractId }
  const made = await compose(service, own, bare, annexText([clauseOf(templates, 'boetebeding', { derogateLid5: false })])) // prettier-ignore
  t.equal(made.status, 201, JSON.stringify(made.body.errors))
  const cap = made.body.draftCheck.findings.find((each: { ruleId: string }) => each.ruleId === 'nl.7-650.5.half-day-cap') // prettier-ignore
  t.match(cap, { result: 'unknown', missing: ['wage.history'], stops: true })
  t.equal(made.body.draftCheck.mayGoOn, false)
  t.equal((await send('GET', `/v1/annexes/${made.body.annexId}`, { as: own.keys.auditor })).status, 403)
})
