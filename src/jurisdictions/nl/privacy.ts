import { addMonths } from '../terms.ts'
import { civilDateIn } from '#core'
import type { Rule } from '../rule.ts'
import { fail, known, lawyer, na, pass } from '../rule.ts'

/** Works council, personal data, monitoring and how long things are kept. */
export const privacyRules: readonly Rule[] = [
  {
    id: 'nl.wor-27.consent-recorded',
    source: 'art. 27 lid 1 sub k en l, lid 3, 4 en 5 WOR',
    basis: 'VERIFIED; the threshold of 50 FROM MEMORY',
    at: ['publish', 'sign'],
    about: 'case',
    inputs: [
      'asOf',
      'worksCouncil',
      'policyVersion.containsMonitoring',
      'policyVersion.processesPersonalData',
      'policyVersion.sha256',
      'policyVersion.validFrom',
    ],
    severity: 'blocker',
    message: {
      nl: 'Deze tekst gaat over controle of persoonsgegevens, en de ondernemingsraad stemde niet met precies deze tekst in.',
      en: 'This text is about monitoring or personal data, and the works council did not consent to exactly this text.',
    },
    decide({ facts, regime }) {
      const { policyVersion, worksCouncil } = facts
      if (policyVersion === undefined) return na
      const monitoring = known(policyVersion.containsMonitoring, 'policyVersion.containsMonitoring')
      const personal = known(policyVersion.processesPersonalData, 'policyVersion.processesPersonalData')
      if (!monitoring && !personal) return na
      if (known(worksCouncil?.employeeBody, 'worksCouncil.employeeBody') === 'none') {
        if (known(worksCouncil?.headcount, 'worksCouncil.headcount') < regime.worksCouncilFrom) return na
        return lawyer(
          'Bij deze omvang hoort er een ondernemingsraad te zijn.',
          'An employer of this size should have a works council.',
        )
      }
      const decision = known(worksCouncil?.decision, 'worksCouncil.decision')
      if (decision === 'cao-settled')
        return pass({
          nl: `Geregeld in de cao: ${worksCouncil?.caoReference ?? '…'}.`,
          en: `Settled in the collective agreement: ${worksCouncil?.caoReference ?? '…'}.`,
        })
      if ((worksCouncil?.nullityInvokedAt ?? null) !== null) return fail()
      if (decision === 'consent' || decision === 'court-substitute')
        return known(worksCouncil?.policySha256, 'worksCouncil.policySha256') ===
          known(policyVersion.sha256, 'policyVersion.sha256')
          ? pass()
          : fail()
      const told = worksCouncil?.decisionCommunicatedAt ?? null
      const inForce = (policyVersion.validFrom ?? '9') <= `${facts.asOf}T23:59:59.999Z`
      if (decision === 'none' && inForce && told !== null && addMonths(civilDateIn(told), 1) < facts.asOf)
        return lawyer(
          'De maand om nietigheid in te roepen is waarschijnlijk voorbij.',
          'The month in which nullity can be invoked is probably over.',
        )
      return fail()
    },
  },
  {
    id: 'eu.gdpr-6-7.no-consent-basis',
    source: 'AVG art. 6 en 7; WP29 on data processing at work',
    basis: 'VERIFIED',
    at: ['draft', 'sign', 'operate'],
    about: 'case',
    inputs: ['privacy.legalBasis', 'privacy.processing', 'privacy.withdrawalAsEasy'],
    severity: 'blocker',
    message: {
      nl: 'Toestemming draagt deze verwerking niet: op het werk is zij zelden vrij, en zij kan worden ingetrokken.',
      en: 'Consent does not carry this processing: at work it is seldom free, and it can be withdrawn.',
    },
    decide({ facts: { privacy } }) {
      const basis = known(privacy?.legalBasis ?? undefined, 'privacy.legalBasis')
      if (basis !== 'consent') return pass()
      if (known(privacy?.processing, 'privacy.processing') !== 'other') return fail()
      return known(privacy?.withdrawalAsEasy, 'privacy.withdrawalAsEasy') ? pass() : fail()
    },
  },
  {
    id: 'eu.echr-8.monitoring-notice',
    source: 'ECtHR 05-09-2017 no. 61496/08 (Bărbulescu); AVG art. 13 en 35',
    basis: 'VERIFIED; AVG art. 13 FROM MEMORY',
    at: ['sign', 'operate'],
    about: 'case',
    inputs: ['policyVersion.containsMonitoring', 'privacy'],
    severity: 'blocker',
    message: {
      nl: 'Werknemers hoorden niet vooraf dat, hoe en hoever er wordt gecontroleerd, of de DPIA ontbreekt. Een getekend verbod is die mededeling niet.',
      en: 'Employees were not told beforehand that, how and how far they are monitored, or the DPIA is missing. A signed ban is no such notice.',
    },
    decide({ facts: { policyVersion, privacy } }) {
      if (policyVersion === undefined) return na
      if (!known(policyVersion.containsMonitoring, 'policyVersion.containsMonitoring')) return na
      if (known(privacy?.dpiaRef, 'privacy.dpiaRef') === null) return fail()
      const told = known(privacy?.noticeDeliveredAt, 'privacy.noticeDeliveredAt')
      const started = known(privacy?.collectionStartedAt, 'privacy.collectionStartedAt')
      if (told === null || (started !== null && told > started)) return fail()
      const says = privacy?.noticeSays
      return says === undefined || says.length === 4 ? pass() : fail()
    },
  },
  {
    id: 'eu.gdpr-5-17.retention-and-hold',
    source: 'AVG art. 5 lid 1 sub e, 17 lid 3 sub e, 18; art. 3:310 BW',
    basis: 'VERIFIED; AVG art. 5 and 18 FROM MEMORY; the classes INFERENCE',
    at: ['sign', 'operate'],
    about: 'case',
    inputs: ['asOf', 'privacy'],
    severity: 'major',
    message: {
      nl: 'Dit stuk heeft geen bewaarklasse, is te lang bewaard, of verdween tijdens een geschil of zonder spoor.',
      en: 'This record has no retention class, is kept too long, or went during a dispute or without a trace.',
    },
    decide({ facts: { privacy, asOf } }) {
      if (known(privacy?.retentionClass, 'privacy.retentionClass') === null) return fail()
      const deleted = privacy?.deletedAt ?? null
      const hold = known(privacy?.legalHold, 'privacy.legalHold')
      if (hold && deleted !== null) return fail()
      const until = privacy?.retainUntil ?? null
      if (until !== null && asOf > until && !hold && deleted === null) return fail()
      return deleted !== null && (privacy?.tombstoneSha256 ?? null) === null ? fail() : pass()
    },
  },
]
