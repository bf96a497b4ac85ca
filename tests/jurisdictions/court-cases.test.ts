import t from 'tap'
import { calculatePenalty, coverageOf, dutchRuleSet, evaluate, mayGoOn, standingOf } from '#jurisdictions'
import type { Contact, CoverageClause, Facts, Moment, Result } from '#jurisdictions'
import { day, moment, soundCase, soundClause } from '../support/law-cases.ts'

// Each case is told with the facts that the publications give. What they leave out is left out here, so it is `unknown`.

function resultOf(facts: Facts, at: Moment, id: string): Result | undefined {
  return evaluate(dutchRuleSet, facts, [at]).findings.find((finding) => finding.ruleId === id)?.result
}

function mayEnforce(facts: Facts): boolean {
  return mayGoOn(
    evaluate(dutchRuleSet, facts, ['enforce']).findings.map((finding) => standingOf(finding, [])),
  )
}

const bare: Facts = { asOf: day('2026-11-21') }
const contract = { documentId: 'contract', sha256: 'c1', language: 'nl', role: 'main' } as const
const annex = { documentId: 'annex', sha256: 'a1', language: 'nl', role: 'annex' } as const

/** The five suppliers of the Crypsys settlement: a year, any contact, whoever starts it. */
const crypsys: CoverageClause = {
  months: 12,
  answers: ['suppliers', 'prospects', 'initiative', 'online-contact'],
  covers: { suppliers: true, prospects: false, initiativeOfOther: true, onlineContact: true },
  listed: ['A', 'B', 'C', 'D', 'E'].map((name) => ({ name, from: day('2010-03-31'), until: null })),
  exemptions: [],
}
const connection: Contact = {
  relation: 'C',
  relationKind: 'supplier',
  channel: 'online-connection',
  startedBy: 'other',
  on: day('2010-09-15'),
}

t.test(
  'Crypsys 2011: a connection with a named supplier within the year is covered, whoever started it',
  async (t) => {
    const answer = coverageOf(crypsys, connection, day('2010-03-31'))
    t.equal(answer.answer, 'covered')
    t.match(answer.because.map((each) => each.en).join(' '), /2011-03-31.*C stood on the list/)
    const penalty = calculatePenalty(
      {
        amountCents: 1_000_000,
        perDayCents: 100_000,
        perDayFrom: 'day-after',
        maximumCents: null,
        currency: 'EUR',
      },
      [
        {
          id: '1',
          from: day('2010-09-15'),
          until: day('2010-09-15'),
          capture: { sha256: 'ab', on: day('2010-09-15') },
        },
        { id: '2', from: day('2010-09-20'), until: day('2010-09-20'), capture: null },
        { id: '3', from: day('2010-09-21'), until: day('2010-09-21'), capture: null },
      ],
    )
    t.same(
      [penalty.sumCents, penalty.shownCents],
      [3_000_000, 1_000_000],
      'claimed 30,000, awarded the one that a dated print showed',
    )
    t.ok(penalty.arguments.some((each) => each.source.includes('BP8592')))
  },
)

t.test('Crypsys, the term: the last day of the year is covered and the next is not', async (t) => {
  t.equal(coverageOf(crypsys, { ...connection, on: day('2011-03-31') }, day('2010-03-31')).answer, 'covered')
  t.equal(
    coverageOf(crypsys, { ...connection, on: day('2011-04-01') }, day('2010-03-31')).answer,
    'not-covered',
  )
  t.equal(
    coverageOf(crypsys, { ...connection, on: day('2010-03-31') }, day('2010-03-31')).answer,
    'not-covered',
  )
})

t.test('Smeba 2012: business contact online is covered, purely private contact is free', async (t) => {
  const clause: CoverageClause = { ...crypsys, listed: [], covers: { ...crypsys.covers, suppliers: false } }
  const customer: Contact = { ...connection, relation: 'X', relationKind: 'customer', on: day('2010-05-01') }
  t.equal(coverageOf(clause, customer, day('2010-03-31')).answer, 'covered')
  t.equal(
    coverageOf(clause, { ...customer, channel: 'private-only' }, day('2010-03-31')).answer,
    'not-covered',
  )
  const promoted: Facts = {
    ...bare,
    clauses: [soundClause],
    jobHistory: [{ on: day('2009-01-01'), changed: ['function'], foreseen: false }],
    reaffirmations: [],
  }
  t.equal(
    resultOf(promoted, 'change', 'nl.hr-avm.heavier-burden'),
    'lawyer',
    'the changed job is weighed by a lawyer',
  )
})

