import { dayInWords, type CivilDate } from '#core'
import type { FactKind } from '#employments'
import type { Texts } from '#jurisdictions'
import type { Cause, Closing, TaskKind } from './task.ts'

/** What a cause is, as far as its rows say it: which fact or contract, from when, and whether it was taken back. */
export type ToldCause = Cause & {
  /** The kind of the fact, or for a contract `renewal`, `conversion` or `contract`; null where nothing is left of it. */
  readonly what: string | null
  readonly on: CivilDate | null
  readonly retracted: boolean
}

const works: Readonly<Record<TaskKind, Texts>> = {
  're-affirm': {
    nl: 'Laat een jurist beoordelen of het beding door deze verandering veel zwaarder drukt. Is dat zo, spreek het dan opnieuw schriftelijk af.',
    en: 'Let a lawyer judge whether the covenant weighs much heavier through this change. If so, agree it again in writing.',
  },
  're-motivate': {
    nl: 'Dit beding had geen geldige motivering, en een ander contract herstelt dat niet. Spreek het opnieuw schriftelijk af, en motiveer het waar de wet dat vraagt.',
    en: 'This covenant had no valid motivation, and another contract does not mend that. Agree it again in writing, with a motivation where the law asks for one.',
  },
  renew: {
    nl: 'Het contract is verlengd of omgezet. Spreek de bijlage met dit beding opnieuw schriftelijk af.',
    en: 'The contract was renewed or converted. Agree the annex with this covenant again in writing.',
  },
  notify: {
    nl: 'Vertel dit aan wie in de organisatie over medezeggenschap gaat.',
    en: 'Tell this to whoever deals with employee participation in the organisation.',
  },
  review: {
    nl: 'Laat een jurist naar deze uitkomst kijken, of leg vast wat nog niet bekend is.',
    en: 'Let a lawyer look at this finding, or record what is not known yet.',
  },
}

/** What is to be done. */
export function workOf(kind: TaskKind): Texts {
  return works[kind]
}

/** What rules that stand in no rule set say: those about the size of the organisation. */
export const sizeRules: Readonly<Record<string, { readonly message: Texts; readonly source: string }>> = {
  'nl.wor-2.works-council-due': {
    message: {
      nl: 'Bij dit aantal medewerkers hoort er een ondernemingsraad te zijn.',
      en: 'An organisation of this size has to have a works council.',
    },
    source: 'art. 2 WOR',
  },
  'nl.wor-35c.representation': {
    message: {
      nl: 'Bij dit aantal medewerkers kan een meerderheid om een personeelsvertegenwoordiging vragen.',
      en: 'In an organisation of this size a majority of the employees can ask for a representation.',
    },
    source: 'art. 35c WOR (FROM MEMORY)',
  },
}

const nouns: Readonly<Record<FactKind | 'headcount' | 'employee-body', Texts>> = {
  started: { nl: 'de eerste werkdag', en: 'the first day' },
  'birth-date': { nl: 'de geboortedatum', en: 'the date of birth' },
  languages: { nl: 'de talen die iemand leest', en: 'the languages that somebody reads' },
  function: { nl: 'de functie', en: 'the function' },
  grade: { nl: 'de functiegroep', en: 'the grade' },
  wage: { nl: 'het loon', en: 'the wage' },
  area: { nl: 'het werkgebied', en: 'the territory' },
  'client-access': { nl: 'de toegang tot klanten', en: 'the access to clients' },
  reporting: { nl: 'de leidinggevende', en: 'the line of reporting' },
  'last-day': { nl: 'de laatste dag', en: 'the last day' },
  'works-council': { nl: 'het besluit van de ondernemingsraad', en: 'the decision of the works council' },
  headcount: { nl: 'het aantal medewerkers', en: 'the headcount' },
  'employee-body': { nl: 'de medezeggenschap', en: 'the body of employees' },
}

const contractSays: Readonly<Record<string, (nl: string, en: string) => Texts>> = {
  renewal: (nl, en) => ({
    nl: `Het contract is verlengd per ${nl}.`,
    en: `The contract was renewed as of ${en}.`,
  }),
  conversion: (nl, en) => ({
    nl: `Het contract is omgezet naar onbepaalde tijd per ${nl}.`,
    en: `The contract became indefinite as of ${en}.`,
  }),
  contract: (nl, en) => ({
    nl: `Er is een contract vastgelegd dat begint op ${nl}.`,
    en: `A contract was recorded that begins on ${en}.`,
  }),
}

/** What happened, in a sentence. */
export function causeSays({ subject, what, on, retracted }: ToldCause): Texts {
  if (subject === 'agreement')
    return {
      nl: 'Een overeenkomst is gesloten, overgenomen of beëindigd.',
      en: 'An agreement was concluded, taken over or ended.',
    }
  if (what === null || on === null) return { nl: 'Er is iets vastgelegd.', en: 'Something was recorded.' }
  const [nl, en] = [dayInWords(on, 'nl'), dayInWords(on, 'en')]
  if (subject === 'contract') {
    if (!retracted) return contractSays[what]!(nl, en)
    return { nl: `Het contract per ${nl} is ingetrokken.`, en: `The contract as of ${en} was retracted.` }
  }
  const noun = nouns[what as keyof typeof nouns]
  if (retracted)
    return {
      nl: `Wat over ${noun.nl} per ${nl} was vastgelegd, is ingetrokken.`,
      en: `What was recorded of ${noun.en} as of ${en} was retracted.`,
    }
  return { nl: `Anders per ${nl}: ${noun.nl}.`, en: `Changed as of ${en}: ${noun.en}.` }
}

/** That nothing changed but the rules. */
export function rulesSay(ruleSetVersion: string, regime: string): Texts {
  return {
    nl: `De regels zijn veranderd: versie ${ruleSetVersion}, regime ${regime}.`,
    en: `The rules changed: version ${ruleSetVersion}, regime ${regime}.`,
  }
}

const closings: Readonly<Record<Closing['how'], Texts>> = {
  agreed: { nl: 'Opnieuw afgesproken.', en: 'Agreed again.' },
  reviewed: { nl: 'Door een jurist beoordeeld.', en: 'Decided on by a lawyer.' },
  settled: { nl: 'Niet meer nodig: de feiten of de regels zijn anders.', en: 'No longer needed: facts or rules are otherwise.' }, // prettier-ignore
  ended: { nl: 'De overeenkomst is geëindigd.', en: 'The agreement has ended.' },
  dismissed: { nl: 'Met reden afgesloten.', en: 'Dismissed with a reason.' },
}

/** How a task closed, in a sentence. */
export function closingSays(how: Closing['how']): Texts {
  return closings[how]
}
