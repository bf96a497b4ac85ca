/** The words around a text that is read: what is asked, the rules, the changes, the documents. */
const nl = {
  place: 'Lezen en kiezen',
  steps: ['lezen en kiezen', 'controleren', 'bewijs bewaren'],
  step: (number: number, names: readonly string[]) => `Stap ${number} van 3: ${names[number - 1]}`,
  version: 'Versie',
  validFrom: 'Geldt vanaf',
  answerBy: 'Antwoord uiterlijk',
  readingTime: 'Leestijd',
  minutes: (count: number) => (count === 1 ? 'ongeveer 1 minuut' : `ongeveer ${count} minuten`),
  asked: 'Wat wordt u gevraagd?',
  askedOf: {
    information:
      'Uw werkgever informeert u. Hij vraagt u te bevestigen dat u de tekst hebt gezien. Daarmee zegt u niet dat u het ermee eens bent.',
    instruction:
      'Uw werkgever geeft u een instructie over het werk. Hij vraagt u te bevestigen dat u de tekst hebt gezien. Daarmee zegt u niet dat u het ermee eens bent.',
    'contract-term':
      'Dit gaat over uw arbeidsvoorwaarden. Uw werkgever vraagt of u akkoord gaat. U mag ook nee zeggen.',
    penalty:
      'Dit gaat over een boete in uw contract. Uw werkgever vraagt of u akkoord gaat. U mag ook nee zeggen.',
    covenant:
      'Dit is een beding in uw contract dat u iets verbiedt, ook als u hier niet meer werkt. Het geldt alleen als u er apart mee akkoord gaat. U mag ook nee zeggen.',
    'statutory-statement':
      'De wet vraagt dat u deze verklaring zelf ondertekent. Uw werkgever vraagt of u dat doet. U mag ook nee zeggen.',
    settlement:
      'Dit is een afspraak over het einde van uw werk. Uw werkgever vraagt of u akkoord gaat. U mag ook nee zeggen, en u mag eerst advies vragen.',
    'data-consent':
      'Uw werkgever vraagt toestemming om gegevens van u te gebruiken. U mag nee zeggen, en u mag later uw toestemming intrekken.',
    warning:
      'Dit is een waarschuwing van uw werkgever. Hij vraagt u te bevestigen dat u hem hebt gezien. Daarmee zegt u niet dat u het ermee eens bent.',
    notice: 'Dit is een aanzegging van uw werkgever. Hij vraagt u te bevestigen dat u hem hebt gezien.',
  } as Record<string, string>,
  stake: 'Wat staat er op het spel?',
  stakeOf: {
    information: 'Er verandert niets in uw contract. Uw antwoord laat alleen zien dat u de tekst kent.',
    instruction:
      'Een instructie geldt ook zonder uw akkoord, zolang zij redelijk is. Uw antwoord laat zien dat u haar kent.',
    'contract-term':
      'Gaat u akkoord, dan hoort deze tekst bij uw contract. Gaat u niet akkoord, dan verandert uw contract niet door dit antwoord.',
    penalty: 'Gaat u akkoord, dan kan uw werkgever een boete vragen als u zich niet aan de afspraak houdt.',
    covenant:
      'Gaat u akkoord, dan kan dit u beperken in ander werk of in contact met klanten, ook later. Vraag advies als u twijfelt.',
    'statutory-statement': 'Zonder uw handtekening geldt deze verklaring niet.',
    settlement:
      'Gaat u akkoord, dan eindigt uw werk zoals in de tekst staat. U hebt daarna nog 14 dagen om u te bedenken (artikel 7:670b BW).',
    'data-consent': 'Zegt u nee, dan mag dat geen nadeel voor u hebben.',
    warning:
      'Uw werkgever bewaart de waarschuwing. U kunt erbij schrijven hoe u het ziet. Dat wordt ook bewaard.',
    notice: 'De aanzegging geldt ook zonder uw antwoord.',
  } as Record<string, string>,
  askedNext:
    'Lees de tekst rustig. Kies daarna onderaan uw antwoord. U kunt stoppen en later verdergaan, ook op een ander apparaat, met dezelfde link.',
  toAnswer: 'Direct naar uw antwoord',
  onThisPage: 'Op deze pagina',
  introduction: 'Inleiding',
  changes: 'Wat is er veranderd?',
  changesSince: (version: number, day: string) =>
    `U ging op ${day} akkoord met versie ${version}. Dit is er sindsdien anders:`,
  changesSinceSeen: (version: number, day: string) =>
    `U zag op ${day} versie ${version}. Dit is er sindsdien anders:`,
  noneChanged: 'Aan de regels zelf is niets veranderd.',
  change: { added: 'Nieuw', removed: 'Vervallen', changed: 'Veranderd', moved: 'Verplaatst' },
  changeWas: 'Was',
  changeIs: 'Is nu',
  employerSays: 'Zo vat uw werkgever het samen:',
  rules: 'De regels',
  rule: 'Regel',
  rulesCount: (count: number) =>
    count === 1
      ? 'Er is 1 regel. Bij de regel staat hoe strikt hij is:'
      : `Er zijn ${count} regels. Bij elke regel staat hoe strikt hij is:`,
  modality: { must: 'Moet', 'must-not': 'Mag niet', may: 'Mag', advised: 'Advies' } as Record<string, string>,
  modalityMeans: {
    must: 'u bent dit verplicht',
    'must-not': 'dit is verboden',
    may: 'dit is toegestaan',
    advised: 'dit is verstandig, maar niet verplicht',
  } as Record<string, string>,
  scope: {
    'working-time': 'onder werktijd',
    'private-time': 'in uw eigen tijd',
    always: 'altijd',
    workplace: 'op de werkplek',
    elsewhere: 'buiten de werkplek',
    everywhere: 'overal',
    'company-account': 'met een account van de organisatie',
    'personal-account': 'met een eigen account',
    'any-account': 'met elk account',
  } as Record<string, string>,
  applies: (time: string, place: string, account: string) => `Geldt ${time}, ${place} en ${account}.`,
  sanction: 'Gevolg als u zich hier niet aan houdt:',
  ruleNature: {
    information: 'Deze regel is alleen informatie.',
    instruction: 'Deze regel is een instructie van uw werkgever.',
    'contract-term': 'Deze regel is een arbeidsvoorwaarde.',
  } as Record<string, string>,
  exactDocument: 'Het officiële document',
  exactDocuments: 'De officiële documenten',
  documentExplained:
    'Uw antwoord hoort bij precies dit document. De tekst hierboven staat er woord voor woord in. U kunt het bewaren.',
  documentsExplained:
    'Uw antwoord hoort bij precies deze documenten, samen. Lees ze allemaal. U kunt ze bewaren.',
  mainDocument: 'Hoofdtekst',
  annex: (mark: string) => `Bijlage ${mark}`,
  referredTo: (text: string, page: number) => `In de hoofdtekst genoemd op bladzijde ${page}: ‘${text}’`,
  notReferredTo: 'De hoofdtekst noemt deze bijlage niet.',
  saveDocument: 'PDF bewaren',
  fingerprint: 'Vingerafdruk van het document (SHA-256)',
  fingerprintExplained:
    'Verandert er ook maar één teken in het document, dan verandert de vingerafdruk. Bij uw antwoord wordt deze vingerafdruk vastgelegd.',
  checkSame: 'Gecontroleerd op dit apparaat: het document heeft precies deze vingerafdruk.',
  checkDifferent:
    'Het document heeft een andere vingerafdruk. Geef geen antwoord en meld dit bij uw werkgever.',
  checkImpossible:
    'Op dit apparaat is de vingerafdruk niet nagerekend. U kunt dat zelf doen met elk programma dat SHA-256 kent.',
}

