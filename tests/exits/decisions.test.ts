import t from 'tap'
import type { AnnexState } from '#agreements'
import { toCivilDate } from '#core'
import { addMonths, dutchRuleSet, evaluate, standingOf, type ClauseKind, type Facts } from '#jurisdictions'
import { billNotices } from '../../src/exits/bill-decisions.ts'
import { decideClaims } from '../../src/exits/claim-decisions.ts'
import type { ExitClause, ExitStatement } from '../../src/exits/exit.ts'

const day = toCivilDate
const annex = { annexId: 'annex-b', mark: 'B', title: 'Bijlage', documentSha256: 'aa' }

function aStatement(changes: Partial<ExitStatement> = {}): ExitStatement {
  return {
    lastDay: day('2026-10-31'),
    statedOn: day('2026-09-15'),
    endedBy: 'employee',
    seriousFault: 'none',
    invokes: ['B.1'],
    noticeOn: null,
    monthlyWageCents: null,
    compensationPaidOn: null,
    ...changes,
  }
}

/** A clause as the rules of the moment `exit` judge it under the statement. */
function aClause(
  kind: ClauseKind,
  statement: ExitStatement,
  changes: Partial<ExitClause> & { readonly months?: number | null } = {},
): ExitClause {
  const months = changes.months === undefined ? 12 : changes.months
  const clauseId = changes.clauseId ?? 'B.1'
  const facts: Facts = {
    asOf: statement.lastDay,
    employee: { lastDay: statement.lastDay },
    exit: { seriousFault: statement.seriousFault, invocationNoticeOn: statement.noticeOn, compensationPaidOn: null },
    clauses: [{ id: clauseId, kind, months, area: '', areaReason: '', motivation: null }],
  } // prettier-ignore
  const { findings } = evaluate(dutchRuleSet, facts, ['exit'])
  return {
    clauseId,
    kind,
    title: kind,
    paragraphs: ['Tekst.'],
    months,
    listMark: null,
    listStands: true,
    penalty: null,
    annex,
    agreementId: 'agreement',
    state: 'in-force',
    standings: findings.filter((each) => each.clauseId === clauseId).map((each) => standingOf(each, [])),
    ...changes,
  }
}

const untilOf = (lastDay: string, months: number): string | null => {
  const statement = aStatement({ lastDay: day(lastDay) })
  return decideClaims([aClause('relatiebeding', statement, { months })], statement).claimed[0]!.until
}

t.test('a term ends on the same day of a later month, or on its last', async (t) => {
  t.equal(untilOf('2026-10-31', 12), '2027-10-31')
  t.equal(untilOf('2026-08-31', 6), '2027-02-28', 'a month without such a day')
  t.equal(untilOf('2027-08-31', 6), '2028-02-29', 'in a leap year')
  t.equal(untilOf('2028-02-29', 12), '2029-02-28', 'from a leap day')
  t.equal(untilOf('2028-02-29', 48), '2032-02-29')
  t.equal(untilOf('2026-03-29', 7), '2026-10-29', 'over both changes of the clock')
  t.equal(untilOf('2026-10-25', 5), '2027-03-25', 'from the day with 25 hours')
})

t.test('nothing is claimed under what does not bind', async (t) => {
  const statement = aStatement()
  const whyOf = (state: AnnexState): unknown => {
    const { claimed, notClaimed } = decideClaims([aClause('relatiebeding', statement, { state })], statement)
    t.same(claimed.length, state === 'in-force' ? 1 : 0, state)
    return notClaimed[0]?.why
  }
  t.equal(whyOf('in-force'), undefined)
  t.equal(whyOf('imported'), 'imported')
  t.equal(whyOf('denied'), 'denied')
  t.equal(whyOf('blocked'), 'blocked')
  for (const state of ['offered', 'half-signed', 'declined', 'lapsed', 'withdrawn'] as const)
    t.equal(whyOf(state), 'not-signed')
  t.equal(whyOf('signed'), 'not-certain')
  for (const state of ['composed', 'superseded', 'ended'] as const) t.equal(whyOf(state), undefined)
  const old = { clauseId: 'art. 9', kind: 'relatiebeding', agreementId: 'old' } as const
  t.match(decideClaims([], statement, [old]), { claimed: [], notClaimed: [{ title: 'Relatiebeding', annexId: null, why: 'imported' }] }) // prettier-ignore
})

t.test('the serious fault of the employer forbids covenants and nothing else', async (t) => {
  const statement = aStatement({ seriousFault: 'employer', invokes: ['B.1', 'B.2', 'B.3'] })
  const clauses = [
    aClause('relatiebeding', statement),
    aClause('concurrentiebeding', statement, { clauseId: 'B.2' }),
    aClause('ronselbeding', statement, { clauseId: 'B.3' }),
    aClause('geheimhoudingsbeding', statement, { clauseId: 'B.4', months: null }),
  ]
  const { claimed, notClaimed } = decideClaims(clauses, statement)
  t.match(claimed, [{ clauseId: 'B.4', annexId: 'annex-b', until: null }])
  t.same(notClaimed.map(({ why }) => why), ['employer-fault', 'employer-fault', 'employer-fault']) // prettier-ignore
})