t.test('Noord-Holland 2013: a mere prospect on nobody’s list is no relation', async (t) => {
  const silent: CoverageClause = { ...crypsys, listed: [], answers: ['online-contact', 'initiative'] }
  const mail: Contact = {
    ...connection,
    relation: 'P',
    relationKind: 'prospect',
    channel: 'message',
    startedBy: 'employee',
  }
  t.equal(coverageOf(silent, mail, day('2010-03-31')).answer, 'not-covered')
  t.equal(coverageOf(silent, { ...mail, relationKind: 'customer' }, day('2010-03-31')).answer, 'covered')
})

t.test('Den Haag 2012: a public post is advertising, so no machine calls it contact', async (t) => {
  t.equal(coverageOf(crypsys, { ...connection, channel: 'public-post' }, day('2010-03-31')).answer, 'lawyer')
})

t.test('Arnhem-Leeuwarden 2017: suppliers are no relations unless the clause says so', async (t) => {
  const silent: CoverageClause = {
    ...crypsys,
    listed: [],
    answers: ['initiative', 'online-contact', 'prospects'],
  }
  t.equal(coverageOf(silent, connection, day('2010-03-31')).answer, 'not-covered')
})

t.test(
  'SRS 2025: two congratulations are two breaches by the letter, and reduction is at hand',
  async (t) => {
    const breaches = ['a', 'b'].map((id) => ({ id, from: day('2024-05-01'), until: day('2024-05-01'), capture: { sha256: id, on: day('2024-05-01') } })) // prettier-ignore
    const found = calculatePenalty({ amountCents: 1_000_000, perDayCents: null, perDayFrom: 'day-after', maximumCents: null, currency: 'EUR' }, breaches) // prettier-ignore
    t.equal(found.sumCents, 2_000_000)
    t.ok(found.arguments.some((each) => each.source.includes('SRS')))
  },
)

t.test('HR 2017:364: the contract says “attached”, the regulations came a year before', async (t) => {
  const facts: Facts = {
    ...bare,
    clauses: [{ id: 'c', kind: 'relatiebeding', locatedIn: 'annex', documentSha256: 'a1' }],
    bundle: {
      manifest: [contract],
      references: [{ from: 'contract', to: 'annex', anchorText: 'bijgevoegd', page: 3 }],
      statement: { text: 'Akkoord.', expresses: 'agreement' },
      clauseConsents: [],
      deliveredAt: moment('2003-02-01 09:00'),
      signedAt: moment('2003-02-03 09:00'),
    },
    signature: { level: 'wet' },
  }
  t.equal(resultOf(facts, 'sign', 'nl.hr-2017-364.annex-in-same-bundle'), 'fail')
  t.equal(resultOf(facts, 'sign', 'nl.hr-bc0384.annex-incorporation'), 'fail')
  t.equal(resultOf(facts, 'sign', 'nl.7-653.1.written-signed'), 'fail')
})

t.test(
  'Philips/Oostendorp 2008: route b with an unsigned annex, and route c by an own consent',
  async (t) => {
    const bundle = {
      manifest: [contract, annex],
      references: [{ from: 'contract', to: 'annex', anchorText: 'Bijlage 1', page: 4 }],
      statement: { text: 'Akkoord met contract en bijlage 1.', expresses: 'agreement' as const },
      clauseConsents: [],
      signedAt: moment('2007-02-03 09:00'),
    }
    const clause = { id: 'c', kind: 'concurrentiebeding', locatedIn: 'annex', documentSha256: 'a1' } as const
    const facts: Facts = { ...bare, clauses: [clause], bundle, signature: { level: 'wet' } }
    t.equal(resultOf(facts, 'sign', 'nl.7-653.1.written-signed'), 'pass')
    const apart: Facts = {
      ...facts,
      clauses: [{ ...clause, locatedIn: 'policy', documentSha256: 'zz' }],
      bundle: {
        ...bundle,
        clauseConsents: [{ clauseId: 'c', statement: 'Akkoord met het concurrentiebeding.' }],
      },
    }
    t.equal(resultOf(apart, 'sign', 'nl.7-653.1.written-signed'), 'pass')
    t.equal(resultOf({ ...apart, bundle }, 'sign', 'nl.7-653.1.written-signed'), 'fail')
  },
)

