/**
 * What the page says in Dutch, at B1 level: short sentences, ordinary words, `u`. The English words have the same
 * names; the type below keeps the two equal.
 *
 * @import { Choice, Language, LegalNature, Modality, PresentedRule } from '../page-contract.ts'
 * @import { ActedMoment } from './view-acted.js'
 * @import { DocumentState } from './document-panel.js'
 * @import { Message } from './view-message.js'
 *
 * @typedef {'invalidLink' | 'expired' | 'withdrawn' | 'openNetwork' | 'openBusy' | 'openFailed' | 'sendNetwork'
 *   | 'sendBusy' | 'sendFailed' | 'actedUnread'} MessageName
 *
 * @typedef {{
 *   language: Language, skip: string, languageSwitch: string, colophon: string, brandFallback: string,
 *   loading: string, loadingTitle: string, ready: (title: string) => string, documentTitle: (place: string, about: string) => string,
 *   places: { open: string, confirm: string, acted: string, mistake: string },
 *   step: (number: number) => string, from: string, to: string, version: string, validFrom: string, answerBy: string,
 *   readingTime: string, minutes: (count: number) => string, onlyIn: (language: Language) => string,
 *   asked: string, askedOf: Record<LegalNature, string>, askedNext: string, toAnswer: string, onThisPage: string,
 *   introduction: string, changes: string, rules: string, rule: string, rulesCount: (count: number) => string,
 *   modality: Record<Modality, string>, modalityMeans: Record<Modality, string>,
 *   time: Record<PresentedRule['scope']['time'], string>, place: Record<PresentedRule['scope']['place'], string>,
 *   account: Record<PresentedRule['scope']['account'], string>,
 *   applies: (time: string, place: string, account: string) => string, sanction: string, ruleNature: Record<LegalNature, string>,
 *   exactDocument: string, documentExplained: string, saveDocument: string, fingerprint: string,
 *   fingerprintExplained: string, documentState: Record<DocumentState, string>, documentDiffersMistake: string,
 *   yourAnswer: string, choose: string, chooseHint: string, reason: string, reasonOptional: string,
 *   reasonHint: (length: number) => string, nothingYet: string, continue: string,
 *   mistake: string, mistakesTitle: string, choiceMissing: string, reasonMissing: string, textChanged: string,
 *   reasonRefused: (character: string) => string, answerRefused: string,
 *   checkTitle: string, checkIntroduction: string, yourReason: string, final: string, confirm: string, back: string,
 *   recordedWhat: string, recordedList: string[], fingerprintOf: string, knownHow: string, sending: string,
 *   actedTitle: Record<ActedMoment, string>, actedText: Record<ActedMoment, string>, recordedTitle: string,
 *   choiceIs: string, choice: Record<Choice, string>, recordedAt: string, dutchTime: string, by: string, entry: string,
 *   entryNumber: (index: number, size: number) => string,
 *   keepTitle: string, keepText: string, keepWhere: string, keepWhy: string, save: string, saving: string, saved: string,
 *   saveFailed: string, notYet: string, fileReceipt: string, fileReceiptIs: string, fileProof: string, fileProofIs: string,
 *   fileDocument: string, fileDocumentIs: string, nameReceipt: string, nameProof: string,
 *   fileSignedCopy: string, fileSignedCopyIs: (moment: string) => string, nameSignedCopy: string,
 *   fileBundle: string, fileBundleIs: string, nameBundle: string, codeTitle: string, codeText: string, codeLabel: string,
 *   codeReads: string,
 *   worthTitle: string, assurance: Record<string, string>, assuranceOther: string, proves: string, doesNotProve: string,
 *   wouldLift: string, level: (level: string) => string,
 *   messages: Record<MessageName, Message>, expiredOn: (moment: string) => string,
 *   about: (title: string, organisation: string) => string,
 *   tryAgain: string, tryNow: string, backToDocument: string, retryIn: (seconds: number) => string
 * }} Words
 */

