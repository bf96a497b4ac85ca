import type { OrganisationId } from '#core'
import { addMilliseconds } from '#core'
import { LedgerBrokenError } from '#evidence'
import type { Job } from '#jobs'
import type { ContinuityDeps, GuardOutcome } from './guard-actions.ts'
import { guardLedger } from './guard-actions.ts'
import { guardKind } from './guard-kinds.ts'
import { guardedOrganisations } from './guard-view.ts'

/** How many organisations came to what. */
export type GuardSummary = Readonly<Record<GuardOutcome, number>>

export type LedgerGuard = {
  /** Looks at the ledger of every organisation that the database or a file knows. Before serving, and after a promotion. */
  checkAll(): Promise<GuardSummary>
  /** To be told when a connection was lost: looks at all ledgers as soon as the database answers again. */
  connectionLost(): void
  readonly job: Job
  stop(): Promise<void>
}

const guardEvery_ms = 60_000
const lookAgain_ms = 1_000
const atOnce = 8

/** The guard of this process (decision 0066). */
export function createLedgerGuard(deps: ContinuityDeps): LedgerGuard {
  let stopped = false
  let looking: Promise<void> | undefined

  async function checkAll(): Promise<GuardSummary> {
    const { heads } = await deps.platform.outsideHeads.read()
    const here = await guardedOrganisations(deps.database)
    const all = [...new Set([...here, ...heads.map((head) => head.organisationId)])]
    const summary = { sound: 0, 'no-log': 0, 'stopped-now': 0, 'stopped-before': 0, broken: 0 }
    for (let start = 0; start < all.length; start += atOnce) {
      const outcomes = await Promise.all(all.slice(start, start + atOnce).map(look))
      for (const outcome of outcomes) summary[outcome] += 1
    }
    return summary
  }

  /** A ledger that contradicts itself keeps the others from nothing; its audit says what is wrong with it. */
  async function look(organisationId: OrganisationId): Promise<GuardOutcome> {
    try {
      return await guardLedger(deps, organisationId)
    } catch (error) {
      if (!(error instanceof LedgerBrokenError)) throw error
      deps.platform.log.error({ err: error, organisation: organisationId }, 'a ledger contradicts itself')
      return 'broken'
    }
  }

  async function lookUntilDone(): Promise<void> {
    while (!stopped) {
      await new Promise((resolve) => setTimeout(resolve, lookAgain_ms))
      try {
        await checkAll()
        return
      } catch (error) {
        deps.platform.log.warn({ err: error }, 'the ledgers cannot be looked at yet')
      }
    }
  }

  return {
    checkAll,
    connectionLost() {
      if (!stopped) looking ??= lookUntilDone().finally(() => (looking = undefined))
    },
    job: {
      kind: guardKind,
      lease_ms: guardEvery_ms,
      async work(organisationId: OrganisationId) {
        await guardLedger(deps, organisationId)
        return addMilliseconds(deps.platform.clock(), guardEvery_ms)
      },
    },
    async stop() {
      stopped = true
      await looking
    },
  }
}
