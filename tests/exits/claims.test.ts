import t from 'tap'
import { aDeal, conclude, keysEnrolled, offered, ok, signedAll, type Deal, type Offered } from '../support/agreements.ts' // prettier-ignore
import { exitBody } from '../support/exits.ts'
import { openPdf } from '../support/documents-pdf.ts'
import { testService } from '../support/service.ts'

t.setTimeout(240_000)
const service = await testService(t)
const { own, send } = service
const publisher = own.keys['hr-publisher']

/** An agreement with a relatiebeding of twelve months (B.1), signed by both, and somebody who may give the exit letter. */
async function inForce(prefix: string): Promise<{ readonly deal: Deal; readonly open: Offered }> {
  const deal = await aDeal(service, prefix)
  const open = await offered(service, deal)
  await keysEnrolled(service, deal, open)
  await signedAll(service, open.links.employee, deal.employee)
  await signedAll(service, open.links.representative, deal.representative)
  await ok(conclude(service, open.agreementId))
  await ok(send('POST', '/v1/mandates', { as: publisher, body: { personId: deal.representative.personId, covers: ['exit-letter'], validFrom: '2026-01-01', validTo: null, basis: 'Handelsregister, bestuurder' } })) // prettier-ignore
  return { deal, open }
}

const leaves = ({ deal }: { readonly deal: Deal }, more: object) =>
  send('POST', `/v1/employments/${deal.employmentId}/exits`, {
    as: publisher,
    body: { ...exitBody(deal.representative.personId), invokes: ['B.1'], lastDay: '2028-02-29', ...more },
  })

const letterOf = async (documentId: string): Promise<string> =>
  openPdf((await send('GET', `/v1/documents/${documentId}/content`, { as: publisher })).bytes).text.replaceAll('\n', ' ') // prettier-ignore

t.test(
  'a covenant that is invoked is claimed until its last day, from a leap day on; a correction replaces the exit',
  async (t) => {
    const it = await inForce('L')
    const made = await leaves(it, {})
    t.equal(made.status, 201, JSON.stringify(made.body))
    const { claims } = made.body.follows
    t.match(claims, {
      claimed: [{ clauseId: 'B.1', kind: 'relatiebeding', until: '2029-02-28' }],
      notClaimed: [],
    })
    t.match(await letterOf(made.body.documentId), /28 februari 2029/)
    t.equal(made.body.legalCheckIds.length, 1)
    t.match(await leaves(it, {}), { status: 409, body: { code: 'exit-recorded' } })
    const corrected = await leaves(it, { lastDay: '2028-03-31', replaces: made.body.exitId, reason: 'Een maand later.' }) // prettier-ignore
    t.equal(corrected.status, 201, JSON.stringify(corrected.body))
    t.match(corrected.body, { replaces: made.body.exitId, replacedBy: null })
    const { items } = await ok(send('GET', `/v1/employments/${it.deal.employmentId}/exits`, { as: own.keys['hr-reader'] })) // prettier-ignore
    t.same(items.map((each: { replacedBy: string | null }) => each.replacedBy).toSorted(), [corrected.body.exitId, null].toSorted()) // prettier-ignore
    const state = await ok(
      send('GET', `/v1/employments/${it.deal.employmentId}?on=2028-06-01`, { as: publisher }),
    )
    const days = state.facts.filter((each: { kind: string }) => each.kind === 'last-day')
    t.match(days, [{ value: { day: '2028-03-31' } }], 'the first is taken back')
  },
)

t.test(
  'what the serious fault of the employer or no invocation forbids is not in the letter, and is told',
  async (t) => {
    const it = await inForce('F')
    const fault = await leaves(it, { endedBy: 'employer', seriousFault: 'employer' })
    t.equal(fault.status, 201, JSON.stringify(fault.body))
    t.match(fault.body.follows.claims, {
      claimed: [],
      notClaimed: [{ clauseId: 'B.1', why: 'employer-fault' }],
    })
    t.notMatch(await letterOf(fault.body.documentId), /2029-02-28|28 februari 2029/)
    const silent = await inForce('N')
    const made = await leaves(silent, { invokes: [] })
    t.equal(made.body.follows.claims.claimed.length, 0)
  },
)

t.test('nothing rests on a denied act', async (t) => {
  const it = await inForce('D')
  const denial = { ground: 'not-me', words: 'Dat was ik niet.', language: 'nl' }
  t.equal((await send('POST', '/v1/acts/current/denials', { as: it.open.links.employee, body: denial })).status, 201) // prettier-ignore
  const made = await leaves(it, {})
  t.equal(made.status, 201, JSON.stringify(made.body))
  t.match(made.body.follows.claims, { claimed: [], notClaimed: [{ clauseId: 'B.1', why: 'denied' }] })
})

t.test('what cannot be is refused and leaves nothing behind', async (t) => {
  const it = await inForce('U')
  const list = async () => (await ok(send('GET', `/v1/employments/${it.deal.employmentId}/exits`, { as: publisher }))).items // prettier-ignore
  for (const [body, status] of [
    [{ lastDay: '2026-10-31' }, 422],
    [{ lastDay: '2027-02-29' }, 400],
    [{ invokes: ['Q.9'] }, 422],
    [{ letter: { ...(exitBody(it.deal.employee.personId) as { letter: object }).letter } }, 409],
  ] as const) {
    const answer = await leaves(it, body)
    t.equal(answer.status, status, JSON.stringify(answer.body))
    t.same(await list(), [])
  }
})