/** @type {Words} */
export const words = {
  language: 'nl',
  skip: 'Naar de inhoud',
  languageSwitch: 'Taal',
  colophon:
    'Deze pagina plaatst geen cookies en haalt niets op bij andere partijen. Uw persoonlijke link blijft in dit tabblad.',
  brandFallback: 'Een document voor u',
  loading: 'Het document wordt opgehaald.',
  loadingTitle: 'Bezig met ophalen',
  ready: (title) => `Het document is er: ${title}`,
  documentTitle: (place, about) => `${place} – ${about}`,
  places: {
    open: 'Lezen en kiezen',
    confirm: 'Controleer uw antwoord',
    acted: 'Uw antwoord',
    mistake: 'Let op',
  },

  step: (number) =>
    `Stap ${number} van 3: ${['lezen en kiezen', 'controleren', 'bewijs bewaren'][number - 1]}`,
  from: 'Van',
  to: 'voor',
  version: 'Versie',
  validFrom: 'Geldt vanaf',
  answerBy: 'Antwoord uiterlijk',
  readingTime: 'Leestijd',
  minutes: (count) => (count === 1 ? 'ongeveer 1 minuut' : `ongeveer ${count} minuten`),
  onlyIn: (language) =>
    language === 'nl'
      ? 'Uw werkgever heeft deze tekst alleen in het Nederlands gemaakt.'
      : 'Uw werkgever heeft deze tekst alleen in het Engels gemaakt. Leest u geen Engels? Vraag uw werkgever om uitleg voordat u antwoord geeft.',
  asked: 'Wat wordt u gevraagd?',
  askedOf: {
    information:
      'Uw werkgever informeert u. Hij vraagt u te bevestigen dat u de tekst hebt gezien. Daarmee zegt u niet dat u het ermee eens bent.',
    instruction:
      'Uw werkgever geeft u een instructie over het werk. Hij vraagt u te bevestigen dat u de tekst hebt gezien. Daarmee zegt u niet dat u het ermee eens bent.',
    'contract-term':
      'Dit gaat over uw arbeidsvoorwaarden. Uw werkgever vraagt of u akkoord gaat. U mag ook nee zeggen.',
  },
  askedNext:
    'Lees de tekst rustig. Kies daarna onderaan uw antwoord. U kunt stoppen en later terugkomen met dezelfde link.',
  toAnswer: 'Direct naar uw antwoord',
  onThisPage: 'Op deze pagina',

  introduction: 'Inleiding',
  changes: 'Wat is er veranderd?',
  rules: 'De regels',
  rule: 'Regel',
  rulesCount: (count) =>
    count === 1
      ? 'Er is 1 regel. Bij de regel staat hoe strikt hij is:'
      : `Er zijn ${count} regels. Bij elke regel staat hoe strikt hij is:`,
  modality: { must: 'Moet', 'must-not': 'Mag niet', may: 'Mag', advised: 'Advies' },
  modalityMeans: {
    must: 'u bent dit verplicht',
    'must-not': 'dit is verboden',
    may: 'dit is toegestaan',
    advised: 'dit is verstandig, maar niet verplicht',
  },
  time: { 'working-time': 'onder werktijd', 'private-time': 'in uw eigen tijd', always: 'altijd' },
  place: { workplace: 'op de werkplek', elsewhere: 'buiten de werkplek', everywhere: 'overal' },
  account: {
    'company-account': 'met een account van de organisatie',
    'personal-account': 'met een eigen account',
    'any-account': 'met elk account',
  },
  applies: (time, place, account) => `Geldt ${time}, ${place} en ${account}.`,
  sanction: 'Gevolg als u zich hier niet aan houdt:',
  ruleNature: {
    information: 'Deze regel is alleen informatie.',
    instruction: 'Deze regel is een instructie van uw werkgever.',
    'contract-term': 'Deze regel is een arbeidsvoorwaarde.',
  },

  exactDocument: 'Het officiële document',
  documentExplained:
    'Uw antwoord hoort bij precies dit document. De tekst hierboven staat er woord voor woord in. U kunt het bewaren.',
  saveDocument: 'PDF bewaren',
  fingerprint: 'Vingerafdruk van het document (SHA-256)',
  fingerprintExplained:
    'Verandert er ook maar één teken in het document, dan verandert de vingerafdruk. Bij uw antwoord wordt deze vingerafdruk vastgelegd.',
  documentState: {
    checking: 'De vingerafdruk wordt gecontroleerd…',
    same: 'Gecontroleerd op dit apparaat: het document heeft precies deze vingerafdruk.',
    different: 'Het document heeft een andere vingerafdruk. Geef geen antwoord en meld dit bij uw werkgever.',
    unchecked: 'Het document is opgehaald. Deze browser kan de vingerafdruk niet zelf controleren.',
    unavailable: 'Het document kon niet worden opgehaald. Kies ‘PDF bewaren’ om het nog eens te proberen.',
  },
  documentDiffersMistake:
    'U kunt nu niet antwoorden: het opgehaalde document is niet het document waar uw antwoord bij hoort. Laad de pagina opnieuw of meld dit bij uw werkgever.',

  yourAnswer: 'Uw antwoord',
  choose: 'Welk antwoord geeft u?',
  chooseHint: 'Bij elk antwoord staat de precieze zin die wordt vastgelegd.',
  reason: 'Wat is uw reden?',
  reasonOptional: 'Wat is uw reden? (niet verplicht)',
  reasonHint: (length) =>
    `Uw werkgever kan dit lezen. Schrijf geen medische of andere gevoelige gegevens op. Maximaal ${length} tekens.`,
  nothingYet: 'Er wordt nu nog niets vastgelegd. Hierna controleert u eerst uw antwoord.',
  continue: 'Verder naar controleren',
  mistake: 'Let op',
  mistakesTitle: 'U kunt nog niet verder',
  choiceMissing: 'Kies een antwoord.',
  reasonMissing: 'Schrijf uw reden op.',
  textChanged:
    'De tekst is veranderd sinds u de pagina opende. Er is niets vastgelegd. Op deze pagina staat nu de nieuwe tekst. Lees hem en kies opnieuw uw antwoord.',
  reasonRefused: (character) =>
    `Haal dit teken uit uw reden: ${character}. Het kan niet worden vastgelegd. Er is nog niets vastgelegd.`,
  answerRefused:
    'Uw antwoord is niet aangenomen. Er is nog niets vastgelegd. Kijk het na en probeer het opnieuw.',

  checkTitle: 'Controleer uw antwoord',
  checkIntroduction: 'Als u bevestigt, wordt precies deze zin vastgelegd:',
  yourReason: 'Uw reden',
  final: 'Na het bevestigen kunt u uw antwoord niet meer veranderen.',
  confirm: 'Bevestigen en vastleggen',
  back: 'Terug',
  recordedWhat: 'Wat wordt er vastgelegd?',
  recordedList: [
    'uw naam, en het adres waar uw link naartoe is gestuurd',
    'uw keuze, de zin hierboven en uw reden als u die geeft',
    'de vingerafdruk van het document',
    'wanneer de link is verstuurd, wanneer u hem opende en wanneer u antwoordde',
    'welke browser u gebruikt en via wat voor netwerk, maar niet uw internetadres',
  ],
  fingerprintOf: 'De vingerafdruk (SHA-256) van',
  knownHow: 'Hoe weten wij dat u het bent?',
  sending: 'Uw antwoord wordt verstuurd…',

  actedTitle: {
    now: 'Uw antwoord is vastgelegd',
    earlier: 'U hebt al geantwoord',
    'refused-second': 'Er stond al een antwoord',
  },
  actedText: {
    now: 'Bewaar nu uw bewijs. Daarna kunt u deze pagina sluiten.',
    earlier: 'U hoeft niets meer te doen. Hieronder staat wat er is vastgelegd.',
    'refused-second':
      'Het antwoord dat u net gaf, is niet vastgelegd. Het eerdere antwoord blijft staan. Hebt u dat niet zelf gegeven? Meld het direct bij uw werkgever.',
  },
  recordedTitle: 'Wat is er vastgelegd?',
  choiceIs: 'Antwoord',
  choice: {
    seen: 'Gezien',
    agreed: 'Akkoord',
    'agreed-conditionally': 'Alleen akkoord onder een voorwaarde',
    'not-agreed': 'Niet akkoord',
    declined: 'Geen antwoord gegeven',
  },
  recordedAt: 'Vastgelegd op',
  dutchTime: '(Nederlandse tijd)',
  by: 'Op naam van',
  entry: 'Plaats in het register',
  entryNumber: (index, size) => `nummer ${index}, toen het register ${size} regels had`,

  keepTitle: 'Bewaar uw bewijs',
  keepText: 'Met deze bestanden kunt u later laten zien wat u hebt geantwoord, en waarop.',
  keepWhere: 'Bewaar ze ook buiten de systemen van uw werkgever,',
  keepWhy:
    'bijvoorbeeld op uw eigen telefoon of in uw eigen mail. Dan hebt u ze nog als u hier niet meer werkt. Met dezelfde link kunt u ze later opnieuw ophalen.',
  save: 'Bewaren',
  saving: 'Wordt opgehaald…',
  saved: 'Opgehaald. Kijk bij uw downloads.',
  saveFailed: 'Dat lukte niet. Probeer het opnieuw.',
  notYet: 'Dit is er nog niet. Probeer het over een uur opnieuw met dezelfde link.',
  fileReceipt: 'Ontvangstbewijs (PDF)',
  fileReceiptIs: 'Om te lezen en te laten zien. Verzegeld met de digitale sleutel van uw werkgever.',
  fileProof: 'Bewijsbestand (.tlog-proof)',
  fileProofIs:
    'Voor een deskundige. Toont aan dat uw antwoord in het register staat, ook als deze dienst er niet meer is.',
  fileDocument: 'Het document zelf (PDF)',
  fileDocumentIs: 'De tekst waar uw antwoord bij hoort.',
  nameReceipt: 'ontvangstbewijs',
  nameProof: 'bewijs',
  fileSignedCopy: 'Getekend exemplaar (PDF)',
  fileSignedCopyIs: (moment) =>
    `Het document met een blad erachter waarop staat wie akkoord zijn gegaan. Gemaakt op ${moment} (Nederlandse tijd).`,
  nameSignedCopy: 'getekend-exemplaar',
  fileBundle: 'Sterker bewijs (ZIP)',
  fileBundleIs:
    'Uw bewijs met een tijdstempel van buiten en programma’s om het te controleren. Beschikbaar vanaf ongeveer een uur na uw antwoord; later opnieuw ophalen maakt het sterker.',
  nameBundle: 'bewijsmap',
  codeTitle: 'Of maak een foto van deze code',
  codeText:
    'In de code staat de stand van het register bij uw antwoord. Wordt het register later herschreven, dan klopt het niet meer met uw foto.',
  codeLabel: 'QR-code met de stand van het register',
  codeReads: 'De tekst in de code',

  worthTitle: 'Wat is dit bewijs waard?',
  assurance: {
    'mailbox-employer':
      'U opende deze pagina met een persoonlijke link in een mailbox die uw werkgever beheert. U hebt niet apart ingelogd.',
  },
  assuranceOther: 'In het ontvangstbewijs staat hoe is vastgesteld wie er antwoordde.',
  proves: 'Dit bewijst het',
  doesNotProve: 'Dit bewijst het niet',
  wouldLift: 'Dit zou het sterker maken',
  level: (level) =>
    `Bewijsniveau ${level}, op een schaal van E0 (alleen mondeling) tot E6 (sterkste ondertekening).`,

  messages: {
    invalidLink: {
      title: 'Deze link werkt niet',
      text: [
        'De link is niet compleet of bestaat niet. Er is niets vastgelegd.',
        'Open de link nog eens vanuit het bericht dat u kreeg, of kopieer de hele link. Werkt het dan nog niet? Vraag uw werkgever om een nieuwe link.',
      ],
    },
    expired: {
      title: 'Deze link is verlopen',
      text: [
        'U kunt met deze link niet meer antwoorden. Er is niets vastgelegd.',
        'Wilt u alsnog antwoorden? Vraag uw werkgever om een nieuwe link.',
      ],
    },
    withdrawn: {
      title: 'Dit document is ingetrokken',
      text: [
        'Uw werkgever heeft deze versie ingetrokken. U hoeft niets te doen. Er is met deze link niets vastgelegd.',
        'Komt er een nieuwe versie, dan krijgt u daar een apart bericht over.',
      ],
    },
    openNetwork: {
      title: 'Geen verbinding',
      text: [
        'Het document kon niet worden opgehaald. Controleer uw internetverbinding en probeer het opnieuw.',
      ],
    },
    openBusy: {
      title: 'Het is nu druk',
      text: ['Het document kan nu niet worden opgehaald. U hoeft niets te doen.'],
    },
    openFailed: {
      title: 'Er ging iets mis',
      text: [
        'Het document kon niet worden opgehaald. Dat ligt niet aan u. Probeer het over een paar minuten opnieuw.',
      ],
    },
    sendNetwork: {
      title: 'We weten niet of uw antwoord is aangekomen',
      text: [
        'De verbinding viel weg tijdens het versturen. Controleer uw internetverbinding en probeer het opnieuw.',
        'U kunt dit gerust doen: hetzelfde antwoord wordt nooit twee keer vastgelegd.',
      ],
    },
    sendBusy: {
      title: 'Nog even wachten',
      text: [
        'Het is druk. Uw antwoord is waarschijnlijk nog niet vastgelegd. Houd deze pagina open.',
        'Hetzelfde antwoord wordt nooit twee keer vastgelegd.',
      ],
    },
    sendFailed: {
      title: 'Er ging iets mis bij het vastleggen',
      text: [
        'We weten niet zeker of uw antwoord is vastgelegd. Dat ligt niet aan u. Probeer het opnieuw.',
        'U kunt dit gerust doen: hetzelfde antwoord wordt nooit twee keer vastgelegd.',
      ],
    },
    actedUnread: {
      title: 'Uw antwoord is vastgelegd',
      text: ['De gegevens en het ontvangstbewijs kunnen nu niet worden opgehaald. Probeer het zo opnieuw.'],
    },
  },
  expiredOn: (moment) => `De link werkte tot ${moment} (Nederlandse tijd).`,
  about: (title, organisation) => `Het gaat om ‘${title}’ (${organisation}).`,
  tryAgain: 'Opnieuw proberen',
  tryNow: 'Nu proberen',
  backToDocument: 'Terug naar het document',
  retryIn: (seconds) =>
    seconds === 0
      ? 'We proberen het nu opnieuw.'
      : `We proberen het vanzelf opnieuw over ${seconds} ${seconds === 1 ? 'seconde' : 'seconden'}.`,
}
