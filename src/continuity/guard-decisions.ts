import type { OrganisationId } from '#core'
import type { LogOfOrganisation, StopReason } from '#evidence'
import { parseOrigin } from '#evidence'
import type { KnownHead } from './known-head.ts'

/** What has to follow from one known head. */
export type HeadVerdict =
  /** It says nothing about the open log: it is of a log that was closed, or of somebody else. */
  | { readonly kind: 'irrelevant' }
  /** It fits as far as sizes go; where a root is known, the log's root at that size must be this one. */
  | { readonly kind: 'compare'; readonly size: number; readonly root: Buffer | null }
  | { readonly kind: 'contradicted'; readonly reason: StopReason }

/**
 * Holds a head that is known outside against the logs in the database. Pure: whether a note is signed and what root the
 * log has are found out by the caller. A later log than any that is here is as bad as a larger size: the database is from
 * before it was opened.
 */
export function judgeHead(
  organisationId: OrganisationId,
  logs: readonly LogOfOrganisation[],
  known: KnownHead,
): HeadVerdict {
  const log = logs.find((each) => each.origin === known.origin)
  if (log === undefined) {
    const numbers = logs.map((each) => parseOrigin(each.origin, organisationId)?.number ?? 0)
    const number = parseOrigin(known.origin, organisationId)?.number
    if (number === undefined || number <= Math.max(...numbers)) return { kind: 'irrelevant' }
    return { kind: 'contradicted', reason: 'log-unknown' }
  }
  if (!log.open) return { kind: 'irrelevant' }
  if (known.size > log.size) return { kind: 'contradicted', reason: 'log-behind' }
  return { kind: 'compare', size: known.size, root: known.root }
}

/** The number of a log that takes over: above every number that was ever used here or is known outside. */
export function successorNumber(organisationId: OrganisationId, origins: readonly string[]): number {
  const numbers = origins.map((origin) => parseOrigin(origin, organisationId)?.number ?? 0)
  return Math.max(1, ...numbers) + 1
}
