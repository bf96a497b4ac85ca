import type { Purpose } from '#assurance'
import type { Choice } from './act.ts'
import type { BundleManifest, BundleStatement } from './bundle.ts'

const agreement: readonly Choice[] = ['agreed', 'agreed-conditionally', 'not-agreed', 'seen', 'declined']
const notice: readonly Choice[] = ['seen', 'not-agreed', 'declined']

/**
 * What can be answered to something with this purpose. Only what is a proposal can be agreed to; to a warning, a notice or
 * an instruction one can say that one has seen it, and that one does not agree. Declining is always possible.
 */
const choicesByPurpose: Readonly<Record<Purpose, readonly Choice[]>> = {
  information: ['seen', 'declined'],
  instruction: notice,
  'contract-term': agreement,
  penalty: agreement,
  covenant: agreement,
  'statutory-statement': notice,
  settlement: agreement,
  'data-consent': ['agreed', 'not-agreed', 'declined'],
  warning: notice,
  notice,
}

export function choicesForPurpose(purpose: Purpose): readonly Choice[] {
  return choicesByPurpose[purpose]
}

/** The exact sentence next to the button for a statement of a bundle, in the language of the bundle. */
export function bundleStatementText(
  choice: Choice,
  manifest: BundleManifest,
  statement: BundleStatement,
  organisationName: string,
): string {
  const what = subjectInWords(manifest, statement, organisationName)
  const said = { purpose: manifest.purpose, clause: statement.kind === 'clause', what }
  return manifest.language === 'nl' ? dutch(choice, said) : english(choice, said)
}

/** The main statement names every annex that lay with the document: an agreement to the whole is one to them too. */
function subjectInWords(
  { language, documents }: BundleManifest,
  { kind, subject }: BundleStatement,
  organisationName: string,
): string {
  const of = language === 'nl' ? 'van' : 'of'
  const whole = `‘${documents[0]!.title}’ ${of} ${organisationName}`
  if (kind === 'clause') return `‘${subject}’ in ${whole}`
  const annexes = documents.slice(1).map(({ title }) => `‘${title}’`)
  if (annexes.length === 0) return whole
  const word =
    annexes.length === 1
      ? { nl: 'met de bijlage', en: 'with the annex' }
      : { nl: 'met de bijlagen', en: 'with the annexes' }
  return `${whole}, ${word[language]} ${annexes.join(', ')}`
}

type Said = { readonly purpose: Purpose; readonly clause: boolean; readonly what: string }

function dutch(choice: Choice, { purpose, clause, what }: Said): string {
  switch (choice) {
    case 'seen':
      return `Ik heb ${what} gezien. ${dutchSeen(purpose)}`
    case 'agreed':
      if (purpose === 'data-consent')
        return `Ik geef toestemming voor ${what}. Ik mag die toestemming altijd weer intrekken.`
      return clause ? `Ik ga apart akkoord met ${what}.` : `Ik ga akkoord met ${what}.`
    case 'agreed-conditionally':
      return `Ik ga alleen onder een voorwaarde akkoord met ${what}. Mijn voorwaarde staat erbij. Zolang die niet is afgesproken, ga ik niet akkoord.`
    case 'not-agreed':
      return purpose === 'data-consent'
        ? `Ik geef geen toestemming voor ${what}.`
        : `Ik heb ${what} gezien en ik ga er niet mee akkoord.`
    case 'declined':
      return `Ik wil geen antwoord geven op ${what}. Mijn reden staat erbij.`
  }
}

function dutchSeen(purpose: Purpose): string {
  if (purpose === 'instruction') return 'Ik weet dat mijn werkgever dit als instructie geeft.'
  if (purpose === 'warning') return 'Hiermee zeg ik niet dat het klopt of dat ik het ermee eens ben.'
  return 'Hiermee zeg ik niet dat ik het ermee eens ben.'
}

function english(choice: Choice, { purpose, clause, what }: Said): string {
  switch (choice) {
    case 'seen':
      return `I have seen ${what}. ${englishSeen(purpose)}`
    case 'agreed':
      if (purpose === 'data-consent')
        return `I give consent for ${what}. I may withdraw that consent at any time.`
      return clause ? `I agree separately to ${what}.` : `I agree to ${what}.`
    case 'agreed-conditionally':
      return `I agree to ${what} only under a condition. My condition is given with it. As long as that is not settled, I do not agree.`
    case 'not-agreed':
      return purpose === 'data-consent'
        ? `I do not give consent for ${what}.`
        : `I have seen ${what} and I do not agree to it.`
    case 'declined':
      return `I do not want to answer ${what}. My reason is given with it.`
  }
}

function englishSeen(purpose: Purpose): string {
  if (purpose === 'instruction') return 'I know that my employer gives this as an instruction.'
  if (purpose === 'warning') return 'By this I do not say that it is right or that I agree with it.'
  return 'By this I do not say that I agree with it.'
}
