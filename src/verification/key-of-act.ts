import type { Anchor } from './dossier-anchors.ts'
import type { Facts } from './disclosures.ts'
import type { Enrolment } from './enrolment-record.ts'
import type { Findings } from './findings.ts'
import type { EnrolmentClaim, SigningShown } from './passkey-signing.ts'
import { demand } from './refusal.ts'
import type { SigningEntries } from './signing-entries.ts'
import { bracketOf } from './time-bracket.ts'

/** Where an act stands, and what else came with it. */
export type KeySurroundings = {
  readonly index: number
  readonly logOrigin: string | undefined
  /** The entries before the act; undefined where a file brings none. */
  readonly entries: SigningEntries | undefined
  /** undefined where a file brings none. */
  readonly anchors: readonly Anchor[] | undefined
}

const cooling_ms = 72 * 3_600_000

/**
 * Checks where the key of a signed act came from: it was enrolled earlier in this log, by this person, as this credential; it
 * was not ended in between; and an anchor lies between the two, so that it was not made up afterwards (decision 0125). Says
 * whether the maker vouches for the device; undefined if the enrolment is not here.
 */
export function checkActKey(
  findings: Findings,
  facts: Facts,
  signing: SigningShown,
  around: KeySurroundings,
): boolean | undefined {
  const claim = signing.enrolment
  if (claim === undefined) return undefined
  const found = around.entries?.enrolmentAt(claim.entryIndex)
  const elsewhere = around.logOrigin !== undefined && claim.logOrigin !== around.logOrigin
  if (around.entries === undefined) {
    findings.limit(
      'Without the entry of its enrolment, nothing but the record of the act says whose key signed, since when, and whether it was ended.',
    )
    return undefined
  }
  const name = 'enrolment'
  if (elsewhere) {
    findings.indeterminate(
      name,
      `the key was enrolled in another log, ${claim.logOrigin}, entry ${claim.entryIndex}`,
    )
    return undefined
  }
  if (found !== undefined && !found.whole) {
    findings.indeterminate(name, `the enrolment, entry ${claim.entryIndex}, is not shown whole`)
    return undefined
  }
  const enrolment = findings.attempt(
    name,
    () => {
      demand(found !== undefined, `the enrolment of the key, entry ${claim.entryIndex}, is not here`)
      demand(
        found.leafHash === claim.leafSha256,
        `entry ${claim.entryIndex} is not the enrolment that was signed with`,
      )
      demand(found.enrolment !== undefined, `the enrolment, entry ${claim.entryIndex}, does not hold`)
      demandSameKey(facts, claim, found.enrolment, around)
      return found.enrolment
    },
    ({ enrolledAt, enrolledBy }) =>
      `enrolled ${enrolledAt} by this person, known by ${enrolledBy}, and not ended since`,
  )
  if (enrolment === undefined) return undefined
  checkAnchored(findings, claim.entryIndex, enrolment, around)
  return enrolment.attested
}

function demandSameKey(
  facts: Facts,
  claim: EnrolmentClaim,
  enrolment: Enrolment,
  around: KeySurroundings,
): void {
  const { index, entries } = around
  demand(claim.entryIndex < index, 'the key was enrolled only after the act')
  for (const name of ['organisationId', 'personId'] as const) {
    const fact = facts.get(name)
    demand(fact === undefined || fact === enrolment[name], 'the key is that of somebody else')
  }
  for (const name of ['credentialId', 'publicKeyCose', 'rpId', 'enrolledBy'] as const)
    demand(claim[name] === enrolment[name], `the act names another "${name}" than the enrolment`)
  const end = entries?.endBefore(index, claim.entryIndex, enrolment)
  demand(end === undefined, `the key had been ended, by entry ${end ?? ''}, before the act`)
  const actedAt = facts.get('actedAt')
  if (typeof actedAt !== 'string' || claim.coolingUntil !== null) return
  const ofPerson = entries?.resetsBefore(index, enrolment.personId) ?? []
  const starts = enrolment.enrolledBy === 'mailbox-employer' ? [enrolment.enrolledAt, ...ofPerson] : ofPerson
  const cools = starts.some((start) => Date.parse(actedAt) < Date.parse(start) + cooling_ms)
  demand(!cools, 'the act says nothing of the cooling period in which it was done')
}

/** An anchor over the enrolment that does not hold the act yet shows that the key was there first. */
function checkAnchored(
  findings: Findings,
  enrolled: number,
  { enrolledBy }: Enrolment,
  { anchors, index }: KeySurroundings,
): void {
  if (anchors === undefined) return
  const { notBefore = 'an unknown moment' } = bracketOf(anchors, enrolled)
  const between = anchors.filter(({ size }) => size > enrolled && size <= index)
  const { notAfter } = bracketOf(between, enrolled)
  const name = 'enrolment anchored'
  if (notAfter === undefined) {
    findings.indeterminate(name, 'no time-stamp lies between the enrolment of the key and the act')
    return
  }
  findings.passed(name, `the key was in the log by ${notAfter}, before the act was`)
  const when = `between ${notBefore} and ${notAfter}, before the act`
  findings.fact('key', `enrolled ${when}, by its person as known by ${enrolledBy} (entry ${enrolled})`)
}
