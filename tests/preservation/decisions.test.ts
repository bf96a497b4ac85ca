import t from 'tap'
import { addMilliseconds, toInstant, type Instant } from '#core'
import type { PadesLevel, RevisionTimestamp } from '#documents'
import {
  decideNextStep,
  inOrder,
  renewalOf,
  retryAt,
  speaksOf,
} from '../../src/preservation/preservation-decisions.ts'
import { defaultPreservationSettings as settings } from '../../src/preservation/preservation.ts'
import { day_ms, minute_ms, year_ms } from '../support/preservation-bench.ts'

const now = toInstant('2026-11-21T08:00:00.000Z')
const later = (milliseconds: number, from: Instant = now): Instant => addMilliseconds(from, milliseconds)

function aTimestamp(changes: Partial<RevisionTimestamp> = {}): RevisionTimestamp {
  return {
    authority: 'one',
    development: false,
    provenAt: now,
    chainEndsAt: later(10 * year_ms),
    algorithms: ['sha256', 'ec'],
    ...changes,
  }
}

t.test('P2: one step follows from another until the file is at B-LTA, and none is skipped', async (t) => {
  const cases: [PadesLevel, RevisionTimestamp | null, boolean, string][] = [
    ['B-B', null, true, 'timestamp'],
    ['B-T', aTimestamp(), false, 'validation-data'],
    ['B-T', aTimestamp(), true, 'timestamp'],
    ['B-LT', aTimestamp(), true, 'timestamp'],
    ['B-LTA', aTimestamp(), false, 'validation-data'],
    ['B-LTA', aTimestamp(), true, 'renewal'],
  ]
  for (const [level, newestTimestamp, isCovered, step] of cases) {
    const next = decideNextStep({ level, newestTimestamp, isCovered }, now, settings)
    t.equal(next.step, step, `${level}, covered: ${isCovered}`)
    t.equal(next.dueAt === now, step !== 'renewal')
  }
})

t.test('P5: what ends first decides when a time-stamp is renewed', async (t) => {
  const lead_ms = settings.lead_ms
  const ends = (algorithm: string, years: number) => ({ algorithm, endsAt: later(years * year_ms) })
  const cases: [string, RevisionTimestamp, Partial<typeof settings>, Instant, string][] = [
    ['the policy period', aTimestamp(), { algorithmEnds: [] }, later(5 * year_ms - lead_ms), 'policy'],
    [
      'the certificates',
      aTimestamp({ chainEndsAt: later(3 * year_ms) }),
      { algorithmEnds: [] },
      later(3 * year_ms - lead_ms),
      'certificates',
    ],
    [
      'half the life of certificates that end soon',
      aTimestamp({ chainEndsAt: later(100 * day_ms) }),
      { algorithmEnds: [] },
      later(50 * day_ms),
      'certificates',
    ],
    [
      'an algorithm',
      aTimestamp(),
      { algorithmEnds: [ends('ec', 2)] },
      later(2 * year_ms - lead_ms),
      'algorithm',
    ],
    [
      'no other algorithm',
      aTimestamp(),
      { algorithmEnds: [ends('rsa', 2)] },
      later(5 * year_ms - lead_ms),
      'policy',
    ],
    [
      'not one that was ending when it was made',
      aTimestamp(),
      { algorithmEnds: [{ algorithm: 'ec', endsAt: later(lead_ms) }] },
      later(5 * year_ms - lead_ms),
      'policy',
    ],
    [
      'but one that was not, by a millisecond',
      aTimestamp(),
      { algorithmEnds: [{ algorithm: 'ec', endsAt: later(lead_ms + 1) }] },
      later(1),
      'algorithm',
    ],
  ]
  for (const [title, timestamp, changes, at, because] of cases)
    t.same(renewalOf(timestamp, { ...settings, ...changes }), { at, because }, title)
})

t.test('P5: a document that rests is looked at again, because ends may be set meanwhile', async (t) => {
  const facts = { level: 'B-LTA', newestTimestamp: aTimestamp(), isCovered: true } as const
  t.equal(decideNextStep(facts, now, settings).dueAt, later(settings.look_ms))
  const renewal = renewalOf(facts.newestTimestamp, settings).at
  t.equal(decideNextStep(facts, later(-minute_ms, renewal), settings).dueAt, renewal)
  t.equal(decideNextStep(facts, later(minute_ms, renewal), settings).dueAt, later(minute_ms, renewal))
})

t.test(
  'P7: what passes is tried again soon and then later, what does not at the longest interval',
  async (t) => {
    const retries = [1, 2, 3, 9, 10, 500].map((failures) =>
      retryAt('timestamp-unavailable', failures, now, settings),
    )
    t.same(
      retries,
      [1, 2, 4, 256, 360, 360].map((minutes) => later(minutes * minute_ms)),
    )
    t.equal(retryAt('seal-revoked', 1, now, settings), later(360 * minute_ms))
  },
)

t.test('P6: a renewal asks others first, and the same one when there is no other', async (t) => {
  const authorities = [{ name: 'one' }, { name: 'two' }, { name: 'three' }]
  const names = (list: readonly { name: string }[]) => list.map(({ name }) => name)
  t.same(names(inOrder(authorities, 'renewal', aTimestamp())), ['two', 'three', 'one'])
  t.same(names(inOrder(authorities, 'timestamp', aTimestamp())), ['one', 'two', 'three'])
  t.same(names(inOrder(authorities.slice(0, 1), 'renewal', aTimestamp())), ['one'])
})

t.test('P3: an answer speaks of a moment after which it was given, or that lies in its window', async (t) => {
  const at = (thisUpdate_ms: number, nextUpdate_ms: number | null) => ({
    thisUpdate: later(thisUpdate_ms),
    nextUpdate: nextUpdate_ms === null ? null : later(nextUpdate_ms),
  })
  t.ok(speaksOf(at(0, null), now))
  t.ok(speaksOf(at(-5 * minute_ms, null), now), 'five minutes for two clocks')
  t.notOk(speaksOf(at(-5 * minute_ms - 1, null), now))
  t.ok(speaksOf(at(-day_ms, 0), now))
  t.notOk(speaksOf(at(-day_ms, -1), now))
})
