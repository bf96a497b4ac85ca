import type { ExitLetterTexts } from './exit-letter-texts.ts'

export const exitLetterEnglish: ExitLetterTexts = {
  title: 'Letter at the end of your work',
  subtitle: (personName) => `For ${personName}`,
  rows: {
    to: 'To',
    jobTitle: 'Job',
    externalId: 'Personnel number',
    lastDay: 'Last day of employment',
    endedBy: 'How the work ends',
    givenOn: 'Date of this letter',
    givenBy: 'For the employer',
    replaces: 'Instead of letter',
    until: 'Holds until and including',
    list: 'List',
    penalty: 'Agreed penalty',
    source: 'Stands in',
    documentSha256: 'SHA-256 of that document',
    contact: 'Ask',
    reach: 'Reach them at',
    reference: 'Reference',
    madeAt: 'File made on',
    hash: 'SHA-256 of exit-letter.json',
  },
  signer: (name, role, organisation) => `${name}, ${role}, ${organisation}`,
  endedBy: {
    employer: 'The employer gave notice',
    employee: 'You gave notice',
    agreement: 'You and your employer agreed on this together',
    term: 'Your contract runs out',
    court: 'The court ended the contract',
    other: 'In another way',
  },
  short: 'In short',
  shortText: ({ organisation, lastDay, count, lastEnd, endless }) => [
    `Your last day of employment at ${organisation} is ${lastDay}.`,
    count === 0
      ? 'According to this letter no agreements from your contract hold after that day.'
      : count === 1
        ? 'After that day one agreement from your contract still holds. Below you read which one, and until when.'
        : `After that day ${count} agreements from your contract still hold. Below you read which ones, and until when.`,
    ...(lastEnd === null
      ? []
      : [`The last agreement with an end date holds until and including ${lastEnd}.`]),
    ...(endless === 0
      ? []
      : [endless === 1 ? 'One agreement has no end date.' : `${endless} agreements have no end date.`]),
    'This letter makes no new agreements. What you agreed to stands in the document that you signed.',
  ],
  overview: 'What still holds, and until when',
  overviewColumns: ['Agreement', 'Stands in', 'Holds until and including'],
  untilDay: (day) => day,
  noEnd: 'No end date was agreed',
  annexMark: (mark) => `Annex ${mark}`,
  about: {
    relatiebeding: 'This agreement is about business contact with relations of your employer.',
    concurrentiebeding: 'This agreement is about work that is like the work of your employer.',
    ronselbeding: 'This agreement is about recruiting people who work for your employer.',
    geheimhoudingsbeding: 'This agreement is about information that you keep secret.',
    boetebeding: 'This agreement is about the penalty when you do not keep another agreement.',
    nevenwerkzaamhedenbeding: 'This agreement is about other work beside your job.',
    wijzigingsbeding: 'This agreement is about when your employer may change your contract.',
    'social-mediabeding': 'This agreement is about what you share on social media.',
  },
  wordsLead: 'This is the text that you signed:',
  source: (mark, title) => `Annex ${mark}: ${title}`,
  penalty: (amount, perDay) =>
    perDay === null
      ? `€ ${amount} for each breach`
      : `€ ${amount} for each breach and € ${perDay} for each day that it goes on`,
  list: (mark, day) => `Annex ${mark}, as it was on ${day}`,
  listLead: (day) => `These names stood on the list on your last day, ${day}. No names are added any more.`,
  listColumns: ['Relation', 'Sort of relation', 'On the list since', 'Why'],
  relationKinds: {
    customer: 'customer',
    supplier: 'supplier',
    prospect: 'possible customer',
    other: 'other relation',
  },
  emptyList: 'On your last day nobody stood on this list.',
  notClaimed: 'What this letter does not hold you to',
  notClaimedLead: (organisation) =>
    `About these agreements ${organisation} asks nothing of you with this letter. It says why.`,
  notClaimedColumns: ['Agreement', 'Why'],
  why: {
    'ends-with-work': 'This agreement only holds as long as you are employed.',
    'not-invoked': 'Your employer does not hold you to this.',
    'employer-fault': 'The work ended through the fault of the employer. Then the employer may not hold you to this (article 7:653(4) of the Dutch Civil Code).', // prettier-ignore
    'fault-disputed':
      'You and your employer do not agree on whose fault the end is. A lawyer is looking at this.',
    blocked: 'When this agreement was checked, a defect was found.',
    denied: 'It was said that the signature is not yours. As long as that is not settled, nothing rests on it.', // prettier-ignore
    imported: 'This agreement stands in an old document. This service did not itself see you sign it.',
    'not-signed': 'This agreement was not signed by you and your employer.',
    'covers-nothing': 'The agreements that this penalty belongs to do not hold after your last day.',
    'not-certain': 'It is not certain yet whether this agreement holds. A lawyer is looking at this.',
  },
  always: 'What you may always do',
  alwaysLead: 'No agreement forbids you to:',
  alwaysItems: [
    'report wrongdoing, also to an authority outside the company;',
    'say what a law or a court asks you to say;',
    'ask a lawyer or your union for advice;',
    'talk to a doctor.',
  ],
  questions: 'Do you have questions?',
  questionsText:
    'Are you not sure whether something is allowed? Ask first. Do you think that something in this letter is wrong? Say so. You can also get legal advice of your own.',
  seenNote: 'To say that you have seen this letter is not the same as agreeing with it.',
  aboutLetter: 'About this document',
  aboutText: (organisation) => [
    `${organisation} gives you this letter. The texts of the agreements and the lists are taken word for word from the documents that are named with them. Only a court can decide whether an agreement is valid and how far it goes.`,
    'This file does not prove that anybody received it, read it or agrees with it. Everything in it is also inside this document as data, in the file exit-letter.json; the SHA-256 below is of exactly that file.',
  ],
  attachment: 'The content of this letter as canonical JSON (RFC 8785)',
}
