import fc from 'fast-check'
import t from 'tap'
import { ageOn } from '#jurisdictions'
import { toCivilDate } from '#core'
import {
  aDeal,
  annexStateOf,
  conclude,
  keysEnrolled,
  offered,
  signed,
  type Deal,
  type Offered,
} from '../support/agreements.ts'
import { shownStatementOf } from '../support/ceremonies.ts'
import { clauseOf, motivation } from '../support/composed-annexes.ts'
import { testService } from '../support/service.ts'

t.setTimeout(240_000)
const service = await testService(t)
const { own, send, adminQuery } = service
const publisher = own.keys['hr-publisher']

const side = fc.constantFrom('employee' as const, 'representative' as const)
const statement = fc.constantFrom('main', 'clause-1')
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('sign' as const), side, statement, choice: fc.constantFrom('agreed', 'agreed', 'agreed', 'agreed', 'agreed-conditionally', 'not-agreed') }) }, // prettier-ignore
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('sign-all' as const), side }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('click' as const), side, statement }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('conclude' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('withdraw' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('swap' as const), side, statement }) },
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

const story = fc.record({
  birthDate: fc.constantFrom('1990-02-28', '1990-02-28', '1990-02-28', '2008-11-25', '2009-05-01'),
  fixed: fc.boolean(),
  motivated: fc.boolean(),
  identity: fc.constantFrom(true, true, true, false),
  mandate: fc.constantFrom(true, true, true, false),
  addendum: fc.boolean(),
  steps: fc.array(step, { minLength: 2, maxLength: 9 }),
})

/** Does one step; whatever the service answers is its own business. */
async function doStep(deal: Deal, open: Offered, given: Step): Promise<void> {
  if (given.kind === 'conclude') return void (await conclude(service, open.agreementId))
  if (given.kind === 'withdraw') return void (await send('POST', `/v1/agreements/${open.agreementId}/withdrawals`, { as: publisher, body: { reason: 'R' } })) // prettier-ignore
  const link = open.links[given.side]
  const other = given.side === 'employee' ? deal.representative : deal.employee
  if (given.kind === 'sign-all') {
    for (const id of ['main', 'clause-1']) await signed(service, link, deal[given.side], id)
  } else if (given.kind === 'click') {
    await send('POST', '/v1/acts', { as: link, body: await shownStatementOf(service, link, given.statement, 'agreed') })
  } else if (given.kind === 'swap') await signed(service, link, other, given.statement)
  else await signed(service, link, deal[given.side], given.statement, given.choice, given.choice === 'agreed' ? undefined : 'Mijn reden.') // prettier-ignore
}

/** What must hold of an annex in force, asked of the rows and not of the code. */
async function heldAgainstRows(
  annexId: string,
  wish: { birthDate: string; fixed: boolean; motivated: boolean },
) {
  const acts = await adminQuery<{
    person_id: string
    statement_id: string
    choice: string
    assurance: string
    day: string
    signed: boolean
  }>(
    `select act.person_id, act.statement_id, act.choice, act.assurance, act.challenge_sha256 is not null as signed,
            to_char(act.acted_at at time zone 'Europe/Amsterdam', 'YYYY-MM-DD') as day
     from beding.agreement_annex join beding.agreement using (organisation_id, agreement_id)
     join beding.agreement_conclusion using (organisation_id, agreement_id)
     join beding.act on act.assignment_id in (employee_assignment_id, representative_assignment_id)
     join beding.bundle_document on bundle_document.bundle_id = act.bundle_id
     join beding.annex on annex.annex_id = agreement_annex.annex_id and annex.document_id = bundle_document.document_id
     where agreement_annex.annex_id = $1`,
    [annexId],
  )
  const both = new Set(acts.map((act) => `${act.person_id} ${act.statement_id}`))
  const last = acts
    .map(({ day }) => day)
    .toSorted()
    .at(-1)!
  return {
    written: both.size === 4 && acts.every(({ choice }) => choice === 'agreed'),
    signed: acts.length > 0 && acts.every((act) => act.signed && act.assurance.startsWith('passkey-bound')),
    adult: ageOn(toCivilDate(wish.birthDate), toCivilDate(last)) >= 18,
    motivated: !wish.fixed || wish.motivated,
  }
}

t.test(
  'no sequence of calls gets a covenant in force without a written, signed, adult, motivated bundle',
  async (t) => {
    let runs = 0
    const seen = { inForce: 0, refused: 0 }
    await fc.assert(
      fc.asyncProperty(story, async ({ steps, fixed, motivated, ...wish }) => {
        runs += 1
        let deal: Deal
        let open: Offered
        try {
          const contract = fixed
            ? { contract: { kind: 'fixed-term', endsOn: '2027-10-31', startsOn: '2026-11-01' } }
            : {}
          deal = await aDeal(service, `Q${runs}`, { ...wish, ...contract, clauses: (templates) => [clauseOf(templates, 'relatiebeding', {}, motivated ? { motivation } : {})] }) // prettier-ignore
          const asked = await send('POST', '/v1/agreements/evaluations', { as: publisher, body: deal.body })
          for (const { ruleId, clauseId, result } of asked.body.stops ?? [])
          if (result === 'lawyer')
            await send('POST', `/v1/legal-checks/${asked.body.legalCheckId}/reviews`, { as: own.keys.lawyer, body: { ruleId, ...(clauseId === null ? {} : { clauseId }), outcome: 'pass', reviewer: 'mr. J.', reason: 'Beoordeeld en houdbaar.' } }) // prettier-ignore
          open = await offered(service, deal)
        } catch {
          seen.refused += 1
          return
        }
        await keysEnrolled(service, deal, open)
        for (const each of steps) await doStep(deal, open, each)
        await conclude(service, open.agreementId)
        for (const on of [undefined, '2027-06-01', '2030-01-01']) {
          if ((await annexStateOf(service, deal.annexId, on)) !== 'in-force') continue
          seen.inForce += 1
          t.same(await heldAgainstRows(deal.annexId, { birthDate: wish.birthDate, fixed, motivated }), { written: true, signed: true, adult: true, motivated: true }, JSON.stringify({ wish, steps })) // prettier-ignore
        }
      }),
      {
        numRuns: 14,
        seed: 7,
        endOnFailure: true,
        interruptAfterTimeLimit: 45_000,
        // Two that do come into force, so that the property is not held by refusing everything.
        examples: [false, true].map((fixed) => [{ birthDate: '1990-02-28', fixed, motivated: true, identity: true, mandate: true, addendum: !fixed, steps: [{ kind: 'sign-all' as const, side: 'representative' as const }, { kind: 'sign-all' as const, side: 'employee' as const }] }]) as never, // prettier-ignore
      },
    )
    t.ok(seen.inForce > 0 && seen.refused > 0, JSON.stringify({ runs, ...seen }))
  },
)
