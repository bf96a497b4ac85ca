import type { DocumentLanguage } from './document-inputs.ts'
import type { DossierReportInput, ReportCheck } from './dossier-report-input.ts'

/** The fixed words of the report of a dossier. */
export type DossierReportTexts = {
  readonly title: string
  readonly subjects: Readonly<Record<DossierReportInput['subject']['kind'], string>>
  readonly subtitle: (name: string) => string
  readonly rows: {
    readonly subjectId: string
    readonly purpose: string
    readonly asked: string
    readonly frozen: string
    readonly dossier: string
    readonly ledger: string
    readonly size: string
    readonly root: string
    readonly file: string
    readonly hash: string
    readonly proves: string
    readonly doesNotProve: string
    readonly wouldLift: string
  }
  readonly lines: (count: number) => string
  readonly contents: string
  readonly contentsText: (entries: number, documents: number) => string
  readonly contentsColumns: readonly [string, string]
  /** What an entry is about, by the name that the log has for it. */
  readonly kinds: Readonly<Record<string, string>>
  readonly levels: string
  readonly levelHeading: (level: string, acts: number) => string
  readonly noActs: string
  readonly time: string
  readonly timeText: readonly string[]
  readonly unanchored: (because: string) => string
  readonly anchorColumns: readonly [string, string, string, string]
  readonly anchorWords: {
    readonly none: string
    readonly development: string
    readonly authority: string
    readonly witnesses: (count: number) => string
  }
  readonly checks: string
  readonly checksText: string
  readonly checkColumns: readonly [string, string, string]
  readonly outcomes: Readonly<Record<ReportCheck['outcome'], string>>
  readonly custodian: string
  readonly custodianText: (organisation: string) => readonly string[]
  readonly documents: string
  readonly documentColumns: readonly [string, string]
  readonly entries: string
  readonly entriesText: string
  readonly entryColumns: readonly [string, string, string, string, string]
  /** Between which time-stamps of the list a line stands. */
  readonly bracket: (after: number | null, before: number | null) => string
  readonly attachment: string
}

