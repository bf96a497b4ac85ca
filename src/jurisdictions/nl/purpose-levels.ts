import type { ClauseFacts, PolicyFacts, SignatureFacts } from '../facts.ts'
import { known } from '../rule.ts'

/** What a signature is for. The level that is enough depends on it (art. 3:15a BW); the levels are our INFERENCE. */
export type Purpose = 'information' | 'instruction' | 'contract-term' | 'penalty' | 'covenant'

export function purposeOfClause(clause: ClauseFacts): Purpose {
  switch (clause.kind) {
    case 'relatiebeding':
    case 'concurrentiebeding':
    case 'ronselbeding':
      return 'covenant'
    case 'boetebeding':
      return 'penalty'
    default:
      return 'contract-term'
  }
}

export function purposeOfPolicy(policy: PolicyFacts): Purpose {
  return known(policy.legalNature, 'policyVersion.legalNature')
}

/**
 * Whether a signature is reliable enough for a purpose: enough, a doubtful case, or too weak. MissingInput when what
 * decides is not known.
 */
export function levelForPurpose(
  purpose: Purpose,
  signature: SignatureFacts | undefined,
): 'pass' | 'lawyer' | 'fail' {
  if (purpose === 'information' || purpose === 'instruction') return byEvidence(purpose, signature)
  const level = known(signature?.level, 'signature.level')
  if (level === 'wet' || level === 'qes') return 'pass'
  if (level === 'none') return 'fail'
  const proofed = known(signature?.idProofing, 'signature.idProofing') !== 'none'
  if (purpose === 'contract-term') {
    if (level === 'ades') return 'pass'
    if (!proofed) return 'fail'
    return level === 'click' || known(signature?.factors, 'signature.factors') >= 2 ? 'lawyer' : 'fail'
  }
  if (purpose === 'penalty') {
    if (level === 'ades') return proofed ? 'pass' : 'lawyer'
    return level === 'ses' ? 'lawyer' : 'fail'
  }
  if (level !== 'ades') return 'fail'
  const stamped = known(signature?.timestampQualified, 'signature.timestampQualified')
  if (proofed && stamped) return 'pass'
  return proofed || stamped ? 'lawyer' : 'fail'
}

/** Notices and instructions ask for arrival and a login, not for a signature. */
function byEvidence(
  purpose: 'information' | 'instruction',
  signature: SignatureFacts | undefined,
): 'pass' | 'lawyer' | 'fail' {
  const level = Number(known(signature?.evidenceLevel, 'signature.evidenceLevel').slice(1))
  const enough = purpose === 'information' ? 3 : 4
  if (level >= enough) return 'pass'
  return level === enough - 1 ? 'lawyer' : 'fail'
}
