import type { Certificate } from './certificate.ts'
import type { RevocationRecord } from './revocation-record.ts'
import type { TrustedTimestamp } from './timestamp-checks.ts'

/** What a sealed document proves for how long (EN 319 142-1), each level with all of the one before it. */
export const levels = ['B-B', 'B-T', 'B-LT', 'B-LTA'] as const
export type Level = (typeof levels)[number]

/** A seal whose every check PASSED. The chain ends with the pinned root. */
export type SoundSeal = { readonly revision: number; readonly chain: readonly Certificate[] }

/** A document time-stamp whose every check PASSED. */
export type Stamp = { readonly revision: number; readonly trusted: TrustedTimestamp }

export type Reached = {
  readonly level: Level
  /** Until when the time that counts needs no renewal; undefined at B-B. */
  readonly protectedUntil: string | undefined
}

/**
 * The level that a seal reaches (decision 0084): B-T with a time-stamp over it; B-LT if there is also revocation data for
 * its chain and that of the time-stamp; B-LTA if a later time-stamp covers this data and that of every time-stamp between.
 * A time-stamp made before the one it renews had its data protects nothing for longer.
 */
export function levelOf(seal: SoundSeal, all: readonly Stamp[], record: RevocationRecord): Reached {
  const stamps = all.filter(({ revision }) => revision > seal.revision)
  const [first] = stamps
  if (first === undefined) return { level: 'B-B', protectedUntil: undefined }
  const provenBy = first.trusted.at
  const known = (beforeRevision?: number): boolean =>
    record.standing({ chain: seal.chain, at: provenBy, provenBy, ...limit(beforeRevision) }).kind === 'good'
  let reached = 0
  for (let next = 1; next < stamps.length; next++) {
    const { revision } = stamps[next] as Stamp
    const covered = stamps.slice(0, next).every((_, at) => isStampKnown(stamps, at, record, revision))
    if (covered && known(revision)) reached = next
  }
  const protectedUntil = (stamps[reached] as Stamp).trusted.endsAt
  if (reached > 0) return { level: 'B-LTA', protectedUntil }
  const complete = known() && isStampKnown(stamps, 0, record)
  return { level: complete ? 'B-LT' : 'B-T', protectedUntil }
}

/** Whether the file holds, before a revision, that nothing was revoked in the chain of a time-stamp. */
export function isStampKnown(
  stamps: readonly Stamp[],
  position: number,
  record: RevocationRecord,
  beforeRevision?: number,
): boolean {
  const { trusted } = stamps[position] as Stamp
  const provenBy = stamps[position + 1]?.trusted.at
  const question = { chain: trusted.chain, at: trusted.at, provenBy, ...limit(beforeRevision) }
  return record.standing(question).kind === 'good'
}

/** Whether a level is as high as another one, or higher. */
export function isAtLeast(reached: Level | undefined, asked: Level): boolean {
  return reached !== undefined && levels.indexOf(reached) >= levels.indexOf(asked)
}

function limit(beforeRevision: number | undefined): { readonly beforeRevision?: number } {
  return beforeRevision === undefined ? {} : { beforeRevision }
}
