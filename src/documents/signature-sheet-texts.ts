import type { DocumentLanguage, PartyCapacity } from './document-inputs.ts'

/**
 * The fixed words of a signature sheet. It is read by all parties and later by strangers, so it speaks of the parties
 * and not to them, and says beside what was recorded what that does not prove.
 */
export type SheetTexts = {
  readonly title: string
  /** The title of the document together with its sheet. */
  readonly copyTitle: (documentTitle: string) => string
  readonly lead: (documentTitle: string, versionNumber: number | null) => string
  readonly what: string
  readonly headings: { readonly document: string; readonly worth: string; readonly check: string }
  readonly capacities: Readonly<Record<PartyCapacity, string>>
  readonly asStated: (capacity: string) => string
  readonly rows: {
    readonly title: string
    readonly organisation: string
    readonly documentSha256: string
    readonly bundleSha256: string
    readonly place: string
    readonly person: string
    readonly capacity: string
    readonly acted: string
    readonly statement: string
    readonly method: string
    readonly level: string
    readonly actId: string
    readonly log: string
    readonly root: string
    readonly line: string
  }
  readonly place: (length: number) => string
  readonly level: (level: string) => string
  /** The beginning of a hash, said to be that. */
  readonly short: (digits: string) => string
  readonly limits: Readonly<Record<string, string>>
  readonly capacityLimit: string
  readonly sealLimit: (organisationName: string) => string
  readonly checkSteps: (length: number) => readonly string[]
  readonly pageOf: (number: number, count: number) => string
}

const dutch: SheetTexts = {
  title: 'Handtekeningenblad',
  copyTitle: (documentTitle) => `${documentTitle} (getekend exemplaar)`,
  lead: (documentTitle, versionNumber) =>
    versionNumber === null ? `Bij ‘${documentTitle}’` : `Bij ‘${documentTitle}’, versie ${versionNumber}`,
  what: 'Op dit blad staat wat is vastgelegd over het akkoord van elke partij met dit document. Het blad is daarna achter het document gezet. Aan het document zelf is niets veranderd.',
  headings: { document: 'Het document', worth: 'Wat dit niet bewijst', check: 'Zo controleert u dit' },
  capacities: { employee: 'Werknemer', 'employer-representative': 'Vertegenwoordiger van de werkgever' },
  asStated: (capacity) => `${capacity}, volgens opgave van de werkgever`,
  rows: {
    title: 'Titel',
    organisation: 'Werkgever',
    documentSha256: 'SHA-256',
    bundleSha256: 'SHA-256 van de bundel',
    place: 'Waar het staat',
    person: 'Naam',
    capacity: 'Hoedanigheid',
    acted: 'Akkoord gegeven',
    statement: 'Met deze zin',
    method: 'Manier',
    level: 'Bewijsniveau',
    actId: 'Kenmerk',
    log: 'Logboek',
    root: 'Stand van het logboek',
    line: 'SHA-256 van de regel',
  },
  level: (level) => `${level}, op een schaal van E0 tot E6`,
  place: (length) => `De eerste ${length} bytes van dit bestand`,
  short: (digits) => `${digits} … (de eerste ${digits.replaceAll(' ', '').length} tekens)`,
  limits: {
    'mailbox-employer':
      'De link van elke partij is verstuurd naar een mailbox die de werkgever beheert. Dat bewijst op zichzelf niet wie er klikte. De tijden zijn van de klok van de dienst.',
  },
  capacityLimit:
    'De hoedanigheid van elke partij is een opgave van de werkgever. De dienst heeft niet nagegaan of iemand bevoegd was.',
  sealLimit: (organisationName) =>
    `Dit blad is geen handtekening van een persoon. De zegels in dit bestand zijn van ${organisationName} en zeggen dat het bestand daarna niet is veranderd.`,
  checkSteps: (length) => [
    `Neem de eerste ${length} bytes van dit bestand. Dat is het document zoals het aan elke partij is getoond. De SHA-256 ervan moet gelijk zijn aan de SHA-256 hierboven.`,
    'Het bewijs van elk akkoord zit in het bewijsstuk dat die partij kreeg. Het kenmerk en de regel daarin moeten gelijk zijn aan die op dit blad.',
    'Open dit bestand in een programma dat handtekeningen toont. Het eerste zegel gaat over het document zoals het is getoond, het tweede over het document met dit blad.',
  ],
  pageOf: (number, count) => `handtekeningenblad ${number} van ${count}`,
}

const english: SheetTexts = {
  title: 'Signature sheet',
  copyTitle: (documentTitle) => `${documentTitle} (signed copy)`,
  lead: (documentTitle, versionNumber) =>
    versionNumber === null ? `With ‘${documentTitle}’` : `With ‘${documentTitle}’, version ${versionNumber}`,
  what: 'This sheet says what was recorded of the agreement of each party to this document. It was put behind the document afterwards. Nothing of the document itself was changed.',
  headings: { document: 'The document', worth: 'What this does not prove', check: 'How to check this' },
  capacities: { employee: 'Employee', 'employer-representative': 'Representative of the employer' },
  asStated: (capacity) => `${capacity}, as stated by the employer`,
  rows: {
    title: 'Title',
    organisation: 'Employer',
    documentSha256: 'SHA-256',
    bundleSha256: 'SHA-256 of the bundle',
    place: 'Where it stands',
    person: 'Name',
    capacity: 'Capacity',
    acted: 'Agreed on',
    statement: 'With this sentence',
    method: 'Means',
    level: 'Evidence level',
    actId: 'Reference',
    log: 'Log',
    root: 'State of the log',
    line: 'SHA-256 of the line',
  },
  level: (level) => `${level}, on a scale from E0 to E6`,
  place: (length) => `The first ${length} bytes of this file`,
  short: (digits) => `${digits} … (the first ${digits.replaceAll(' ', '').length} characters)`,
  limits: {
    'mailbox-employer':
      'The link of each party was sent to a mailbox that the employer manages. By itself that does not prove who clicked. The times are those of the service’s own clock.',
  },
  capacityLimit:
    'The capacity of each party is as stated by the employer. The service has not checked whether anybody had authority.',
  sealLimit: (organisationName) =>
    `This sheet is not the signature of a person. The seals in this file are those of ${organisationName} and say that the file was not changed afterwards.`,
  checkSteps: (length) => [
    `Take the first ${length} bytes of this file. They are the document as it was shown to each party. Their SHA-256 must be equal to the SHA-256 above.`,
    'The proof of each agreement is in the receipt of that party. The reference and the line of the log in it must be equal to those on this sheet.',
    'Open this file in a program that shows signatures. The first seal is over the document as it was shown, the second over the document with this sheet.',
  ],
  pageOf: (number, count) => `signature sheet ${number} of ${count}`,
}

const byLanguage: Readonly<Record<DocumentLanguage, SheetTexts>> = { nl: dutch, en: english }

export function sheetTextsOf(language: DocumentLanguage): SheetTexts {
  return byLanguage[language]
}
