import type { Rule } from '../rule.ts'
import { fail, known, lawyer, na, pass } from '../rule.ts'
import { clauseOf } from './clause-facts.ts'

/** Changing terms, instructing, side activities, speaking out, and the statement of particulars. */
export const conditionRules: readonly Rule[] = [
  {
    id: 'nl.7-613.change-clause-written',
    source:
      'art. 7:613 BW; HR 29-11-2019 ECLI:NL:HR:2019:1864; art. 7:611 BW; HR 11-07-2008 ECLI:NL:HR:2008:BD1847',
    basis: 'VERIFIED; that covenants cannot come this way FROM MEMORY',
    at: ['change'],
    about: 'case',
    inputs: ['change'],
    severity: 'blocker',
    message: {
      nl: 'Langs deze weg kan dit niet worden opgelegd: er hoort een schriftelijk wijzigingsbeding of een compleet voorstel bij, en bedingen en boetes vragen een nieuw akkoord.',
      en: 'This cannot be imposed this way: it takes a written change clause or a complete proposal, and covenants and fines take a new agreement.',
    },
    decide({ facts }) {
      if (facts.change === undefined) return na
      const route = known(facts.change.route, 'change.route')
      if (route === 'agreement' || route === 'instruction') return na
      const target = known(facts.change.target, 'change.target')
      if (target === 'covenant' || target === 'penalty') return fail()
      if (route === '7:613' && !known(facts.change.writtenChangeClause, 'change.writtenChangeClause'))
        return fail()
      if (route === '7:611') {
        const answers = known(facts.change.answers, 'change.answers')
        if (Object.values(answers).some((answer) => answer.trim() === '')) return fail()
      }
      return lawyer(
        'De vorm is compleet. De afweging van belangen is voor een jurist.',
        'The form is complete. Weighing the interests is for a lawyer.',
      )
    },
  },
  {
    id: 'nl.7-660.instruction-scope',
    source: 'art. 7:660 BW; Ktr. Utrecht 06-03-2018 ECLI:NL:RBMNE:2018:2076',
    basis: 'VERIFIED; which words to look for INFERENCE',
    at: ['publish'],
    about: 'case',
    inputs: ['policyVersion.legalNature', 'policyVersion.rules'],
    severity: 'major',
    message: {
      nl: 'Regel {nummer} gaat verder dan een instructie reikt. Maak er een afspraak van of perk de regel in.',
      en: 'Rule {nummer} goes further than an instruction reaches. Make it a term of contract or narrow it.',
    },
    decide({ facts }) {
      if (facts.policyVersion === undefined) return na
      if (known(facts.policyVersion.legalNature, 'policyVersion.legalNature') !== 'instruction') return na
      const rules = known(facts.policyVersion.rules, 'policyVersion.rules')
      const over = rules.filter(
        (rule) => rule.scope === 'purely-private' || rule.fine || rule.afterEmployment || rule.waivesRight,
      )
      if (over.length > 0) return fail({ nummer: over.map((rule) => rule.number).join(', ') })
      const grey = rules.filter((rule) => rule.scope === 'private-employer-visible')
      if (grey.length > 0)
        return lawyer(
          `Privé, met de werkgever zichtbaar: regel ${grey.map((rule) => rule.number).join(', ')}.`,
          `Private, with the employer visible: rule ${grey.map((rule) => rule.number).join(', ')}.`,
        )
      return pass()
    },
  },
  {
    id: 'nl.7-653a.objective-reason',
    source: 'art. 7:653a BW',
    basis: 'VERIFIED',
    at: ['draft', 'enforce'],
    about: 'clause',
    inputs: ['clause.kind', 'clause.objectiveReason'],
    severity: 'major',
    message: {
      nl: 'Nevenwerk verbieden kan alleen met een objectieve reden. Die staat er niet.',
      en: 'Forbidding side activities takes an objective reason. None is given.',
    },
    decide(about) {
      const clause = clauseOf(about)
      if (clause.kind !== 'nevenwerkzaamhedenbeding') return na
      if (known(clause.objectiveReason, 'clause.objectiveReason') !== null) return pass()
      if (about.at === 'enforce') return fail()
      return lawyer(
        'De reden mag later komen, maar een verbod zonder reden is kwetsbaar.',
        'The reason may come later, but a ban without one is weak.',
      )
    },
  },
  {
    id: 'nl.wbk.disclosure-carve-out',
    source: 'Wet bescherming klokkenluiders (art. 17h); Wet bescherming bedrijfsgeheimen',
    basis: 'VERIFIED; the number of the article FROM MEMORY',
    at: ['draft', 'sign', 'publish'],
    about: 'clause',
    inputs: ['clause.kind', 'clause.carveOut', 'clause.language'],
    severity: 'blocker',
    message: {
      nl: 'Neem op dat het melden of openbaar maken van een vermoede misstand altijd mag. Zonder dat is het beding in zoverre nietig.',
      en: 'Say that reporting or disclosing a suspected abuse is always allowed. Without that the clause is void to that extent.',
    },
    decide(about) {
      const clause = clauseOf(about)
      if (clause.kind !== 'geheimhoudingsbeding' && clause.kind !== 'social-mediabeding') return na
      const carveOut = known(clause.carveOut, 'clause.carveOut')
      if (carveOut === null) return fail()
      return clause.language === undefined || carveOut.languages.includes(clause.language) ? pass() : fail()
    },
  },
  {
    id: 'nl.wbk.policy-carve-out',
    source: 'Wet bescherming klokkenluiders (art. 17h)',
    basis: 'VERIFIED; the number of the article FROM MEMORY',
    at: ['publish'],
    about: 'case',
    inputs: ['policyVersion.rules', 'policyVersion.carveOut', 'policyVersion.languages'],
    severity: 'blocker',
    message: {
      nl: 'Regel {nummer} vraagt eerst te overleggen voor iemand spreekt. Zeg erbij dat dit niet geldt voor een vermoede misstand.',
      en: 'Rule {nummer} asks to consult before speaking. Add that this does not hold for a suspected abuse.',
    },
    decide({ facts }) {
      if (facts.policyVersion === undefined) return na
      const rules = known(facts.policyVersion.rules, 'policyVersion.rules')
      const asking = rules.filter((rule) => rule.asksBeforeSpeaking)
      if (asking.length === 0) return na
      const nummer = asking.map((rule) => rule.number).join(', ')
      const carveOut = known(facts.policyVersion.carveOut, 'policyVersion.carveOut')
      const languages = known(facts.policyVersion.languages, 'policyVersion.languages')
      const everywhere = languages.every((language) => carveOut?.languages.includes(language))
      return carveOut !== null && everywhere ? pass() : fail({ nummer })
    },
  },
  {
    id: 'nl.7-655.statement-form',
    source: 'art. 7:655 BW',
    basis: 'VERIFIED; one week for the core FROM MEMORY',
    at: ['sign'],
    about: 'case',
    inputs: ['statement655'],
    severity: 'major',
    message: {
      nl: 'De opgave van gegevens moet op tijd komen, te bewaren zijn, en elektronisch met een gekwalificeerde handtekening van de werkgever.',
      en: 'The statement of particulars must be in time, be storable, and carry the employer’s qualified signature when electronic.',
    },
    decide({ facts }) {
      const statement = known(facts.statement655, 'statement655')
      const form = known(statement.form, 'statement655.form')
      const level = known(statement.signatureLevel, 'statement655.signatureLevel')
      if (form === 'electronic' ? level !== 'qes' : level !== 'wet') return fail()
      if (!known(statement.storableByEmployee, 'statement655.storableByEmployee')) return fail()
      const issuedOn = known(statement.issuedOn, 'statement655.issuedOn')
      return issuedOn > known(statement.dueOn, 'statement655.dueOn') ? fail() : pass()
    },
  },
]
