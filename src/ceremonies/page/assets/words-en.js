/**
 * What the page says in English, at B1 level.
 *
 * @import { Words } from './words-nl.js'
 */

/** @type {Words} */
export const words = {
  language: 'en',
  skip: 'To the content',
  languageSwitch: 'Language',
  colophon:
    'This page sets no cookies and gets nothing from other parties. Your personal link stays in this tab.',
  brandFallback: 'A document for you',
  loading: 'Getting the document.',
  loadingTitle: 'Loading',
  ready: (title) => `The document is here: ${title}`,
  documentTitle: (place, about) => `${place} – ${about}`,
  places: {
    open: 'Read and choose',
    confirm: 'Check your answer',
    acted: 'Your answer',
    mistake: 'Please note',
  },

  step: (number) => `Step ${number} of 3: ${['read and choose', 'check', 'keep your proof'][number - 1]}`,
  from: 'From',
  to: 'for',
  version: 'Version',
  validFrom: 'Applies from',
  answerBy: 'Answer by',
  readingTime: 'Reading time',
  minutes: (count) => (count === 1 ? 'about 1 minute' : `about ${count} minutes`),
  onlyIn: (language) =>
    language === 'nl'
      ? 'Your employer made this text in Dutch only. Do you not read Dutch? Ask your employer to explain it before you answer.'
      : 'Your employer made this text in English only.',
  asked: 'What are you asked to do?',
  askedOf: {
    information:
      'Your employer informs you, and asks you to confirm that you have seen the text. By doing so you do not say that you agree with it.',
    instruction:
      'Your employer gives you an instruction about the work, and asks you to confirm that you have seen the text. By doing so you do not say that you agree with it.',
    'contract-term':
      'This is about your terms of employment. Your employer asks whether you agree. You may also say no.',
  },
  askedNext:
    'Take your time to read the text. Then choose your answer at the bottom. You can stop and come back later with the same link.',
  toAnswer: 'Go straight to your answer',
  onThisPage: 'On this page',

  introduction: 'Introduction',
  changes: 'What has changed?',
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
  time: { 'working-time': 'during working time', 'private-time': 'in your own time', always: 'at all times' },
  place: { workplace: 'at the workplace', elsewhere: 'away from the workplace', everywhere: 'everywhere' },
  account: {
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
  documentExplained:
    'Your answer belongs to exactly this document. The text above is in it word for word. You can save it.',
  saveDocument: 'Save the PDF',
  fingerprint: 'Fingerprint of the document (SHA-256)',
  fingerprintExplained:
    'If a single character of the document changes, the fingerprint changes. This fingerprint is recorded with your answer.',
  documentState: {
    checking: 'Checking the fingerprint…',
    same: 'Checked on this device: the document has exactly this fingerprint.',
    different: 'The document has a different fingerprint. Do not answer, and report this to your employer.',
    unchecked: 'The document was fetched. This browser cannot check the fingerprint by itself.',
    unavailable: 'The document could not be fetched. Choose ‘Save the PDF’ to try again.',
  },
  documentDiffersMistake:
    'You cannot answer now: the document that was fetched is not the one your answer belongs to. Reload the page or report this to your employer.',

  yourAnswer: 'Your answer',
  choose: 'Which answer do you give?',
  chooseHint: 'With each answer you see the exact sentence that will be recorded.',
  reason: 'What is your reason?',
  reasonOptional: 'What is your reason? (optional)',
  reasonHint: (length) =>
    `Your employer can read this. Do not write down medical or other sensitive details. At most ${length} characters.`,
  nothingYet: 'Nothing is recorded yet. You will first check your answer.',
  continue: 'Continue to check',
  mistake: 'Please note',
  mistakesTitle: 'You cannot continue yet',
  choiceMissing: 'Choose an answer.',
  reasonMissing: 'Write down your reason.',
  textChanged:
    'The text has changed since you opened the page. Nothing was recorded. This page now shows the new text. Read it and choose your answer again.',
  reasonRefused: (character) =>
    `Take this character out of your reason: ${character}. It cannot be recorded. Nothing has been recorded yet.`,
  answerRefused: 'Your answer was not accepted. Nothing has been recorded yet. Check it and try again.',

  checkTitle: 'Check your answer',
  checkIntroduction: 'If you confirm, exactly this sentence is recorded:',
  yourReason: 'Your reason',
  final: 'After you confirm you cannot change your answer.',
  confirm: 'Confirm and record',
  back: 'Back',
  recordedWhat: 'What is recorded?',
  recordedList: [
    'your name, and the address your link was sent to',
    'your choice, the sentence above, and your reason if you give one',
    'the fingerprint of the document',
    'when the link was sent, when you opened it and when you answered',
    'which browser you use and what kind of network, but not your internet address',
  ],
  fingerprintOf: 'The fingerprint (SHA-256) of',
  knownHow: 'How do we know it is you?',
  sending: 'Sending your answer…',

  actedTitle: {
    now: 'Your answer has been recorded',
    earlier: 'You have already answered',
    'refused-second': 'There was an answer already',
  },
  actedText: {
    now: 'Save your proof now. After that you can close this page.',
    earlier: 'You do not have to do anything. Below you see what was recorded.',
    'refused-second':
      'The answer you just gave was not recorded. The earlier answer stands. Did you not give it yourself? Report this to your employer straight away.',
  },
  recordedTitle: 'What was recorded?',
  choiceIs: 'Answer',
  choice: {
    seen: 'Seen',
    agreed: 'Agreed',
    'agreed-conditionally': 'Agreed only under a condition',
    'not-agreed': 'Not agreed',
    declined: 'Declined to answer',
  },
  recordedAt: 'Recorded on',
  dutchTime: '(Dutch time)',
  by: 'In the name of',
  entry: 'Place in the register',
  entryNumber: (index, size) => `number ${index}, when the register had ${size} lines`,

  keepTitle: 'Keep your proof',
  keepText: 'With these files you can show later what you answered, and to which text.',
  keepWhere: 'Keep them outside the systems of your employer too,',
  keepWhy:
    'for example on your own phone or in your own mail. Then you still have them when you no longer work here. With the same link you can get them again later.',
  save: 'Save',
  saving: 'Getting the file…',
  saved: 'Done. Look in your downloads.',
  saveFailed: 'That did not work. Try again.',
  notYet: 'Not there yet. Try again in an hour with the same link.',
  fileReceipt: 'Receipt (PDF)',
  fileReceiptIs: 'To read and to show. Sealed with the digital key of your employer.',
  fileProof: 'Proof file (.tlog-proof)',
  fileProofIs: 'For an expert. Shows that your answer is in the register, even when this service is gone.',
  fileDocument: 'The document itself (PDF)',
  fileDocumentIs: 'The text that your answer belongs to.',
  nameReceipt: 'receipt',
  nameProof: 'proof',
  fileSignedCopy: 'Signed copy (PDF)',
  fileSignedCopyIs: (moment) =>
    `The document with a sheet behind it that says who agreed. Made on ${moment} (time in the Netherlands).`,
  nameSignedCopy: 'signed-copy',
  fileBundle: 'Stronger proof (ZIP)',
  fileBundleIs:
    'Your proof with a timestamp from outside, and programs to check it. Available from about an hour after your answer; getting it again later makes it stronger.',
  nameBundle: 'evidence',
  codeTitle: 'Or take a photo of this code',
  codeText:
    'The code holds the state of the register at your answer. If the register is rewritten later, it no longer agrees with your photo.',
  codeLabel: 'QR code with the state of the register',
  codeReads: 'The text in the code',

  worthTitle: 'What is this proof worth?',
  assurance: {
    'mailbox-employer':
      'You opened this page with a personal link in a mailbox that your employer manages. You did not log in separately.',
  },
  assuranceOther: 'The receipt says how it was established who answered.',
  proves: 'It proves this',
  doesNotProve: 'It does not prove this',
  wouldLift: 'This would make it stronger',
  level: (level) => `Evidence level ${level}, on a scale from E0 (only spoken) to E6 (strongest signature).`,

  messages: {
    invalidLink: {
      title: 'This link does not work',
      text: [
        'The link is not complete or does not exist. Nothing was recorded.',
        'Open the link once more from the message you got, or copy the whole link. Does it still not work? Ask your employer for a new link.',
      ],
    },
    expired: {
      title: 'This link has expired',
      text: [
        'You can no longer answer with this link. Nothing was recorded.',
        'Do you still want to answer? Ask your employer for a new link.',
      ],
    },
    withdrawn: {
      title: 'This document was withdrawn',
      text: [
        'Your employer withdrew this version. You do not have to do anything. Nothing was recorded with this link.',
        'If a new version comes, you get a separate message about it.',
      ],
    },
    openNetwork: {
      title: 'No connection',
      text: ['The document could not be fetched. Check your internet connection and try again.'],
    },
    openBusy: {
      title: 'It is busy now',
      text: ['The document cannot be fetched now. You do not have to do anything.'],
    },
    openFailed: {
      title: 'Something went wrong',
      text: ['The document could not be fetched. It is not your fault. Try again in a few minutes.'],
    },
    sendNetwork: {
      title: 'We do not know whether your answer arrived',
      text: [
        'The connection broke while sending. Check your internet connection and try again.',
        'It is safe to do so: the same answer is never recorded twice.',
      ],
    },
    sendBusy: {
      title: 'Please wait a moment',
      text: [
        'It is busy. Your answer has probably not been recorded yet. Keep this page open.',
        'The same answer is never recorded twice.',
      ],
    },
    sendFailed: {
      title: 'Something went wrong while recording',
      text: [
        'We are not sure whether your answer was recorded. It is not your fault. Try again.',
        'It is safe to do so: the same answer is never recorded twice.',
      ],
    },
    actedUnread: {
      title: 'Your answer has been recorded',
      text: ['The details and the receipt cannot be fetched now. Try again in a moment.'],
    },
  },
  expiredOn: (moment) => `The link worked until ${moment} (Dutch time).`,
  about: (title, organisation) => `It is about ‘${title}’ (${organisation}).`,
  tryAgain: 'Try again',
  tryNow: 'Try now',
  backToDocument: 'Back to the document',
  retryIn: (seconds) =>
    seconds === 0
      ? 'We are trying again now.'
      : `We will try again by ourselves in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
}
