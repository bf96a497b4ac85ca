import { addMonths } from '../terms.ts'
import { relationQuestions } from '../facts.ts'
import type { Rule, RuleCase } from '../rule.ts'
import { fail, known, lawyer, na, pass } from '../rule.ts'
import { clauseOf, isCovenant } from './clause-facts.ts'

/** What happens to a covenant after it was drafted: its reach, renewals, another job, the end, and the pending bill. */
export const covenantLifeRules: readonly Rule[] = [
  {
    id: 'nl.7-653.scope-determinable',
    source:
      'Hof Amsterdam 16-05-2023 ECLI:NL:GHAMS:2023:1566; Hof Arnhem-Leeuwarden 20-09-2017 ECLI:NL:GHARL:2017:9376; Hof Arnhem 05-06-2012 ECLI:NL:GHARN:2012:BX0494; Vzr. Arnhem 08-03-2011 ECLI:NL:RBARN:2011:BP8592',
    basis: 'VERIFIED; the limit of 12 months INFERENCE',
    at: ['draft', 'sign'],
    about: 'clause',
    inputs: ['clause.kind', 'clause.months', 'clause.activity', 'clause.relation'],
    severity: 'major',
    message: {
      nl: 'Uit dit beding volgt niet wie of wat eronder valt, of hoe lang.',
      en: 'This covenant does not tell who or what it covers, or for how long.',
    },
    decide(about) {
      const clause = clauseOf(about)
      if (!isCovenant(clause)) return na
      const months = known(clause.months, 'clause.months')
      if (months === null) return fail()
      if (clause.kind === 'relatiebeding') {
        const relation = known(clause.relation, 'clause.relation')
        if (relation.definition.trim() === '' && relation.named === 0) return fail()
        const open = relationQuestions.filter((question) => !relation.answers.includes(question))
        if (open.length > 0)
          return lawyer(
            `De omschrijving zegt niets over: ${open.map((each) => questionWords[each].nl).join(', ')}.`,
            `The definition says nothing about: ${open.map((each) => questionWords[each].en).join(', ')}.`,
          )
      }
      if (months > 12)
        return lawyer('De termijn is langer dan 12 maanden.', 'The term is longer than 12 months.')
      return pass()
    },
  },
  {
    id: 'nl.7-653.renewal-reaffirmed',
    source:
      'Hof Arnhem 21-08-2012 LJN BX4721; Hof Den Bosch 08-01-2013 LJN BY8228; first-instance courts differ',
    basis: 'VERIFIED; that conversion mends nothing FROM MEMORY',
    at: ['change', 'sign'],
    about: 'clause',
    inputs: [
      'contract.renewals',
      'contract.kind',
      'reaffirmations',
      'clause.id',
      'clause.kind',
      'clause.motivation',
    ],
    severity: 'major',
    message: {
      nl: 'Het contract is verlengd of omgezet zonder dat dit beding opnieuw schriftelijk is afgesproken.',
      en: 'The contract was renewed or converted and this covenant was not agreed in writing again.',
    },
    decide(about) {
      const clause = clauseOf(about)
      if (!isCovenant(clause)) return na
      const renewals = known(about.facts.contract?.renewals, 'contract.renewals')
      const last = renewals.at(-1)
      if (last === undefined) return na
      if (reaffirmedSince(about, clause.id, last.on)) return pass()
      if (renewals.some((renewal) => renewal.changedMore))
        return lawyer(
          'Bij de verlenging veranderde meer dan de duur; waarschijnlijk een gebrek.',
          'More than the term changed at the renewal; probably a defect.',
        )
      const converted = renewals.some((renewal) => renewal.kind === 'conversion')
      if (converted && (clause.motivation === null || clause.motivation?.text.trim() === '')) return fail()
      return lawyer(
        'Alleen de duur veranderde; gerechtshoven vonden dat genoeg, sommige kantonrechters niet.',
        'Only the term changed; courts of appeal found that enough, some first-instance courts did not.',
      )
    },
  },
  {
    id: 'nl.hr-avm.heavier-burden',
    source: 'HR 05-01-2007 ECLI:NL:HR:2007:AZ2221 en AZ2224 (AVM); HR 09-03-1979',
    basis: 'VERIFIED',
    at: ['change', 'sign'],
    about: 'clause',
    inputs: ['jobHistory', 'reaffirmations', 'clause.id', 'clause.kind', 'bundle.signedAt'],
    severity: 'major',
    message: {
      nl: 'Na dit beding veranderde het werk. Is dat ingrijpend en drukt het beding daardoor veel zwaarder, dan is een nieuw akkoord nodig.',
      en: 'The work changed after this covenant. If drastically so, and the covenant weighs much heavier for it, it must be agreed again.',
    },
    decide(about) {
      const clause = clauseOf(about)
      if (!isCovenant(clause)) return na
      const changes = known(about.facts.jobHistory, 'jobHistory')
      const since = changes.filter(
        (change) =>
          change.changed.some((what) => what !== 'reporting') &&
          !reaffirmedSince(about, clause.id, change.on),
      )
      const open = since.at(-1)
      if (open === undefined) return pass()
      return lawyer(
        `Wijziging op ${open.on} (${open.changed.join(', ')}), ${open.foreseen ? 'voorzien' : 'niet voorzien'} bij het aangaan. Vragen: ingrijpend? zwaarder? voorzienbaar?`,
        `Change on ${open.on} (${open.changed.join(', ')}), ${open.foreseen ? 'foreseen' : 'not foreseen'} at the start. Questions: drastic? heavier? foreseeable?`,
      )
    },
  },
  {
    id: 'nl.7-653.4-5.exit-check',
    source: 'art. 7:653 lid 4 en 5 BW',
    basis: 'VERIFIED',
    at: ['exit', 'enforce'],
    about: 'clause',
    inputs: ['clause.kind', 'clause.months', 'exit.seriousFault', 'employee.lastDay'],
    severity: 'major',
    message: {
      nl: 'Eindigde het werk door ernstig verwijtbaar handelen van de werkgever, dan kan die dit beding niet inroepen.',
      en: 'If the work ended through serious fault of the employer, the employer cannot invoke this covenant.',
    },
    decide(about) {
      const clause = clauseOf(about)
      if (!isCovenant(clause)) return na
      const lastDay = known(about.facts.employee?.lastDay ?? undefined, 'employee.lastDay')
      const fault = known(about.facts.exit?.seriousFault, 'exit.seriousFault')
      if (fault === 'employer') return fail()
      if (fault === 'disputed')
        return lawyer('Over de schuld aan het einde is strijd.', 'Who was at fault for the end is disputed.')
      const months = known(clause.months ?? undefined, 'clause.months')
      const end = addMonths(lastDay, months)
      return pass({
        nl: `Dit beding loopt tot en met ${end}.`,
        en: `This covenant runs up to and including ${end}.`,
      })
    },
  },
  {
    id: 'nl.bill-concurrentiebeding.readiness',
    source: 'wetsvoorstel modernisering concurrentiebeding (draft of 2024, pending)',
    basis: 'VERIFIED for the draft; the text that becomes law may differ',
    at: ['draft', 'sign', 'change', 'exit'],
    about: 'clause',
    inputs: [
      'asOf',
      'clause.kind',
      'clause.months',
      'clause.area',
      'clause.areaReason',
      'clause.motivation',
      'exit.invocationNoticeOn',
      'exit.compensationPaidOn',
    ],
    severity: 'info',
    message: {
      nl: 'Onder het wetsvoorstel zou dit beding tekortschieten: {lijst}.',
      en: 'Under the bill this covenant would fall short: {lijst}.',
    },
    decide(about) {
      const clause = clauseOf(about)
      if (!isCovenant(clause)) return na
      const lacking = lackingUnderBill(about)
      const inForceFrom = about.regime.billConcurrentiebedingInForceFrom
      const inForce = inForceFrom !== null && inForceFrom <= about.facts.asOf
      if (lacking.length === 0) return pass()
      return {
        ...fail({
          lijst: {
            nl: lacking.map((each) => each.nl).join(', '),
            en: lacking.map((each) => each.en).join(', '),
          },
        }),
        severity: inForce ? 'blocker' : 'info',
      }
    },
  },
]