export type ReadingWords = typeof nl

const en: ReadingWords = {
  place: 'Read and choose',
  steps: ['read and choose', 'check', 'keep your proof'],
  step: (number, names) => `Step ${number} of 3: ${names[number - 1]}`,
  version: 'Version',
  validFrom: 'Applies from',
  answerBy: 'Answer by',
  readingTime: 'Reading time',
  minutes: (count) => (count === 1 ? 'about 1 minute' : `about ${count} minutes`),
  asked: 'What are you asked to do?',
  askedOf: {
    information:
      'Your employer informs you, and asks you to confirm that you have seen the text. By doing so you do not say that you agree with it.',
    instruction:
      'Your employer gives you an instruction about the work, and asks you to confirm that you have seen the text. By doing so you do not say that you agree with it.',
    'contract-term':
      'This is about your terms of employment. Your employer asks whether you agree. You may also say no.',
    penalty:
      'This is about a fine in your contract. Your employer asks whether you agree. You may also say no.',
    covenant:
      'This is a clause in your contract that forbids you something, also when you no longer work here. It holds only if you agree to it separately. You may also say no.',
    'statutory-statement':
      'The law asks that you sign this statement yourself. Your employer asks whether you do. You may also say no.',
    settlement:
      'This is an agreement about the end of your work. Your employer asks whether you agree. You may also say no, and you may ask for advice first.',
    'data-consent':
      'Your employer asks for permission to use data about you. You may say no, and you may take your permission back later.',
    warning:
      'This is a warning from your employer, who asks you to confirm that you have seen it. By doing so you do not say that you agree with it.',
    notice: 'This is a notice from your employer, who asks you to confirm that you have seen it.',
  },
  stake: 'What is at stake?',
  stakeOf: {
    information: 'Nothing changes in your contract. Your answer only shows that you know the text.',
    instruction:
      'An instruction applies without your agreement too, as long as it is reasonable. Your answer shows that you know it.',
    'contract-term':
      'If you agree, this text becomes part of your contract. If you do not agree, this answer does not change your contract.',
    penalty: 'If you agree, your employer can ask for a fine when you do not keep to what was agreed.',
    covenant:
      'If you agree, this can limit you in other work or in contact with customers, later too. Ask for advice if you are in doubt.',
    'statutory-statement': 'Without your signature this statement does not hold.',
    settlement:
      'If you agree, your work ends as the text says. After that you have 14 days to change your mind (article 7:670b of the Dutch Civil Code).',
    'data-consent': 'If you say no, that may not be held against you.',
    warning: 'Your employer keeps the warning. You can write down how you see it. That is kept too.',
    notice: 'The notice holds without your answer too.',
  },
  askedNext:
    'Take your time to read the text. Then choose your answer at the bottom. You can stop and go on later, on another device too, with the same link.',
  toAnswer: 'Go straight to your answer',
  onThisPage: 'On this page',
  introduction: 'Introduction',
  changes: 'What has changed?',
  changesSince: (version, day) => `On ${day} you agreed to version ${version}. This is different since then:`,
  changesSinceSeen: (version, day) => `On ${day} you saw version ${version}. This is different since then:`,
  noneChanged: 'Nothing has changed in the rules themselves.',
  change: { added: 'New', removed: 'Dropped', changed: 'Changed', moved: 'Moved' },
  changeWas: 'Was',
  changeIs: 'Is now',
  employerSays: 'Your employer sums it up like this:',
  rules: 'The rules',
  rule: 'Rule',
  rulesCount: (count) =>
    count === 1
      ? 'There is 1 rule. Beside it you see how strict it is:'
      : `There are ${count} rules. Beside each rule you see how strict it is:`,
  modality: { must: 'Must', 'must-not': 'Must not', may: 'May', advised: 'Advised' },
  modalityMeans: {
    must: 'you have to do this',
    'must-not': 'this is forbidden',
    may: 'this is allowed',
    advised: 'this is sensible, but you do not have to',
  },
  scope: {
    'working-time': 'during working time',
    'private-time': 'in your own time',
    always: 'at all times',
    workplace: 'at the workplace',
    elsewhere: 'away from the workplace',
    everywhere: 'everywhere',
    'company-account': 'with an account of the organisation',
    'personal-account': 'with an account of your own',
    'any-account': 'with any account',
  },
  applies: (time, place, account) => `Applies ${time}, ${place} and ${account}.`,
  sanction: 'What follows if you do not keep to this:',
  ruleNature: {
    information: 'This rule is information only.',
    instruction: 'This rule is an instruction from your employer.',
    'contract-term': 'This rule is a term of employment.',
  },
  exactDocument: 'The official document',
  exactDocuments: 'The official documents',
  documentExplained:
    'Your answer belongs to exactly this document. The text above is in it word for word. You can save it.',
  documentsExplained:
    'Your answer belongs to exactly these documents, together. Read all of them. You can save them.',
  mainDocument: 'Main text',
  annex: (mark) => `Annex ${mark}`,
  referredTo: (text, page) => `Named in the main text on page ${page}: ‘${text}’`,
  notReferredTo: 'The main text does not name this annex.',
  saveDocument: 'Save the PDF',
  fingerprint: 'Fingerprint of the document (SHA-256)',
  fingerprintExplained:
    'If a single character of the document changes, the fingerprint changes. This fingerprint is recorded with your answer.',
  checkSame: 'Checked on this device: the document has exactly this fingerprint.',
  checkDifferent:
    'The document has a different fingerprint. Do not answer, and report this to your employer.',
  checkImpossible:
    'The fingerprint was not computed on this device. You can do that yourself with any program that knows SHA-256.',
}

export const readingWords = { nl, en }
