import { addMilliseconds } from '#core'
import { claimRound, finishRound } from './job-store.ts'
import type { ClaimedRound } from './job-store.ts'
import type { Job, JobDeps, JobRunner } from './job.ts'

const idlePoll_ms = 1_000
const firstRetry_ms = 5_000
const lastRetry_ms = 3_600_000

/** Does every round that is due, each once. Answers how many there were. Safe in several processes at once. */
export async function runDueJobs(deps: JobDeps, jobs: readonly Job[]): Promise<number> {
  let rounds = 0
  for (const job of jobs) {
    for (;;) {
      const now = deps.platform.clock()
      const round = await claimRound(deps.database, job.kind, now, addMilliseconds(now, job.lease_ms))
      if (round === undefined) break
      rounds += 1
      await runRound(deps, job, round)
    }
  }
  return rounds
}

async function runRound(deps: JobDeps, job: Job, round: ClaimedRound): Promise<void> {
  const { clock, log, metrics } = deps.platform
  try {
    const dueAt = await job.work(round.organisationId)
    await finishRound(deps.database, round, { dueAt, failures: 0 })
  } catch (error) {
    const failures = round.failures + 1
    metrics.count('beding_job_failures_total', { kind: job.kind })
    log.error(
      { err: error, kind: job.kind, failures },
      'a round of background work failed and will be repeated',
    )
    const pause_ms = Math.min(firstRetry_ms * 2 ** Math.min(failures - 1, 16), lastRetry_ms)
    await finishRound(deps.database, round, { dueAt: addMilliseconds(clock(), pause_ms), failures })
  }
}

/**
 * Does due rounds until stopped: at once when woken, otherwise every second. Each kind of work has its own turn, so
 * that one that waits for somebody else's server keeps no other waiting.
 */
export function startJobs(deps: JobDeps, jobs: readonly Job[]): JobRunner {
  let stopped = false
  const sleepers = new Set<() => void>()
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer)
        sleepers.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, idlePoll_ms)
      sleepers.add(wake)
    })
  const run = async (job: Job): Promise<void> => {
    while (!stopped) {
      try {
        await runDueJobs(deps, [job])
      } catch (error) {
        deps.platform.log.error({ err: error, kind: job.kind }, 'background work cannot be looked up')
      }
      if (!stopped) await pause()
    }
  }
  const running = Promise.all(jobs.map(run))
  const wake = (): void => {
    for (const sleeper of sleepers) sleeper()
  }
  return {
    wake,
    async stop() {
      stopped = true
      wake()
      await running
    },
  }
}
