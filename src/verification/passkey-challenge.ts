import { sha256 } from './primitives.ts'

/** What a challenge is for. A signature over one kind can never be taken for one over the other. */
export const actLabel = 'beding/act/v1'
export const enrolmentLabel = 'beding/enrolment/v1'
export type ChallengeLabel = typeof actLabel | typeof enrolmentLabel

/** The challenge of a ceremony: SHA-256 over its label, a newline and the canonical manifest (decision 0124). */
export function challengeOf(label: ChallengeLabel, manifest: Uint8Array): Buffer {
  return sha256(Buffer.concat([Buffer.from(`${label}\n`, 'utf8'), manifest]))
}
