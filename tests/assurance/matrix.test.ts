import t from 'tap'
import { addDays, toCivilDate, toInstant } from '#core'
import type { AssuranceRule } from '#assurance'
import { builtInMatrix, purposes, requiredFor, requirementOn } from '#assurance'
import { decideRule } from '../../src/assurance/matrix-decisions.ts'
import { testService } from '../support/service.ts'
import { imported, somePeople } from '../support/story.ts'

const today = toCivilDate('2026-11-21')
const rule = (ruleId: string, level: AssuranceRule['level'], effectiveFrom: string, madeAt: string): AssuranceRule => ({ ruleId, purpose: 'instruction', level, minReadingSeconds: 5, effectiveFrom: toCivilDate(effectiveFrom), madeAt: toInstant(madeAt) }) // prettier-ignore

t.test('5: of the rules in force the one that took effect last holds, of those the newest', async (t) => {
  const rules = [
    rule('a', 'sso', '2026-12-01', '2026-11-01T08:00:00.000Z'),
    rule('b', 'phone-otp', '2026-11-10', '2026-11-20T08:00:00.000Z'),
    rule('c', 'sso-mfa', '2026-12-01', '2026-11-02T08:00:00.000Z'),
  ]
  const on = (day: string) => requirementOn('instruction', rules, toCivilDate(day)).matrixVersion
  t.same(['2026-11-09', '2026-11-10', '2026-11-30', '2026-12-01', '2027-01-01'].map(on), [builtInMatrix, 'b', 'b', 'c', 'c']) // prettier-ignore
  t.equal(requirementOn('notice', rules, today).matrixVersion, builtInMatrix, 'another purpose')
})

t.test('6: nothing is asked that is past, and nothing less than what is built in', async (t) => {
  const wanted = {
    purpose: 'covenant',
    level: 'passkey-bound',
    minReadingSeconds: 0,
    effectiveFrom: today,
  } as const
  t.equal(decideRule(wanted, today), undefined)
  t.equal(decideRule({ ...wanted, level: 'qualified' }, today), undefined)
  t.equal(decideRule({ ...wanted, level: 'sso-mfa' }, today), 'level-below-built-in')
  t.equal(decideRule({ ...wanted, effectiveFrom: addDays(today, -1) }, today), 'effective-day-past')
})

const service = await testService(t)
const { own, other, send, database, adminQuery } = service
const asAdmin = own.keys['organisation-admin']

t.test('5: a rule is an entry, holds from its day on, and for this organisation only', async (t) => {
  const body = { purpose: 'instruction', level: 'sso-mfa', minReadingSeconds: 30, effectiveFrom: '2026-11-25', reason: 'Afspraak met de OR.' } // prettier-ignore
  t.equal((await send('POST', '/v1/assurance-rules', { as: own.keys['hr-publisher'], body })).status, 403)
  const made = await send('POST', '/v1/assurance-rules', { as: asAdmin, body })
  t.match([made.status, made.body], [201, body])
  const read = async (key: string, day: string) => {
    const { body: matrix } = await send('GET', `/v1/assurance-matrix?day=${day}`, { as: key })
    t.same(
      matrix.purposes.map((each: { purpose: string }) => each.purpose),
      [...purposes],
    )
    return matrix.purposes.find((each: { purpose: string }) => each.purpose === 'instruction')
  }
  t.match(await read(own.keys.auditor, '2026-11-24'), { level: 'mailbox-employer', fitness: 'lawyer', matrixVersion: builtInMatrix }) // prettier-ignore
  t.match(await read(own.keys.auditor, '2026-11-25'), { level: 'sso-mfa', fitness: 'pass', minReadingSeconds: 30, matrixVersion: made.body.ruleId }) // prettier-ignore
  t.match(await read(other.keys.auditor, '2026-11-25'), { level: 'mailbox-employer' })
  for (const [id, level] of [[own.organisationId, 'sso-mfa'], [other.organisationId, 'mailbox-employer']] as const) // prettier-ignore
    t.match(await database.readInOrganisation(id, (trx) => requiredFor(trx, id, 'instruction', toCivilDate('2026-12-01'))), { level }) // prettier-ignore
  const weaker = await send('POST', '/v1/assurance-rules', { as: asAdmin, body: { ...body, purpose: 'covenant' } }) // prettier-ignore
  t.match([weaker.status, weaker.body.code], [422, 'level-below-built-in'])
  t.same(await adminQuery(`select kind from beding.ledger_entry where kind = 'assurance-rule-made'`), [{ kind: 'assurance-rule-made' }]) // prettier-ignore
})

t.test('7: what the employer attests is beside every act, for one person, and goes with them', async (t) => {
  const [personId, secondId] = await imported(service, own, somePeople(2))
  const [strangerId] = await imported(service, other, somePeople(1, 'X'))
  const as = own.keys['hr-publisher']
  const body = { personId, kind: 'workshop', happenedOn: '2026-11-20', what: 'Was bij de bijeenkomst in Utrecht.' } // prettier-ignore
  const cases: [object, number, string][] = [
    [{ ...body, happenedOn: '2026-11-22' }, 422, 'attested-day-ahead'],
    [{ ...body, personId: strangerId }, 404, 'person-not-found'],
    [{ ...body, assignmentId: service.platform.newId() }, 404, 'assignment-not-found'],
    [{ ...body, kind: 'agreed' }, 400, 'input-invalid'],
    [{ ...body, personIds: [personId, secondId] }, 400, 'input-invalid'],
    [{ ...body, evidenceSha256: 'x' }, 400, 'input-invalid'],
  ]
  for (const [wrong, status, code] of cases) {
    const answer = await send('POST', '/v1/attestations', { as, body: wrong })
    t.match([answer.status, answer.body.code], [status, code])
  }
  t.equal((await send('POST', '/v1/attestations', { as: own.keys['hr-reader'], body })).status, 403)
  const made = await send('POST', '/v1/attestations', { as, body })
  t.match([made.status, made.body.kind, made.body.assignmentId], [201, 'workshop', null])
  t.match(made.body.proves, /no act of the person/)
  const list = await send('GET', `/v1/persons/${personId}/attestations`, { as: own.keys.lawyer })
  t.same(list.body.items, [made.body])
  t.equal((await send('GET', `/v1/persons/${personId}/attestations`, { as: other.keys.lawyer })).status, 404)
  const disclosed = (await adminQuery(`select disclosures from beding.entry_disclosure`)) as { disclosures: string[] }[] // prettier-ignore
  t.notOk(disclosed.flatMap((row) => row.disclosures).some((each) => Buffer.from(each, 'base64url').includes('Utrecht'))) // prettier-ignore
})
