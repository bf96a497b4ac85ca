import type { Static } from 'typebox'
import type { Comparison, Recognition, Verification } from './recognition.ts'
import type { DocumentVerificationShape } from './recognition-schemas.ts'

type Answer = Static<typeof DocumentVerificationShape>

/** What a program is answered. */
export function toAnswer(recognition: Recognition): Answer {
  const { outcome, length, sha256, organisation, document, comparison, newest, verification } = recognition
  const revision = comparison?.kind === 'identical' ? comparison.revision : null
  return {
    outcome,
    file: { length, sha256 },
    organisation,
    document: document === null ? null : documentOf(document),
    revision,
    newestRevision: newest,
    isNewest: revision === null ? null : revision.number === newest?.number,
    comparison: comparison === null ? null : comparisonOf(comparison),
    verification: verificationOf(verification),
  }
}

/** Without its bytes, which stand beside it in memory. */
function documentOf({ documentId, kind, title, language }: NonNullable<Recognition['document']>) {
  return { documentId, kind, title, language }
}

function comparisonOf(comparison: Comparison): NonNullable<Answer['comparison']> {
  const nothing = { intactRevision: null, changedInRevision: null, addedLength: null, differentBytes: null }
  if (comparison.kind === 'identical') {
    const { revision } = comparison
    return { ...nothing, kind: 'identical', equalLength: revision.length, intactRevision: revision }
  }
  const { kind, equalLength, intact } = comparison
  const common = { ...nothing, kind, equalLength, intactRevision: intact }
  if (kind === 'bytes-added') return { ...common, addedLength: comparison.addedLength }
  if (kind === 'cut-off') return common
  const { changedIn, differentBytes } = comparison
  return { ...common, changedInRevision: changedIn, differentBytes }
}

function verificationOf(verification: Verification): Answer['verification'] {
  if (verification.state === 'stopped')
    return { state: verification.because, accepted: null, checks: [], facts: [], limits: [] }
  const { accepted, checks, facts, limits } = verification
  return { state: 'done', accepted, checks: [...checks], facts: [...facts], limits: [...limits] }
}
