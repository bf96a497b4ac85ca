import { createHash } from 'node:crypto'
import type {
  ActAnswer,
  Choice,
  Language,
  OfferedChoice,
  Presentation,
  PresentedPolicy,
  PresentedRule,
} from '../../src/ceremonies/page/page-contract.ts'

/** The bytes that stand for the sealed PDF of an edition. */
export function samplePdf(language: Language): Buffer {
  return Buffer.from(`%PDF-1.7\n% the exact edition in ${language}\n%%EOF\n`)
}

type Both = { readonly nl: string; readonly en: string }
type SampleRule = Omit<PresentedRule, 'number' | 'heading' | 'text' | 'legalNature' | 'sanctionReference'> & {
  readonly heading: Both
  readonly text: Both
  /** Where it is not that of the policy. */
  readonly legalNature?: PresentedRule['legalNature']
  readonly sanctionReference?: Both
}

const rules: readonly SampleRule[] = [
  {
    id: 'recognisable',
    heading: { nl: 'Wees herkenbaar op uw werkaccount', en: 'Be recognisable on your work account' },
    text: {
      nl: 'Post u iets met een account van de organisatie, zet er dan uw naam en functie bij.',
      en: 'When you post something with an account of the organisation, add your name and your job.',
    },
    modality: 'must',
    scope: { time: 'working-time', place: 'everywhere', account: 'company-account' },
  },
  {
    id: 'customers',
    heading: { nl: 'Geen gegevens van klanten', en: 'No details of customers' },
    text: {
      nl: 'U deelt geen namen, foto’s of gegevens van klanten en collega’s zonder dat zij dat goedvinden. Dat geldt ook voor besloten groepen en verhalen die vanzelf verdwijnen.',
      en: 'You do not share names, photos or details of customers and colleagues unless they agree. This also goes for closed groups and for stories that disappear by themselves.',
    },
    modality: 'must-not',
    scope: { time: 'always', place: 'everywhere', account: 'any-account' },
    sanctionReference: { nl: 'artikel 12 van het personeelsreglement', en: 'article 12 of the staff rules' },
  },
  {
    id: 'breaks',
    heading: { nl: 'Eigen berichten in de pauze', en: 'Private messages during breaks' },
    text: {
      nl: 'In uw pauze mag u uw eigen sociale media gebruiken.',
      en: 'During your break you may use your own social media.',
    },
    modality: 'may',
    scope: { time: 'private-time', place: 'workplace', account: 'personal-account' },
    legalNature: 'information',
  },
  {
    id: 'doubt',
    heading: { nl: 'Twijfelt u? Vraag het eerst', en: 'In doubt? Ask first' },
    text: {
      nl: 'Weet u niet zeker of iets kan, overleg dan vooraf met uw leidinggevende of met de afdeling communicatie.',
      en: 'If you are not sure whether something is all right, talk to your manager or to the communication department first.',
    },
    modality: 'advised',
    scope: { time: 'always', place: 'elsewhere', account: 'any-account' },
  },
]

const texts = {
  title: { nl: 'Omgaan met sociale media', en: 'Using social media' },
  introduction: {
    nl: 'Veel van ons gebruiken sociale media, thuis en op het werk. Met deze regels weet u wat er van u wordt verwacht en waar u vrij in bent.',
    en: 'Many of us use social media, at home and at work. These rules tell you what is expected of you and where you are free.',
  },
  changeSummary: {
    nl: 'Regel 2 geldt nu ook voor besloten groepen. Regel 3 is nieuw.',
    en: 'Rule 2 now also covers closed groups. Rule 3 is new.',
  },
  rights: { nl: 'Uw rechten', en: 'Your rights' },
  rightsText: {
    nl: 'U mag uw mening geven, ook over uw werk. Misstanden melden mag altijd. Deze regels nemen u geen recht af dat de wet u geeft.',
    en: 'You may give your opinion, also about your work. You may always report wrongdoing. These rules take away no right that the law gives you.',
  },
} as const

