import type { Rule } from '../rule.ts'
import { fail, known, lawyer, na, pass } from '../rule.ts'
import { clauseOf, hoursBetween, isCovenant } from './clause-facts.ts'

/** Whether a text that stands outside the main document belongs to what was signed. */
export const incorporationRules: readonly Rule[] = [
  {
    id: 'nl.hr-bc0384.annex-incorporation',
    source: 'HR 28-03-2008 ECLI:NL:HR:2008:BC0384, route b',
    basis: 'VERIFIED; that page and words are asked for INFERENCE',
    at: ['sign'],
    about: 'clause',
    inputs: [
      'clause.locatedIn',
      'clause.documentSha256',
      'bundle.manifest',
      'bundle.references',
      'bundle.statement',
    ],
    severity: 'blocker',
    message: {
      nl: 'De bijlage met dit beding hangt niet aan het getekende stuk: {gebrek}.',
      en: 'The annex with this covenant is not tied to what was signed: {gebrek}.',
    },
    decide(about) {
      const clause = clauseOf(about)
      if (known(clause.locatedIn, 'clause.locatedIn') !== 'annex') return na
      const { bundle } = about.facts
      const manifest = known(bundle?.manifest, 'bundle.manifest')
      const annex = manifest.find((item) => item.role === 'annex' && item.sha256 === clause.documentSha256)
      if (annex === undefined)
        return fail({
          gebrek: { nl: 'zij zat niet in dezelfde bundel', en: 'it was not in the same bundle' },
        })
      const main = new Set(manifest.filter((item) => item.role === 'main').map((item) => item.documentId))
      const references = known(bundle?.references, 'bundle.references')
      const referred = references.some(
        (each) =>
          main.has(each.from) &&
          each.to === annex.documentId &&
          each.anchorText.trim() !== '' &&
          each.page !== null,
      )
      if (!referred)
        return fail({
          gebrek: {
            nl: 'de hoofdtekst noemt haar niet met woorden en bladzijde',
            en: 'the main text does not name it with words and page',
          },
        })
      if (known(bundle?.statement, 'bundle.statement').expresses !== 'agreement')
        return fail({
          gebrek: {
            nl: 'de zin bij de handtekening zegt ontvangst of lezen, geen akkoord',
            en: 'the sentence at the signature says receipt or reading, not agreement',
          },
        })
      return pass()
    },
  },
  {
    id: 'nl.hr-2017-364.annex-in-same-bundle',
    source: 'HR 03-03-2017 ECLI:NL:HR:2017:364; art. 157 lid 2 Rv',
    basis: 'VERIFIED; the reading time INFERENCE',
    at: ['sign'],
    about: 'case',
    inputs: [
      'bundle.manifest',
      'bundle.references',
      'bundle.deliveredAt',
      'bundle.signedAt',
      'bundle.ceremonyId',
    ],
    severity: 'blocker',
    message: {
      nl: 'De tekst verwijst naar een stuk dat niet is meegegeven en meegetekend: {stuk}.',
      en: 'The text refers to a document that was not handed over and signed with it: {stuk}.',
    },
    decide({ facts, regime }) {
      const manifest = known(facts.bundle?.manifest, 'bundle.manifest')
      const references = known(facts.bundle?.references, 'bundle.references')
      const held = new Set(manifest.map((item) => item.documentId))
      const missing = references.filter((each) => !held.has(each.to)).map((each) => each.to)
      if (missing.length > 0) return fail({ stuk: missing.join(', ') })
      const delivered = known(facts.bundle?.deliveredAt, 'bundle.deliveredAt')
      const signed = known(facts.bundle?.signedAt, 'bundle.signedAt')
      if (delivered === null || (signed !== null && delivered > signed))
        return fail({
          stuk: {
            nl: 'de hele bundel, want de uitreiking daarvóór is niet vastgelegd',
            en: 'the whole bundle, because no earlier hand-over is on record',
          },
        })
      if (signed !== null && hoursBetween(delivered, signed) < regime.reading_h)
        return lawyer(
          `Tussen uitreiken en tekenen lag minder dan ${regime.reading_h} uur.`,
          `Less than ${regime.reading_h} hours lay between hand-over and signing.`,
        )
      return pass()
    },
  },
  {
    id: 'nl.hr-bc0384.link-is-not-annex',
    source: 'literature on HR 03-03-2017 ECLI:NL:HR:2017:364',
    basis: 'VERIFIED',
    at: ['draft', 'sign'],
    about: 'clause',
    inputs: ['clause.kind', 'clause.locatedIn'],
    severity: 'blocker',
    message: {
      nl: 'Een verwijzing naar een pagina of een e-mail is geen bijlage. Voeg precies deze versie als bijlage toe.',
      en: 'Pointing to a page or an e-mail attaches nothing. Add exactly this version as an annex.',
    },
    decide(about) {
      const clause = clauseOf(about)
      const locatedIn = known(clause.locatedIn, 'clause.locatedIn')
      if (locatedIn !== 'link' && locatedIn !== 'email') return pass()
      const strict = isCovenant(clause) || clause.kind === 'boetebeding' || clause.kind === 'wijzigingsbeding'
      if (strict) return fail()
      return lawyer(
        'Deze regel staat alleen achter een verwijzing. Voor een instructie kan dat genoeg zijn.',
        'This rule stands behind a reference only. For an instruction that can be enough.',
      )
    },
  },
  {
    id: 'nl.clause.language-understood',
    source: 'art. 3:33 en 3:35 BW; cases on covenants in a foreign language',
    basis: 'cases VERIFIED; articles FROM MEMORY',
    at: ['sign'],
    about: 'clause',
    inputs: ['clause.language', 'employee.languages', 'bundle.manifest', 'bundle.prevailingLanguage'],
    severity: 'major',
    message: {
      nl: 'De werknemer kan zeggen de taal van dit beding niet te lezen. Voeg een vertaling toe.',
      en: 'The employee can say not to read the language of this clause. Add a translation.',
    },
    decide(about) {
      const languages = known(about.facts.employee?.languages, 'employee.languages')
      const language = known(clauseOf(about).language, 'clause.language')
      if (languages.includes(language)) return pass()
      const manifest = known(about.facts.bundle?.manifest, 'bundle.manifest')
      const translated = manifest.some((item) => languages.includes(item.language))
      if (translated && (about.facts.bundle?.prevailingLanguage ?? null) !== null) return pass()
      return lawyer(
        'Er is geen vertaling in een taal die de werknemer opgaf, of er staat niet bij welke tekst voorgaat.',
        'There is no translation into a language that the employee named, or nothing says which text prevails.',
      )
    },
  },
]