const nl: DossierReportTexts = {
  title: 'Dossierrapport',
  subjects: { person: 'Persoon', policy: 'Beleid' },
  subtitle: (name) => `Over ${name}`,
  rows: {
    subjectId: 'Kenmerk',
    purpose: 'Doel van het dossier',
    asked: 'Gevraagd op',
    frozen: 'Vastgezet op',
    dossier: 'Kenmerk van het dossier',
    ledger: 'Logboek',
    size: 'Omvang van het logboek',
    root: 'Stand van het logboek (SHA-256)',
    file: 'SHA-256 van het dossier',
    hash: 'SHA-256 van report.json',
    proves: 'Dit bewijst het',
    doesNotProve: 'Dit bewijst het niet',
    wouldLift: 'Dit zou het sterker maken',
  },
  lines: (count) => `${count} regels`,
  contents: 'Wat erin staat',
  contentsText: (entries, documents) =>
    `Het dossier heeft ${entries} ${entries === 1 ? 'regel' : 'regels'} van het logboek en ${documents} ${documents === 1 ? 'document' : 'documenten'}.`,
  contentsColumns: ['Soort', 'Aantal'],
  kinds: {
    act: 'Antwoord van een medewerker',
    'assignments-created': 'Uitgereikt aan medewerkers',
    'ceremony-offered': 'Bundel voorgelegd aan een medewerker',
    'ceremonies-ended': 'Verzoek geëindigd zonder antwoord',
    'ceremony-misdelivered': 'Lezer van een link meldt dat die niet voor hem of haar is',
    'delivery-bounced': 'Bericht teruggekomen',
    'policy-version-published': 'Versie gepubliceerd',
    'policy-version-withdrawn': 'Versie ingetrokken',
    'legal-hold-placed': 'Bewaarplicht opgelegd',
    'legal-hold-released': 'Bewaarplicht opgeheven',
    'content-erased': 'Inhoud gewist',
    'annex-made': 'Bijlage gemaakt',
    'annex-composed': 'Bijlage samengesteld',
    'warning-made': 'Waarschuwing gemaakt',
    'exit-recorded': 'Einde van het werk vastgelegd, met brief',
    'dossier-made': 'Dossier gemaakt',
    'executed-copy': 'Ondertekend exemplaar gemaakt',
  },
  levels: 'Wat de antwoorden bewijzen',
  levelHeading: (level, acts) => `${level}: ${acts} ${acts === 1 ? 'antwoord' : 'antwoorden'}`,
  noActs: 'In dit dossier staan geen antwoorden van medewerkers.',
  time: 'Tijd',
  timeText: [
    'Elke regel heeft een tijd van de klok van de dienst. Tijdstempels van buiten zetten daar grenzen omheen. De grens ‘voor’ is bewijs: de regel was er toen al. De grens ‘na’ berust op de werkwijze van de dienst.',
  ],
  unanchored: (because) =>
    `De stand van dit dossier heeft geen eigen tijdstempel. Reden, zoals vastgelegd: ${because}`,
  anchorColumns: ['Nr.', 'Regels tot dan', 'Tijdstempel (UTC)', 'Van wie'],
  anchorWords: {
    none: 'geen',
    development: 'ontwikkelautoriteit van deze installatie: bewijst niets tegenover anderen',
    authority: 'tijdstempelautoriteit',
    witnesses: (count) => (count === 1 ? '1 getuige' : `${count} getuigen`),
  },
  checks: 'Controles',
  checksText:
    'Toen dit rapport werd gemaakt, controleerde de dienst het dossier met het controleprogramma dat erin zit, tegen de sleutels die de dienst zelf bewaart. Dat is een controle door de maker. Doe haar over met sleutels uit een tweede bron; README.txt in het dossier zegt hoe.',
  checkColumns: ['Controle', 'Uitkomst', 'Aantal'],
  outcomes: { PASSED: 'geslaagd', FAILED: 'mislukt', INDETERMINATE: 'niet te bepalen' },
  custodian: 'Verklaring van de bewaarder',
  custodianText: (organisation) => [
    `Dit rapport is gemaakt door de dienst die de gegevens van ${organisation} bewaart, uit wat in het logboek staat. Geen mens heeft de inhoud beoordeeld.`,
    'Aan het logboek kan de dienst alleen toevoegen; wat er staat kan zij niet veranderen of verwijderen, behalve door een wissing die zelf een regel is. Wie de dienst beheert en alle sleutels heeft, zou een ander logboek kunnen maken. Daarom staan bewijzen ook buiten de dienst: in ontvangstbewijzen bij personen, in tijdstempels en bij getuigen. Past zo’n bewijs niet bij dit dossier, dan is er met het logboek geknoeid.',
    'Dit dossier laat niet zien dat alles over het onderwerp erin staat, en niet wat buiten deze dienst is gebeurd.',
  ],
  documents: 'Documenten',
  documentColumns: ['Titel', 'SHA-256'],
  entries: 'Regels',
  entriesText:
    'Alle tijden zijn in UTC. ‘Na 1, voor 2’ betekent: na het eerste tijdstempel van de lijst hierboven en voor het tweede; een streepje betekent dat er geen is. Het niveau is het bewijsniveau van een antwoord, op een schaal van E0 tot E6.',
  entryColumns: ['Regel', 'Vastgelegd', 'Wat', 'Niveau', 'Tijdstempels'],
  bracket: (after, before) => between('na', after, 'voor', before),
  attachment: 'De inhoud van dit rapport als canonieke JSON (RFC 8785)',
}

