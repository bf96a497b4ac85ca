import type { CivilDate, PersonId, PolicyId } from '#core'
import type { ParameterValues } from '#clauses'
import type { Facts } from '#jurisdictions'
import type { AnnexKind, AnnexLanguage, Exemption, Relation } from './annex.ts'

/** Reasons as they are given. When they were written is never given: it is the moment of composing. */
export type GivenMotivation = {
  readonly text: string
  readonly functionRef: string
  readonly interests: readonly string[]
  readonly author: string
}

export type GivenClause = {
  readonly templateId: string
  readonly versionNumber: number
  readonly values: ParameterValues
  readonly motivation: GivenMotivation | null
  readonly exemptions: readonly Exemption[]
}

/** Who acts for the employer in the text of an annex. Whether they may is asked when it is offered. */
export type Representative =
  { readonly personId: PersonId; readonly role: string } | { readonly name: string; readonly role: string }

/** What an annex is asked to be. */
export type AnnexText = {
  readonly kind: AnnexKind
  readonly jurisdiction: string
  readonly mark: string
  readonly title: string
  readonly language: AnnexLanguage
  readonly effectiveFrom: CivilDate
  readonly effectiveUntil: CivilDate | null
  readonly replaces: string | null
  /** Where the contract refers to it, as far as that is known. */
  readonly reference: { readonly place: string | null; readonly quote: string | null }
  readonly employer: {
    readonly seat: string | null
    readonly registration: string | null
    readonly representedBy: Representative | null
  }
  readonly introduction: readonly string[]
  readonly clauses: readonly GivenClause[]
  readonly policies: readonly { readonly policyId: PolicyId; readonly versionNumber: number }[]
  readonly relations: readonly Relation[]
}

/** Facts about an employment that is only thought of. */
export type Hypothesis = {
  readonly personName: string
  readonly jobTitle: string | null
  readonly facts: Pick<Facts, 'employee' | 'contract' | 'wage' | 'jobHistory' | 'worksCouncil'>
}

/** For whom: an employment and a contract of it, or one that is only thought of, for a preview. */
export type Subject = { readonly employmentId: string; readonly contractId: string } | Hypothesis

export type ComposeCommand = {
  readonly text: AnnexText
  readonly subject: { readonly employmentId: string; readonly contractId: string }
}

export type PreviewCommand = { readonly text: AnnexText; readonly subject: Subject }
