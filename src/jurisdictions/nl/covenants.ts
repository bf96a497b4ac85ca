import { ageOn } from '../terms.ts'
import { civilDateIn } from '#core'
import type { Rule, RuleCase } from '../rule.ts'
import { fail, known, lawyer, na, pass } from '../rule.ts'
import { clauseOf, isCovenant, signedAt } from './clause-facts.ts'

/** Validity of a covenant under art. 7:653 BW: who agreed, in which form, and why in a fixed-term contract. */
export const covenantRules: readonly Rule[] = [
  {
    id: 'nl.7-653.1.adult',
    source: 'art. 7:653 lid 1 sub b BW; art. 1:233 BW',
    basis: 'VERIFIED; the age of 18 FROM MEMORY',
    at: ['sign'],
    about: 'clause',
    inputs: ['employee.birthDate', 'bundle.signedAt', 'clause.kind'],
    severity: 'blocker',
    message: {
      nl: 'Bij het aangaan van dit beding was de werknemer nog geen 18. Vraag na die verjaardag opnieuw om akkoord.',
      en: 'The employee was not yet 18 when this covenant was agreed. Ask for agreement again after that birthday.',
    },
    decide(about) {
      if (!isCovenant(clauseOf(about))) return na
      const birthDate = known(about.facts.employee?.birthDate, 'employee.birthDate')
      const signed = signedAt(about)
      if (signed === null) return ageOn(birthDate, about.facts.asOf) < 18 ? fail() : pass()
      return ageOn(birthDate, civilDateIn(signed)) < 18 ? fail() : pass()
    },
  },
  {
    id: 'nl.7-653.1.written-signed',
    source: 'art. 7:653 lid 1 BW; HR 28-03-2008 ECLI:NL:HR:2008:BC0384',
    basis: 'VERIFIED',
    at: ['sign'],
    about: 'clause',
    inputs: [
      'clause.locatedIn',
      'clause.documentSha256',
      'bundle.manifest',
      'bundle.references',
      'bundle.signedAt',
      'bundle.statement',
      'bundle.clauseConsents',
      'signature.level',
    ],
    severity: 'blocker',
    message: {
      nl: 'Dit beding staat in geen ondertekend stuk, en een eigen akkoord met het beding zelf is niet vastgelegd.',
      en: 'No signed document holds this covenant, and no agreement with the covenant itself is on record.',
    },
    decide: decideWritten,
  },
  {
    id: 'nl.7-653.1.indefinite-or-motivated',
    source: 'art. 7:653 lid 1 sub a en lid 2 BW',
    basis: 'VERIFIED',
    at: ['draft', 'sign'],
    about: 'clause',
    inputs: [
      'contract.kind',
      'contract.existingDispute',
      'clause.kind',
      'clause.locatedIn',
      'clause.motivation',
    ],
    severity: 'blocker',
    message: {
      nl: 'Bij bepaalde tijd hoort naast het beding een schriftelijke motivering van zwaarwegende belangen. Die is er niet.',
      en: 'In a fixed-term contract a written motivation of weighty interests belongs beside the covenant. There is none.',
    },
    decide(about) {
      const clause = clauseOf(about)
      if (!isCovenant(clause)) return na
      const kind = known(about.facts.contract?.kind, 'contract.kind')
      if (kind === 'indefinite') return pass()
      if (kind === 'settlement') {
        const result = about.resultOf('nl.7-653.settlement-needs-dispute', clause)
        return result === 'fail' ? fail() : settlementNote
      }
      const motivation = known(clause.motivation, 'clause.motivation')
      if (motivation === null || motivation.text.trim() === '' || !motivation.locatedWithClause) return fail()
      if (clause.locatedIn === 'annex' || clause.locatedIn === 'policy')
        return lawyer(
          'De motivering staat bij het beding, maar niet in het contract zelf.',
          'The motivation stands with the covenant, but not in the contract itself.',
        )
      return pass()
    },
  },
  {
    id: 'nl.7-653.2.motivation-specific-at-signing',
    source: 'art. 7:653 lid 2 en 3 BW; HR 08-03-2019 ECLI:NL:HR:2019:313',
    basis: 'VERIFIED; what counts as specific INFERENCE',
    at: ['draft', 'sign'],
    about: 'clause',
    inputs: ['contract.kind', 'clause.kind', 'clause.motivation', 'bundle.signedAt'],
    severity: 'blocker',
    message: {
      nl: 'De motivering noemt geen functie of geen belang, of is van na de ondertekening. Zonder toespitsing houdt zij zelden stand.',
      en: 'The motivation names no function or no interest, or dates from after signing. Reasons that fit anybody seldom hold.',
    },
    decide(about) {
      const clause = clauseOf(about)
      if (!isCovenant(clause)) return na
      if (known(about.facts.contract?.kind, 'contract.kind') === 'indefinite') return na
      const motivation = known(clause.motivation, 'clause.motivation')
      if (motivation === null) return fail()
      const signed = about.facts.bundle?.signedAt ?? null
      if (signed !== null && motivation.writtenAt !== null && motivation.writtenAt > signed) return fail()
      if (motivation.functionRef.trim() === '' || motivation.interests.length === 0) return fail()
      if (motivation.sameTextFor.length > 0)
        return lawyer(
          `Dezelfde tekst staat ook bij: ${motivation.sameTextFor.join(', ')}.`,
          `The very same text is used for: ${motivation.sameTextFor.join(', ')}.`,
        )
      return lawyer(
        'De vorm is compleet. Of de belangen zwaar genoeg wegen, is niet beoordeeld.',
        'The form is complete. Whether the interests weigh enough was not assessed.',
      )
    },
  },
  {
    id: 'nl.7-653.settlement-needs-dispute',
    source: 'Hof Arnhem-Leeuwarden 02-07-2024 ECLI:NL:GHARL:2024:4352; art. 7:902 BW',
    basis: 'VERIFIED; the number 7:902 FROM MEMORY',
    at: ['sign'],
    about: 'clause',
    inputs: ['contract.kind', 'contract.existingDispute', 'clause.kind'],
    severity: 'blocker',
    message: {
      nl: 'Het stuk heet een vaststelling, maar een geschil dat er al was staat nergens. Dan blijft het dwingende recht gelden.',
      en: 'The document is called a settlement, but no dispute that existed is on record. Then mandatory law goes on to apply.',
    },
    decide(about) {
      if (!isCovenant(clauseOf(about))) return na
      if (known(about.facts.contract?.kind, 'contract.kind') !== 'settlement') return na
      const dispute = known(about.facts.contract?.existingDispute, 'contract.existingDispute')
      if (dispute.trim() === '') return fail()
      return settlementNote
    },
  },
  {
    id: 'nl.7-653.acceptance-unconditional',
    source:
      'art. 7:653 lid 1 BW; Rb. Noord-Nederland 14-08-2018 ECLI:NL:RBNNE:2018:3215; Rb. Oost-Brabant 07-01-2019; Vzr. Dordrecht 2011',
    basis: 'VERIFIED',
    at: ['sign'],
    about: 'case',
    inputs: ['bundle.conditionText', 'bundle.acceptedBy', 'bundle.signedAt'],
    severity: 'blocker',
    message: {
      nl: 'Bij het akkoord staat een voorbehoud. Vraag om een akkoord zonder voorbehoud, of onderhandel over de tekst.',
      en: 'A reservation stands beside the agreement. Ask for one without, or negotiate the text.',
    },
    decide({ facts }) {
      if (known(facts.bundle?.conditionText, 'bundle.conditionText').trim() !== '') return fail()
      if (facts.bundle?.acceptedBy === 'e-mail-reply')
        return lawyer(
          'Het akkoord is alleen een antwoord per e-mail; rechters oordelen daar verschillend over.',
          'The agreement is only a reply by e-mail; courts differ about those.',
        )
      return pass()
    },
  },
]

