import type { DocumentLanguage } from './document-inputs.ts'

/** The fixed words of an annex. */
export type AnnexTexts = {
  readonly overline: (mark: string) => string
  readonly subtitle: (contractTitle: string) => string
  readonly parties: string
  readonly employer: string
  readonly employee: string
  readonly seat: (seat: string) => string
  readonly registration: (number: string) => string
  readonly representedBy: (name: string, role: string) => string
  readonly externalId: (number: string) => string
  readonly contract: string
  readonly contractDate: string
  readonly undated: string
  readonly place: string
  readonly quote: string
  readonly effectiveFrom: string
  readonly introduction: string
  readonly definitions: string
  readonly clauses: string
  readonly effectiveUntil: string
  readonly replaces: string
  readonly replacedFrom: (day: string) => string
  readonly replacedHash: string
  readonly concept: string
  readonly conceptText: string
  readonly motivation: string
  readonly motivationFor: (functionRef: string, interests: string) => string
  readonly writtenBy: (author: string, moment: string) => string
  readonly policies: string
  readonly policiesText: string
  readonly policy: string
  readonly version: (number: number) => string
  readonly policyFrom: string
  readonly policyHash: string
  readonly signing: string
  readonly signingText: readonly string[]
  readonly onSheet: string
  readonly about: string
  readonly aboutText: (fileName: string) => string
  readonly reference: string
  readonly madeAt: string
  readonly hash: string
  readonly attachment: string
}

const nl: AnnexTexts = {
  overline: (mark) => `Bijlage ${mark} bij de arbeidsovereenkomst`,
  subtitle: (contractTitle) => `Hoort bij: ${contractTitle}`,
  parties: 'Partijen',
  employer: 'De werkgever',
  employee: 'De werknemer',
  seat: (seat) => `gevestigd te ${seat}`,
  registration: (number) => `KvK-nummer ${number}`,
  representedBy: (name, role) => `vertegenwoordigd door ${name}, ${role}`,
  externalId: (number) => `personeelsnummer ${number}`,
  contract: 'Arbeidsovereenkomst',
  contractDate: 'Datum van het contract',
  undated: 'Niet opgegeven',
  place: 'Plaats van de verwijzing',
  quote: 'Woorden van de verwijzing',
  effectiveFrom: 'Geldt vanaf',
  introduction: 'Waarom deze bijlage er is',
  definitions: 'Begrippen',
  clauses: 'Bepalingen',
  effectiveUntil: 'Geldt tot en met',
  replaces: 'Komt in de plaats van',
  replacedFrom: (day) => `de bijlage met dit kenmerk die gold vanaf ${day}`,
  replacedHash: 'SHA-256 van die bijlage',
  concept: 'Concept',
  conceptText:
    'Dit is een voorbeeld om na te lezen. Het is niet verzegeld en niet bewaard. Wie het tekent, tekent niet de bijlage.',
  motivation: 'Motivering',
  motivationFor: (functionRef, interests) =>
    `Voor de functie ${functionRef}. Het gaat om deze belangen: ${interests}.`,
  writtenBy: (author, moment) =>
    `De motivering hierboven is geschreven door ${author}. Deze bijlage is opgesteld op ${moment}.`,
  policies: 'Beleid dat bij deze bijlage hoort',
  policiesText:
    'Precies deze versies horen erbij, en geen andere. De SHA-256 is van het verzegelde bestand: verandert er één teken, dan is die anders.',
  policy: 'Beleid',
  version: (number) => `versie ${number}`,
  policyFrom: 'Geldt vanaf',
  policyHash: 'SHA-256 van het bestand',
  signing: 'Ondertekening',
  signingText: [
    'De handtekeningen van partijen staan op het handtekeningenblad dat aan deze bijlage is toegevoegd.',
    'Staat er geen handtekeningenblad achter deze bladzijden, dan laat dit bestand niet zien dat iemand heeft getekend.',
  ],
  onSheet: 'Zie het handtekeningenblad',
  about: 'Over dit document',
  aboutText: (fileName) =>
    `Alles wat in deze bijlage staat, zit ook als gegevens in het bestand ${fileName} in dit document. De SHA-256 hieronder is van precies dat bestand: verandert er één teken, dan is die anders.`,
  reference: 'Kenmerk',
  madeAt: 'Gemaakt op',
  hash: 'SHA-256 van annex.json',
  attachment: 'De inhoud van deze bijlage als canonieke JSON (RFC 8785)',
}

const en: AnnexTexts = {
  overline: (mark) => `Annex ${mark} to the employment contract`,
  subtitle: (contractTitle) => `Belongs to: ${contractTitle}`,
  parties: 'Parties',
  employer: 'The employer',
  employee: 'The employee',
  seat: (seat) => `established at ${seat}`,
  registration: (number) => `trade register number ${number}`,
  representedBy: (name, role) => `represented by ${name}, ${role}`,
  externalId: (number) => `personnel number ${number}`,
  contract: 'Employment contract',
  contractDate: 'Date of the contract',
  undated: 'Not given',
  place: 'Place of the reference',
  quote: 'Words of the reference',
  effectiveFrom: 'In force from',
  introduction: 'Why there is this annex',
  definitions: 'Definitions',
  clauses: 'Provisions',
  effectiveUntil: 'In force up to and including',
  replaces: 'Comes in the place of',
  replacedFrom: (day) => `the annex with this mark that was in force from ${day}`,
  replacedHash: 'SHA-256 of that annex',
  concept: 'Draft',
  conceptText:
    'This is an example to read. It is not sealed and not kept. Whoever signs it does not sign the annex.',
  motivation: 'Motivation',
  motivationFor: (functionRef, interests) =>
    `For the function ${functionRef}. These interests are at stake: ${interests}.`,
  writtenBy: (author, moment) =>
    `The motivation above was written by ${author}. This annex was drawn up on ${moment}.`,
  policies: 'Policies that belong to this annex',
  policiesText:
    'Exactly these versions belong to it and no others. The SHA-256 is of the sealed file: when a single character changes, it is different.',
  policy: 'Policy',
  version: (number) => `version ${number}`,
  policyFrom: 'In force from',
  policyHash: 'SHA-256 of the file',
  signing: 'Signing',
  signingText: [
    'The signatures of the parties are on the signature sheet that is added to this annex.',
    'If no signature sheet follows these pages, this file does not show that anybody has signed.',
  ],
  onSheet: 'See the signature sheet',
  about: 'About this document',
  aboutText: (fileName) =>
    `Everything in this annex is also inside this document as data, in the file ${fileName}. The SHA-256 below is of exactly that file: when a single character changes, it is different.`,
  reference: 'Reference',
  madeAt: 'Made on',
  hash: 'SHA-256 of annex.json',
  attachment: 'The content of this annex as canonical JSON (RFC 8785)',
}

export function annexTextsOf(language: DocumentLanguage): AnnexTexts {
  return language === 'nl' ? nl : en
}
