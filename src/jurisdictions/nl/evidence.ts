import { addMilliseconds, toInstant } from '#core'
import type { Rule } from '../rule.ts'
import { fail, known, lawyer, na, pass } from '../rule.ts'
import { clauseOf, hasCovenant, hoursBetween } from './clause-facts.ts'
import { levelForPurpose, purposeOfClause, purposeOfPolicy } from './purpose-levels.ts'

/** Form, signature, time and proof. */
export const evidenceRules: readonly Rule[] = [
  {
    id: 'nl.6-227a.four-requirements',
    source: 'art. 6:227a lid 1 BW',
    basis: 'VERIFIED',
    at: ['sign'],
    about: 'case',
    inputs: ['signature', 'bundle.retrievableByEmployee', 'bundle.signedAt', 'evidence', 'clauses'],
    severity: 'blocker',
    message: {
      nl: 'Om papier te vervangen ontbreekt: {wat}.',
      en: 'To stand in for paper this is missing: {wat}.',
    },
    decide(about) {
      const { signature, bundle, evidence } = about.facts
      if (known(signature?.level, 'signature.level') === 'wet') return na
      const lacks: { nl: string; en: string }[] = []
      if (!known(bundle?.retrievableByEmployee, 'bundle.retrievableByEmployee'))
        lacks.push({ nl: 'dat de werknemer alles kan ophalen', en: 'that the employee can fetch everything' })
      if (
        (known(evidence?.storedSha256, 'evidence.storedSha256') ?? '') === '' ||
        evidence?.chainVerified === false
      )
        lacks.push({ nl: 'dat de tekst ongewijzigd is', en: 'that the text is unchanged' })
      if (known(bundle?.signedAt, 'bundle.signedAt') === null)
        lacks.push({ nl: 'het moment van akkoord', en: 'the moment of agreement' })
      if (known(signature?.idProofing, 'signature.idProofing') === 'none')
        lacks.push({ nl: 'wie het was', en: 'who it was' })
      if (lacks.length > 0)
        return fail({
          wat: { nl: lacks.map((each) => each.nl).join(', '), en: lacks.map((each) => each.en).join(', ') },
        })
      if (hasCovenant(about) && signature?.timestampQualified !== true)
        return lawyer(
          'Voor dit beding is er geen gekwalificeerd tijdstempel.',
          'There is no qualified time-stamp for this covenant.',
        )
      return pass()
    },
  },
  {
    id: 'nl.3-15a.level-fits-purpose',
    source:
      'art. 3:15a BW; eIDAS art. 25; HR 14-06-2019 ECLI:NL:HR:2019:957; ECLI:NL:RBZWB:2020:4817; ECLI:NL:RBROT:2022:3242',
    basis: 'VERIFIED; which level for which purpose INFERENCE',
    at: ['sign'],
    about: 'clause',
    inputs: ['clause.kind', 'signature'],
    severity: 'blocker',
    message: {
      nl: 'Deze manier van tekenen is te zwak voor dit doel ({doel}).',
      en: 'This way of signing is too weak for this purpose ({doel}).',
    },
    decide(about) {
      const purpose = purposeOfClause(clauseOf(about))
      return fitting(levelForPurpose(purpose, about.facts.signature), purpose, about.facts.legacy === true)
    },
  },
  {
    id: 'nl.3-15a.policy-level-fits-purpose',
    source: 'art. 3:15a BW; eIDAS art. 25',
    basis: 'VERIFIED; which level for which purpose INFERENCE',
    at: ['sign', 'enforce'],
    about: 'case',
    inputs: ['policyVersion.legalNature', 'signature'],
    severity: 'major',
    message: {
      nl: 'Deze manier van vastleggen is te zwak voor dit doel ({doel}).',
      en: 'This way of recording is too weak for this purpose ({doel}).',
    },
    decide({ facts }) {
      if (facts.policyVersion === undefined) return na
      const purpose = purposeOfPolicy(facts.policyVersion)
      return fitting(levelForPurpose(purpose, facts.signature), purpose, facts.legacy === true)
    },
  },
  {
    id: 'eu.eidas-26.ades',
    source: 'Reg. (EU) 910/2014 art. 26',
    basis: 'VERIFIED; the rule about resets INFERENCE',
    at: ['sign'],
    about: 'case',
    inputs: ['signature.level', 'signature.criteria26', 'signature.privilegedActionsNear'],
    severity: 'major',
    message: {
      nl: 'Geavanceerd mag deze handtekening niet heten: {eis} is niet aangetoond.',
      en: 'This signature may not be called advanced: {eis} is not shown.',
    },
    decide({ facts: { signature } }) {
      if (known(signature?.level, 'signature.level') !== 'ades') return na
      const criteria = known(signature?.criteria26, 'signature.criteria26')
      const lacking = criterionWords.filter(([name]) => !criteria[name]).map(([, words]) => words)
      if (lacking.length > 0)
        return fail({
          eis: {
            nl: lacking.map((each) => each.nl).join(', '),
            en: lacking.map((each) => each.en).join(', '),
          },
        })
      const near = known(signature?.privilegedActionsNear, 'signature.privilegedActionsNear')
      if (near.length === 0) return pass()
      return lawyer(`Kort tevoren: ${near.join('; ')}.`, `Shortly before: ${near.join('; ')}.`)
    },
  },
  {
    id: 'eu.eidas-41-42.time',
    source: 'Reg. (EU) 910/2014 art. 41 en 42; Impl. Reg. (EU) 2025/1929',
    basis: 'VERIFIED',
    at: ['sign'],
    about: 'case',
    inputs: [
      'asOf',
      'signature.timestampQualified',
      'evidence.lastAnchorAt',
      'evidence.anchorQualified',
      'clauses',
    ],
    severity: 'major',
    message: {
      nl: 'Het logboek is te lang niet verankerd; laat het eerst van een tijdstempel voorzien.',
      en: 'The ledger was not anchored for too long; have it time-stamped first.',
    },
    decide(about) {
      const { signature, evidence, asOf } = about.facts
      const stamped = known(signature?.timestampQualified, 'signature.timestampQualified')
      if (hasCovenant(about) && !stamped) return noPresumption
      if (evidence === undefined) return stamped ? pass() : noPresumption
      const last = known(evidence.lastAnchorAt, 'evidence.lastAnchorAt')
      const endOfDay = addMilliseconds(toInstant(`${asOf}T00:00:00.000Z`), 86_400_000)
      if (last === null || hoursBetween(last, endOfDay) - 24 > about.regime.anchorAge_h) return fail()
      return evidence.anchorQualified === false && !stamped ? noPresumption : pass()
    },
  },
  {
    id: 'nl.rv-156a.reproducible',
    source: 'art. 156a Rv; art. 6:227a BW',
    basis: 'VERIFIED; the number since 2025 FROM MEMORY',
    at: ['operate', 'enforce'],
    about: 'case',
    inputs: ['evidence.storedSha256', 'evidence.rerenderedSha256', 'evidence.chainVerified'],
    severity: 'blocker',
    message: {
      nl: 'Dit stuk is niet meer onveranderd terug te geven. Behandel het als betwist bewijs en onderzoek waarom.',
      en: 'This document can no longer be given back unchanged. Treat it as contested evidence and find out why.',
    },
    decide({ facts: { evidence } }) {
      const stored = known(evidence?.storedSha256, 'evidence.storedSha256')
      if (stored === null) return fail()
      if (known(evidence?.rerenderedSha256, 'evidence.rerenderedSha256') !== stored) return fail()
      return known(evidence?.chainVerified, 'evidence.chainVerified') ? pass() : fail()
    },
  },
  {
    id: 'nl.rv-159.attribution-pack',
    source: 'art. 159 lid 2 Rv; HR 12-04-2019 ECLI:NL:HR:2019:572; HR 19-04-2019 ECLI:NL:HR:2019:641',
    basis: 'VERIFIED; the number since 2025 FROM MEMORY',
    at: ['enforce'],
    about: 'case',
    inputs: ['evidence.signatureStatus', 'evidence.custodianStatement', 'signature'],
    severity: 'blocker',
    message: {
      nl: 'Wie de handtekening ontkent, dwingt de werkgever te bewijzen wie tekende. Aan het dossier daarvoor ontbreekt: {wat}.',
      en: 'Whoever denies the signature makes the employer prove who signed. The file for that lacks: {wat}.',
    },
    decide({ facts: { evidence, signature } }) {
      if (known(evidence?.signatureStatus, 'evidence.signatureStatus') === 'denied')
        return lawyer(
          'De handtekening is ontkend. Handhaven stopt tot een jurist heeft gekeken (ECLI:NL:RBZWB:2023:9369).',
          'The signature is denied. Enforcement stops until a lawyer has looked (ECLI:NL:RBZWB:2023:9369).',
        )
      const lacks: string[] = []
      if (known(signature?.idProofing, 'signature.idProofing') === 'none') lacks.push('idProofing')
      if (known(signature?.factors, 'signature.factors') === 0) lacks.push('factors')
      if (known(signature?.validation, 'signature.validation') === 'not-run') lacks.push('validation')
      if (known(evidence?.custodianStatement, 'evidence.custodianStatement') === null)
        lacks.push('custodianStatement')
      return lacks.length > 0 ? fail({ wat: lacks.join(', ') }) : pass()
    },
  },
]

const noPresumption = lawyer(
  'Zonder gekwalificeerd tijdstempel vermoedt de wet dag en inhoud niet.',
  'Without a qualified time-stamp the law presumes neither day nor content.',
)

const criterionWords = [
  ['unique', { nl: 'dat zij alleen bij deze persoon hoort', en: 'that it belongs to this person alone' }],
  ['identifies', { nl: 'wie de persoon is', en: 'who the person is' }],
  ['soleControl', { nl: 'dat alleen deze persoon haar kan zetten', en: 'that only this person can make it' }],
  ['tamperEvident', { nl: 'dat een wijziging opvalt', en: 'that a change shows' }],
] as const

function fitting(level: 'pass' | 'lawyer' | 'fail', purpose: string, legacy: boolean) {
  if (level === 'pass') return pass()
  if (level === 'fail' && !legacy) return fail({ doel: purpose })
  return lawyer(
    legacy && level === 'fail'
      ? 'Een oude vastlegging is niet te herstellen, alleen te wegen.'
      : 'Dit is voor dit doel een twijfelgeval.',
    legacy && level === 'fail'
      ? 'An old record cannot be mended, only weighed.'
      : 'For this purpose this is a doubtful case.',
  )
}
