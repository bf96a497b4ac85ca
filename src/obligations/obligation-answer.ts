import type { Static } from 'typebox'
import type { CivilDate } from '#core'
import type { AgreementShape, AnnexIdentityShape, ObligationsShape } from './obligation-schemas.ts'
import type { HeldAgreement, Obligations, StandingAgreement, StandingAnnex } from './obligation.ts'
import type { ReasonCode } from './reason-texts.ts'
import { reasonTexts } from './reason-texts.ts'

type Answer = Static<typeof ObligationsShape>

/** The answer about a person and a day as it goes out. */
export function obligationsAnswer(
  personId: string,
  on: CivilDate,
  { agreements, policies, bundles }: Obligations,
): Answer {
  return {
    personId,
    on,
    agreements: agreements.map(standingAgreement),
    policies: policies.map((asked) => ({ ...asked, reasons: reasonsAnswer(asked.reasons) })),
    bundles: bundles.map((bundle) => ({
      ...bundle,
      acts: [...bundle.acts],
      reasons: reasonsAnswer(bundle.reasons),
    })),
  }
}

function standingAgreement(standing: StandingAgreement): Answer['agreements'][number] {
  const { agreement, state, binds, reasons, annexes } = standing
  return {
    ...agreementAnswer(agreement),
    state,
    binds,
    reasons: reasonsAnswer(reasons),
    imported: importedAnswer(agreement),
    annexes: annexes.map((each) => {
      const { role, language, replaces, clauses, policies } = each.annex
      return {
        ...annexIdentity(each),
        role,
        language,
        replaces,
        clauses: [...clauses],
        policies: [...policies],
      }
    }),
  }
}

function importedAnswer({ imported }: HeldAgreement): Answer['agreements'][number]['imported'] {
  if (imported === null) return null
  const { signedHow, documents, references, clauses } = imported
  return {
    signedHow,
    documents: documents.map(({ documentId, sha256, mark }) => ({ documentId, sha256, mark })),
    notAttached: references
      .filter(({ attached, documentId }) => !attached || documentId === null)
      .map(({ mark }) => mark),
    clauses: clauses.map(({ id, kind, months }) => ({ clauseId: id, kind, months: months ?? null })),
  }
}

/** Which annex it is, where it stood and why. */
export function annexIdentity(standing: StandingAnnex): Static<typeof AnnexIdentityShape> {
  const { annex, state, binds, reasons } = standing
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
  const { bundleSha256, entryId, conclusion, mainDocument, employee, representative } = agreement
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
    mainDocument,
    employeeActs: [...(employee?.acts ?? [])],
    representativeActs: [...(representative?.acts ?? [])],
  }
}

/** Why, in words. */
export function reasonsAnswer(codes: readonly ReasonCode[]) {
  return codes.map((code) => ({ code, ...reasonTexts[code] }))
}
