import { prepareTimestamp, type DocumentFile, type RevisionTimestamp } from '#documents'
import {
  obtainTimestamp,
  timestampTokenOf,
  whyNotInFile,
  type Timestamp,
  type TimestampAttempt,
} from '#timestamps'
import { inOrder } from './preservation-decisions.ts'
import type { PreservationDeps, PreservationStep, StepFailure } from './preservation.ts'

/** A file with one time-stamp more. */
export type StampedFile = {
  readonly kind: 'extended'
  readonly revision: 'timestamp'
  readonly bytes: Buffer
  readonly timestamp: RevisionTimestamp
}

/** With what the first overflow says, the second attempt fits; an authority that grows its tokens gets no fourth. */
const attemptsMax = 3

/**
 * Gets a time-stamp over the whole file and puts it in. A token that is longer than expected makes the revision anew with more room.
 * One from after the end of the certificates that it renews would not be believed and is not used. Never throws because of an
 * authority.
 */
export async function stampFile(
  deps: PreservationDeps,
  file: DocumentFile,
  step: PreservationStep,
  newest: RevisionTimestamp | null,
): Promise<StampedFile | StepFailure> {
  if (newest !== null && newest.chainEndsAt <= deps.platform.clock()) return lapsed(newest)
  const authorities = inOrder(deps.authorities, step, newest)
  let room: number | undefined
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const prepared = prepareTimestamp(file.bytes, room)
    const { timestamp, attempts } = await obtainTimestamp(deps.platform, authorities, prepared.digest)
    for (const { authority, failure, detail } of attempts)
      deps.platform.log.warn({ authority, failure, detail }, 'a time-stamping authority gave no timestamp')
    if (timestamp === undefined) return noTimestamp(attempts)
    if (newest !== null && timestamp.at >= newest.chainEndsAt) return lapsed(newest)
    const unfit = whyNotInFile(timestamp.response, await deps.timestampRoots())
    if (unfit !== undefined) return rejected(`${timestamp.authority}: ${unfit}`)
    const finished = prepared.finish(timestampTokenOf(timestamp.response))
    if (finished.kind === 'finished')
      return {
        kind: 'extended',
        revision: 'timestamp',
        bytes: finished.bytes,
        timestamp: toRevisionTimestamp(timestamp),
      }
    room = finished.room
  }
  return rejected('the tokens of the authority grow from request to request')
}

function rejected(detail: string): StepFailure {
  return { kind: 'failed', because: 'timestamp-rejected', detail }
}

function toRevisionTimestamp(timestamp: Timestamp): RevisionTimestamp {
  const { authority, development, at, certificateEndsAt, algorithms } = timestamp
  return { authority, development, provenAt: at, chainEndsAt: certificateEndsAt, algorithms }
}

function noTimestamp(attempts: readonly TimestampAttempt[]): StepFailure {
  const detail =
    attempts.length === 0
      ? 'no time-stamping authority is configured'
      : attempts.map(({ authority, failure }) => `${authority}: ${failure}`).join('; ')
  const isRejected = attempts.some(({ rejected }) => rejected)
  return { kind: 'failed', because: isRejected ? 'timestamp-rejected' : 'timestamp-unavailable', detail }
}

function lapsed({ authority, chainEndsAt }: RevisionTimestamp): StepFailure {
  return {
    kind: 'failed',
    because: 'lapsed',
    detail: `the certificates of the time-stamp by ${authority} ended at ${chainEndsAt}; nothing that is added now would be believed`,
  }
}