t.test('Overijssel 2016: a fixed-term contract after 2015 without a motivation', async (t) => {
  const facts: Facts = {
    ...bare,
    contract: { kind: 'fixed-term' },
    clauses: [{ ...soundClause, motivation: null }],
  }
  t.equal(resultOf(facts, 'sign', 'nl.7-653.1.indefinite-or-motivated'), 'fail')
  t.equal(
    resultOf({ ...facts, contract: { kind: 'indefinite' } }, 'sign', 'nl.7-653.1.indefinite-or-motivated'),
    'pass',
  )
})

t.test('Fromatech 2019: a motivation that fits any job is not enough by itself', async (t) => {
  const facts: Facts = {
    ...bare,
    contract: { kind: 'fixed-term' },
    clauses: [
      {
        ...soundClause,
        motivation: { ...soundClause.motivation!, sameTextFor: ['inkoper', 'receptionist'] },
      },
    ],
  }
  t.equal(resultOf(facts, 'draft', 'nl.7-653.2.motivation-specific-at-signing'), 'lawyer')
  const late = {
    ...soundClause,
    motivation: { ...soundClause.motivation!, writtenAt: moment('2026-03-05 09:00') },
  }
  const signed: Facts = { ...facts, clauses: [late], bundle: { signedAt: moment('2026-03-02 14:05') } }
  t.equal(resultOf(signed, 'draft', 'nl.7-653.2.motivation-specific-at-signing'), 'fail')
})

t.test('Arnhem-Leeuwarden 2024: a “settlement” without a dispute does not set the law aside', async (t) => {
  const facts: Facts = {
    ...bare,
    contract: { kind: 'settlement', existingDispute: ' ' },
    clauses: [soundClause],
  }
  t.equal(resultOf(facts, 'sign', 'nl.7-653.settlement-needs-dispute'), 'fail')
  t.equal(resultOf(facts, 'sign', 'nl.7-653.1.indefinite-or-motivated'), 'fail')
})

t.test('AVM 2007: from assistant to branch manager, never an automatic fail', async (t) => {
  const facts: Facts = {
    ...bare,
    clauses: [soundClause],
    jobHistory: [{ on: day('2025-06-01'), changed: ['function', 'grade', 'wage'], foreseen: false }],
    reaffirmations: [],
  }
  t.equal(resultOf(facts, 'change', 'nl.hr-avm.heavier-burden'), 'lawyer')
  const again: Facts = { ...facts, reaffirmations: [{ clauseId: 'cl-12', on: day('2025-06-01') }] }
  t.equal(resultOf(again, 'change', 'nl.hr-avm.heavier-burden'), 'pass')
})

t.test('Arnhem 2012 and Den Bosch 2013: renewed without writing, only the term changed', async (t) => {
  const facts: Facts = {
    ...bare,
    contract: {
      kind: 'indefinite',
      renewals: [{ on: day('2011-01-01'), kind: 'renewal', changedMore: false }],
    },
    clauses: [soundClause],
    reaffirmations: [],
  }
  t.equal(resultOf(facts, 'change', 'nl.7-653.renewal-reaffirmed'), 'lawyer')
})

t.test(
  'Noord-Nederland 2018 and Oost-Brabant 2019: a friendly reply, an agreement in principle',
  async (t) => {
    const reply: Facts = { ...bare, bundle: { conditionText: '', acceptedBy: 'e-mail-reply' } }
    t.equal(resultOf(reply, 'sign', 'nl.7-653.acceptance-unconditional'), 'lawyer')
    const principle: Facts = { ...bare, bundle: { conditionText: 'in principe akkoord' } }
    t.equal(resultOf(principle, 'sign', 'nl.7-653.acceptance-unconditional'), 'fail')
  },
)

t.test('RBZWB 2020:4817: a mail link and an SMS code for a person’s own guarantee', async (t) => {
  const facts: Facts = {
    ...bare,
    clauses: [soundClause],
    signature: { level: 'ses', idProofing: 'none', factors: 2, timestampQualified: false },
  }
  t.equal(resultOf(facts, 'sign', 'nl.3-15a.level-fits-purpose'), 'fail')
  t.equal(
    resultOf({ ...facts, legacy: true }, 'sign', 'nl.3-15a.level-fits-purpose'),
    'lawyer',
    'what lies there is weighed',
  )
})