function samplePolicy(language: Language, legalNature: PresentedPolicy['legalNature']): PresentedPolicy {
  return {
    name: 'social-media',
    versionNumber: 3,
    effectiveFrom: '2027-01-01',
    legalNature,
    title: texts.title[language],
    introduction: [texts.introduction[language]],
    changeSummary: texts.changeSummary[language],
    rules: rules.map((rule, index) => ({
      ...rule,
      number: index + 1,
      legalNature: rule.legalNature ?? legalNature,
      heading: rule.heading[language],
      text: rule.text[language],
      sanctionReference: rule.sanctionReference?.[language] ?? null,
    })),
    sections: [{ id: 'rights', heading: texts.rights[language], paragraphs: [texts.rightsText[language]] }],
  }
}

const offers: Readonly<Record<Choice, Record<Language, { label: string; statement: string }>>> = {
  seen: {
    nl: { label: 'Gezien', statement: 'Ik heb versie 3 van ‘Omgaan met sociale media’ van Bakkerij De Ster & Zn. gezien, geldig vanaf 1 januari 2027. Hiermee zeg ik niet dat ik het ermee eens ben.' },
    en: { label: 'Seen', statement: 'I have seen version 3 of ‘Using social media’ of Bakkerij De Ster & Zn., valid from 1 January 2027. By this I do not say that I agree with it.' },
  },
  agreed: {
    nl: { label: 'Akkoord', statement: 'Ik ga akkoord met versie 3 van ‘Omgaan met sociale media’ van Bakkerij De Ster & Zn. als onderdeel van mijn arbeidsvoorwaarden vanaf 1 januari 2027.' },
    en: { label: 'I agree', statement: 'I agree to version 3 of ‘Using social media’ of Bakkerij De Ster & Zn. as part of my terms of employment from 1 January 2027.' },
  },
  'agreed-conditionally': {
    nl: { label: 'Alleen akkoord onder een voorwaarde', statement: 'Ik ga alleen onder een voorwaarde akkoord met versie 3 van ‘Omgaan met sociale media’ van Bakkerij De Ster & Zn. als onderdeel van mijn arbeidsvoorwaarden vanaf 1 januari 2027. Mijn voorwaarde staat erbij. Zolang die niet is afgesproken, ga ik niet akkoord.' },
    en: { label: 'I agree only under a condition', statement: 'I agree to version 3 of ‘Using social media’ of Bakkerij De Ster & Zn. as part of my terms of employment from 1 January 2027 only under a condition. My condition is given with it. As long as that is not settled, I do not agree.' },
  },
  'not-agreed': {
    nl: { label: 'Niet akkoord, wel gezien', statement: 'Ik heb versie 3 van ‘Omgaan met sociale media’ van Bakkerij De Ster & Zn. gezien, geldig vanaf 1 januari 2027, en ik ga er niet mee akkoord.' },
    en: { label: 'I do not agree, but I have seen it', statement: 'I have seen version 3 of ‘Using social media’ of Bakkerij De Ster & Zn., valid from 1 January 2027, and I do not agree to it.' },
  },
  declined: {
    nl: { label: 'Ik geef geen antwoord', statement: 'Ik wil geen antwoord geven op versie 3 van ‘Omgaan met sociale media’ van Bakkerij De Ster & Zn., geldig vanaf 1 januari 2027. Mijn reden staat erbij.' },
    en: { label: 'I decline to answer', statement: 'I do not want to answer version 3 of ‘Using social media’ of Bakkerij De Ster & Zn., valid from 1 January 2027. My reason is given with it.' },
  },
} // prettier-ignore

function offered(language: Language, choice: Choice): OfferedChoice {
  return {
    choice,
    ...offers[choice][language],
    reasonRequired: ['declined', 'agreed-conditionally'].includes(choice),
  }
}

const assuranceNotes = {
  nl: 'U opende dit met een link die naar uw zakelijke mailbox is gestuurd. Uw werkgever beheert die mailbox. De vastlegging zegt dat er ook bij: zij bewijst op zichzelf niet dat u het was die klikte.',
  en: 'You opened this with a link that was sent to your work mailbox. Your employer manages that mailbox. The record says so too: by itself it does not prove that it was you who clicked.',
} as const

