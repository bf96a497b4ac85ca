import { toCivilDate, toInstant } from '#core'
import type { ClauseFacts, Facts, PenaltyFacts } from '#jurisdictions'

/** A calendar day. */
export const day = toCivilDate
/** A moment: `2026-03-02 14:05` in UTC. */
export const moment = (text: string) => toInstant(`${text.replace(' ', 'T')}:00.000Z`)

/** A relatiebeding in the signed text that answers every question. */
export const soundClause: ClauseFacts = {
  id: 'cl-12',
  kind: 'relatiebeding',
  language: 'nl',
  locatedIn: 'main',
  documentSha256: 'aa01',
  months: 12,
  area: 'Benelux',
  areaReason: 'verkoopgebied',
  relation: {
    definition: 'de genoemde klanten',
    named: 14,
    answers: ['suppliers', 'prospects', 'initiative', 'online-contact'],
  },
  motivation: {
    text: 'Kent de prijslijsten van 2026 en veertien grote klanten.',
    functionRef: 'accountmanager',
    interests: ['prijslijsten', 'klanten'],
    locatedWithClause: true,
    writtenAt: moment('2026-02-20 09:00'),
    sameTextFor: [],
  },
}

export const soundPenalty: PenaltyFacts = {
  coveredRules: ['cl-12', 'cl-13'],
  amountCents: 500_000,
  perDayCents: null,
  fixedInWageCurrency: true,
  destination: '',
  benefitsEmployer: true,
  derogations: { lid3: 'explicit', lid4: 'none', lid5: 'explicit' },
  cumulatesWithDamages: 'no',
}

/** An account manager with an indefinite contract, two annexes and a qualified signature: nothing is wrong. */
export const soundCase: Facts = {
  asOf: day('2026-11-21'),
  employee: {
    birthDate: day('1994-06-11'),
    languages: ['nl', 'en'],
    employedFrom: day('2026-04-01'),
    lastDay: null,
  },
  contract: { kind: 'indefinite', startsOn: day('2026-04-01'), endsOn: null, renewals: [] },
  bundle: {
    ceremonyId: 'cer-771',
    deliveredAt: moment('2026-02-26 09:00'),
    signedAt: moment('2026-03-02 14:05'),
    manifest: [
      { documentId: 'contract', sha256: 'aa01', language: 'nl', role: 'main' },
      { documentId: 'annex-a', sha256: 'bb02', language: 'nl', role: 'annex' },
      { documentId: 'annex-b', sha256: 'cc03', language: 'nl', role: 'annex' },
    ],
    references: [
      { from: 'contract', to: 'annex-a', anchorText: 'Bijlage A', page: 6 },
      { from: 'contract', to: 'annex-b', anchorText: 'Bijlage B', page: 7 },
    ],
    statement: { text: 'Ik ga akkoord met het contract en de bijlagen A en B.', expresses: 'agreement' },
    clauseConsents: [{ clauseId: 'cl-12', statement: 'Ik ga akkoord met het relatiebeding.' }],
    conditionText: '',
    acceptedBy: 'act',
    retrievableByEmployee: true,
    prevailingLanguage: null,
  },
  clauses: [
    soundClause,
    {
      id: 'cl-13',
      kind: 'geheimhoudingsbeding',
      language: 'nl',
      locatedIn: 'main',
      documentSha256: 'aa01',
      carveOut: { languages: ['nl', 'en'] },
    },
  ],
  penalty: soundPenalty,
  wage: { history: [{ from: day('2026-03-01'), hourlyCents: 3_200, hoursPerDay: 8 }] },
  jobHistory: [],
  reaffirmations: [],
  signature: {
    level: 'qes',
    idProofing: 'eid-high',
    factors: 2,
    timestampQualified: true,
    validation: 'passed',
    privilegedActionsNear: [],
  },
  policyVersion: {
    sha256: 'bb02',
    validFrom: moment('2026-02-15 00:00'),
    validTo: null,
    legalNature: 'instruction',
    containsMonitoring: true,
    processesPersonalData: true,
  },
  worksCouncil: { employeeBody: 'or', headcount: 180, decision: 'consent', policySha256: 'bb02' },
  privacy: {
    legalBasis: 'contract',
    processing: 'covenant-evidence',
    noticeDeliveredAt: moment('2026-02-26 09:00'),
    collectionStartedAt: moment('2026-04-01 00:00'),
    dpiaRef: 'dpia-7',
    retentionClass: 'R3',
    legalHold: false,
  },
  evidence: { storedSha256: 'aa01', chainVerified: true, lastAnchorAt: moment('2026-11-21 03:00') },
}

/** A junior with a year's contract and a covenant on the intranet, who clicked "received": everything is wrong. */
export const brokenCase: Facts = {
  asOf: day('2026-11-21'),
  employee: {
    birthDate: day('2003-10-02'),
    languages: ['nl'],
    employedFrom: day('2026-03-01'),
    lastDay: day('2026-10-31'),
  },
  contract: { kind: 'fixed-term', startsOn: day('2026-03-01'), endsOn: day('2027-02-28'), renewals: [] },
  bundle: {
    ceremonyId: 'cer-902',
    deliveredAt: moment('2026-02-27 16:40'),
    signedAt: moment('2026-02-27 16:52'),
    manifest: [{ documentId: 'contract', sha256: 'dd04', language: 'nl', role: 'main' }],
    references: [{ from: 'contract', to: 'handbook', anchorText: 'zie intranet', page: 5 }],
    statement: { text: 'Ontvangen.', expresses: 'receipt' },
    clauseConsents: [],
    conditionText: 'in principe akkoord',
    retrievableByEmployee: true,
  },
  clauses: [
    {
      id: 'cl-44',
      kind: 'relatiebeding',
      locatedIn: 'link',
      language: 'nl',
      months: null,
      relation: { definition: '', named: 0, answers: [] },
      motivation: null,
    },
  ],
  penalty: {
    coveredRules: ['cl-44'],
    amountCents: 1_000_000,
    perDayCents: 100_000,
    benefitsEmployer: true,
    derogations: { lid3: 'none', lid4: 'none', lid5: 'none' },
    cumulatesWithDamages: 'yes',
  },
  wage: { history: [{ from: day('2026-02-01'), hourlyCents: 1_471, hoursPerDay: 8 }] },
  jobHistory: [],
  signature: {
    level: 'ses',
    idProofing: 'none',
    timestampQualified: false,
    validation: 'not-run',
    privilegedActionsNear: ['password reset by HR on 2026-02-27 16:30'],
  },
  policyVersion: {
    sha256: 'ee05',
    validFrom: moment('2026-06-01 00:00'),
    validTo: null,
    legalNature: 'instruction',
    containsMonitoring: true,
    processesPersonalData: true,
  },
  worksCouncil: { employeeBody: 'or', headcount: 180, policySha256: 'ff06', decision: 'consent' },
  privacy: {
    legalBasis: 'consent',
    processing: 'monitoring',
    noticeDeliveredAt: null,
    collectionStartedAt: moment('2026-03-01 00:00'),
    dpiaRef: null,
    retentionClass: null,
    legalHold: false,
  },
  acknowledgement: { kind: 'seen', claimUsedFor: 'agreement', actedAt: moment('2026-06-20 08:00') },
  event: { occurredAt: moment('2026-05-12 20:00'), ruleId: 'hb-7-3', capture: null },
  warnings: [],
  evidence: { storedSha256: 'dd04', signatureStatus: 'denied' },
}
