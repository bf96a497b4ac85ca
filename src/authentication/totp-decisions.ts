import type { Instant } from '#core'
import { addMilliseconds } from '#core'

const failuresMax = 5
const pause_ms = 15 * 60_000

/** Where an authenticator stands between two codes. */
export type TotpState = {
  readonly lastStep: number | null
  readonly failures: number
  readonly lockedUntil: Instant | null
}

export type TotpVerdict = { readonly accepted: boolean; readonly next: TotpState }

/**
 * Judges a code whose step was worked out (undefined: it is no code of now). A step is taken once, and none before it ever
 * again (RFC 6238 section 5.2). After five failures in a row nothing is taken for a quarter of an hour, also not what is
 * right; what is tried meanwhile does not lengthen that.
 */
export function judgeTotp(state: TotpState, step: number | undefined, now: Instant): TotpVerdict {
  if (state.lockedUntil !== null && now < state.lockedUntil) return { accepted: false, next: state }
  const isFresh = step !== undefined && (state.lastStep === null || step > state.lastStep)
  if (isFresh) return { accepted: true, next: { lastStep: step, failures: 0, lockedUntil: null } }
  const failures = state.failures + 1
  if (failures < failuresMax)
    return { accepted: false, next: { lastStep: state.lastStep, failures, lockedUntil: null } }
  return {
    accepted: false,
    next: { lastStep: state.lastStep, failures: 0, lockedUntil: addMilliseconds(now, pause_ms) },
  }
}
