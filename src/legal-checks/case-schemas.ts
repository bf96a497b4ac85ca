import type { Static } from 'typebox'
import { Type } from 'typebox'
import { oneOf, orNull, strictObject } from '#http'
import type { Facts } from '#jurisdictions'
import { branded } from './branded.ts'
import { Bundle, CarveOut, Clause, Contract, Day, Employee, flag, hash, JobChange, list, maybe, Moment, name, Penalty, Signature, text, Wage } from './facts-schemas.ts' // prettier-ignore

const Acknowledgement = strictObject({
  kind: maybe(oneOf(['seen', 'not-agreed', 'agreed', 'agreed-conditionally', 'declined'])),
  claimUsedFor: maybe(oneOf(['receipt', 'knowledge', 'agreement'])),
  versionSha256: maybe(hash),
  presentedSha256: maybe(hash),
  presentedAt: maybe(orNull(Moment)),
  actedAt: maybe(orNull(Moment)),
  channelReceipts: maybe(
    list(
      strictObject({ status: oneOf(['accepted', 'bounced', 'opened']), at: Moment, addressBasis: text(500) }),
    ),
  ),
  absent: maybe(flag),
  fallbackSentAt: maybe(orNull(Moment)),
})

const Policy = strictObject({
  sha256: maybe(hash),
  validFrom: maybe(Moment),
  validTo: maybe(orNull(Moment)),
  legalNature: maybe(oneOf(['information', 'instruction', 'contract-term', 'covenant'])),
  rules: maybe(
    list(
      strictObject({
        id: name,
        number: Type.Integer({ minimum: 1, maximum: 1_000 }),
        scope: oneOf(['working-time', 'company-account', 'private-employer-visible', 'purely-private']),
        fine: flag,
        afterEmployment: flag,
        waivesRight: flag,
        asksBeforeSpeaking: flag,
      }),
    ),
  ),
  containsMonitoring: maybe(flag),
  processesPersonalData: maybe(flag),
  carveOut: maybe(CarveOut),
  languages: maybe(list(Type.String({ minLength: 2, maxLength: 12 }), 20)),
})

export const WorksCouncil = strictObject({
  employeeBody: maybe(oneOf(['none', 'pvt', 'or'])),
  headcount: maybe(Type.Integer({ minimum: 0, maximum: 10_000_000 })),
  policySha256: maybe(hash),
  decision: maybe(oneOf(['consent', 'refused', 'none', 'court-substitute', 'cao-settled'])),
  caoReference: maybe(text(500)),
  decisionCommunicatedAt: maybe(orNull(Moment)),
  nullityInvokedAt: maybe(orNull(Moment)),
})

const Privacy = strictObject({
  legalBasis: maybe(orNull(oneOf(['contract', 'legal-duty', 'legitimate-interest', 'consent']))),
  processing: maybe(oneOf(['ack-evidence', 'covenant-evidence', 'monitoring', 'sanction', 'other'])),
  withdrawalAsEasy: maybe(flag),
  noticeDeliveredAt: maybe(orNull(Moment)),
  noticeSays: maybe(list(oneOf(['nature', 'extent', 'reason', 'consequences']), 4)),
  collectionStartedAt: maybe(orNull(Moment)),
  dpiaRef: maybe(orNull(text(200))),
  retentionClass: maybe(orNull(text(20))),
  retainUntil: maybe(orNull(Day)),
  legalHold: maybe(flag),
  deletedAt: maybe(orNull(Moment)),
  tombstoneSha256: maybe(orNull(hash)),
})

const Event = strictObject({
  occurredAt: maybe(Moment),
  discoveredAt: maybe(Moment),
  decidedAt: maybe(Moment),
  ruleId: maybe(name),
  capture: maybe(orNull(strictObject({ sha256: hash, capturedAt: Moment }))),
  comparableCases: maybe(list(strictObject({ milder: flag, difference: text(1_000) }), 100)),
})

const Change = strictObject({
  target: maybe(oneOf(['policy', 'wage', 'function', 'covenant', 'penalty', 'other-term'])),
  route: maybe(oneOf(['agreement', '7:613', '7:611', 'instruction'])),
  writtenChangeClause: maybe(flag),
  answers: maybe(strictObject({ reason: text(), reasonable: text(), acceptable: text() })),
})

const Statement655 = strictObject({
  form: maybe(oneOf(['paper', 'electronic'])),
  signatureLevel: maybe(oneOf(['none', 'ses', 'ades', 'qes', 'wet'])),
  issuedOn: maybe(Day),
  dueOn: maybe(Day),
  storableByEmployee: maybe(flag),
})

const Evidence = strictObject({
  storedSha256: maybe(orNull(hash)),
  rerenderedSha256: maybe(hash),
  chainVerified: maybe(flag),
  lastAnchorAt: maybe(orNull(Moment)),
  anchorQualified: maybe(flag),
  custodianStatement: maybe(orNull(text(200))),
  signatureStatus: maybe(oneOf(['admitted', 'denied', 'untested'])),
})

/** What a rule may know, as it comes over the wire. A member that is left out is not known. */
export const FactsShape = strictObject(
  {
    asOf: Day,
    legacy: maybe(flag),
    employee: maybe(Employee),
    contract: maybe(Contract),
    bundle: maybe(Bundle),
    clauses: maybe(list(Clause, 50)),
    penalty: maybe(orNull(Penalty)),
    wage: maybe(Wage),
    jobHistory: maybe(list(JobChange)),
    reaffirmations: maybe(list(strictObject({ clauseId: name, on: Day }))),
    signature: maybe(Signature),
    acknowledgement: maybe(Acknowledgement),
    policyVersion: maybe(Policy),
    worksCouncil: maybe(WorksCouncil),
    change: maybe(Change),
    privacy: maybe(Privacy),
    warnings: maybe(list(strictObject({ ruleId: name, at: Moment, delivered: flag }))),
    event: maybe(Event),
    exit: maybe(
      strictObject({
        seriousFault: maybe(oneOf(['none', 'employer', 'employee', 'disputed'])),
        invocationNoticeOn: maybe(orNull(Day)),
        compensationPaidOn: maybe(orNull(Day)),
      }),
    ),
    evidence: maybe(Evidence),
    statement655: maybe(Statement655),
  },
  {
    $id: 'LegalFacts',
    description: 'What is known. A member that is left out is not known; null is known to be nothing.',
  },
)

/** The facts of a body that passed the schema. The compiler holds the schema against what the rules read. */
export function factsOf(body: Static<typeof FactsShape>): Facts {
  return branded<Facts>(body)
}
