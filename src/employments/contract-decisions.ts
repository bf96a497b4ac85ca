import type { CivilDate, ProblemDetail } from '#core'
import type { Contract, ContractKind } from './employment.ts'

/** A contract as it is stated, before it is recorded. */
export type ContractStatement = Pick<
  Contract,
  'kind' | 'startsOn' | 'endsOn' | 'follows' | 'followKind' | 'changedMore' | 'provenance' | 'documentId'
> & { readonly existingDispute: string }

/** Kinds under which somebody works; the others agree something beside them. */
const workedUnder: readonly ContractKind[] = ['indefinite', 'fixed-term']

/**
 * The renewals and conversions that came after a contract up to a day, in the order of the chain.
 */
export function renewalsOf(
  contract: Pick<Contract, 'contractId'>,
  contracts: readonly Contract[],
  upTo: CivilDate,
): { readonly on: CivilDate; readonly kind: 'renewal' | 'conversion'; readonly changedMore: boolean }[] {
  const next = contracts.find((each) => each.follows === contract.contractId)
  if (next?.followKind == null || next.startsOn > upTo) return []
  const { startsOn, followKind, changedMore } = next
  return [{ on: startsOn, kind: followKind, changedMore }, ...renewalsOf(next, contracts, upTo)]
}

/**
 * The contract under which somebody worked on a day: of those that had begun and not ended the one that began last. None
 * after the last day of the employment.
 */
export function contractOn(
  contracts: readonly Contract[],
  on: CivilDate,
  lastDay: CivilDate | null,
): Contract | null {
  if (lastDay !== null && on > lastDay) return null
  const running = contracts.filter(
    ({ kind, startsOn, endsOn }) =>
      workedUnder.includes(kind) && startsOn <= on && (endsOn === null || on <= endsOn),
  )
  return (
    running
      .toSorted((one, other) =>
        one.startsOn === other.startsOn
          ? one.recordedAt < other.recordedAt
            ? -1
            : 1
          : one.startsOn < other.startsOn
            ? -1
            : 1,
      )
      .at(-1) ?? null
  )
}

/**
 * What is contradictory about a contract beside those that are known of the same employment, each with where and how to mend
 * it; empty when nothing is. `period` are the first and the last day of the employment as they are known.
 *
 * A renewal is of a fixed term and is one again, a conversion makes it indefinite (art. 7:667 and 7:668a BW): an indefinite
 * contract has nothing to renew.
 */
export function contractDefects(
  statement: ContractStatement,
  known: readonly Contract[],
  period: { readonly firstDay: CivilDate; readonly lastDay: CivilDate | null },
): ProblemDetail[] {
  return [
    ...termDefects(statement, period),
    ...provenanceDefects(statement),
    ...(statement.follows === null
      ? aloneDefects(statement, known)
      : followDefects(statement, statement.follows, known)),
  ]
}

function termDefects(
  { kind, startsOn, endsOn }: ContractStatement,
  { firstDay, lastDay }: { readonly firstDay: CivilDate; readonly lastDay: CivilDate | null },
): ProblemDetail[] {
  const defects: ProblemDetail[] = []
  if (kind === 'fixed-term' && endsOn === null)
    defects.push(defect('end-missing', 'A fixed term has a last day.', '/endsOn'))
  if (kind !== 'fixed-term' && endsOn !== null)
    defects.push(defect('end-unfit', 'Only a fixed term has a last day that was agreed beforehand.', '/endsOn')) // prettier-ignore
  if (endsOn !== null && endsOn < startsOn)
    defects.push(defect('end-before-start', 'It ends before it begins.', '/endsOn'))
  if (startsOn < firstDay || (lastDay !== null && startsOn > lastDay))
    defects.push(defect('outside-employment', 'The employment does not run on the day on which it begins. Record the first day of the employment as it was.', '/startsOn')) // prettier-ignore
  return defects
}

function provenanceDefects({ provenance, documentId, kind, existingDispute }: ContractStatement) {
  const defects: ProblemDetail[] = []
  if (provenance === 'uploaded' && documentId === null)
    defects.push(defect('document-missing', 'An uploaded contract has its file.', '/documentId'))
  if (provenance === 'elsewhere' && documentId !== null)
    defects.push(defect('document-unfit', 'A contract that is kept elsewhere has no file here. Its provenance is uploaded or made-here.', '/documentId')) // prettier-ignore
  if (kind !== 'settlement' && existingDispute !== '')
    defects.push(defect('dispute-unfit', 'Only a settlement ends a dispute.', '/existingDispute'))
  return defects
}

function aloneDefects(
  { kind, startsOn, endsOn, changedMore, followKind }: ContractStatement,
  known: readonly Contract[],
) {
  // prettier-ignore
  const defects: ProblemDetail[] = []
  if (followKind !== null)
    defects.push(defect('follows-missing', 'Name the contract that it renews or converts.', '/follows'))
  if (changedMore)
    defects.push(defect('change-unfit', 'There is no contract from which it differs.', '/changedMore'))
  const beside = known.find(
    (each) =>
      workedUnder.includes(kind) &&
      workedUnder.includes(each.kind) &&
      each.startsOn <= (endsOn ?? '9999-12-31') &&
      startsOn <= (each.endsOn ?? '9999-12-31') &&
      !known.some(({ follows }) => follows === each.contractId),
  )
  if (beside !== undefined)
    defects.push(defect('contract-beside', 'Another contract runs on one of its days. Say that it follows that one, or let it begin later.', '/startsOn')) // prettier-ignore
  return defects
}

function followDefects(statement: ContractStatement, follows: string, known: readonly Contract[]) {
  const { kind, startsOn, followKind } = statement
  const before = known.find(({ contractId }) => contractId === follows)
  if (before === undefined)
    return [defect('follows-unknown', 'This employment has no such contract.', '/follows')]
  const defects: ProblemDetail[] = []
  if (followKind === null)
    defects.push(defect('follow-kind-missing', 'Say whether it is a renewal or a conversion.', '/followKind'))
  if (!workedUnder.includes(kind) || !workedUnder.includes(before.kind))
    defects.push(defect('follow-unfit', 'A settlement or an addendum renews nothing and is not renewed.', '/follows')) // prettier-ignore
  if (known.some((each) => each.follows === follows))
    defects.push(defect('followed-already', 'Another contract follows that one. Follow the last of the chain, or retract the other.', '/follows')) // prettier-ignore
  if (startsOn <= before.startsOn)
    defects.push(defect('starts-too-early', 'It begins on or before the first day of the contract that it follows.', '/startsOn')) // prettier-ignore
  if (followKind === 'renewal' && (before.kind !== 'fixed-term' || kind !== 'fixed-term'))
    defects.push(defect('renewal-unfit', 'A renewal is of a fixed term and is a fixed term.', '/followKind'))
  if (followKind === 'conversion' && (before.kind !== 'fixed-term' || kind !== 'indefinite'))
    defects.push(defect('conversion-unfit', 'A conversion makes a fixed term indefinite.', '/followKind'))
  return defects
}

function defect(code: string, message: string, pointer: string): ProblemDetail {
  return { code, message, pointer }
}
