import fc from 'fast-check'
import t from 'tap'
import { changesSinceAccepted } from '#ceremonies'
import type { PersonId, VersionId } from '#core'
import { remainingFacts } from '#evidence'
import { aBundle, offered } from '../support/ceremonies.ts'
import { testService } from '../support/service.ts'
import { assigned, imported, published, somePeople } from '../support/story.ts'

t.setTimeout(280_000)

const runs = 12
const service = await testService(t)
const { own, send, adminQuery } = service
const people = somePeople(runs * 2)
const ids = await imported(service, own, people)
const version = await published(service, own)
const links = await assigned(service, own, version, people.length)

type Attempt = {
  readonly statementId: string
  readonly choice: string
  /** The sentence of this choice is sent with it: a client can send any choice with any sentence. */
  readonly sentenceOf: string
  readonly reason: string | null
  readonly language: 'nl' | 'en'
}

const choice = fc.constantFrom('seen', 'agreed', 'agreed-conditionally', 'not-agreed', 'declined')
const attempt: fc.Arbitrary<Attempt> = fc.record({
  statementId: fc.constantFrom('main', 'relations'),
  choice,
  sentenceOf: choice,
  reason: fc.constantFrom(null, 'Behalve artikel 3.', 'Alleen als mijn loon stijgt.', ' '),
  language: fc.constantFrom('nl', 'en'),
})

async function attempted(link: string, each: Attempt): Promise<number> {
  const opened = await send('POST', '/v1/openings', { as: link, body: { language: each.language } })
  const asked = opened.body.statements.find((one: { statementId: string }) => one.statementId === each.statementId) // prettier-ignore
  const offers: { choice: string; statement: string }[] = asked?.choices ?? []
  const statement = offers.find((offer) => offer.choice === each.sentenceOf)?.statement ?? '?'
  const { sentenceOf: _sentenceOf, reason, ...body } = each
  const answer = await send('POST', '/v1/acts', {
    as: link,
    body: {
      ...body,
      statement,
      documentSha256: opened.body.document.sha256,
      ...(reason === null ? {} : { reason }),
    },
  })
  return answer.status
}

/** What the ledger holds of every act: what was said, in which words, and with what beside it. */
async function recorded() {
  const rows = await adminQuery<{ disclosures: string[]; choice: string }>(
    `select disclosures, act.choice from beding.act join beding.entry_disclosure using (organisation_id, entry_id)`,
  )
  return rows.map((row) => ({ choice: row.choice, facts: remainingFacts(row.disclosures) }))
}

t.test('no sequence of calls records an agreement that had a condition', async (t) => {
  let next = 0
  let accepted = 0
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      fc.array(attempt, { minLength: 1, maxLength: 8 }),
      async (bundled, attempts) => {
        const index = next
        next += 1
        const address = people[index]!.workEmail
        const link = bundled
          ? (await offered(service, own, await aBundle(service, own, ids[index]!), address)).link
          : links.get(address)!
        const statuses = await Promise.all(attempts.map((each) => attempted(link, each)))
        accepted += statuses.filter((status) => status === 201).length
        for (const { choice: stored, facts } of await recorded()) {
          if (facts['choice'] !== stored) return false
          const sentence = String(facts['statement'])
          const says = /^(Ik ga (apart )?akkoord met|I agree (separately )?to) /.test(sentence) && !/onder een voorwaarde|under a condition/.test(sentence) // prettier-ignore
          if (stored === 'agreed' && (facts['reason'] !== null || !says)) return false
          if (stored !== 'agreed' && says) return false
          if (stored === 'agreed-conditionally' && String(facts['reason'] ?? '').trim() === '') return false
        }
        return true
      },
    ),
    { numRuns: runs, seed: 2026 },
  )
  t.ok(accepted >= runs / 2, `${accepted} acts were recorded`)
  t.ok((await recorded()).some((each) => each.choice === 'agreed-conditionally'))
})

t.test('a conditional agreement is none where agreements are counted', async (t) => {
  const link = links.get(people.at(-1)!.workEmail)!
  const conditional = { statementId: 'main', choice: 'agreed-conditionally', sentenceOf: 'agreed-conditionally', reason: 'Behalve artikel 3.', language: 'nl' } as const // prettier-ignore
  t.equal(await attempted(link, conditional), 201)
  const [mine] = await adminQuery<{ act_id: string }>(
    `select act_id from beding.act where choice = 'agreed-conditionally' and person_id = '${ids.at(-1)!}'`,
  )
  const other = links.get(people.at(-2)!.workEmail)!
  t.equal(
    await attempted(other, { ...conditional, choice: 'agreed', sentenceOf: 'agreed', reason: null }),
    201,
  )
  const [theirs] = await adminQuery<{ act_id: string }>(
    `select act_id from beding.act where choice = 'agreed' and person_id = '${ids.at(-2)!}'`,
  )
  const parties = [
    { actId: mine!.act_id, capacity: 'employee' },
    { actId: theirs!.act_id, capacity: 'employer-representative' },
  ]
  const copy = await send('POST', '/v1/executed-copies', { as: own.keys['hr-publisher'], body: { parties } })
  t.match(copy.body, { status: 409, code: 'act-not-agreed', errors: [{ pointer: '/parties/0/actId' }] })
  const newer = await published(service, own, { policyId: version.policyId, effectiveFrom: '2026-11-22' })
  const since = (personId: string) =>
    service.database.readInOrganisation(own.organisationId, (trx) =>
      changesSinceAccepted(trx, own.organisationId, personId as PersonId, newer.versionId as VersionId),
    )
  t.equal(await since(ids.at(-1)!), null, 'what was agreed under a condition was not taken on')
  t.match(await since(ids.at(-2)!), { fromVersion: 1, comparison: { rules: [{ id: 'respect', status: 'unchanged' }] } }) // prettier-ignore
})