const questionWords = {
  suppliers: { nl: 'leveranciers', en: 'suppliers' },
  prospects: { nl: 'mogelijke klanten', en: 'prospects' },
  initiative: { nl: 'wie het contact begint', en: 'who starts the contact' },
  'online-contact': { nl: 'contact online', en: 'online contact' },
} as const

function reaffirmedSince(about: RuleCase, clauseId: string, day: string): boolean {
  const again = known(about.facts.reaffirmations, 'reaffirmations')
  return again.some((each) => each.clauseId === clauseId && each.on >= day)
}

function lackingUnderBill(about: RuleCase): { nl: string; en: string }[] {
  const clause = clauseOf(about)
  const lacking: { nl: string; en: string }[] = []
  const miss = (nl: string, en: string): void => void lacking.push({ nl, en })
  const months = known(clause.months, 'clause.months')
  if (months === null || months > 12)
    miss('een termijn van hoogstens 12 maanden', 'a term of 12 months at most')
  if ((clause.area ?? '').trim() === '' || (clause.areaReason ?? '').trim() === '')
    miss('een gebied met reden', 'an area with a reason')
  if ((clause.motivation?.text ?? '').trim() === '')
    miss('een motivering, ook bij onbepaalde tijd', 'a motivation, in an indefinite contract too')
  if (about.at === 'exit') {
    if ((about.facts.exit?.invocationNoticeOn ?? null) === null)
      miss('een tijdige aanzegging', 'a notice in time')
    if ((about.facts.exit?.compensationPaidOn ?? null) === null)
      miss('de vergoeding vooraf', 'the compensation in advance')
  }
  return lacking
}
