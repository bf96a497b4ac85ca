import { civilDateIn } from '#core'
import type { CivilDate } from '#core'
import { minimumWageFor } from '../minimum-wage.ts'
import type { MinimumWage } from '../minimum-wage.ts'
import { euros, rowOn } from '../terms.ts'
import type { PenaltyFacts } from '../facts.ts'
import type { Decision, Rule, RuleCase } from '../rule.ts'
import { fail, known, lawyer, na, pass } from '../rule.ts'
import { levelForPurpose } from './purpose-levels.ts'

/** Fines under art. 7:650 and 7:651 BW. */
export const penaltyRules: readonly Rule[] = [
  {
    id: 'nl.7-650.1-2.rules-amount-written',
    source: 'art. 7:650 lid 1 en 2 BW',
    basis: 'VERIFIED',
    at: ['sign'],
    about: 'case',
    inputs: ['penalty', 'clauses', 'bundle', 'signature'],
    severity: 'blocker',
    message: {
      nl: 'Een boete vraagt een schriftelijk akkoord dat de overtreden regels en het bedrag noemt. Een beleidstekst alleen is te weinig.',
      en: 'A fine asks for an agreement in writing that names the rules and the amount. A policy text alone is too little.',
    },
    decide: withPenalty((penalty, about) => {
      if (known(penalty.coveredRules, 'penalty.coveredRules').length === 0) return fail()
      if (known(penalty.amountCents, 'penalty.amountCents') === null) return fail()
      if (!agreedInWriting(penalty, about)) return fail()
      if (levelForPurpose('penalty', about.facts.signature) === 'lawyer') return levelNote
      return pass()
    }),
  },
  {
    id: 'nl.7-650.3.destination',
    source: 'art. 7:650 lid 3 BW',
    basis: 'VERIFIED; that it is weighed for older text INFERENCE',
    at: ['draft', 'sign', 'enforce'],
    about: 'case',
    inputs: ['penalty.benefitsEmployer', 'penalty.destination', 'penalty.derogations'],
    severity: 'blocker',
    message: {
      nl: 'Noem precies waar de boete heen gaat, en niet naar de werkgever; of wijk in zoveel woorden af van lid 3.',
      en: 'Name exactly where the fine goes, and not to the employer; or derogate from paragraph 3 in so many words.',
    },
    decide: withPenalty((penalty, about) => {
      const derogations = known(penalty.derogations, 'penalty.derogations')
      const toEmployer = known(penalty.benefitsEmployer, 'penalty.benefitsEmployer')
      if (toEmployer) return derogations.lid3 === 'explicit' ? pass() : older(about, fail())
      return known(penalty.destination, 'penalty.destination').trim() === '' ? older(about, fail()) : pass()
    }),
  },
  {
    id: 'nl.7-650.5.half-day-cap',
    source: 'art. 7:650 lid 4 en 5 BW',
    basis: 'VERIFIED; that it is weighed for older text INFERENCE',
    at: ['draft', 'sign', 'change', 'enforce'],
    about: 'case',
    inputs: ['asOf', 'penalty', 'wage.history'],
    severity: 'blocker',
    message: {
      nl: 'De boete gaat boven het loon van een halve dag (EUR {grens}), en van lid 5 is niet in zoveel woorden afgeweken.',
      en: 'The fine exceeds the wage of half a day (EUR {grens}), and paragraph 5 was not set aside in so many words.',
    },
    decide: withPenalty(decideCap),
  },
  {
    id: 'nl.7-650.6-7.above-minimum-wage',
    source: 'art. 7:650 lid 6 en 7 BW',
    basis: 'VERIFIED; amounts before 2026 FROM MEMORY',
    at: ['sign', 'change', 'enforce'],
    about: 'case',
    inputs: ['asOf', 'penalty.derogations', 'wage.history', 'employee.birthDate', 'bundle.signedAt'],
    severity: 'blocker',
    message: {
      nl: 'Afwijken van lid 3 tot en met 5 kan alleen zolang het loon boven het minimumloon van deze werknemer ligt. Op {dag} was dat niet zo.',
      en: 'Derogating from paragraphs 3 to 5 works only while the wage is above this employee’s minimum wage. On {dag} it was not.',
    },
    decide: withPenalty(decideMinimumWage),
  },
  {
    id: 'nl.7-651.1.no-double-recovery',
    source: 'art. 7:651 BW',
    basis: 'VERIFIED',
    at: ['draft', 'sign', 'enforce'],
    about: 'case',
    inputs: ['penalty.cumulatesWithDamages', 'penalty.fines', 'penalty.damagesClaimedFor'],
    severity: 'blocker',
    message: {
      nl: 'Boete én schadevergoeding voor hetzelfde feit gaat niet. Een beding dat beide toestaat, is nietig.',
      en: 'A fine and damages for one fact cannot go together. A clause that allows both is void.',
    },
    decide: withPenalty((penalty) => {
      const choice = known(penalty.cumulatesWithDamages, 'penalty.cumulatesWithDamages')
      if (choice === 'yes') return fail()
      const claimed = new Set(penalty.damagesClaimedFor)
      if ((penalty.fines ?? []).some((fine) => claimed.has(fine.fact))) return fail()
      if (choice === 'no') return pass()
      return pass({
        nl: 'Het beding zwijgt hierover. Schrijf de keuze op.',
        en: 'The clause is silent about this. Write the choice down.',
      })
    }),
  },
]

