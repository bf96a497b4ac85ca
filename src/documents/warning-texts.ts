import type { DocumentLanguage } from './document-inputs.ts'

/**
 * The fixed words of a warning. What the employer says is said to be what the employer says; what was not given is said
 * not to be there, and nothing is concluded from it.
 */
export type WarningTexts = {
  readonly title: string
  readonly subtitle: (personName: string) => string
  readonly rows: {
    readonly to: string
    readonly jobTitle: string
    readonly externalId: string
    readonly givenOn: string
    readonly givenBy: string
    readonly subject: string
    readonly reference: string
    readonly countsUntil: string
    readonly policy: string
    readonly version: string
    readonly rule: string
    readonly documentSha256: string
    readonly contact: string
    readonly until: string
    readonly madeAt: string
    readonly hash: string
  }
  readonly signer: (name: string, role: string, organisation: string) => string
  readonly versionOf: (number: number, day: string) => string
  readonly countsUntilDay: (day: string, organisation: string) => string
  readonly events: string
  readonly eventsLead: (organisation: string) => string
  readonly eventColumns: readonly [string, string]
  readonly hearing: string
  readonly heard: (day: string, organisation: string) => string
  readonly notHeard: string
  readonly rules: string
  readonly rulesNote: string
  readonly ruleText: string
  readonly noEdition: string
  readonly earlier: string
  readonly earlierColumns: readonly [string, string, string]
  readonly noEarlier: string
  readonly onlySaid: string
  readonly expectations: string
  readonly expectationsLead: (organisation: string) => string
  readonly consequences: string
  readonly consequencesLead: (organisation: string) => string
  readonly noConsequences: string
  readonly response: string
  readonly untilDay: (day: string) => string
  readonly noUntil: string
  readonly responseNote: string
  readonly about: string
  readonly aboutText: (organisation: string) => readonly string[]
  readonly attachment: string
}

const nl: WarningTexts = {
  title: 'Officiële waarschuwing',
  subtitle: (personName) => `Voor ${personName}`,
  rows: {
    to: 'Aan',
    jobTitle: 'Functie',
    externalId: 'Personeelsnummer',
    givenOn: 'Datum',
    givenBy: 'Namens de werkgever',
    subject: 'Onderwerp',
    reference: 'Kenmerk',
    countsUntil: 'Telt mee',
    policy: 'Beleid',
    version: 'Versie',
    rule: 'Regel',
    documentSha256: 'SHA-256 van de pdf',
    contact: 'Reageren bij',
    until: 'Reageren kan',
    madeAt: 'Bestand gemaakt op',
    hash: 'SHA-256 van warning.json',
  },
  signer: (name, role, organisation) => `${name}, ${role}, ${organisation}`,
  versionOf: (number, day) => `${number}, geldt vanaf ${day}`,
  countsUntilDay: (day, organisation) => `Tot en met ${day}, zegt ${organisation}`,
  events: 'Wat er is gebeurd',
  eventsLead: (organisation) => `Volgens ${organisation} is dit gebeurd:`,
  eventColumns: ['Datum', 'Gebeurtenis'],
  hearing: 'Wat u erover zei',
  heard: (day, organisation) => `Volgens ${organisation} heeft u op ${day} hierover gezegd:`,
  notHeard: 'In deze waarschuwing staat niet of u over deze gebeurtenissen bent gehoord.',
  rules: 'Om welke regels het gaat',
  rulesNote: 'De tekst van een regel is letterlijk overgenomen uit de gepubliceerde versie die erbij staat.',
  ruleText: 'De regel luidt:',
  noEdition: 'Er is van deze versie geen pdf in deze taal',
  earlier: 'Eerdere waarschuwingen',
  earlierColumns: ['Datum', 'Onderwerp', 'Waar die is vastgelegd'],
  noEarlier: 'Deze waarschuwing noemt geen eerdere waarschuwingen.',
  onlySaid: 'Niet bij deze dienst; genoemd door de werkgever',
  expectations: 'Wat van u wordt verwacht',
  expectationsLead: (organisation) => `${organisation} verwacht dit van u:`,
  consequences: 'Mogelijke gevolgen',
  consequencesLead: (organisation) =>
    `Als het opnieuw gebeurt, kan dit volgens ${organisation} het gevolg zijn:`,
  noConsequences: 'Deze waarschuwing noemt geen gevolgen.',
  response: 'Hoe u kunt reageren',
  untilDay: (day) => `Tot en met ${day}`,
  noUntil: 'Zonder einddatum; er is geen dag genoemd',
  responseNote: 'Deze waarschuwing ontvangen of erop reageren is niet hetzelfde als het ermee eens zijn.',
  about: 'Over dit document',
  aboutText: (organisation) => [
    `Dit document zegt wat ${organisation} zegt. De dienst die dit bestand maakte, heeft niet onderzocht of het zo is gegaan, en ook niet of deze waarschuwing terecht is.`,
    'Dit bestand bewijst niet dat iemand het heeft ontvangen of gelezen, of het ermee eens is. Alles wat erin staat, zit ook als gegevens in het bestand warning.json in dit document; de SHA-256 hieronder is van precies dat bestand.',
  ],
  attachment: 'De inhoud van deze waarschuwing als canonieke JSON (RFC 8785)',
}

