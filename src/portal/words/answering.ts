/** The words of choosing, of confirming, and of what is kept afterwards. */
const nl = {
  yourAnswer: 'Uw antwoord',
  yourAnswers: 'Uw antwoorden',
  separately: (count: number) =>
    `Er worden u ${count} dingen gevraagd. U antwoordt op elk onderdeel apart. Ja op het ene is geen ja op het andere.`,
  part: (number: number, count: number) => `Onderdeel ${number} van ${count}`,
  main: 'Het geheel',
  choose: 'Welk antwoord geeft u?',
  chooseFor: (subject: string) => `Welk antwoord geeft u op: ${subject}?`,
  chooseHint: 'Bij elk antwoord staat de precieze zin die wordt vastgelegd.',
  nothingYet: 'Er wordt nu nog niets vastgelegd. Hierna controleert u eerst uw antwoord.',
  continue: 'Verder naar controleren',
  answered: 'U hebt hierop geantwoord',
  seeProof: 'Bekijk uw bewijs',
  notForMe: 'Dit is niet voor mij',
  notForMeHint: 'Bent u een ander dan hier staat? Meld het, dan weet uw werkgever dat dit verkeerd is bezorgd.',

  readFirst: 'Neem eerst de tijd om te lezen',
  answerFrom: (time: string) =>
    `Bij dit onderwerp hoort een leestijd. U kunt antwoorden vanaf ${time}. Laad de pagina dan opnieuw.`,
  answerFromNote: (time: string) => `Bij dit onderwerp hoort een leestijd. U kunt antwoorden vanaf ${time}.`,

  knownTitle: 'Hoe weten wij dat u het bent?',
  knownNow: (how: string) => `U bent nu herkend door ${how}.`,
  neededTitle: 'Eerst beter laten zien dat u het bent',
  needed: (how: string) =>
    `Voor dit onderwerp is meer zekerheid nodig: ten minste ${how}. Dat beschermt u: dan kan niemand in uw plaats antwoorden.`,
  ways: 'Kies hoe u dat doet:',
  way: {
    'passkey-new': 'Maak een toegangssleutel op dit apparaat (vinger, gezicht of pincode)',
    'private-mailbox': 'Met een code in uw eigen mailbox',
    totp: 'Met een code van de app op uw telefoon',
    sso: 'Met de inlog van uw werk',
    qualified: 'Met een gekwalificeerde handtekening. Vraag uw werkgever hoe.',
    paper: 'Liever op papier? Vraag het uw werkgever. Dat mag altijd.',
  },
  weak: 'Zo herkend kunt u antwoorden. In uw bewijs staat eerlijk dat dit zwak is: wie uw mailbox kan openen, kon dit ook doen.',
  stronger: 'Wilt u sterker bewijs? Maak eerst een toegangssleutel op dit apparaat',

  confirmPlace: 'Controleer uw antwoord',
  confirmTitle: 'Controleer uw antwoord',
  confirmIntroduction: 'Als u bevestigt, wordt precies deze zin vastgelegd:',
  reason: 'Wat is uw reden?',
  reasonOptional: 'Wilt u er iets bij schrijven? (niet verplicht)',
  condition: 'Wat is uw voorwaarde?',
  conditionHint:
    'Schrijf op waaronder u wel akkoord zou gaan. Let op: dit telt niet als akkoord. Uw werkgever kan u daarna een nieuw voorstel doen.',
  reasonHint: (length: number) =>
    `Uw werkgever kan dit lezen. Schrijf geen medische of andere gevoelige gegevens op. Maximaal ${length} tekens.`,
  agreedNoRemark:
    'Wilt u een voorwaarde of opmerking toevoegen? Ga dan terug en kies ‘alleen akkoord onder een voorwaarde’.',
  final: 'Na het bevestigen kunt u uw antwoord niet meer veranderen.',
  confirm: 'Bevestigen en vastleggen',
  confirmSign: 'Ondertekenen met uw toegangssleutel',
  signExplained:
    'Uw apparaat vraagt om uw vinger, gezicht of pincode. Het ondertekent precies de zin hierboven en de vingerafdruk van het document.',
  signOptional:
    'U kunt ondertekenen met uw toegangssleutel. Dan staat vast dat u het was. Uw apparaat vraagt om uw vinger, gezicht of pincode.',
  signOptionalNeedsScript: 'Ondertekenen met een toegangssleutel kan alleen met JavaScript. Bevestigen kan ook zonder.',
  confirmWithout: 'Bevestigen zonder ondertekening',
  signNeedsScript:
    'Ondertekenen met een toegangssleutel kan alleen met JavaScript. Zet JavaScript aan en laad de pagina opnieuw.',
  signUnsupported:
    'Deze browser kent geen toegangssleutels. Probeer het op uw telefoon of in een nieuwere browser. Met dezelfde link gaat u daar verder.',
  signing: 'Volg de stappen op uw apparaat…',
  signCancelled: 'Het ondertekenen is gestopt. Er is niets vastgelegd. U kunt het opnieuw proberen.',
  changeAnswer: 'Ander antwoord kiezen',
  recordedWhat: 'Wat wordt er vastgelegd?',
  recordedList: [
    'uw naam, en het adres waar uw link naartoe is gestuurd',
    'uw keuze, de zin hierboven en wat u erbij schrijft',
    'de vingerafdruk van het document en van deze pagina',
    'wanneer de link is verstuurd, wanneer u hem opende en wanneer u antwoordde',
    'hoe u bent herkend, en hoe sterk dat is',
    'welke browser u gebruikt en via wat voor netwerk, maar niet uw internetadres',
  ],
  fingerprintOf: 'De vingerafdruk (SHA-256) van',
  mistakesTitle: 'U kunt nog niet verder',
  choiceMissing: 'Kies een antwoord.',
  reasonMissing: 'Schrijf uw reden op.',
  conditionMissing: 'Schrijf uw voorwaarde op.',
  reasonTooLong: (length: number) => `Uw tekst is te lang. Gebruik hoogstens ${length} tekens.`,
  reasonRefused: (character: string) =>
    `Haal dit teken uit uw tekst: ${character}. Het kan niet worden vastgelegd. Er is nog niets vastgelegd.`,
  textChanged:
    'De tekst is veranderd sinds u de pagina opende. Er is niets vastgelegd. Hieronder staat nu de nieuwe tekst. Lees hem en kies opnieuw uw antwoord.',

  proofPlace: 'Uw bewijs',
  actedTitle: {
    now: 'Uw antwoord is vastgelegd',
    earlier: 'Dit hebt u geantwoord',
    'refused-second': 'Er stond al een antwoord',
  },
  actedText: {
    now: 'Bewaar nu uw bewijs. Daarna kunt u deze pagina sluiten.',
    earlier: 'U hoeft niets meer te doen. Hieronder staat wat er is vastgelegd.',
    'refused-second':
      'Het antwoord dat u net gaf, is niet vastgelegd. Het eerdere antwoord blijft staan. Hebt u dat niet zelf gegeven? Betwist het dan hieronder.',
  },
  more: (count: number) => (count === 1 ? 'Er is nog 1 onderdeel.' : `Er zijn nog ${count} onderdelen.`),
  goOn: 'Verder met het volgende onderdeel',
  recordedTitle: 'Wat is er vastgelegd?',
  choiceIs: 'Antwoord',
  recordedAt: 'Vastgelegd op',
  by: 'Op naam van',
  reasonIs: 'Wat u erbij schreef',
  howKnown: 'Herkend door',
  entry: 'Plaats in het register',
  entryNumber: (index: number, size: number) => `nummer ${index}, toen het register ${size} regels had`,
  conditional:
    'U ging niet zonder meer akkoord. Dit telt niet als akkoord: uw werkgever moet eerst op uw voorwaarde ingaan en u opnieuw vragen.',
  keepTitle: 'Bewaar uw bewijs',
  keepText: 'Met deze bestanden kunt u later laten zien wat u hebt geantwoord, en waarop.',
  keepWhere: 'Bewaar ze ook buiten de systemen van uw werkgever,',
  keepWhy:
    'bijvoorbeeld op uw eigen telefoon of in uw eigen mail. Dan hebt u ze nog als u hier niet meer werkt. Met dezelfde link kunt u ze later opnieuw ophalen.',
  fileReceipt: 'Ontvangstbewijs (PDF)',
  fileReceiptIs: 'Om te lezen en te laten zien. Verzegeld met de digitale sleutel van uw werkgever.',
  fileProof: 'Bewijsbestand (.tlog-proof)',
  fileProofIs:
    'Voor een deskundige. Toont aan dat uw antwoord in het register staat, ook als deze dienst er niet meer is.',
  fileDocument: 'Het document zelf (PDF)',
  fileDocumentIs: 'De tekst waar uw antwoord bij hoort.',
  fileSignedCopy: 'Getekend exemplaar (PDF)',
  fileSignedCopyIs: (moment: string) =>
    `Het document met een blad erachter waarop staat wie akkoord zijn gegaan. Gemaakt op ${moment} (Nederlandse tijd).`,
  fileBundle: 'Sterker bewijs (ZIP)',
  fileBundleIs:
    'Uw bewijs met een tijdstempel van buiten en programma’s om het te controleren. Beschikbaar vanaf ongeveer een uur na uw antwoord; later opnieuw ophalen maakt het sterker.',
  codeTitle: 'Of maak een foto van deze code',
  codeText:
    'In de code staat de stand van het register bij uw antwoord. Wordt het register later herschreven, dan klopt het niet meer met uw foto.',
  codeLabel: 'QR-code met de stand van het register',
  codeReads: 'De tekst in de code',
  worthTitle: 'Wat is dit bewijs waard?',
  proves: 'Dit bewijst het',
  doesNotProve: 'Dit bewijst het niet',
  wouldLift: 'Dit zou het sterker maken',
  level: (level: string) =>
    `Bewijsniveau ${level}, op een schaal van E0 (alleen mondeling) tot E6 (sterkste ondertekening).`,
  disputeTitle: 'Was u dit niet?',
  disputeText: 'Hebt u dit antwoord niet gegeven, of klopt het niet? Dan kunt u het betwisten.',
  dispute: 'Ik betwist dit antwoord',
  erased: 'De inhoud van dit antwoord is gewist, omdat de bewaartermijn voorbij is. Uw bewijsbestand blijft geldig.',
}

