import type { ProblemDetail } from '#core'
import { etagOf } from '#http'
import type { LegalNature } from './content.ts'
import { obstaclesToPublishing } from './content-checks.ts'
import type { Draft } from './policy.ts'

/**
 * The strong entity tag of a draft: its revision and text, and whether it is approved. So an approval, like any edit,
 * is noticed by whoever read the draft before it.
 */
export function draftEtag(draft: Draft): string {
  const approved = draft.approval === null ? '' : '-approved'
  return etagOf(`${draft.revision}-${draft.contentSha256.slice(0, 32)}${approved}`)
}

/** A draft as it is shown, with what keeps it from being published. */
export function draftAnswer(draft: Draft, legalNature: LegalNature) {
  const obstacles = obstaclesToPublishing(draft.content, draft.versionNumber, legalNature)
  return { ...draft, obstacles: obstacles.map(withPointer) }
}

function withPointer({ code, message, pointer }: ProblemDetail) {
  return { code, message, pointer: `/content${pointer ?? ''}` }
}
