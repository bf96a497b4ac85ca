import type { Annex, Relation } from '#annexes'
import type { AnnexState } from '#agreements'
import type { ActId, AssignmentId, CivilDate, ClientId, DocumentId, EntryId, Instant, PersonId } from '#core' // prettier-ignore
import type { ExitClaimRefusal } from '#documents'
import type { ClauseKind, Standing } from '#jurisdictions'

/** How an employment ends. */
export const endings = ['employee', 'employer', 'agreement', 'term', 'court', 'other'] as const
export type Ending = (typeof endings)[number]

/** Whose serious fault the end is (art. 7:653 lid 4 en 5 BW). */
export const faults = ['none', 'employer', 'employee', 'disputed'] as const
export type SeriousFault = (typeof faults)[number]

/** What the employer says of an end. Every day is one that somebody stated; none is derived. */
export type ExitStatement = {
  readonly lastDay: CivilDate
  /** On which day notice was given, the end was agreed or a court said it; from then on the last day is known. */
  readonly statedOn: CivilDate
  readonly endedBy: Ending
  readonly seriousFault: SeriousFault
  /** The covenants that the employer holds the employee to; of the other kinds nothing is asked, they go on by themselves. */
  readonly invokes: readonly string[]
  /** On which day the employee was told in writing that covenants are invoked; null when that was not done. */
  readonly noticeOn: CivilDate | null
  /** The wage of a month as the employer states it, in cents, and when compensation was paid; for the pending bill alone. */
  readonly monthlyWageCents: number | null
  readonly compensationPaidOn: CivilDate | null
}

/** A clause that was agreed to in this employment, with where its annex stands and what the rules say of it at the exit. */
export type ExitClause = {
  readonly clauseId: string
  readonly kind: ClauseKind
  readonly title: string
  readonly paragraphs: readonly string[]
  readonly months: number | null
  readonly listMark: string | null
  /** Whether the list that it looks at is signed and in force; true where it looks at none. */
  readonly listStands: boolean
  /** Of a boetebeding: the clauses it is about, and its amounts. */
  readonly penalty: {
    readonly covers: readonly string[]
    readonly amountCents: number
    readonly perDayCents: number | null
  } | null
  readonly annex: Pick<Annex, 'annexId' | 'mark' | 'documentSha256'> & { readonly title: string }
  readonly agreementId: string
  readonly state: AnnexState
  /** What the rules of the moment `exit` say of this clause, with what people decided. */
  readonly standings: readonly Standing[]
}

/** A clause of a record that was taken over: nothing is ever claimed under it. */
export type ImportedClause = Pick<ExitClause, 'clauseId' | 'kind'> & { readonly agreementId: string }

type NamedClause = Pick<ExitClause, 'clauseId' | 'kind' | 'title'> & { readonly agreementId: string }

/** A clause under which the letter makes a claim. */
export type Claim = NamedClause & {
  readonly annexId: string
  /** The last day on which it holds; null when it names no end. */
  readonly until: CivilDate | null
}

/** A clause under which it makes none. */
export type NotClaimed = NamedClause & {
  /** Null for a clause of a record that was taken over. */
  readonly annexId: string | null
  readonly why: ExitClaimRefusal
}

export type Claims = { readonly claimed: readonly Claim[]; readonly notClaimed: readonly NotClaimed[] }

/** A list as it was on the last day. */
export type FrozenList = {
  readonly annexId: string
  readonly mark: string
  readonly title: string
  readonly documentSha256: string
  readonly relations: readonly Relation[]
}

/** What the pending bill would ask of one covenant at this exit. It is information, and law nowhere. */
export type BillNotice = {
  readonly clauseId: string
  /** The last day on which the employee could be told in writing: a month before the end. */
  readonly noticeBy: CivilDate
  readonly noticeInTime: boolean
  /** Half a monthly wage for each month it is invoked; null when no wage was stated or no term is known. */
  readonly compensationCents: number | null
  readonly payBy: CivilDate
  readonly paidInTime: boolean
  /** Whether it asks for more months than the bill lets anybody ask. */
  readonly tooLong: boolean
}

export type Bill = {
  readonly regime: string
  /** From which day it is law; null while it is a bill. */
  readonly inForceFrom: CivilDate | null
  readonly covenants: readonly BillNotice[]
}

/** What is kept of an exit and goes with the person. */
export type ExitContent = {
  readonly statement: ExitStatement
  readonly reason: string | null
  readonly claims: Claims
  readonly lists: readonly FrozenList[]
  readonly bill: Bill
}

/** An exit as it was recorded. A correction is a next one that replaces it. */
export type Exit = {
  readonly exitId: string
  readonly employmentId: string
  readonly personId: PersonId
  readonly replaces: string | null
  readonly replacedBy: string | null
  readonly factId: string
  readonly documentId: DocumentId
  readonly documentSha256: string
  readonly assignmentId: AssignmentId
  readonly legalCheckIds: readonly string[]
  readonly recordedBy: ClientId
  readonly recordedAt: Instant
  readonly entryId: EntryId
  /** Null once its person was erased. */
  readonly content: ExitContent | null
}

/** The acts on which what the letter claims rests. */
export type ClaimedAct = { readonly actId: ActId; readonly personId: PersonId }
