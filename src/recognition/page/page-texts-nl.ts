import type { PageTexts } from './page-texts.ts'

const numbers = new Intl.NumberFormat('nl-NL')
const count = (bytes: number): string => (bytes === 1 ? '1 byte' : `${numbers.format(bytes)} bytes`)

export const dutch: PageTexts = {
  language: 'nl',
  languageSwitch: 'Taal',
  skip: 'Naar de inhoud',
  title: 'Controleer een PDF',
  introduction: [
    'Hebt u een PDF van een werkgever die met deze dienst is gemaakt? Bijvoorbeeld een regeling of een ontvangstbewijs. Hier ziet u of het bestand echt is, en of er iets aan is veranderd.',
  ],
  fileLabel: 'PDF-bestand',
  fileHelp:
    'Eén bestand van hoogstens 25 MB. Kies het bestand zoals u het hebt gekregen. Een foto of een scan van papier kan niemand zo controleren.',
  submit: 'Controleer dit bestand',
  busy: 'Het bestand wordt gecontroleerd. Dat duurt een paar tellen.',
  chosen: 'Gekozen:',
  dropHere: 'U kunt het bestand ook naar dit vak slepen.',
  tooLargeHere:
    'Dit bestand is groter dan 25 MB. Wij maken geen PDF’s die zo groot zijn. Kies een ander bestand.',
  noFileHere: 'Kies eerst een bestand.',
  fromPaper: (index) =>
    `U komt van de code op een ontvangstbewijs. Het nummer in het logboek is ${index}. Kies hier de PDF van dat bewijs: dan zeggen wij ook of het hetzelfde bewijs is.`,
  aboutTitle: 'Wat er gebeurt',
  about: [
    'Uw bestand gaat naar deze dienst. Wij vergelijken het met wat wij zelf bewaren en controleren het zegel.',
    'Wij bewaren uw bestand niet.',
    'Iedereen die het bestand heeft, mag dit vragen. U krijgt alleen iets te horen over dit bestand.',
  ],
  offlineTitle: 'Controleren zonder ons te vertrouwen',
  offline:
    'Deze pagina vraagt het aan de dienst zelf. U moet dus op ons vertrouwen. Wilt u dat niet? Dan is er een pagina die op uw eigen apparaat controleert. Uw bestand gaat dan nergens heen. U hebt er wel de sleutels van de organisatie voor nodig, liefst van iemand anders dan wij: een ondernemingsraad of een vakbond.',
  offlineLink: 'Controleer op uw eigen apparaat',
  another: 'Controleer nog een bestand',
  verdicts: {
    identical: {
      title: 'Dit bestand is echt',
      text: ['Het is byte voor byte het bestand dat is uitgegeven. Er is niets aan veranderd.'],
    },
    older: {
      title: 'Dit bestand is echt, en er is een nieuwer exemplaar',
      text: [
        'Het is byte voor byte een bestand dat is uitgegeven. Er is niets aan veranderd.',
        'Wij hebben er later bewijs achter gezet, zoals een zegel of een tijdstempel. De inhoud bleef gelijk.',
      ],
    },
    identicalOpen: {
      title: 'Dit bestand hebben wij ook, maar niet elke controle is geslaagd',
      text: ['Het is precies een bestand dat wij bewaren. Hieronder staat welke controle niet is geslaagd.'],
    },
    sealedUnknown: {
      title: 'Het zegel klopt, maar wij hebben dit bestand niet',
      text: [
        'Alle controles zijn geslaagd: het bestand is verzegeld en daarna niet veranderd. Maar de organisatie heeft het niet, of niet meer. Misschien is het gewist omdat de bewaartijd voorbij was.',
      ],
    },
    altered: {
      title: 'Dit bestand is veranderd',
      text: ['Het lijkt op een document dat is uitgegeven, maar het is niet hetzelfde. Vertrouw er niet op.'],
    },
    'unknown-document': {
      title: 'Wij kennen dit bestand niet',
      text: [
        'Het noemt een organisatie die wij kennen. Maar die organisatie heeft dit bestand niet, of niet meer, en niet alle controles zijn geslaagd.',
      ],
    },
    'unknown-organisation': {
      title: 'Wij kennen de organisatie in dit bestand niet',
      text: [
        'Misschien is het bestand met een andere installatie van deze dienst gemaakt. Vraag het aan de afzender.',
      ],
    },
    'no-organisation': {
      title: 'Dit is geen bestand van ons',
      text: [
        'Wij vinden er geen zegel in van een organisatie die met deze dienst werkt.',
        'Is het een scan, een afdruk naar PDF of een opnieuw opgeslagen kopie? Dan is het zegel weg. Kies het bestand zoals u het hebt gekregen.',
      ],
    },
  },
  by: (organisation) => `Uitgegeven door: ${organisation}`,
  changeTitle: 'Wat er is veranderd',
  change: {
    equal: (bytes) => `De eerste ${count(bytes)} zijn gelijk aan ons document. Daarna is het anders.`,
    different: (bytes) =>
      bytes === 1 ? 'Precies 1 byte is anders.' : `In totaal zijn ${count(bytes)} anders.`,
    inDocument: 'Het verschil zit in het document zelf. Er kan dus iets anders staan dan wij hebben gemaakt.',
    renderedIntact: 'Het document zonder het zegel is heel. Het zegel dat erachter staat, is niet het onze.',
    revisionIntact: (number, steps) =>
      `Het document met zegel is heel, tot en met stap ${number} van ${steps}. Daarna komt iets dat wij niet kennen.`,
    added: (bytes) =>
      `Alles wat van ons is, is heel. Maar er staan ${count(bytes)} achter die niet van ons zijn. Daardoor kan een programma iets anders laten zien.`,
    cutOff: 'Het einde van het bestand ontbreekt. Misschien is het niet helemaal opgehaald.',
    advice: 'Vraag de organisatie om het bestand opnieuw te geven.',
  },
  stopped:
    'De binnenkant van dit bestand konden wij niet controleren: het vraagt meer tijd of geheugen dan een document van ons ooit doet.',
  paperTitle: 'De code op papier',
  paper: {
    same: 'De code en dit bestand horen bij elkaar: het is hetzelfde ontvangstbewijs.',
    other:
      'De code en dit bestand horen niet bij elkaar. Op het papier staat een ander bewijs dan in dit bestand.',
    open: 'Wij kunnen niet zeggen of de code bij dit bestand hoort: er zit geen ontvangstbewijs in dat klopt.',
  },
  factsTitle: 'Over dit bestand',
  names: {
    organisation: 'Organisatie',
    kind: 'Soort document',
    documentTitle: 'Titel',
    documentLanguage: 'Taal',
    step: 'Exemplaar',
    level: 'Bewijskracht',
    size: 'Grootte',
    sha256: 'Vingerafdruk (SHA-256)',
  },
  kinds: {
    'policy-edition': 'regeling',
    receipt: 'ontvangstbewijs',
    annex: 'wijziging van een contract',
    'executed-copy': 'getekende wijziging van een contract',
    warning: 'waarschuwing',
    'dossier-report': 'verslag van een dossier',
    'exit-letter': 'brief bij het einde van het werk',
  },
  languages: { nl: 'Nederlands', en: 'Engels' },
  step: (number, newest) =>
    number === newest ? `het nieuwste (stap ${number})` : `stap ${number}; het nieuwste is stap ${newest}`,
  level: (level) =>
    ({
      'B-B': 'verzegeld; het tijdstip is door de maker gezegd (B-B)',
      'B-T': 'verzegeld, met een tijdstempel (B-T)',
      'B-LT': 'verzegeld, met tijdstempel en gegevens om later te controleren (B-LT)',
      'B-LTA': 'verzegeld, met tijdstempel, gegevens voor later en een stempel voor de lange duur (B-LTA)',
    })[level ?? ''] ??
    level ??
    'nog niet verzegeld',
  bytes: count,
  checksTitle: 'De controles',
  checksResult: (passed, all) =>
    passed === all
      ? `Alle ${all} controles zijn geslaagd.`
      : `Van ${all} controles zijn er ${passed} geslaagd.`,
  checksOpen: 'Niet geslaagd',
  checksAll: (checks) => `Alle controles (${checks})`,
  checksNote: 'De uitleg bij elke controle is in het Engels.',
  outcomes: { PASSED: 'GESLAAGD', FAILED: 'MISLUKT', INDETERMINATE: 'ONBESLIST' },
  statedTitle: 'Wat het bestand zelf zegt',
  statedUnreliable: 'Niet alle controles zijn geslaagd. Vertrouw hier dus niet op.',
  limitsTitle: 'Wat dit niet bewijst',
  limit:
    'Deze uitkomst komt van de dienst die het bestand ook heeft gemaakt. Het is geen oordeel over uw recht.',
  refusals: {
    empty: {
      title: 'Er is geen bestand',
      text: ['U hebt geen bestand gekozen, of het bestand is leeg. Kies de PDF en probeer het opnieuw.'],
    },
    zip: {
      title: 'Dit is geen PDF maar een ZIP',
      text: [
        'Misschien is het een dossier. Een dossier controleert u op uw eigen apparaat, met de pagina hieronder. Er hoeft dan niets verstuurd te worden.',
      ],
    },
    proof: {
      title: 'Dit is geen PDF maar een los bewijs',
      text: ['Een bewijs (.tlog-proof) controleert u op uw eigen apparaat, met de pagina hieronder.'],
    },
    'not-pdf': {
      title: 'Dit is geen PDF',
      text: [
        'Kies het PDF-bestand zelf, zoals u het hebt gekregen. Geen foto, en geen document van een tekstprogramma.',
      ],
    },
    'too-large': {
      title: 'Dit bestand is te groot',
      text: ['Een bestand mag hoogstens 25 MB zijn. Wij maken geen PDF’s die groter zijn.'],
    },
    'not-examined': {
      title: 'Dit bestand kan hier niet worden gecontroleerd',
      text: [
        'Het vraagt meer tijd of geheugen dan een document van ons ooit doet. Wij zeggen er daarom niets over. Probeer de pagina hieronder.',
      ],
    },
    'too-many': {
      title: 'Even wachten',
      text: ['Er kwamen te veel bestanden van uw netwerk. Probeer het over een minuut opnieuw.'],
    },
    busy: {
      title: 'Het is nu druk',
      text: ['Er worden nu veel bestanden gecontroleerd. Probeer het over een paar tellen opnieuw.'],
    },
    failed: {
      title: 'Dat is niet gelukt',
      text: ['Wij konden uw vraag niet goed ontvangen. Kies het bestand opnieuw.'],
    },
  },
}