/** A presentation of the sample policy; its names hold what pages get wrong: `&`, `<`, accents. */
export function aPresentation(language: Language, overrides: Partial<Presentation> = {}): Presentation {
  const isTerm = overrides.policy === undefined
  const sha256 = createHash('sha256').update(samplePdf(language)).digest('hex')
  return {
    state: 'open',
    assignmentId: '01940000-0000-7000-8000-00000000a551',
    purpose: isTerm ? 'contract-term' : 'instruction',
    documents: [
      {
        documentId: '01940000-0000-7000-8000-00000000d0c0',
        role: 'main',
        mark: null,
        title: texts.title[language],
        sha256,
        byteLength: 87_412,
        pages: null,
        language,
      },
    ],
    references: [],
    statements: [],
    requirement: {
      assurance: 'mailbox-employer',
      known: 'mailbox-employer',
      met: true,
      suffices: ['mailbox-employer', 'passkey-bound'],
      minReading_s: 0,
      answerFrom: null,
    },
    supersededBy: null,
    language,
    languages: ['en', 'nl'],
    organisationName: 'Bakkerij De Ster & Zn.',
    personName: 'Zoë <b>van den</b> Berg',
    dueDate: '2026-12-15',
    expiresAt: '2026-12-21T22:59:59.000Z',
    policy: samplePolicy(language, isTerm ? 'contract-term' : 'instruction'),
    document: {
      sha256,
      title: texts.title[language],
      byteLength: 87_412,
    },
    choices: (['agreed', 'not-agreed', 'declined'] as const).map((choice) => offered(language, choice)),
    assuranceNote: assuranceNotes[language],
    act: null,
    ...overrides,
  }
}

/** The same policy as an instruction, of which a person is asked only to have seen it. */
export function anInstruction(language: Language, overrides: Partial<Presentation> = {}): Presentation {
  return aPresentation(language, {
    policy: samplePolicy(language, 'instruction'),
    choices: (['seen', 'declined'] as const).map((choice) => offered(language, choice)),
    ...overrides,
  })
}

const limits = {
  nl: {
    proves: 'Deze keuze is vastgelegd bij precies dit document en deze zin, na opening van een link die naar deze mailbox is gestuurd, en is daarna niet veranderd.',
    doesNotProve: 'Wie er klikte: de werkgever beheert de mailbox. En de tijd: die is van de klok van de dienst, niet van een onafhankelijke tijdbron.',
    wouldLift: 'Een inlog of ondertekening die alleen u in handen heeft, en een tijdstempel van een onafhankelijke partij.',
  },
  en: {
    proves: 'This choice was recorded with exactly this document and this sentence, after a link sent to this mailbox was opened, and has not changed since.',
    doesNotProve: 'Who clicked: the employer manages the mailbox. And the time: it is that of the service’s own clock, not of an independent source of time.',
    wouldLift: 'A login or a signature that only you hold, and a timestamp from an independent party.',
  },
} as const // prettier-ignore

/** What stands after an act with this choice. */
export function anActAnswer(language: Language, choice: Choice): ActAnswer {
  return {
    actId: '01940000-0000-7000-8000-00000000ac70',
    assignmentId: '01940000-0000-7000-8000-00000000a551',
    statementId: 'main',
    choice,
    statement: offers[choice][language].statement,
    actedAt: '2026-11-21T08:00:00.123Z',
    language,
    evidence: { assurance: 'mailbox-employer', evidenceLevel: 'E4', ...limits[language] },
    receipt: {
      entryIndex: 1207,
      treeSize: 1208,
      entry: '{"at":"2026-11-21T08:00:00.123Z","c":[],"kind":"act","v":1}',
      disclosures: [],
      tlogProof: 'c2sp.org/tlog-proof@v1\nindex 1207\n',
    },
  }
}