const en: DossierReportTexts = {
  title: 'Dossier report',
  subjects: { person: 'Person', policy: 'Policy' },
  subtitle: (name) => `About ${name}`,
  rows: {
    subjectId: 'Reference',
    purpose: 'Purpose of the dossier',
    asked: 'Asked for on',
    frozen: 'Fixed on',
    dossier: 'Reference of the dossier',
    ledger: 'Log',
    size: 'Size of the log',
    root: 'State of the log (SHA-256)',
    file: 'SHA-256 of the dossier',
    hash: 'SHA-256 of report.json',
    proves: 'What it proves',
    doesNotProve: 'What it does not prove',
    wouldLift: 'What would make it stronger',
  },
  lines: (count) => `${count} lines`,
  contents: 'What is in it',
  contentsText: (entries, documents) =>
    `The dossier has ${entries} ${entries === 1 ? 'line' : 'lines'} of the log and ${documents} ${documents === 1 ? 'document' : 'documents'}.`,
  contentsColumns: ['Kind', 'Number'],
  kinds: {
    act: 'Answer of an employee',
    'assignments-created': 'Handed to employees',
    'ceremony-offered': 'Bundle put before an employee',
    'ceremonies-ended': 'Request ended without an answer',
    'ceremony-misdelivered': 'Reader of a link says that it is not for them',
    'delivery-bounced': 'Message came back',
    'policy-version-published': 'Version published',
    'policy-version-withdrawn': 'Version withdrawn',
    'legal-hold-placed': 'Legal hold placed',
    'legal-hold-released': 'Legal hold released',
    'content-erased': 'Content erased',
    'annex-made': 'Annex made',
    'annex-composed': 'Annex composed',
    'warning-made': 'Warning made',
    'exit-recorded': 'End of the work recorded, with a letter',
    'dossier-made': 'Dossier made',
    'executed-copy': 'Executed copy made',
  },
  levels: 'What the answers prove',
  levelHeading: (level, acts) => `${level}: ${acts} ${acts === 1 ? 'answer' : 'answers'}`,
  noActs: 'There are no answers of employees in this dossier.',
  time: 'Time',
  timeText: [
    'Each line has a time of the service’s own clock. Time-stamps from outside set bounds around it. The bound ‘before’ is proof: the line was there by then. The bound ‘after’ rests on how the service works.',
  ],
  unanchored: (because) =>
    `The state of this dossier has no time-stamp of its own. Reason, as recorded: ${because}`,
  anchorColumns: ['No.', 'Lines by then', 'Time-stamp (UTC)', 'By whom'],
  anchorWords: {
    none: 'none',
    development: 'development authority of this installation: proves nothing to others',
    authority: 'time-stamping authority',
    witnesses: (count) => (count === 1 ? '1 witness' : `${count} witnesses`),
  },
  checks: 'Checks',
  checksText:
    'When this report was made, the service checked the dossier with the verifier that is inside it, against the keys that the service itself holds. That is a check by the maker. Repeat it with keys from a second source; README.txt in the dossier says how.',
  checkColumns: ['Check', 'Outcome', 'Number'],
  outcomes: { PASSED: 'passed', FAILED: 'failed', INDETERMINATE: 'indeterminate' },
  custodian: 'Statement of the custodian',
  custodianText: (organisation) => [
    `This report was made by the service that keeps the records of ${organisation}, from what stands in the log. No person has judged the content.`,
    'The service can only add to the log; it cannot change or remove what is there, except by an erasure that is a line itself. Whoever runs the service and has every key could make another log. That is why proofs also stand outside the service: in receipts that persons hold, in time-stamps and with witnesses. If such a proof does not fit this dossier, the log was tampered with.',
    'This dossier does not show that everything about its subject is in it, nor what happened outside this service.',
  ],
  documents: 'Documents',
  documentColumns: ['Title', 'SHA-256'],
  entries: 'Lines',
  entriesText:
    'All times are in UTC. ‘After 1, before 2’ means: after the first time-stamp of the list above and before the second; a dash means that there is none. The level is the evidence level of an answer, on a scale from E0 to E6.',
  entryColumns: ['Line', 'Recorded', 'What', 'Level', 'Time-stamps'],
  bracket: (after, before) => between('after', after, 'before', before),
  attachment: 'The content of this report as canonical JSON (RFC 8785)',
}

function between(afterWord: string, after: number | null, beforeWord: string, before: number | null): string {
  const sides = [
    ...(after === null ? [] : [`${afterWord} ${after}`]),
    ...(before === null ? [] : [`${beforeWord} ${before}`]),
  ]
  return sides.length === 0 ? '–' : sides.join(', ')
}

export function dossierReportTextsOf(language: DocumentLanguage): DossierReportTexts {
  return language === 'nl' ? nl : en
}
