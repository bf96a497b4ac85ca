import fc from 'fast-check'
import t from 'tap'
import { addDays, addMilliseconds, toCivilDate, toInstant, type CivilDate, type Instant } from '#core'
import { factsOn, readEmployment, readEmploymentStates, readHistory } from '#employments'
import { anEmployment, sendFacts, type StatedFact } from '../support/employments.ts'
import { testService } from '../support/service.ts'
import { imported, somePeople } from '../support/story.ts'

/** Something that somebody recorded: facts, or that an earlier one (by its place) was wrong. */
type Step = { readonly wait_ms: number; readonly facts: readonly StatedFact[]; readonly takesBack: number | null } // prettier-ignore

/** What the model knows of a fact: everything that was said of it and when. */
type Known = { readonly kind: string; readonly validFrom: CivilDate; readonly value: string; readonly recordedAt: Instant; readonly order: number; takenBackAt: Instant | null } // prettier-ignore

// Days around the end of a leap February and the night on which clocks go forward.
const days = [0, 1, 2, 8, 9, 10, 11, 39, 40, 41].map((after) => addDays(toCivilDate('2024-02-20'), after))
const kinds = ['function', 'grade', 'area'] as const

const aFact: fc.Arbitrary<StatedFact> = fc
  .tuple(fc.constantFrom(...kinds), fc.constantFrom(...days), fc.integer({ min: 0, max: 99 }))
  .map(([kind, validFrom, n]) => ({ kind, validFrom, value: { description: `v${n}`, foreseen: false } }))
const aStep: fc.Arbitrary<Step> = fc.record({
  // Zero too: two requests within one millisecond.
  wait_ms: fc.constantFrom(0, 1, 1_000, 3_600_000),
  facts: fc.uniqueArray(aFact, { maxLength: 3, selector: (fact) => `${fact.kind} ${fact.validFrom}` }),
  takesBack: fc.option(fc.nat({ max: 8 })),
})

/** The definition, word for word: of what was recorded by then and not taken back by then, the last to begin, then the last recorded. */
function naive(known: readonly Known[], on: CivilDate, knownAt: Instant): Record<string, string> {
  const truth: Record<string, string> = {}
  for (const kind of kinds) {
    const candidates = known.filter(
      (fact) =>
        fact.kind === kind &&
        fact.recordedAt <= knownAt &&
        !(fact.takenBackAt !== null && fact.takenBackAt <= knownAt) &&
        fact.validFrom <= on,
    )
    const lastBegun = candidates
      .map((fact) => fact.validFrom)
      .toSorted()
      .at(-1)
    const begun = candidates.filter((fact) => fact.validFrom === lastBegun)
    const lastRecorded = begun
      .map((fact) => fact.recordedAt)
      .toSorted()
      .at(-1)
    const last = begun.filter((fact) => fact.recordedAt === lastRecorded)
    // Two of the same millisecond: the one with the greater identifier, which the service tells.
    const [only] = last
    if (only !== undefined && last.length === 1) truth[kind] = only.value
    else if (only !== undefined) truth[kind] = '(same millisecond)'
  }
  return truth
}

t.test(
  'EM1, EM2, EM3: whatever was recorded and taken back in whatever order, each day as known at each moment is what the definition says',
  async (t) => {
    const service = await testService(t)
    const { database, own, platform } = service
    const people = await imported(service, own, somePeople(40))
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.array(aStep, { minLength: 1, maxLength: 5 }), async (steps) => {
        platform.setClock(toInstant('2026-11-21T08:00:00.000Z'))
        const employmentId = await anEmployment(service, own, people[run++]!)
        const known: (Known & { factId: string })[] = []
        const moments = new Set<Instant>([addMilliseconds(platform.clock(), -1), platform.clock()])
        for (const { wait_ms, facts, takesBack } of steps) {
          platform.advanceClock(wait_ms)
          const now = platform.clock()
          const target = takesBack === null ? undefined : known[takesBack]
          const retractions = target === undefined ? [] : [{ factId: target.factId, reason: 'Fout.' }]
          const answer = await sendFacts(service, own, employmentId, facts, retractions)
          if (facts.length + retractions.length === 0) {
            if (answer.body.code !== 'employment-fact-unfit') return false
            continue
          }
          if (target !== undefined && target.takenBackAt !== null) {
            if (answer.status !== 409) return false
            continue
          }
          if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
          if (target !== undefined) target.takenBackAt = now
          for (const fact of answer.body.facts as {
            factId: string
            kind: string
            validFrom: CivilDate
            value: { description: string }
            recordedAt: Instant
          }[]) {
            // prettier-ignore
            if (known.some(({ factId }) => factId === fact.factId)) continue
            known.push({ factId: fact.factId, kind: fact.kind, validFrom: fact.validFrom, value: fact.value.description, recordedAt: fact.recordedAt, order: known.length, takenBackAt: null }) // prettier-ignore
          }
          moments.add(now)
          moments.add(addMilliseconds(now, -1))
        }
        return database.readInOrganisation(own.organisationId, async (trx) => {
          for (const knownAt of moments) {
            const history = await readHistory(trx, own.organisationId, employmentId, knownAt)
            for (const on of [addDays(days[0]!, -1), ...days, toCivilDate('2026-11-21')]) {
              const read = await readEmployment(trx, own.organisationId, employmentId, { on, knownAt })
              const many = await readEmploymentStates(trx, own.organisationId, [employmentId], {
                on,
                knownAt,
              })
              if (JSON.stringify(many.get(employmentId)?.state.facts) !== JSON.stringify(read.facts))
                return false
              if (JSON.stringify(factsOn(history, on)) !== JSON.stringify(read.facts)) return false
              const expected = naive(known, on, knownAt)
              for (const kind of kinds) {
                const value = read.facts.find((fact) => fact.kind === kind)?.value as { description: string } | undefined // prettier-ignore
                if (expected[kind] !== '(same millisecond)' && value?.description !== expected[kind])
                  return false
                if (expected[kind] === '(same millisecond)' && value === undefined) return false
              }
            }
          }
          return true
        })
      }),
      { numRuns: 20, endOnFailure: true },
    )
  },
)
