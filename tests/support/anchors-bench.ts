import type { Test } from 'tap'
import type { Instant } from '#core'
import { addMilliseconds } from '#core'
import type { Anchor, AnchorDeps, AnchorSettings } from '#anchors'
import { anchoringJob, anchorMoment, readAnchors } from '#anchors'
import { getOpenLog } from '#evidence'
import type { Logger } from '#platform'
import { httpAuthority, type TimestampAuthority } from '#timestamps'
import type { TestDatabase } from './database.ts'
import type { TestLog } from './evidence-log.ts'
import { aLog } from './evidence-log.ts'
import type { CapturedLog } from './http-server.ts'
import { capturedLog } from './http-server.ts'
import type { TestPlatform } from './platform.ts'
import { testPlatform } from './platform.ts'
import type { TimestampServer } from './timestamps-server.ts'
import { startTimestampServer } from './timestamps-server.ts'

export const minute_ms = 60_000
export const hour_ms = 60 * minute_ms
export const day_ms = 24 * hour_ms

/** An organisation with a log, a clock of its own, and whoever tells it the time. */
export type AnchorBench = {
  readonly log: TestLog
  readonly platform: TestPlatform
  readonly captured: CapturedLog
  readonly deps: AnchorDeps
  /** One round of anchoring of this organisation; answers when to look again. */
  readonly round: () => Promise<Instant | null>
  /** Moves the clock, then does a round. */
  readonly roundAfter: (milliseconds: number) => Promise<Instant | null>
  /** Every anchor there is by now. */
  readonly anchors: () => Promise<Anchor[]>
  /** The data of the events of that type, oldest first. */
  // oxlint-disable-next-line typescript/no-explicit-any -- the shape is what the test asserts
  readonly events: (type: string) => Promise<any[]>
  /** The value of a metric with these labels, as it is shown; undefined when it is not. */
  readonly metric: (name: string, labels?: string) => number | undefined
}

/** An organisation that asks these authorities. */
export async function anAnchorBench(
  db: TestDatabase,
  authorities: readonly TimestampAuthority[],
  settings: Partial<AnchorSettings> = {},
  platform: TestPlatform = testPlatform(),
): Promise<AnchorBench> {
  const log = await aLog(db)
  const captured = capturedLog()
  const logging = { ...platform, log: captured.log as Logger }
  const deps: AnchorDeps = { platform: logging, database: db.database, authorities, settings }
  const { organisationId } = log
  const round = () => anchoringJob(deps).work(organisationId)
  return {
    log,
    platform,
    captured,
    deps,
    round,
    roundAfter: (milliseconds) => {
      platform.advanceClock(milliseconds)
      return round()
    },
    anchors: () =>
      db.database.inOrganisation(organisationId, async (trx) => {
        const { logId, size } = await getOpenLog(trx, organisationId)
        const obtainedBefore = await anchorMoment(trx, organisationId, logId, platform.clock())
        return readAnchors(trx, organisationId, logId, { upToSize: size, obtainedBefore })
      }),
    events: async (type) => {
      const rows = await db.adminQuery<{ body: string }>(
        'select body from webhook_event where organisation_id = $1 and type = $2 order by occurred_at, event_id',
        [organisationId, type],
      )
      return rows.map(({ body }) => (JSON.parse(body) as { data: unknown }).data)
    },
    metric: (name, labels = '') => {
      const line = platform.metrics
        .render()
        .split('\n')
        .find((one) => one.startsWith(`${name}${labels} `))
      return line === undefined ? undefined : Number(line.split(' ').at(-1))
    },
  }
}

/** An organisation whose TSA is a server on loopback that tells the time of the organisation's own clock. */
export async function aStampedBench(
  t: Test,
  db: TestDatabase,
  settings: Partial<AnchorSettings> = {},
): Promise<AnchorBench & { readonly tsa: TimestampServer }> {
  const platform = testPlatform()
  const tsa = await startTimestampServer(t, platform.clock)
  const authority = httpAuthority({ name: 'Loopback TSA', url: tsa.url, roots: tsa.roots })
  return { ...(await anAnchorBench(db, [authority], settings, platform)), tsa }
}

/** The moment that many milliseconds after another. */
export function later(moment: Instant, milliseconds: number): Instant {
  return addMilliseconds(moment, milliseconds)
}
