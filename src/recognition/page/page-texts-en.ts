import type { PageTexts } from './page-texts.ts'

const numbers = new Intl.NumberFormat('en-GB')
const count = (bytes: number): string => (bytes === 1 ? '1 byte' : `${numbers.format(bytes)} bytes`)

export const english: PageTexts = {
  language: 'en',
  languageSwitch: 'Language',
  skip: 'To the content',
  title: 'Check a PDF',
  introduction: [
    'Do you have a PDF from an employer that was made with this service? For example a policy or a receipt. Here you see whether the file is real, and whether anything in it was changed.',
  ],
  fileLabel: 'PDF file',
  fileHelp:
    'One file of at most 25 MB. Choose the file as you received it. A photo or a scan of paper cannot be checked this way by anybody.',
  submit: 'Check this file',
  busy: 'The file is being checked. This takes a few seconds.',
  chosen: 'Chosen:',
  dropHere: 'You can also drag the file into this box.',
  tooLargeHere: 'This file is larger than 25 MB. We make no PDFs of that size. Choose another file.',
  noFileHere: 'Choose a file first.',
  fromPaper: (index) =>
    `You come from the code on a receipt. Its number in the log is ${index}. Choose the PDF of that receipt here: then we also say whether it is the same receipt.`,
  aboutTitle: 'What happens',
  about: [
    'Your file goes to this service. We compare it with what we keep ourselves, and we check the seal.',
    'We do not keep your file.',
    'Anybody who has the file may ask this. You are told about this file only.',
  ],
  offlineTitle: 'Check without relying on us',
  offline:
    'This page asks the service itself. So you have to rely on us. Would you rather not? Then there is a page that checks on your own device. Your file then goes nowhere. You need the keys of the organisation for it, best from somebody else than us: a works council or a union.',
  offlineLink: 'Check on your own device',
  another: 'Check another file',
  verdicts: {
    identical: {
      title: 'This file is real',
      text: ['Byte for byte it is the file that was handed out. Nothing in it was changed.'],
    },
    older: {
      title: 'This file is real, and there is a newer copy',
      text: [
        'Byte for byte it is a file that was handed out. Nothing in it was changed.',
        'Later we added evidence behind it, such as a seal or a timestamp. The content stayed the same.',
      ],
    },
    identicalOpen: {
      title: 'We have this file too, but not every check passed',
      text: ['It is exactly a file that we keep. Below you see which check did not pass.'],
    },
    sealedUnknown: {
      title: 'The seal is right, but we do not have this file',
      text: [
        'All checks passed: the file was sealed and not changed afterwards. But the organisation does not have it, or no longer. Perhaps it was erased because its time had passed.',
      ],
    },
    altered: {
      title: 'This file was changed',
      text: ['It looks like a document that was handed out, but it is not the same. Do not rely on it.'],
    },
    'unknown-document': {
      title: 'We do not know this file',
      text: [
        'It names an organisation that we know. But that organisation does not have this file, or no longer, and not all checks passed.',
      ],
    },
    'unknown-organisation': {
      title: 'We do not know the organisation in this file',
      text: ['Perhaps the file was made with another installation of this service. Ask whoever sent it.'],
    },
    'no-organisation': {
      title: 'This is not a file of ours',
      text: [
        'We find no seal in it of an organisation that works with this service.',
        'Is it a scan, a print to PDF or a copy that was saved again? Then the seal is gone. Choose the file as you received it.',
      ],
    },
  },
  by: (organisation) => `Handed out by: ${organisation}`,
  changeTitle: 'What was changed',
  change: {
    equal: (bytes) => `The first ${count(bytes)} are equal to our document. After that it is different.`,
    different: (bytes) =>
      bytes === 1 ? 'Exactly 1 byte is different.' : `In all, ${count(bytes)} are different.`,
    inDocument: 'The difference is in the document itself. So it may say something else than what we made.',
    renderedIntact: 'The document without its seal is whole. The seal behind it is not ours.',
    revisionIntact: (number, steps) =>
      `The document with its seal is whole, up to step ${number} of ${steps}. After that comes something that we do not know.`,
    added: (bytes) =>
      `Everything that is ours is whole. But ${count(bytes)} follow that are not ours. A program may show something else because of them.`,
    cutOff: 'The end of the file is missing. Perhaps it was not downloaded completely.',
    advice: 'Ask the organisation to give you the file again.',
  },
  stopped:
    'We could not check the inside of this file: it takes more time or memory than a document of ours ever does.',
  paperTitle: 'The code on paper',
  paper: {
    same: 'The code and this file belong together: it is the same receipt.',
    other: 'The code and this file do not belong together. The paper shows another receipt than this file.',
    open: 'We cannot say whether the code belongs to this file: there is no receipt in it that is right.',
  },
  factsTitle: 'About this file',
  names: {
    organisation: 'Organisation',
    kind: 'Kind of document',
    documentTitle: 'Title',
    documentLanguage: 'Language',
    step: 'Copy',
    level: 'Strength of the proof',
    size: 'Size',
    sha256: 'Fingerprint (SHA-256)',
  },
  kinds: {
    'policy-edition': 'policy',
    receipt: 'receipt',
    annex: 'change of a contract',
    'executed-copy': 'signed change of a contract',
    warning: 'warning',
    'dossier-report': 'report of a dossier',
    'exit-letter': 'letter at the end of the work',
  },
  languages: { nl: 'Dutch', en: 'English' },
  step: (number, newest) =>
    number === newest ? `the newest (step ${number})` : `step ${number}; the newest is step ${newest}`,
  level: (level) =>
    ({
      'B-B': 'sealed; the time is what the maker says (B-B)',
      'B-T': 'sealed, with a timestamp (B-T)',
      'B-LT': 'sealed, with a timestamp and what is needed to check it later (B-LT)',
      'B-LTA': 'sealed, with a timestamp, what is needed later, and a stamp for the long term (B-LTA)',
    })[level ?? ''] ??
    level ??
    'not sealed yet',
  bytes: count,
  checksTitle: 'The checks',
  checksResult: (passed, all) =>
    passed === all ? `All ${all} checks passed.` : `Of ${all} checks ${passed} passed.`,
  checksOpen: 'Not passed',
  checksAll: (checks) => `All checks (${checks})`,
  checksNote: 'INDETERMINATE means: it could not be decided.',
  outcomes: { PASSED: 'PASSED', FAILED: 'FAILED', INDETERMINATE: 'INDETERMINATE' },
  statedTitle: 'What the file itself says',
  statedUnreliable: 'Not all checks passed. So do not rely on this.',
  limitsTitle: 'What this does not prove',
  limit: 'This answer comes from the service that also made the file. It is no judgement of your rights.',
  refusals: {
    empty: {
      title: 'There is no file',
      text: ['You did not choose a file, or the file is empty. Choose the PDF and try again.'],
    },
    zip: {
      title: 'This is not a PDF but a ZIP',
      text: [
        'Perhaps it is a dossier. You check a dossier on your own device, with the page below. Nothing has to be sent for it.',
      ],
    },
    proof: {
      title: 'This is not a PDF but a proof by itself',
      text: ['You check a proof (.tlog-proof) on your own device, with the page below.'],
    },
    'not-pdf': {
      title: 'This is not a PDF',
      text: [
        'Choose the PDF file itself, as you received it. Not a photo, and not a document of a text program.',
      ],
    },
    'too-large': {
      title: 'This file is too large',
      text: ['A file may have at most 25 MB. We make no PDFs larger than that.'],
    },
    'not-examined': {
      title: 'This file cannot be checked here',
      text: [
        'It takes more time or memory than a document of ours ever does. So we say nothing about it. Try the page below.',
      ],
    },
    'too-many': {
      title: 'Please wait a moment',
      text: ['Too many files came from your network. Try again in a minute.'],
    },
    busy: {
      title: 'It is busy now',
      text: ['Many files are being checked at this moment. Try again in a few seconds.'],
    },
    failed: {
      title: 'That did not work',
      text: ['We could not receive your question properly. Choose the file again.'],
    },
  },
}
