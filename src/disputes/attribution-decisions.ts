import type { Facts } from '#evidence'
import type { KnownEntry, Surroundings } from './attribution-view.ts'
import { privilegedKinds } from './attribution-view.ts'
import type { CustodianStatement, Outcome, Pointer, Statement, Subject } from './attribution.ts'

/** What a pack is made of. */
export type AttributionMaterial = {
  readonly actEntry: KnownEntry
  readonly publication: number | null
  readonly denials: readonly { readonly index: number; readonly kind: string; readonly ground: string | null; readonly at: string; readonly status: string }[] // prettier-ignore
  readonly surroundings: Surroundings
  /** Whether the level fits the purpose by the matrix (dutch-law 4.2): pass, lawyer or fail; null where the purpose is not known. */
  readonly fitness: string | null
  readonly custodian: CustodianStatement
  /** The entries that the dossier of the pack holds. */
  readonly inDossier: ReadonlySet<number>
}

/**
 * What the records say about whose act it is, subject by subject, with where it stands (rule nl.rv-159.attribution-pack; the four
 * criteria of art. 26 eIDAS). Never that it is the person's: what is not shown is `missing`, and what is only indirectly shown
 * is for a lawyer.
 */
export function attributionStatements(material: AttributionMaterial): Statement[] {
  const { actEntry, surroundings, fitness, custodian, denials } = material
  const { facts } = actEntry
  const at = pointerIn(material.inDossier)
  const ofAct = (...names: string[]) => names.map((name) => at(actEntry.index, name))
  const signing = parsed(facts['signing'])
  const enrolments = surroundings.entries.filter(({ kind }) => kind === 'signing-credential-enrolled')
  const enrolmentIndex = indexOf(signing)
  const sessions = surroundings.entries.filter(({ kind }) => kind === 'person-authenticated')
  const privileged = surroundings.entries.filter(({ kind }) => isPrivileged(kind))
  const otherAddress = addressChanged(facts, surroundings)
  const say = (subject: Subject, outcome: Outcome, reason: string, evidence: readonly Pointer[] = [], details: Statement['details'] = []): Statement => ({ subject, outcome, reason, details, evidence }) // prettier-ignore
  return [
    say('identity-proofing', 'missing', 'no-document-checked'),
    signing === undefined
      ? say('credential-enrolment', 'missing', 'no-credential', ofAct('method'))
      : say('credential-enrolment', 'lawyer', 'credential', [...ofAct('signing'), ...(enrolmentIndex === null ? [] : [at(enrolmentIndex, null)])], enrolments.map(inWords)), // prettier-ignore
    facts['authentication'] === null || facts['authentication'] === undefined
      ? say('authentications', 'missing', 'link-only', ofAct('method', 'assurance'), sessions.map(inWords))
      : say('authentications', 'shown', 'authenticated', [...ofAct('authentication', 'assurance'), ...sessions.map(({ index }) => at(index, null))], sessions.map(inWords)), // prettier-ignore
    privileged.length > 0 || otherAddress
      ? say('privileged-actions', 'lawyer', otherAddress ? 'other-address' : 'privileged-near', privileged.map(({ index }) => at(index, null)), privileged.map(inWords)) // prettier-ignore
      : say('privileged-actions', 'shown', 'none-recorded'),
    surroundings.deliveries.length === 0
      ? say('deliveries', 'missing', 'no-delivery')
      : say('deliveries', 'shown', 'delivered', ofAct('address', 'deliveredAt', 'deliveryChannel'), surroundings.deliveries), // prettier-ignore
    surroundings.openings.length === 0
      ? say('openings-and-devices', 'missing', 'no-opening')
      : say('openings-and-devices', 'lawyer', 'claimed-by-browser', ofAct('openedAt', 'userAgent', 'networkClass'), surroundings.openings), // prettier-ignore
    typeof facts['pageRelease'] === 'string'
      ? say('page-release', 'shown', 'page-known', ofAct('pageRelease'))
      : say('page-release', 'missing', 'page-unknown'),
    say('content-and-choice', 'shown', 'content', [...ofAct('documentSha256', 'statement', 'choice'), ...(material.publication === null ? [] : [at(material.publication, null)])]), // prettier-ignore
    fitness === null
      ? say('purpose-matrix', 'missing', 'purpose-unknown')
      : say('purpose-matrix', fitness === 'pass' ? 'shown' : 'lawyer', `fitness-${fitness}`, ofAct('purpose', 'requiredAssurance', 'assurance', 'evidenceLevel')), // prettier-ignore
    say('denials', denials.length === 0 ? 'shown' : 'lawyer', denials.length === 0 ? 'not-denied' : 'denied', denials.map(({ index }) => at(index, null)), denials.map(({ kind, ground, at: said, status }) => ({ kind, ground, at: said, status }))), // prettier-ignore
    say('custodian', custodian.ownDescription ? 'lawyer' : 'shown', custodian.ownDescription ? 'own-description' : 'stated', [], [{ text: custodian.text, by: custodian.by, on: custodian.on }]), // prettier-ignore
    say('criterion-a', 'lawyer', signing === undefined ? 'a-shared-mailbox' : 'a-credential', signing === undefined ? ofAct('address') : ofAct('signing')), // prettier-ignore
    say('criterion-b', 'lawyer', 'b-no-proofing', ofAct('personName', 'personExternalId')),
    say('criterion-c', 'lawyer', criterionC(signing, privileged.length > 0 || otherAddress), signing === undefined ? ofAct('method') : ofAct('signing')), // prettier-ignore
    say('criterion-d', 'shown', 'd-ledger', ofAct('documentSha256', 'statement')),
  ]
}

function criterionC(signing: Facts | undefined, touched: boolean): string {
  if (signing === undefined) return 'c-link'
  if (touched) return 'c-touched'
  const flags = signing['flags'] as { readonly backupEligible?: boolean } | undefined
  return flags?.backupEligible === false ? 'c-device' : 'c-synced'
}

function isPrivileged(kind: string): boolean {
  return (privilegedKinds as readonly string[]).includes(kind)
}

/** Whether the address of this act is one to which nothing was sent before, though other things were sent elsewhere. */
function addressChanged(facts: Facts, { earlierAddresses }: Surroundings): boolean {
  const { address } = facts
  return typeof address === 'string' && earlierAddresses.length > 0 && !earlierAddresses.includes(address)
}

function pointerIn(inDossier: ReadonlySet<number>) {
  return (entryIndex: number, fact: string | null): Pointer => ({ entryIndex, fact, inDossier: inDossier.has(entryIndex) }) // prettier-ignore
}

function parsed(text: unknown): Facts | undefined {
  return typeof text === 'string' ? (JSON.parse(text) as Facts) : undefined
}

function indexOf(signing: Facts | undefined): number | null {
  const enrolment = signing?.['enrolment'] as { readonly entryIndex?: number } | undefined
  return enrolment?.entryIndex ?? null
}

/** An entry as it stands in a list: what, when, and the facts that are short and name nobody. */
function inWords({ index, kind, at, facts }: KnownEntry): Statement['details'][number] {
  const told = [
    'method',
    'assurance',
    'enrolledBy',
    'attested',
    'backupEligible',
    'reason',
    'role',
    'by',
    'providerId',
  ].flatMap((name) => {
    // prettier-ignore
    const value = facts[name]
    return typeof value === 'string' || typeof value === 'boolean' ? [[name, value] as const] : []
  })
  return { entryIndex: index, kind, at, ...Object.fromEntries(told) }
}
