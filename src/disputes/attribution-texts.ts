import type { Language } from '#people'
import type { Outcome, Subject } from './attribution.ts'

type Words = {
  readonly title: string
  readonly introduction: readonly string[]
  readonly outcomes: Readonly<Record<Outcome, string>>
  readonly subjects: Readonly<Record<Subject, string>>
  readonly reasons: Readonly<Record<string, string>>
  readonly evidence: (pointers: string) => string
  readonly entry: (index: number, fact: string | null, inDossier: boolean) => string
  readonly missing: string
}

/** What the service says about itself where nobody of the employer has described it. */
export const ownDescription: Readonly<Record<Language, string>> = {
  nl:
    'Beschrijving door de dienst zelf. De werkgever of zijn leverancier beheert deze dienst. Iedere gebeurtenis wordt een regel in een logboek waar niets uit verdwijnt; de stand van het logboek wordt ondertekend en krijgt een tijdstempel van anderen. ' +
    'De werkgever ziet nooit een link of code: die staat alleen in het bericht aan de medewerker, en alleen een afdruk ervan wordt bewaard. Sleutels voor het logboek, voor dossiers en voor zegels staan versleuteld bij de dienst. Wie de hoofdsleutel en de database beheert, kan nieuwe regels maken, maar geen regels veranderen die iemand al heeft.',
  en:
    'Described by the service itself. The employer or its supplier operates this service. Every event becomes an entry of a log from which nothing goes away; the state of the log is signed and given a time-stamp by others. ' +
    'The employer never sees a link or a code: it stands in the message to the employee only, and only a hash of it is kept. The keys of the log, of dossiers and of seals are kept by the service in sealed form. Whoever has the master key and the database can make new entries, but cannot change entries that somebody already holds.',
}