t.test('a disputed fault leaves a covenant to a lawyer until one has decided on these facts', async (t) => {
  const statement = aStatement({ seriousFault: 'disputed' })
  const open = aClause('relatiebeding', statement)
  t.equal(decideClaims([open], statement).notClaimed[0]!.why, 'fault-disputed')
  const standings = (outcome: 'pass' | 'fail') =>
    open.standings.map(({ finding }) => {
      const { ruleId, clauseId, inputSha256 } = finding
      return standingOf(finding, [{ ruleId, clauseId, inputSha256, kind: 'review', outcome, reviewer: 'mr. X', reason: 'r' }]) // prettier-ignore
    })
  t.equal(decideClaims([{ ...open, standings: standings('pass') }], statement).claimed.length, 1)
  t.equal(decideClaims([{ ...open, standings: standings('fail') }], statement).notClaimed[0]!.why, 'fault-disputed') // prettier-ignore
})

t.test('a covenant is claimed when it is invoked, and never without a term', async (t) => {
  const statement = aStatement({ invokes: [] })
  t.equal(decideClaims([aClause('relatiebeding', statement)], statement).notClaimed[0]!.why, 'not-invoked')
  const invoked = aStatement()
  const endless = aClause('relatiebeding', invoked, { months: null })
  t.equal(decideClaims([endless], invoked).notClaimed[0]!.why, 'not-certain')
  const unlisted = aClause('relatiebeding', invoked, { listMark: 'C', listStands: false })
  t.equal(decideClaims([unlisted], invoked).notClaimed[0]!.why, 'not-certain', 'its list was not signed')
})

t.test('what is about the work ends with it unless it names months', async (t) => {
  const statement = aStatement()
  for (const kind of ['nevenwerkzaamhedenbeding', 'wijzigingsbeding', 'social-mediabeding'] as const) {
    t.equal(decideClaims([aClause(kind, statement, { months: null })], statement).notClaimed[0]!.why, 'ends-with-work') // prettier-ignore
    t.equal(decideClaims([aClause(kind, statement, { months: 3 })], statement).claimed[0]!.until, '2027-01-31') // prettier-ignore
  }
})

t.test('a penalty goes on as long as anything it is about, and not at all without', async (t) => {
  const statement = aStatement()
  const penalty = { covers: ['B.1', 'B.2'], amountCents: 1_000_000, perDayCents: 100_000 }
  const fine = aClause('boetebeding', statement, { clauseId: 'B.3', months: null, penalty })
  const relation = aClause('relatiebeding', statement)
  const secret = aClause('geheimhoudingsbeding', statement, { clauseId: 'B.2', months: null })
  const untilWith = (clauses: ExitClause[]): unknown =>
    decideClaims([...clauses, fine], statement).claimed.find(({ clauseId }) => clauseId === 'B.3')?.until
  t.equal(untilWith([relation]), '2027-10-31')
  t.equal(untilWith([relation, secret]), null)
  t.equal(untilWith([]), undefined)
  t.equal(decideClaims([fine], statement).notClaimed[0]!.why, 'covers-nothing')
  t.equal(decideClaims([relation, { ...fine, state: 'denied' }], statement).notClaimed[0]!.why, 'denied')
})

t.test('the pending bill is told of what is invoked, with its days, and decides nothing', async (t) => {
  const regime = dutchRuleSet.regimes.at(-1)!
  const statement = aStatement({
    lastDay: day('2026-03-31'),
    noticeOn: day('2026-02-28'),
    monthlyWageCents: 500_001,
    compensationPaidOn: day('2026-04-01'),
  })
  const clauses = [aClause('relatiebeding', statement), aClause('concurrentiebeding', statement, { clauseId: 'B.2' })] // prettier-ignore
  const bill = billNotices(clauses, statement, regime)
  t.same(bill, {
    regime: 'nl-2026-01',
    inForceFrom: null,
    covenants: [
      {
        clauseId: 'B.1',
        noticeBy: '2026-02-28',
        noticeInTime: true,
        compensationCents: 3_000_006,
        payBy: '2026-03-31',
        paidInTime: false,
        tooLong: false,
      },
    ],
  })
  const late = billNotices(clauses, { ...statement, noticeOn: day('2026-03-01') }, regime)
  t.equal(late.covenants[0]!.noticeInTime, false)
  t.equal(addMonths(day('2028-03-31'), -1), '2028-02-29')
  t.equal(addMonths(day('2026-01-15'), -1), '2025-12-15')
  t.equal(decideClaims(clauses, statement).claimed.length, 1, 'a late notice stops nothing today')
  const law = { ...regime, billConcurrentiebedingInForceFrom: day('2026-01-01') }
  t.equal(billNotices(clauses, statement, law).inForceFrom, '2026-01-01')
})

t.test('once the bill is law, a covenant that it voids is not claimed', async (t) => {
  const statement = aStatement()
  const regimes = dutchRuleSet.regimes.map((each) => ({ ...each, billConcurrentiebedingInForceFrom: day('2026-01-01') })) // prettier-ignore
  const facts: Facts = {
    asOf: statement.lastDay,
    employee: { lastDay: statement.lastDay },
    exit: { seriousFault: 'none', invocationNoticeOn: null, compensationPaidOn: null },
    clauses: [
      { id: 'B.1', kind: 'relatiebeding', months: 12, area: 'NL', areaReason: 'r', motivation: null },
    ],
  }
  const { findings } = evaluate({ ...dutchRuleSet, regimes }, facts, ['exit'])
  const clause = { ...aClause('relatiebeding', statement), standings: findings.map((each) => standingOf(each, [])) } // prettier-ignore
  t.equal(decideClaims([clause], statement).notClaimed[0]!.why, 'blocked')
})