function withPenalty(decide: (penalty: PenaltyFacts, about: RuleCase) => Decision) {
  return (about: RuleCase): Decision => {
    const penalty = known(about.facts.penalty, 'penalty')
    return penalty === null ? na : decide(penalty, about)
  }
}

const levelNote = lawyer(
  'De manier van tekenen is voor een boete een twijfelgeval.',
  'The way of signing is a doubtful case for a fine.',
)

/**
 * Text from before this rule set that is enforced, or looked at again, is weighed and not refused: whether lid 3 to 5 bind
 * then is argued.
 */
function older(about: RuleCase, decision: Decision): Decision {
  if (about.facts.legacy !== true || (about.at !== 'enforce' && about.at !== 'change')) return decision
  return lawyer(
    'Bij oudere tekst is omstreden of lid 3 tot en met 5 gelden voor een boete van na het dienstverband.',
    'For older text it is argued whether paragraphs 3 to 5 hold for a fine after the employment.',
  )
}

function agreedInWriting(penalty: PenaltyFacts, about: RuleCase): boolean {
  if (penalty.agreedInWriting !== undefined) return penalty.agreedInWriting
  const clauses = known(about.facts.clauses, 'clauses')
  const carrying = clauses.filter((clause) => clause.kind === 'boetebeding')
  const covered = clauses.filter((clause) => penalty.coveredRules?.includes(clause.id))
  const asked = carrying.length > 0 ? carrying : covered
  return (
    asked.length > 0 &&
    asked.every((clause) => {
      const result = about.resultOf('nl.7-653.1.written-signed', clause)
      if (result === 'unknown') known(undefined, 'penalty.agreedInWriting')
      return result === 'pass'
    })
  )
}

function decideCap(penalty: PenaltyFacts, about: RuleCase): Decision {
  const derogations = known(penalty.derogations, 'penalty.derogations')
  if (derogations.lid5 === 'explicit') return pass()
  const wage = rowOn(known(about.facts.wage?.history, 'wage.history'), about.facts.asOf)
  const { hourlyCents, hoursPerDay } = known(wage, 'wage.history')
  const capCents = Math.floor((hourlyCents * hoursPerDay) / 2)
  const amount = known(penalty.amountCents, 'penalty.amountCents')
  const weeks = new Map<string, number>()
  for (const fine of penalty.fines ?? [])
    weeks.set(fine.isoWeek, (weeks.get(fine.isoWeek) ?? 0) + fine.amountCents)
  const values = { grens: euros(capCents) }
  if (amount !== null && amount > capCents) return older(about, fail(values))
  if ((penalty.perDayCents ?? 0) > capCents || [...weeks.values()].some((sum) => sum > capCents))
    return older(about, fail(values))
  if ((amount === null || penalty.fixedInWageCurrency === false) && derogations.lid4 !== 'explicit')
    return older(about, fail(values))
  return pass()
}

function decideMinimumWage(penalty: PenaltyFacts, about: RuleCase): Decision {
  const { lid3, lid4, lid5 } = known(penalty.derogations, 'penalty.derogations')
  const kinds = [lid3, lid4, lid5]
  if (!kinds.includes('explicit')) {
    if (!kinds.includes('implied')) return na
    return lawyer(
      'De afwijking is alleen uit het bedrag af te leiden.',
      'The derogation can only be read into the amount.',
    )
  }
  const signed = about.facts.bundle?.signedAt ?? null
  const days: CivilDate[] = signed === null ? [about.facts.asOf] : [civilDateIn(signed), about.facts.asOf]
  let near = false
  for (const day of days) {
    const wage = known(rowOn(known(about.facts.wage?.history, 'wage.history'), day), 'wage.history')
    const minimum = minimumWageOn(about, day)
    if (wage.hourlyCents <= minimum.hourlyCents) return fail({ dag: day })
    near ||= minimum.old && wage.hourlyCents <= minimum.hourlyCents * 1.1
  }
  // The amounts change every half year: a wage just above an old amount shows nothing about a later one.
  if (near) known(undefined, 'regime.minimumWage')
  return pass()
}

/** The lowest hourly wage of the employee on a day. MissingInput when no row has it. `old`: the next half year has begun. */
function minimumWageOn(about: RuleCase, day: CivilDate): MinimumWage {
  const birthDate = known(about.facts.employee?.birthDate, 'employee.birthDate')
  return known(minimumWageFor(about.regime, birthDate, day), 'regime.minimumWage')
}
