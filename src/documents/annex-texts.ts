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