t.test('RBZWB 2023:9369: a signature that is firmly denied stops enforcement', async (t) => {
  const denied: Facts = { ...soundCase, evidence: { ...soundCase.evidence, signatureStatus: 'denied' } }
  t.equal(resultOf(denied, 'enforce', 'nl.rv-159.attribution-pack'), 'lawyer')
  t.notOk(mayEnforce(denied))
})

t.test('Blokker 2012: warned on 16 January, again on 2 February', async (t) => {
  const facts: Facts = {
    ...bare,
    warnings: [{ ruleId: 'r', at: moment('2012-01-16 09:00'), delivered: true }],
    event: {
      ruleId: 'r',
      occurredAt: moment('2012-02-02 20:00'),
      discoveredAt: moment('2012-02-03 09:00'),
      decidedAt: moment('2012-02-06 09:00'),
      capture: { sha256: 'ab', capturedAt: moment('2012-02-03 09:00') },
    },
  }
  t.equal(resultOf({ ...facts, asOf: day('2026-03-19') }, 'enforce', 'nl.7-678.warning-ladder'), 'pass')
})

t.test('Air Products 2021: twenty years without a warning, colleagues who kept their jobs', async (t) => {
  const facts: Facts = {
    ...bare,
    warnings: [],
    event: {
      ruleId: 'r',
      occurredAt: moment('2020-06-01 20:00'),
      discoveredAt: moment('2020-06-02 09:00'),
      decidedAt: moment('2020-06-04 09:00'),
      capture: { sha256: 'ab', capturedAt: moment('2020-06-02 09:00') },
      comparableCases: [{ milder: true, difference: '' }],
    },
  }
  const finding = evaluate(dutchRuleSet, facts, ['enforce']).findings.find(
    (each) => each.ruleId === 'nl.7-678.warning-ladder',
  )
  t.equal(finding?.result, 'lawyer')
  t.match(finding?.note?.en, /no earlier warning.*more lightly/)
})

t.test('the dry-cleaner in Limburg: no policy in force that the employee knew', async (t) => {
  const facts: Facts = {
    ...bare,
    policyVersion: { validFrom: moment('2015-06-01 00:00'), validTo: null, rules: [] },
    event: { ruleId: 'r', occurredAt: moment('2015-03-01 20:00') },
  }
  t.equal(resultOf(facts, 'enforce', 'ack.in-force-at-event'), 'fail')
})

t.test('Bărbulescu 2017: a signed ban is not a notice of monitoring', async (t) => {
  const facts: Facts = {
    ...bare,
    policyVersion: { containsMonitoring: true },
    privacy: { dpiaRef: 'd', noticeDeliveredAt: null, collectionStartedAt: moment('2007-07-05 00:00') },
    acknowledgement: { kind: 'agreed', claimUsedFor: 'knowledge' },
  }
  t.equal(resultOf(facts, 'operate', 'eu.echr-8.monitoring-notice'), 'fail')
})

t.test('Amsterdam 2023: a reach that nobody can determine', async (t) => {
  const vague = { ...soundClause, relation: { definition: '', named: 0, answers: [] } }
  t.equal(resultOf({ ...bare, clauses: [vague] }, 'draft', 'nl.7-653.scope-determinable'), 'fail')
})

t.test(
  'Fair Play 2019 and Stoof/Mammoet 2008: a change needs its clause or its three answers, and a lawyer',
  async (t) => {
    const change = (more: Facts['change'] & object): Facts => ({ ...bare, change: more })
    const id = 'nl.7-613.change-clause-written'
    t.equal(
      resultOf(change({ route: '7:613', target: 'wage', writtenChangeClause: true }), 'change', id),
      'lawyer',
    )
    t.equal(
      resultOf(change({ route: '7:613', target: 'wage', writtenChangeClause: false }), 'change', id),
      'fail',
    )
    t.equal(resultOf(change({ route: '7:611', target: 'wage', answers: { reason: 'r', reasonable: '', acceptable: 'a' } }), 'change', id), 'fail') // prettier-ignore
  },
)
