import type { Static } from 'typebox'
import type { CivilDate } from '#core'
import type { AgreementShape, ObligationsShape } from './obligation-schemas.ts'
import type { HeldAgreement, Obligations, StandingAnnex } from './obligation.ts'
import type { ReasonCode } from './reason-texts.ts'
import { reasonTexts } from './reason-texts.ts'

/** The answer about a person and a day as it goes out. */
export function obligationsAnswer(
  personId: string,
  on: CivilDate,
  { annexes, policies, bundles }: Obligations,
): Static<typeof ObligationsShape> {
  return {
    personId,
    on,
    annexes: annexes.map((standing) => {
      const { role, language, replaces, clauses, policies: parts } = standing.annex
      return {
        ...annexIdentity(standing),
        role,
        language,
        replaces,
        clauses: [...clauses],
        policies: [...parts],
        agreement: agreementAnswer(standing.agreement),
      }
    }),
    policies: policies.map((asked) => ({ ...asked, reasons: reasonsAnswer(asked.reasons) })),
    bundles: bundles.map((bundle) => ({
      ...bundle,
      acts: [...bundle.acts],
      reasons: reasonsAnswer(bundle.reasons),
    })),
  }
}

/** Which annex it is, where it stood and why. */
export function annexIdentity({ annex, state, binds, reasons }: StandingAnnex) {
  const { annexId, mark, kind, title, documentId, documentSha256, contentSha256, entryId } = annex
  const { effectiveFrom, effectiveUntil } = annex
  return {
    annexId,
    mark,
    kind,
    title,
    state,
    binds,
    reasons: reasonsAnswer(reasons),
    documentId,
    documentSha256,
    contentSha256,
    entryId,
    effectiveFrom,
    effectiveUntil,
  }
}

/** What an annex rests on. */
export function agreementAnswer(agreement: HeldAgreement): Static<typeof AgreementShape> {
  const { agreementId, employmentId, contractId, provenance, createdAt, signedOn } = agreement
  const { bundleSha256, entryId, conclusion, employee, representative } = agreement
  return {
    agreementId,
    employmentId,
    contractId,
    provenance,
    createdAt,
    signedOn,
    bundleSha256,
    entryId,
    conclusion,
    employeeActs: [...(employee?.acts ?? [])],
    representativeActs: [...(representative?.acts ?? [])],
  }
}

function reasonsAnswer(codes: readonly ReasonCode[]) {
  return codes.map((code) => ({ code, ...reasonTexts[code] }))
}
