import type { Anchor } from './dossier-anchors.ts'
import type { Findings } from './findings.ts'
import { refuse } from './refusal.ts'

/** Between which trusted moments an entry was added to its log; undefined where that side is open. */
export type Bracket = { readonly notBefore: string | undefined; readonly notAfter: string | undefined }

/** How far the claimed time may lie outside: what clocks of servers and authorities honestly differ by, and more. */
const tolerance_ms = 5 * 60 * 1000

/**
 * The bracket of the entry at an index: the last trusted time of a tree that did not hold it yet, and the first of a
 * tree that did (decision 0056). Only the first time-stamp of an anchor speaks; renewals keep it alive.
 */
export function bracketOf(anchors: readonly Anchor[], index: number): Bracket {
  let notBefore: string | undefined
  let notAfter: string | undefined
  for (const { size, timestamps } of anchors) {
    const at = timestamps[0]?.at
    if (at === undefined) continue
    if (size <= index) notBefore = notBefore === undefined || at > notBefore ? at : notBefore
    else notAfter = notAfter === undefined || at < notAfter ? at : notAfter
  }
  return { notBefore, notAfter }
}

/** States when the entry was added, and checks that the server's own claim does not contradict it. */
export function checkTime(
  findings: Findings,
  anchors: readonly Anchor[],
  index: number,
  claimed: string,
): void {
  const { notBefore, notAfter } = bracketOf(anchors, index)
  findings.fact('when logged', describe({ notBefore, notAfter }, claimed))
  if (notBefore === undefined && notAfter === undefined) {
    findings.limit(
      'No trusted time bounds some entries: only the server’s own clock says when they were made.',
    )
    return
  }
  if (notBefore === undefined)
    findings.limit('For some entries no trusted time says before which moment they cannot have been added.')
  else
    findings.limit(
      'That an entry was not added before a moment rests on the log having been anchored at its size of that moment.',
    )
  if (notAfter === undefined)
    findings.limit('For some entries no trusted time says by when they were there: no anchor holds them yet.')
  findings.attempt(
    'time',
    () => {
      const moment = Date.parse(claimed)
      if (notBefore !== undefined && moment < Date.parse(notBefore) - tolerance_ms)
        refuse(`the entry claims ${claimed}, before ${notBefore}, when the log did not hold it yet`)
      if (notAfter !== undefined && moment > Date.parse(notAfter) + tolerance_ms)
        refuse(`the entry claims ${claimed}, after ${notAfter}, when the log already held it`)
      return { claimed }
    },
    () => 'the claimed time lies within what trusted times allow',
  )
}

function describe({ notBefore, notAfter }: Bracket, claimed: string): string {
  const claim = `the server’s clock said ${claimed}`
  if (notBefore !== undefined && notAfter !== undefined)
    return `between ${notBefore} and ${notAfter}; ${claim}`
  if (notBefore !== undefined) return `not before ${notBefore}, no trusted later moment; ${claim}`
  if (notAfter !== undefined) return `not after ${notAfter}, no trusted earlier moment; ${claim}`
  return `no trusted time; ${claim}`
}