const words: Readonly<Record<Language, Words>> = {
  nl: {
    title: 'Wat bekend is over wie dit deed',
    introduction: [
      'Dit overzicht trekt geen conclusie. Het zegt wat er is vastgelegd, waar dat staat, en wat er niet is.',
      'Wie de handtekening stellig ontkent, hoeft niets te bewijzen: wie zich erop beroept, moet bewijzen wie het was (art. 159 lid 2 Rv). Laat een jurist dit lezen.',
    ],
    outcomes: { shown: 'VASTGELEGD', missing: 'NIET VASTGELEGD', lawyer: 'VOOR EEN JURIST' },
    subjects: {
      'identity-proofing': 'Controle van de identiteit',
      'credential-enrolment': 'Aanmelden van de sleutel',
      authentications: 'Hoe de persoon zich bekend maakte',
      'privileged-actions': 'Handelingen van beheerders rond dit moment',
      deliveries: 'Bezorging',
      'openings-and-devices': 'Openen en apparaten',
      'page-release': 'De pagina die werd getoond',
      'content-and-choice': 'De tekst en de keuze',
      'purpose-matrix': 'Was het niveau genoeg voor dit doel?',
      denials: 'Betwisting',
      custodian: 'Verklaring over het systeem',
      'criterion-a': 'Art. 26 eIDAS, a: op unieke wijze aan de ondertekenaar verbonden',
      'criterion-b': 'Art. 26 eIDAS, b: maakt het mogelijk de ondertekenaar te identificeren',
      'criterion-c': 'Art. 26 eIDAS, c: onder uitsluitende controle van de ondertekenaar',
      'criterion-d': 'Art. 26 eIDAS, d: elke latere wijziging is op te sporen',
    },
    reasons: {
      'no-document-checked':
        'Niets zegt dat iemand een paspoort of ander identiteitsbewijs van deze persoon heeft bekeken.',
      'no-credential':
        'De persoon had hier geen eigen sleutel bij nodig. Er is met een link of een sessie geantwoord.',
      credential:
        'Het antwoord is ondertekend met een sleutel van een apparaat. Lees bij het aanmelden hoe de persoon toen bekend was.',
      'link-only': 'Alleen een link in een mailbox. Wie in die mailbox kon, kon antwoorden.',
      authenticated: 'De persoon heeft zich bekend gemaakt op de manier die bij het antwoord staat.',
      'other-address':
        'De link ging naar een adres waar eerder niets heen ging, terwijl er wel andere adressen waren. Zoek uit wie dat heeft veranderd.',
      'privileged-near':
        'Rond dit moment zijn er handelingen van beheerders geweest. Zoek uit of zij hiermee te maken hebben.',
      'none-recorded':
        'Er zijn rond dit moment geen handelingen van beheerders vastgelegd van de soorten die hier worden gezocht. Wijzigingen van een mailadres door een import worden niet apart vastgelegd.',
      'no-delivery': 'Er is geen bezorging vastgelegd.',
      delivered:
        'Het bericht is aan de mailserver gegeven. Het adres is het werkadres uit het personeelssysteem.',
      'no-opening': 'Er is niet vastgelegd dat de link is geopend.',
      'claimed-by-browser':
        'Wat een browser over zichzelf zegt, kan iedereen zeggen. Vergelijk het met de apparaten van de persoon.',
      'page-known': 'De bestanden van de pagina zijn vastgelegd met hun hash.',
      'page-unknown': 'Niet vastgelegd welke bestanden van de pagina zijn getoond.',
      content: 'De hash van het document, de zin en de keuze staan in de regel van het logboek.',
      'purpose-unknown': 'Bij dit antwoord is geen doel vastgelegd.',
      'fitness-pass': 'Het niveau is dat wat de tabel van doelen voor dit doel als genoeg noemt.',
      'fitness-lawyer': 'Het niveau is zwakker dan wat de tabel van doelen als genoeg noemt.',
      'fitness-fail': 'Het niveau is te zwak voor dit doel volgens de tabel van doelen.',
      'not-denied': 'Er is hier geen betwisting vastgelegd.',
      denied: 'De handeling is betwist. Zolang dat zo is, mag er niets op rusten.',
      'own-description':
        'Niemand van de werkgever heeft het systeem beschreven. Hieronder staat wat de dienst over zichzelf zegt.',
      stated: 'De werkgever heeft het systeem beschreven.',
      'a-shared-mailbox':
        'De mailbox wordt beheerd door de werkgever. Laat zien dat alleen deze persoon erin kon.',
      'a-credential':
        'De sleutel is op naam van deze persoon aangemeld. Laat zien dat zij het waren die dat deden.',
      'b-no-proofing':
        'De naam komt uit het personeelssysteem. Niets verbindt die met een gecontroleerd identiteitsbewijs.',
      'c-link': 'Wie de link had, kon antwoorden.',
      'c-touched': 'Er is een sleutel, maar beheerders hebben kort tevoren iets veranderd.',
      'c-synced':
        'Er is een sleutel, maar die kan op meer apparaten staan of door een aanbieder worden hersteld.',
      'c-device': 'Er is een sleutel die volgens het apparaat niet gekopieerd kan worden.',
      'd-ledger': 'De regel bindt de tekst en de zin; het dossier laat zien dat er niets is veranderd.',
    },
    evidence: (pointers) => `Staat in: ${pointers}`,
    entry: (index, fact, inDossier) =>
      `regel ${index}${fact === null ? '' : `, ${fact}`}${inDossier ? '' : ' (niet in dit dossier)'}`,
    missing: 'Niet vastgelegd',
  },
  en: {
    title: 'What is known about who did this',
    introduction: [
      'This overview concludes nothing. It says what was recorded, where that stands, and what is not there.',
      'Who firmly denies a signature has nothing to prove: whoever relies on it has to prove who it was (art. 159 lid 2 Rv). Have a lawyer read this.',
    ],
    outcomes: { shown: 'RECORDED', missing: 'NOT RECORDED', lawyer: 'FOR A LAWYER' },
    subjects: {
      'identity-proofing': 'Proof of identity',
      'credential-enrolment': 'Enrolment of the key',
      authentications: 'How the person showed who they are',
      'privileged-actions': 'What administrators did around that moment',
      deliveries: 'Delivery',
      'openings-and-devices': 'Opening and devices',
      'page-release': 'The page that was shown',
      'content-and-choice': 'The text and the choice',
      'purpose-matrix': 'Was the level enough for this purpose?',
      denials: 'Denial',
      custodian: 'Statement about the system',
      'criterion-a': 'Art. 26 eIDAS, a: uniquely linked to the signatory',
      'criterion-b': 'Art. 26 eIDAS, b: capable of identifying the signatory',
      'criterion-c': 'Art. 26 eIDAS, c: under the sole control of the signatory',
      'criterion-d': 'Art. 26 eIDAS, d: any later change can be detected',
    },
    reasons: {
      'no-document-checked':
        'Nothing says that anybody looked at a passport or another proof of identity of this person.',
      'no-credential': 'The person needed no key of their own. It was answered with a link or a session.',
      credential:
        'The answer was signed with a key of a device. Read at its enrolment how the person was known then.',
      'link-only': 'Only a link in a mailbox. Whoever could get into that mailbox could answer.',
      authenticated: 'The person showed who they are in the way that stands with the answer.',
      'other-address':
        'The link went to an address to which nothing went before, while there were other addresses. Find out who changed that.',
      'privileged-near':
        'Administrators did something around that moment. Find out whether it has to do with this.',
      'none-recorded':
        'No action of administrators of the kinds that are looked for is recorded around that moment. Changes of a mail address by an import are not recorded separately.',
      'no-delivery': 'No delivery is recorded.',
      delivered:
        'The message was handed to the mail server. The address is the work address from the HR system.',
      'no-opening': 'It is not recorded that the link was opened.',
      'claimed-by-browser':
        'What a browser says of itself, anybody can say. Compare it with the devices of the person.',
      'page-known': 'The files of the page are recorded with their hashes.',
      'page-unknown': 'It is not recorded which files of the page were shown.',
      content: 'The hash of the document, the sentence and the choice stand in the entry of the ledger.',
      'purpose-unknown': 'No purpose is recorded with this answer.',
      'fitness-pass': 'The level is what the purpose matrix calls enough for this purpose.',
      'fitness-lawyer': 'The level is weaker than what the purpose matrix calls enough.',
      'fitness-fail': 'The level is too weak for this purpose by the purpose matrix.',
      'not-denied': 'No denial is recorded here.',
      denied: 'The act is disputed. As long as it is, nothing may rest on it.',
      'own-description':
        'Nobody of the employer has described the system. Below is what the service says of itself.',
      stated: 'The employer has described the system.',
      'a-shared-mailbox':
        'The mailbox is managed by the employer. Show that only this person could get into it.',
      'a-credential': 'The key was enrolled in the name of this person. Show that it was they who did so.',
      'b-no-proofing':
        'The name comes from the HR system. Nothing connects it with a proof of identity that was checked.',
      'c-link': 'Whoever had the link could answer.',
      'c-touched': 'There is a key, but administrators changed something shortly before.',
      'c-synced': 'There is a key, but it can stand on more devices or be restored by a provider.',
      'c-device': 'There is a key that cannot be copied, by what the device says.',
      'd-ledger': 'The entry binds the text and the sentence; the dossier shows that nothing was changed.',
    },
    evidence: (pointers) => `Stands in: ${pointers}`,
    entry: (index, fact, inDossier) =>
      `entry ${index}${fact === null ? '' : `, ${fact}`}${inDossier ? '' : ' (not in this dossier)'}`,
    missing: 'Not recorded',
  },
}

export function attributionWords(language: Language): Words {
  return words[language]
}
