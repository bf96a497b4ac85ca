import type { Level } from '../long-term-level.ts'
import type { Outcome } from '../report.ts'
import type { PinKind } from './page-pins.ts'

export type Language = 'nl' | 'en'

export type Texts = {
  readonly outcomes: Readonly<Record<Outcome, string>>
  readonly pinKinds: Readonly<Record<PinKind, string>>
  readonly checking: (position: number, count: number, name: string) => string
  readonly done: (accepted: number, count: number) => string
  readonly acceptedSentence: (count: number) => string
  readonly refusedSentence: (failed: number, open: number, count: number) => string
  readonly allChecks: (count: number) => string
  /** What a sealed PDF proves at each level. */
  readonly levels: Readonly<Record<Level, string>>
} & Readonly<Record<Words, string>>

/** Texts that stand in the page by the attribute `data-text` or are put there as they are. */
export type Words =
  | 'skip'
  | 'language'
  | 'title'
  | 'introduction'
  | 'keysTitle'
  | 'keysHelp'
  | 'keysLabel'
  | 'folderLabel'
  | 'fingerprintsLabel'
  | 'fingerprintsHelp'
  | 'filesTitle'
  | 'filesLabel'
  | 'filesHelp'
  | 'clear'
  | 'resultsTitle'
  | 'footer'
  | 'licences'
  | 'pinnedTitle'
  | 'nothingPinned'
  | 'nothingChecked'
  | 'accepted'
  | 'notAccepted'
  | 'openChecks'
  | 'facts'
  | 'factsUnreliable'
  | 'limits'
  | 'equivocation'
  | 'conclusive'
  | 'notConclusive'
  | 'keyProblem'
  | 'tooLarge'
  | 'unreadable'

const nl: Texts = {
  skip: 'Naar de inhoud',
  language: 'Taal',
  title: 'Bewijs controleren',
  introduction:
    'Deze pagina controleert ontvangstbewijzen, verzegelde documenten en dossiers op uw eigen apparaat. Er gaat niets naar het internet, ook uw bestanden niet. U kunt de pagina bewaren en zonder verbinding gebruiken.',
  keysTitle: '1. De sleutels waarop u vertrouwt',
  keysHelp:
    'Gebruik sleutels die u ergens anders vandaan hebt dan uit het bestand zelf: van de ondernemingsraad, uit een eerder dossier, of gedrukt in een regeling. Sleutels uit het bestand bewijzen niets.',
  keysLabel:
    'Sleutelbestanden (log.vkey, dossier.pem, root.pem, tsa-roots.pem, qualified-roots.pem, policy.txt)',
  folderLabel: 'Of een map met sleutelbestanden',
  fingerprintsLabel: 'Of vingerafdrukken van sleutels (SHA-256)',
  fingerprintsHelp:
    '64 hexadecimale tekens, een of meer. De sleutel die erbij hoort komt dan uit het dossier.',
  filesTitle: '2. De bestanden die u wilt controleren',
  filesLabel: 'Dossier (ZIP), verzegelde PDF of bewijs (.tlog-proof)',
  filesHelp: 'U kunt bestanden, ook sleutels, ook naar deze pagina slepen.',
  clear: 'Bestanden wissen',
  resultsTitle: '3. Uitkomst',
  footer:
    'De controle vraagt niemand iets: niet of een certificaat is ingetrokken en niet wat anderen zagen. Zij geeft geen oordeel over het recht.',
  licences: 'Licenties van gebruikte programma’s',
  pinnedTitle: 'Vastgelegde sleutels en hun vingerafdruk',
  nothingPinned: 'Er zijn nog geen sleutels vastgelegd: van wie een bestand is, kan dan niemand zeggen.',
  nothingChecked: 'Er is nog niets gecontroleerd.',
  accepted: 'AANVAARD',
  notAccepted: 'NIET AANVAARD',
  openChecks: 'Niet geslaagd',
  facts: 'Wat het bestand zegt',
  factsUnreliable: 'Wat het bestand zegt (controles zijn niet geslaagd: vertrouw hier niet op)',
  limits: 'Wat dit niet bewijst',
  equivocation: 'Twee ondertekende verklaringen naast elkaar',
  conclusive:
    'Deze twee kunnen niet allebei waar zijn. Samen bewijzen zij dat het logboek twee geschiedenissen toonde.',
  notConclusive: 'Van deze twee is niet getoond dat de ene de andere voortzet.',
  keyProblem: 'Een sleutelbestand kan niet worden gelezen. Er is niets gecontroleerd.',
  tooLarge: 'het bestand is groter dan 1 GiB',
  unreadable: 'het bestand kan niet worden gelezen',
  outcomes: { PASSED: 'GESLAAGD', FAILED: 'MISLUKT', INDETERMINATE: 'ONBESLIST' },
  pinKinds: {
    log: 'Logboek',
    dossier: 'Dossiersleutel',
    root: 'Wortel van zegels',
    'tsa-root': 'Wortel van tijdstempels',
    'qualified-root': 'Wortel van gekwalificeerde handtekeningen',
  },
  checking: (position, count, name) => `Bezig met ${position} van ${count}: ${name}`,
  done: (accepted, count) => `Klaar: ${accepted} van ${count} bestanden aanvaard.`,
  acceptedSentence: (count) => `Alle ${count} controles zijn geslaagd.`,
  refusedSentence: (failed, open, count) =>
    `Van ${count} controles zijn er ${failed} mislukt en ${open} onbeslist.`,
  allChecks: (count) => `Alle controles (${count})`,
  levels: {
    'B-B': 'Niveau B-B: het zegel klopt. Wanneer het is gezet, zegt alleen de maker.',
    'B-T': 'Niveau B-T: een tijdstempel van een ander bewijst wanneer het zegel er al was.',
    'B-LT': 'Niveau B-LT: het bestand bewaart ook dat de certificaten niet waren ingetrokken.',
    'B-LTA':
      'Niveau B-LTA: een later tijdstempel beschermt ook die gegevens. Zo blijft het bewijs staan, zolang het op tijd wordt vernieuwd.',
  },
}

