import type { Rule } from '../rule.ts'
import { fail, known, lawyer, na, pass } from '../rule.ts'

/** What somebody was told, what they answered, and whether that was before the event. */
export const knowledgeRules: readonly Rule[] = [
  {
    id: 'ack.kind-matches-claim',
    source: 'practice of signing for sight; art. 3:33 BW',
    basis: 'VERIFIED; article FROM MEMORY',
    at: ['enforce'],
    about: 'case',
    inputs: ['acknowledgement.kind', 'acknowledgement.claimUsedFor'],
    severity: 'blocker',
    message: {
      nl: 'Deze vastlegging laat zien dat de tekst is gezien of beantwoord, niet dat ermee is ingestemd.',
      en: 'This record shows that the text was seen or answered, not that it was agreed to.',
    },
    decide({ facts: { acknowledgement } }) {
      const claim = known(acknowledgement?.claimUsedFor, 'acknowledgement.claimUsedFor')
      const kind = known(acknowledgement?.kind, 'acknowledgement.kind')
      if (claim === 'agreement') return kind === 'agreed' ? pass() : fail()
      if (claim === 'knowledge' && kind === 'declined')
        return lawyer(
          'Wie geen antwoord geeft, kan de tekst toch hebben gelezen; dit stuk zegt het niet.',
          'Who declines to answer may still have read the text; this record does not say so.',
        )
      return pass()
    },
  },
  {
    id: 'ack.exact-version-shown',
    source: 'HR 03-03-2017 ECLI:NL:HR:2017:364 by analogy; the Piggy case on what was shown',
    basis: 'VERIFIED; the rule INFERENCE',
    at: ['sign', 'enforce'],
    about: 'case',
    inputs: [
      'acknowledgement.versionSha256',
      'acknowledgement.presentedSha256',
      'acknowledgement.presentedAt',
      'acknowledgement.actedAt',
    ],
    severity: 'blocker',
    message: {
      nl: 'Getoond is een andere tekst dan de bewaarde, of pas na het antwoord.',
      en: 'What was shown is not what is kept, or it was shown after the answer.',
    },
    decide({ facts: { acknowledgement } }) {
      if (acknowledgement === undefined) return na
      const presented = known(acknowledgement.presentedSha256, 'acknowledgement.presentedSha256')
      if (presented !== known(acknowledgement.versionSha256, 'acknowledgement.versionSha256')) return fail()
      const shownAt = known(acknowledgement.presentedAt, 'acknowledgement.presentedAt')
      const actedAt = known(acknowledgement.actedAt, 'acknowledgement.actedAt')
      return shownAt === null || actedAt === null || shownAt > actedAt ? fail() : pass()
    },
  },
  {
    id: 'nl.3-37.reached',
    source: 'art. 3:37 lid 3 BW; HR 14-06-2013 ECLI:NL:HR:2013:BZ4104',
    basis: 'VERIFIED',
    at: ['publish', 'enforce'],
    about: 'case',
    inputs: ['acknowledgement.channelReceipts', 'acknowledgement.absent', 'acknowledgement.fallbackSentAt'],
    severity: 'major',
    message: {
      nl: 'Niet te tonen is dat het bericht aankwam op een adres waar de werknemer te bereiken was.',
      en: 'It cannot be shown that the message arrived at an address where the employee could be reached.',
    },
    decide({ facts: { acknowledgement } }) {
      if (acknowledgement === undefined) return na
      const receipts = known(acknowledgement.channelReceipts, 'acknowledgement.channelReceipts')
      const arrived = receipts.filter((receipt) => receipt.status !== 'bounced')
      const last = arrived
        .map((receipt) => receipt.at)
        .toSorted()
        .at(-1)
      if (last === undefined) return fail()
      if (receipts.some((receipt) => receipt.status === 'bounced' && receipt.at > last)) return fail()
      if (arrived.every((receipt) => receipt.addressBasis.trim() === ''))
        return lawyer('Niet vastgelegd is waarom dit adres.', 'Why this address was used is not on record.')
      if (acknowledgement.absent === true && (acknowledgement.fallbackSentAt ?? null) === null)
        return lawyer(
          'De werknemer was afwezig en er ging geen brief.',
          'The employee was absent and no letter was sent.',
        )
      return pass()
    },
  },
  {
    id: 'ack.in-force-at-event',
    source: 'art. 7:660 en 7:678 BW; conduct is judged by the rule of the day',
    basis: 'INFERENCE',
    at: ['enforce'],
    about: 'case',
    inputs: [
      'event.occurredAt',
      'event.ruleId',
      'policyVersion.validFrom',
      'policyVersion.validTo',
      'policyVersion.rules',
      'acknowledgement.actedAt',
      'acknowledgement.channelReceipts',
    ],
    severity: 'blocker',
    message: {
      nl: 'Op het moment van het voorval gold deze tekst nog niet of niet meer, of kende de werknemer hem nog niet.',
      en: 'At the moment of the event this text was not in force, or the employee did not know it yet.',
    },
    decide({ facts: { event, policyVersion, acknowledgement } }) {
      const occurredAt = known(event?.occurredAt, 'event.occurredAt')
      if (occurredAt < known(policyVersion?.validFrom, 'policyVersion.validFrom')) return fail()
      const validTo = known(policyVersion?.validTo, 'policyVersion.validTo')
      if (validTo !== null && occurredAt >= validTo) return fail()
      const arrivals = (acknowledgement?.channelReceipts ?? []).filter((each) => each.status !== 'bounced')
      const moments = [...arrivals.map((each) => each.at), acknowledgement?.actedAt ?? undefined]
      const first = moments
        .filter((moment) => moment !== undefined)
        .toSorted()
        .at(0)
      if (known(first, 'acknowledgement.actedAt') > occurredAt) return fail()
      const rules = known(policyVersion?.rules, 'policyVersion.rules')
      return rules.some((rule) => rule.id === event?.ruleId) ? pass() : fail()
    },
  },
  {
    id: 'nl.7-678.warning-ladder',
    source:
      'art. 7:677 en 7:678 BW; ECLI:NL:RBARN:2012:BV9483; ECLI:NL:GHDHA:2021:1575; ECLI:NL:GHDHA:2019:181',
    basis: 'VERIFIED; the number of days INFERENCE',
    at: ['enforce'],
    about: 'case',
    inputs: ['warnings', 'event'],
    severity: 'major',
    message: {
      nl: 'Van het voorval is niets vastgelegd. Zonder dat begint een sanctie niet.',
      en: 'Nothing of the event was captured. Without that no sanction begins.',
    },
    decide({ facts: { event, warnings }, regime }) {
      if (known(event?.capture, 'event.capture') === null) return fail()
      const doubts: { nl: string; en: string }[] = []
      const found = known(event?.discoveredAt, 'event.discoveredAt')
      const decided = known(event?.decidedAt, 'event.decidedAt')
      const days = (Date.parse(decided) - Date.parse(found)) / 86_400_000
      if (days > regime.sanctionDecision_days)
        doubts.push({ nl: 'het besluit kwam laat', en: 'the decision came late' })
      const occurredAt = known(event?.occurredAt, 'event.occurredAt')
      const warned = known(warnings, 'warnings').some(
        (warning) => warning.delivered && warning.ruleId === event?.ruleId && warning.at < occurredAt,
      )
      if (!warned)
        doubts.push({
          nl: 'geen eerdere waarschuwing voor deze regel',
          en: 'no earlier warning for this rule',
        })
      const cases = event?.comparableCases ?? []
      if (cases.some((each) => each.milder && each.difference.trim() === ''))
        doubts.push({ nl: 'anderen kwamen er lichter van af', en: 'others got off more lightly' })
      if (doubts.length === 0) return pass()
      return lawyer(
        `Aandacht: ${doubts.map((each) => each.nl).join('; ')}.`,
        `Mind: ${doubts.map((each) => each.en).join('; ')}.`,
      )
    },
  },
]