const en: WarningTexts = {
  title: 'Official warning',
  subtitle: (personName) => `For ${personName}`,
  rows: {
    to: 'To',
    jobTitle: 'Job',
    externalId: 'Personnel number',
    givenOn: 'Date',
    givenBy: 'For the employer',
    subject: 'Subject',
    reference: 'Reference',
    countsUntil: 'Counts',
    policy: 'Policy',
    version: 'Version',
    rule: 'Rule',
    documentSha256: 'SHA-256 of the PDF',
    contact: 'Respond to',
    until: 'Respond',
    madeAt: 'File made on',
    hash: 'SHA-256 of warning.json',
  },
  signer: (name, role, organisation) => `${name}, ${role}, ${organisation}`,
  versionOf: (number, day) => `${number}, in force from ${day}`,
  countsUntilDay: (day, organisation) => `Up to and including ${day}, says ${organisation}`,
  events: 'What happened',
  eventsLead: (organisation) => `According to ${organisation} this happened:`,
  eventColumns: ['Date', 'Event'],
  hearing: 'What you said about it',
  heard: (day, organisation) => `According to ${organisation} you said about this on ${day}:`,
  notHeard: 'This warning does not say whether you were heard about these events.',
  rules: 'Which rules this is about',
  rulesNote: 'The text of a rule is taken word for word from the published version that stands with it.',
  ruleText: 'The rule reads:',
  noEdition: 'There is no PDF of this version in this language',
  earlier: 'Earlier warnings',
  earlierColumns: ['Date', 'Subject', 'Where it is recorded'],
  noEarlier: 'This warning names no earlier warnings.',
  onlySaid: 'Not with this service; named by the employer',
  expectations: 'What is expected of you',
  expectationsLead: (organisation) => `${organisation} expects this of you:`,
  consequences: 'Possible consequences',
  consequencesLead: (organisation) =>
    `If it happens again, this can be the consequence according to ${organisation}:`,
  noConsequences: 'This warning names no consequences.',
  response: 'How you can respond',
  untilDay: (day) => `Up to and including ${day}`,
  noUntil: 'Without an end date; no day was named',
  responseNote: 'Receiving this warning or responding to it is not the same as agreeing with it.',
  about: 'About this document',
  aboutText: (organisation) => [
    `This document says what ${organisation} says. The service that made this file has not examined whether it happened in this way, nor whether this warning is justified.`,
    'This file does not prove that anybody received it, read it or agrees with it. Everything in it is also inside this document as data, in the file warning.json; the SHA-256 below is of exactly that file.',
  ],
  attachment: 'The content of this warning as canonical JSON (RFC 8785)',
}

export function warningTextsOf(language: DocumentLanguage): WarningTexts {
  return language === 'nl' ? nl : en
}