const en: Texts = {
  skip: 'To the content',
  language: 'Language',
  title: 'Check evidence',
  introduction:
    'This page checks receipts, sealed documents and dossiers on your own device. Nothing goes to the internet, nor do your files. You can keep the page and use it without a connection.',
  keysTitle: '1. The keys you rely on',
  keysHelp:
    'Use keys that you have from somewhere else than the file itself: from the works council, an earlier dossier, or printed in an agreement. Keys in the file prove nothing.',
  keysLabel: 'Key files (log.vkey, dossier.pem, root.pem, tsa-roots.pem, qualified-roots.pem, policy.txt)',
  folderLabel: 'Or a folder of key files',
  fingerprintsLabel: 'Or fingerprints of keys (SHA-256)',
  fingerprintsHelp:
    '64 hexadecimal digits, one or more. The key that goes with it is then taken from the dossier.',
  filesTitle: '2. The files to check',
  filesLabel: 'Dossier (ZIP), sealed PDF or proof (.tlog-proof)',
  filesHelp: 'You can also drop files, and keys, on this page.',
  clear: 'Clear files',
  resultsTitle: '3. Result',
  footer:
    'The check asks nobody anything: not whether a certificate was revoked, nor what others saw. It gives no legal judgement.',
  licences: 'Licences of programs used',
  pinnedTitle: 'Pinned keys and their fingerprints',
  nothingPinned: 'No keys are pinned yet: nothing can say whose a file is.',
  nothingChecked: 'Nothing was checked yet.',
  accepted: 'ACCEPTED',
  notAccepted: 'NOT ACCEPTED',
  openChecks: 'Not passed',
  facts: 'What the file says',
  factsUnreliable: 'What the file says (checks did not pass: rely on none of this)',
  limits: 'What this does not prove',
  equivocation: 'Two signed statements side by side',
  conclusive: 'These two cannot both be true. Together they prove that the log showed two histories.',
  notConclusive: 'Nothing shows that one of these two continues the other.',
  keyProblem: 'A key file cannot be read. Nothing was checked.',
  tooLarge: 'the file is larger than 1 GiB',
  unreadable: 'the file cannot be read',
  outcomes: { PASSED: 'PASSED', FAILED: 'FAILED', INDETERMINATE: 'INDETERMINATE' },
  pinKinds: {
    log: 'Log',
    dossier: 'Dossier key',
    root: 'Root of seals',
    'tsa-root': 'Root of time-stamps',
    'qualified-root': 'Root of qualified signatures',
  },
  checking: (position, count, name) => `Checking ${position} of ${count}: ${name}`,
  done: (accepted, count) => `Done: ${accepted} of ${count} files accepted.`,
  acceptedSentence: (count) => `All ${count} checks passed.`,
  refusedSentence: (failed, open, count) =>
    `Of ${count} checks ${failed} failed and ${open} could not be decided.`,
  allChecks: (count) => `All checks (${count})`,
  levels: {
    'B-B': 'Level B-B: the seal is right. When it was put there, only its maker says.',
    'B-T': 'Level B-T: a time-stamp of somebody else proves by when the seal was there.',
    'B-LT': 'Level B-LT: the file also holds that the certificates were not revoked.',
    'B-LTA':
      'Level B-LTA: a later time-stamp protects that data too. So the proof stands for as long as it is renewed in time.',
  },
}

export const texts: Readonly<Record<Language, Texts>> = { nl, en }
