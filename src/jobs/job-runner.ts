import { setTimeout as wait } from 'node:timers/promises'
import { addMilliseconds } from '#core'
import { claimRound, finishRound, putOffRound } from './job-store.ts'
import type { ClaimedRound } from './job-store.ts'
import type { Job, JobDeps, JobRunner } from './job.ts'

const idlePoll_ms = 1_000
const firstRetry_ms = 5_000
const lastRetry_ms = 3_600_000

/** Does every round that is due, each once. Answers how many there were. Safe in several processes at once. */
export async function runDueJobs(deps: JobDeps, jobs: readonly Job[]): Promise<number> {
  let rounds = 0
  for (const job of jobs) rounds += await runDueRounds(deps, job, () => false)
  return rounds
}

/**
 * Does the rounds of one kind until none is due, several at a time where the kind allows it, and starts no other once
 * stopped. Looks again while some are under way: what falls due meanwhile does not wait for the slowest.
 */
async function runDueRounds(deps: JobDeps, job: Job, isStopped: () => boolean): Promise<number> {
  const running = new Set<Promise<void>>()
  let rounds = 0
  try {
    while (!isStopped()) {
      const now = deps.platform.clock()
      const round = await claimRound(deps.database, job.kind, now, addMilliseconds(now, job.lease_ms))
      if (round !== undefined) {
        rounds += 1
        const done = runRound(deps, job, round).finally(() => running.delete(done))
        running.add(done)
      }
      if (running.size === 0) break
      if (round === undefined) await oneEndsOr(running, idlePoll_ms)
      else if (running.size >= (job.roundsAtOnce ?? 1)) await Promise.race(running)
    }
  } finally {
    await Promise.allSettled(running)
  }
  return rounds
}

async function oneEndsOr(running: ReadonlySet<Promise<void>>, pause_ms: number): Promise<void> {
  const ended = new AbortController()
  const pause = wait(pause_ms, undefined, { signal: ended.signal }).catch(() => undefined)
  await Promise.race([...running, pause]).finally(() => ended.abort())
}

async function runRound(deps: JobDeps, job: Job, round: ClaimedRound): Promise<void> {
  const { clock, log, metrics } = deps.platform
  try {
    await finishRound(deps.database, round, await job.work(round.organisationId))
  } catch (error) {
    const failures = round.failures + 1
    metrics.count('beding_job_failures_total', { kind: job.kind })
    log.error(
      { err: error, kind: job.kind, failures },
      'a round of background work failed and will be repeated',
    )
    const pause_ms = Math.min(firstRetry_ms * 2 ** Math.min(failures - 1, 16), lastRetry_ms)
    await putOffRound(deps.database, round, addMilliseconds(clock(), pause_ms)).catch((cause: unknown) =>
      log.error(
        { err: cause, kind: job.kind },
        'a round could not be put off; it is repeated when its lease ends',
      ),
    )
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
        await runDueRounds(deps, job, () => stopped)
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