const settlementNote = lawyer(
  'Er is een geschil vastgelegd. Of de regeling dat werkelijk beëindigt, beoordeelt een jurist.',
  'A dispute is on record. Whether the settlement really ends it is for a lawyer.',
)

/** The three routes of Philips/Oostendorp: in the signed text, in an annex agreed to, or agreed to by itself. */
function decideWritten(about: RuleCase) {
  const clause = clauseOf(about)
  const { bundle, signature } = about.facts
  if (known(bundle?.signedAt, 'bundle.signedAt') === null) return fail()
  if (known(signature?.level, 'signature.level') === 'none') return fail()
  const locatedIn = known(clause.locatedIn, 'clause.locatedIn')
  const manifest = known(bundle?.manifest, 'bundle.manifest')
  const inMain = manifest.some((item) => item.role === 'main' && item.sha256 === clause.documentSha256)
  if (locatedIn === 'main' && inMain) return pass()
  if (locatedIn === 'annex') {
    const result = about.resultOf('nl.hr-bc0384.annex-incorporation', clause)
    if (result === 'pass') return pass()
  }
  const consents = known(bundle?.clauseConsents, 'bundle.clauseConsents')
  const own = consents.some((consent) => consent.clauseId === clause.id && consent.statement.trim() !== '')
  return own ? pass() : fail()
}
