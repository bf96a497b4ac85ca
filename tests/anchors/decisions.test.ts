import t from 'tap'
import { defaultAnchorSettings } from '#anchors'
import { addMilliseconds, toInstant } from '#core'
import type { Instant } from '#core'
import {
  clockSkew,
  decideAnchor,
  decideRenewal,
  isAlarmDue,
  nextLook,
  renewalStart,
} from '../../src/anchors/anchor-decisions.ts'

const settings = defaultAnchorSettings
const now = toInstant('2026-11-21T08:00:00.000Z')
const minute_ms = 60_000
const day_ms = 86_400_000
const ago = (milliseconds: number): Instant => addMilliseconds(now, -milliseconds)
const ahead = (milliseconds: number): Instant => addMilliseconds(now, milliseconds)

t.test(
  'A1: an anchor is due hourly with new entries, daily without, and at once when asked for',
  async (t) => {
    const cases = [
      { what: 'a log that has none', size: null, at: null, requested: null, due: 'first' },
      {
        what: 'new entries, one millisecond early',
        size: 5,
        at: ago(60 * minute_ms - 1),
        requested: null,
        due: null,
      },
      {
        what: 'new entries, an hour later',
        size: 5,
        at: ago(60 * minute_ms),
        requested: null,
        due: 'new-entries',
      },
      { what: 'nothing new, an hour later', size: 9, at: ago(60 * minute_ms), requested: null, due: null },
      {
        what: 'nothing new, one millisecond early',
        size: 9,
        at: ago(day_ms - 1),
        requested: null,
        due: null,
      },
      { what: 'nothing new, a day later', size: 9, at: ago(day_ms), requested: null, due: 'idle' },
      { what: 'nothing new, but asked for', size: 9, at: ago(1), requested: ago(1), due: 'requested' },
      { what: 'a clock that was set back, nothing new', size: 9, at: ahead(1), requested: null, due: 'idle' },
      {
        what: 'a clock that was set back, new entries',
        size: 5,
        at: ahead(1),
        requested: null,
        due: 'new-entries',
      },
    ] as const
    for (const { what, size, at, requested, due } of cases) {
      const state = { anchoredSize: size, anchoredAt: at, requestedAt: requested }
      const decision = decideAnchor(state, 9, now, settings)
      t.equal(decision.kind === 'due' ? decision.reason : null, due, what)
    }
  },
)

t.test('an anchor that is due says since when', async (t) => {
  const state = { anchoredSize: 5, anchoredAt: ago(90 * minute_ms), requestedAt: null }
  t.match(decideAnchor(state, 9, now, settings), { since: ago(30 * minute_ms) })
  t.match(decideAnchor({ ...state, requestedAt: ago(7) }, 9, now, settings), { since: ago(7) })
})

t.test(
  'after failures it is tried again soon, then later, and never less than every half hour',
  async (t) => {
    const waits = [0, 1, 2, 3, 5, 6, 60].map((failures) => nextLook(failures, now, settings))
    t.same(
      waits,
      [10, 1, 2, 4, 16, 30, 30].map((minutes) => ahead(minutes * minute_ms)),
    )
  },
)

t.test('A6: an outage is told once, after the grace', async (t) => {
  const due = (dueSince: Instant | null, alarmedAt: Instant | null = null) =>
    isAlarmDue({ dueSince, alarmedAt }, now, settings)
  t.notOk(due(null), 'nothing is due')
  t.notOk(due(ago(settings.grace_ms)), 'within the grace')
  t.ok(due(ago(settings.grace_ms + 1)), 'after it')
  t.notOk(due(ago(day_ms), ago(1)), 'told already')
})

t.test('the skew of the clocks is as little as explains what was seen', async (t) => {
  const at = (seconds: number, milliseconds = 0): Instant => ahead(seconds * 1_000 + milliseconds)
  const cases = [
    { what: 'in between', asked: at(0), answered: at(4), proven: at(2, 500), skew: 0 },
    {
      what: 'a whole second stands for all of it',
      asked: at(0, 900),
      answered: at(1, 50),
      proven: at(0),
      skew: 0,
    },
    { what: 'this clock is ahead', asked: at(10), answered: at(11), proven: at(5, 200), skew: 4_800 },
    { what: 'ahead of a whole second', asked: at(10), answered: at(11), proven: at(5), skew: 4_001 },
    { what: 'this clock is behind', asked: at(0), answered: at(1), proven: at(4), skew: -3_000 },
  ]
  for (const { what, asked, answered, proven, skew } of cases) {
    t.equal(clockSkew(asked, answered, proven), skew, what)
  }
})

t.test('A7: a token is renewed ahead of its end, but not in the first half of its life', async (t) => {
  const margin_ms = 90 * day_ms
  t.equal(renewalStart(now, ahead(3_650 * day_ms), margin_ms), ahead(3_560 * day_ms), 'ten years')
  t.equal(renewalStart(now, ahead(180 * day_ms), margin_ms), ahead(90 * day_ms), 'twice the margin')
  t.equal(renewalStart(now, ahead(60 * day_ms), margin_ms), ahead(30 * day_ms), 'less than the margin')
  t.equal(renewalStart(now, ago(day_ms), margin_ms), ago(day_ms), 'a token from after the end')
})

t.test('A7: what is done about a chain follows from the end of its last token', async (t) => {
  const end = {
    provenAt: ago(1_000 * day_ms),
    certificateEndsAt: ahead(1_000 * day_ms),
    renewFrom: ahead(910 * day_ms),
    algorithms: ['sha256', 'rsa'],
  }
  const ending = (algorithm: string, endsAt: Instant) => ({
    ...settings,
    algorithmEnds: [{ algorithm, endsAt }],
  })
  t.equal(decideRenewal(end, now, settings), 'keep')
  t.equal(decideRenewal({ ...end, renewFrom: now }, now, settings), 'renew', 'its time has come')
  t.equal(decideRenewal({ ...end, certificateEndsAt: now, renewFrom: ago(1) }, now, settings), 'lapsed')
  t.equal(decideRenewal(end, now, ending('rsa', ahead(90 * day_ms))), 'renew', 'its algorithm ends')
  t.equal(
    decideRenewal(end, now, ending('rsa', ahead(90 * day_ms + 1))),
    'keep',
    'a millisecond before the margin',
  )
  t.equal(decideRenewal(end, now, ending('ec', ahead(day_ms))), 'keep', 'an algorithm that it does not use')
  const renewed = { ...end, provenAt: ago(day_ms) }
  t.equal(decideRenewal(renewed, now, ending('rsa', ahead(80 * day_ms))), 'keep', 'made within the margin')
})
