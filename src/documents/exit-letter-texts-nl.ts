import type { ExitLetterTexts } from './exit-letter-texts.ts'

export const exitLetterDutch: ExitLetterTexts = {
  title: 'Brief bij het einde van uw werk',
  subtitle: (personName) => `Voor ${personName}`,
  rows: {
    to: 'Aan',
    jobTitle: 'Functie',
    externalId: 'Personeelsnummer',
    lastDay: 'Laatste dag in dienst',
    endedBy: 'Hoe het werk eindigt',
    givenOn: 'Datum van deze brief',
    givenBy: 'Namens de werkgever',
    replaces: 'In plaats van brief',
    until: 'Geldt tot en met',
    list: 'Lijst',
    penalty: 'Afgesproken boete',
    source: 'Staat in',
    documentSha256: 'SHA-256 van dat stuk',
    contact: 'Vraag het aan',
    reach: 'Bereikbaar via',
    reference: 'Kenmerk',
    madeAt: 'Bestand gemaakt op',
    hash: 'SHA-256 van exit-letter.json',
  },
  signer: (name, role, organisation) => `${name}, ${role}, ${organisation}`,
  endedBy: {
    employer: 'De werkgever heeft opgezegd',
    employee: 'U heeft opgezegd',
    agreement: 'U en uw werkgever hebben dit samen afgesproken',
    term: 'Uw contract loopt af',
    court: 'De rechter heeft het contract beëindigd',
    other: 'Op een andere manier',
  },
  short: 'In het kort',
  shortText: ({ organisation, lastDay, count, lastEnd, endless }) => [
    `Uw laatste dag in dienst bij ${organisation} is ${lastDay}.`,
    count === 0
      ? `Volgens deze brief gelden er na die dag geen afspraken uit uw contract meer.`
      : count === 1
        ? 'Na die dag geldt er nog één afspraak uit uw contract. Hieronder leest u welke dat is en tot wanneer.'
        : `Na die dag gelden er nog ${count} afspraken uit uw contract. Hieronder leest u welke dat zijn en tot wanneer.`,
    ...(lastEnd === null ? [] : [`De laatste afspraak met een einddatum geldt tot en met ${lastEnd}.`]),
    ...(endless === 0
      ? []
      : [
          endless === 1
            ? 'Eén afspraak heeft geen einddatum.'
            : `${endless} afspraken hebben geen einddatum.`,
        ]),
    'Deze brief maakt geen nieuwe afspraken. Wat u heeft afgesproken, staat in het stuk dat u heeft getekend.',
  ],
  overview: 'Wat nog geldt, en tot wanneer',
  overviewColumns: ['Afspraak', 'Staat in', 'Geldt tot en met'],
  untilDay: (day) => day,
  noEnd: 'Er is geen einddatum afgesproken',
  annexMark: (mark) => `Bijlage ${mark}`,
  about: {
    relatiebeding: 'Deze afspraak gaat over zakelijk contact met relaties van uw werkgever.',
    concurrentiebeding: 'Deze afspraak gaat over werk dat lijkt op het werk van uw werkgever.',
    ronselbeding: 'Deze afspraak gaat over het werven van mensen die bij uw werkgever werken.',
    geheimhoudingsbeding: 'Deze afspraak gaat over informatie die u geheim houdt.',
    boetebeding: 'Deze afspraak gaat over de boete als u zich niet aan een andere afspraak houdt.',
    nevenwerkzaamhedenbeding: 'Deze afspraak gaat over ander werk naast uw baan.',
    wijzigingsbeding: 'Deze afspraak gaat over wanneer uw werkgever uw contract mag veranderen.',
    'social-mediabeding': 'Deze afspraak gaat over wat u deelt op sociale media.',
  },
  wordsLead: 'Dit is de tekst die u heeft getekend:',
  source: (mark, title) => `Bijlage ${mark}: ${title}`,
  penalty: (amount, perDay) =>
    perDay === null
      ? `€ ${amount} voor elke overtreding`
      : `€ ${amount} voor elke overtreding en € ${perDay} voor elke dag dat die duurt`,
  list: (mark, day) => `Bijlage ${mark}, zoals die was op ${day}`,
  listLead: (day) =>
    `Deze namen stonden op de lijst op uw laatste dag, ${day}. Er komen geen namen meer bij.`,
  listColumns: ['Relatie', 'Wat voor relatie', 'Op de lijst sinds', 'Waarom'],
  relationKinds: {
    customer: 'klant',
    supplier: 'leverancier',
    prospect: 'mogelijke klant',
    other: 'andere relatie',
  },
  emptyList: 'Op uw laatste dag stond er niemand op deze lijst.',
  notClaimed: 'Waar deze brief u niet aan houdt',
  notClaimedLead: (organisation) =>
    `Over deze afspraken vraagt ${organisation} met deze brief niets van u. Er staat bij waarom.`,
  notClaimedColumns: ['Afspraak', 'Waarom'],
  why: {
    'ends-with-work': 'Deze afspraak geldt alleen zolang u in dienst bent.',
    'not-invoked': 'Uw werkgever houdt u hier niet aan.',
    'employer-fault': 'Het werk eindigde door de schuld van de werkgever. Dan mag die u hier niet aan houden (artikel 7:653 lid 4 BW).', // prettier-ignore
    'fault-disputed':
      'U en uw werkgever zijn het niet eens over wie schuld heeft aan het einde. Een jurist kijkt hiernaar.',
    blocked: 'Bij de controle van deze afspraak is een gebrek gevonden.',
    denied:
      'Er is gezegd dat de handtekening niet van u is. Zolang dat niet is opgelost, rust hier niets op.',
    imported: 'Deze afspraak staat in een oud stuk. Deze dienst heeft niet zelf gezien dat u dat tekende.',
    'not-signed': 'Deze afspraak is niet door u en uw werkgever getekend.',
    'covers-nothing': 'De afspraken waar deze boete bij hoort, gelden na uw laatste dag niet.',
    'not-certain': 'Het is nog niet zeker of deze afspraak geldt. Een jurist kijkt hiernaar.',
  },
  always: 'Wat u altijd mag',
  alwaysLead: 'Geen enkele afspraak verbiedt u om:',
  alwaysItems: [
    'een misstand te melden, ook bij een instantie buiten het bedrijf;',
    'te zeggen wat een wet of een rechter u vraagt te zeggen;',
    'advies te vragen aan een advocaat of aan uw vakbond;',
    'met een arts te praten.',
  ],
  questions: 'Heeft u vragen?',
  questionsText:
    'Weet u niet zeker of iets mag? Vraag het eerst. Denkt u dat iets in deze brief niet klopt? Zeg dat dan. U kunt ook zelf juridisch advies vragen.',
  seenNote: 'Zeggen dat u deze brief heeft gezien, is niet hetzelfde als het ermee eens zijn.',
  aboutLetter: 'Over dit document',
  aboutText: (organisation) => [
    `${organisation} geeft u deze brief. De teksten van de afspraken en de lijsten zijn letterlijk overgenomen uit de stukken die erbij staan. Alleen een rechter kan beslissen of een afspraak geldig is en hoe ver die gaat.`,
    'Dit bestand bewijst niet dat iemand het heeft ontvangen of gelezen, of het ermee eens is. Alles wat erin staat, zit ook als gegevens in het bestand exit-letter.json in dit document; de SHA-256 hieronder is van precies dat bestand.',
  ],
  attachment: 'De inhoud van deze brief als canonieke JSON (RFC 8785)',
}