export type AnsweringWords = typeof nl

const en: AnsweringWords = {
  yourAnswer: 'Your answer',
  yourAnswers: 'Your answers',
  separately: (count) =>
    `You are asked ${count} things. You answer each part separately. Yes to one is not yes to the other.`,
  part: (number, count) => `Part ${number} of ${count}`,
  main: 'The whole',
  choose: 'Which answer do you give?',
  chooseFor: (subject) => `Which answer do you give to: ${subject}?`,
  chooseHint: 'With each answer you see the exact sentence that will be recorded.',
  nothingYet: 'Nothing is recorded yet. You will first check your answer.',
  continue: 'Continue to check',
  answered: 'You have answered this',
  seeProof: 'See your proof',
  notForMe: 'This is not for me',
  notForMeHint:
    'Are you somebody else than is named here? Report it, so that your employer knows that this went to the wrong person.',

  readFirst: 'Take the time to read first',
  answerFrom: (time) =>
    `This subject has a reading time. You can answer from ${time}. Reload the page then.`,
  answerFromNote: (time) => `This subject has a reading time. You can answer from ${time}.`,

  knownTitle: 'How do we know it is you?',
  knownNow: (how) => `You are known now by ${how}.`,
  neededTitle: 'First show better that it is you',
  needed: (how) =>
    `This subject needs more certainty: at least ${how}. That protects you: nobody can then answer in your place.`,
  ways: 'Choose how you do that:',
  way: {
    'passkey-new': 'Make a passkey on this device (finger, face or PIN)',
    'private-mailbox': 'With a code in your own mailbox',
    totp: 'With a code from the app on your phone',
    sso: 'With the login of your work',
    qualified: 'With a qualified signature. Ask your employer how.',
    paper: 'Rather on paper? Ask your employer. You always may.',
  },
  weak: 'Known like this you can answer. Your proof says honestly that this is weak: whoever can open your mailbox could have done this too.',
  stronger: 'Do you want stronger proof? First make a passkey on this device',

  confirmPlace: 'Check your answer',
  confirmTitle: 'Check your answer',
  confirmIntroduction: 'If you confirm, exactly this sentence is recorded:',
  reason: 'What is your reason?',
  reasonOptional: 'Do you want to add something? (optional)',
  condition: 'What is your condition?',
  conditionHint:
    'Write down under what condition you would agree. Please note: this does not count as agreement. Your employer can make you a new proposal after it.',
  reasonHint: (length) =>
    `Your employer can read this. Do not write down medical or other sensitive details. At most ${length} characters.`,
  agreedNoRemark:
    'Do you want to add a condition or a remark? Then go back and choose ‘I agree only under a condition’.',
  final: 'After you confirm you cannot change your answer.',
  confirm: 'Confirm and record',
  confirmSign: 'Sign with your passkey',
  signExplained:
    'Your device asks for your finger, face or PIN. It signs exactly the sentence above and the fingerprint of the document.',
  signOptional:
    'You can sign with your passkey. Then it is certain that it was you. Your device asks for your finger, face or PIN.',
  signOptionalNeedsScript: 'Signing with a passkey needs JavaScript. You can confirm without it.',
  confirmWithout: 'Confirm without signing',
  signNeedsScript:
    'Signing with a passkey needs JavaScript. Turn JavaScript on and reload the page.',
  signUnsupported:
    'This browser does not know passkeys. Try it on your phone or in a newer browser. With the same link you go on there.',
  signing: 'Follow the steps on your device…',
  signCancelled: 'Signing was stopped. Nothing was recorded. You can try again.',
  changeAnswer: 'Choose another answer',
  recordedWhat: 'What is recorded?',
  recordedList: [
    'your name, and the address your link was sent to',
    'your choice, the sentence above and what you add to it',
    'the fingerprint of the document and of this page',
    'when the link was sent, when you opened it and when you answered',
    'how you were known, and how strong that is',
    'which browser you use and what kind of network, but not your internet address',
  ],
  fingerprintOf: 'The fingerprint (SHA-256) of',
  mistakesTitle: 'You cannot continue yet',
  choiceMissing: 'Choose an answer.',
  reasonMissing: 'Write down your reason.',
  conditionMissing: 'Write down your condition.',
  reasonTooLong: (length) => `Your text is too long. Use at most ${length} characters.`,
  reasonRefused: (character) =>
    `Take this character out of your text: ${character}. It cannot be recorded. Nothing has been recorded yet.`,
  textChanged:
    'The text has changed since you opened the page. Nothing was recorded. Below you now see the new text. Read it and choose your answer again.',

  proofPlace: 'Your proof',
  actedTitle: {
    now: 'Your answer has been recorded',
    earlier: 'This is what you answered',
    'refused-second': 'There was an answer already',
  },
  actedText: {
    now: 'Save your proof now. After that you can close this page.',
    earlier: 'You do not have to do anything. Below you see what was recorded.',
    'refused-second':
      'The answer you just gave was not recorded. The earlier answer stands. Did you not give it yourself? Then dispute it below.',
  },
  more: (count) => (count === 1 ? 'There is 1 more part.' : `There are ${count} more parts.`),
  goOn: 'Go on with the next part',
  recordedTitle: 'What was recorded?',
  choiceIs: 'Answer',
  recordedAt: 'Recorded on',
  by: 'In the name of',
  reasonIs: 'What you added',
  howKnown: 'Known by',
  entry: 'Place in the register',
  entryNumber: (index, size) => `number ${index}, when the register had ${size} lines`,
  conditional:
    'You did not simply agree. This does not count as agreement: your employer first has to respond to your condition and ask you again.',
  keepTitle: 'Keep your proof',
  keepText: 'With these files you can show later what you answered, and to which text.',
  keepWhere: 'Keep them outside the systems of your employer too,',
  keepWhy:
    'for example on your own phone or in your own mail. Then you still have them when you no longer work here. With the same link you can get them again later.',
  fileReceipt: 'Receipt (PDF)',
  fileReceiptIs: 'To read and to show. Sealed with the digital key of your employer.',
  fileProof: 'Proof file (.tlog-proof)',
  fileProofIs: 'For an expert. Shows that your answer is in the register, even when this service is gone.',
  fileDocument: 'The document itself (PDF)',
  fileDocumentIs: 'The text that your answer belongs to.',
  fileSignedCopy: 'Signed copy (PDF)',
  fileSignedCopyIs: (moment) =>
    `The document with a sheet behind it that says who agreed. Made on ${moment} (time in the Netherlands).`,
  fileBundle: 'Stronger proof (ZIP)',
  fileBundleIs:
    'Your proof with a timestamp from outside, and programs to check it. Available from about an hour after your answer; getting it again later makes it stronger.',
  codeTitle: 'Or take a photo of this code',
  codeText:
    'The code holds the state of the register at your answer. If the register is rewritten later, it no longer agrees with your photo.',
  codeLabel: 'QR code with the state of the register',
  codeReads: 'The text in the code',
  worthTitle: 'What is this proof worth?',
  proves: 'It proves this',
  doesNotProve: 'It does not prove this',
  wouldLift: 'This would make it stronger',
  level: (level) => `Evidence level ${level}, on a scale from E0 (only spoken) to E6 (strongest signature).`,
  disputeTitle: 'Was this not you?',
  disputeText: 'Did you not give this answer, or is it not right? Then you can dispute it.',
  dispute: 'I dispute this answer',
  erased: 'The content of this answer was erased, because its term has passed. Your proof file stays valid.',
}

export const answeringWords = { nl, en }
