import type { StatedReference } from '#acknowledgements'
import type { CivilDate, PersonId } from '#core'

/** The request to put one bundle before an employee and before somebody who signs for the employer. */
export type OfferAgreement = {
  readonly employmentId: string
  readonly contractId: string
  readonly representativeId: PersonId
  /** An addendum that is the main document; null: the document of the contract is. */
  readonly mainAnnexId: string | null
  readonly annexes: readonly { readonly annexId: string; readonly references: readonly StatedReference[] }[]
  readonly dueDate: CivilDate
}
