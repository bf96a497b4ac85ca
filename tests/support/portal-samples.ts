import type { CivilDate, Instant } from '#core'
import type { ShownAct } from '../../src/portal/act-page.ts'
import type { ShownCeremony, ShownRule } from '../../src/portal/ceremony-values.ts'

type Language = 'nl' | 'en'

/** A name with everything that careless pages get wrong. */
export const hostileName = 'Şükrü Çağlar Jansen & Zn <test>'
export const hostileTitle = 'Sociale media & <b>meer</b> "regels"'
const moment = '2026-11-21T08:00:00.123Z' as Instant
const sha256 = '5f2b9c0e'.repeat(8)

const texts = {
  nl: {
    intro: 'Veel van ons gebruiken sociale media, thuis en op het werk. Met deze regels weet u wat er van u wordt verwacht.',
    heading: 'Geen gegevens van klanten',
    text: 'U deelt geen namen, foto’s of gegevens van klanten en collega’s zonder dat zij dat goedvinden. <script>alert(1)</script>',
    sanction: 'artikel 12 van het personeelsreglement',
    change: 'Regel 2 geldt nu ook voor besloten groepen.',
    rights: 'Uw rechten',
    rightsText: 'U mag uw mening geven, ook over uw werk. Misstanden melden mag altijd.',
    agreed: 'Ik ga akkoord met versie 3 van ‘Sociale media’ van Bakkerij De Ster & Zn. als onderdeel van mijn arbeidsvoorwaarden vanaf 1 januari 2027.',
    seen: 'Ik heb versie 3 van ‘Sociale media’ van Bakkerij De Ster & Zn. gezien.',
  },
  en: {
    intro: 'Many of us use social media, at home and at work. These rules tell you what is expected of you.',
    heading: 'No details of customers',
    text: 'You do not share names, photos or details of customers and colleagues unless they agree. <script>alert(1)</script>',
    sanction: 'article 12 of the staff rules',
    change: 'Rule 2 now also covers closed groups.',
    rights: 'Your rights',
    rightsText: 'You may give your opinion, also about your work. You may always report wrongdoing.',
    agreed: 'I agree to version 3 of ‘Social media’ of Bakkerij De Ster & Zn. as part of my terms of employment from 1 January 2027.',
    seen: 'I have seen version 3 of ‘Social media’ of Bakkerij De Ster & Zn.',
  },
} // prettier-ignore

export function someRules(language: Language): ShownRule[] {
  const text = texts[language]
  return (['must', 'must-not', 'may', 'advised'] as const).map((modality, index) => ({
    number: index + 1,
    id: `rule-${index}`,
    heading: text.heading,
    text: text.text,
    modality,
    scope: { time: 'always', place: 'everywhere', account: 'any-account' },
    legalNature: index === 2 ? 'information' : 'contract-term',
    sanctionReference: index === 1 ? text.sanction : null,
  }))
}

/** A ceremony about a policy, open, with what a test wants otherwise. */
export function aCeremony(language: Language, overrides: Partial<ShownCeremony> = {}): ShownCeremony {
  const text = texts[language]
  return {
    ceremonyId: '01940000-0000-7000-8000-00000000a551',
    state: 'open',
    language,
    organisationName: 'Bakkerij De Ster & Zn.',
    personName: hostileName,
    purpose: 'contract-term',
    title: hostileTitle,
    versionNumber: 3,
    effectiveFrom: '2027-01-01' as CivilDate,
    dueDate: '2026-12-15' as CivilDate,
    expiresAt: '2026-12-21T22:59:59.000Z' as Instant,
    text: {
      introduction: [text.intro],
      changeSummary: text.change,
      rules: someRules(language),
      sections: [{ id: 'rights', heading: text.rights, paragraphs: [text.rightsText] }],
    },
    since: {
      versionNumber: 2,
      choice: 'agreed',
      actedAt: moment,
      parts: [
        { status: 'changed', heading: text.heading, changes: [{ field: 'text', before: text.intro, after: text.text }, { field: 'modality', before: 'advised', after: 'must' }] },
        { status: 'added', heading: text.rights, changes: [{ field: 'text', before: null, after: text.rightsText }] },
        { status: 'removed', heading: text.rights, changes: [{ field: 'text', before: text.rightsText, after: null }] },
        { status: 'moved', heading: text.heading, changes: [] },
      ],
    },
    documents: [aDocument(language, 'main', '')],
    statements: [
      {
        statementId: 'main',
        subject: hostileTitle,
        act: null,
        choices: [
          { choice: 'agreed', label: language === 'nl' ? 'Akkoord' : 'I agree', statement: text.agreed, reasonRequired: false },
          { choice: 'agreed-conditionally', label: language === 'nl' ? 'Alleen akkoord onder een voorwaarde' : 'I agree only under a condition', statement: text.seen, reasonRequired: true },
          { choice: 'not-agreed', label: language === 'nl' ? 'Niet akkoord, wel gezien' : 'Not agreed, but seen', statement: text.seen, reasonRequired: false },
          { choice: 'declined', label: language === 'nl' ? 'Ik geef geen antwoord' : 'I decline to answer', statement: text.seen, reasonRequired: true },
        ],
      },
    ],
    answerFrom: null,
    assurance: { required: 'mailbox-employer', actual: 'mailbox-employer', met: true, sign: null, ways: [], canStrengthen: true },
    successorId: null,
    ...overrides,
  } // prettier-ignore
}

/** A bundle with an annex, a covenant that is asked apart, and a level that this person has not reached. */
export function aBundle(language: Language, overrides: Partial<ShownCeremony> = {}): ShownCeremony {
  const policy = aCeremony(language)
  const [main] = policy.statements
  return {
    ...policy,
    purpose: 'covenant',
    versionNumber: null,
    effectiveFrom: null,
    text: null,
    since: null,
    documents: [
      aDocument(language, 'main', ''),
      {
        ...aDocument(language, 'annex', 'A'),
        documentId: 'd2',
        references: [{ text: 'zie bijlage A', page: 3 }],
      },
      { ...aDocument(language, 'annex', 'B'), documentId: 'd3', references: [] },
    ],
    statements: [
      { ...main!, act: { actId: '01940000-0000-7000-8000-00000000ac70', choice: 'agreed', actedAt: moment } },
      { ...main!, statementId: 'covenant', subject: 'Concurrentiebeding <i>artikel 9</i>' },
    ],
    assurance: {
      required: 'passkey-bound',
      actual: 'mailbox-employer',
      met: false,
      sign: null,
      canStrengthen: true,
      ways: [
        { kind: 'passkey-new', href: '/my/devices' },
        { kind: 'private-mailbox', href: '/my/ceremonies/x/known/mailbox' },
        { kind: 'totp', href: '/my/ceremonies/x/known/totp' },
        { kind: 'sso', href: '/sign-in/sso/x/y' },
        { kind: 'qualified', href: null },
      ],
    },
    ...overrides,
  }
}

function aDocument(
  language: Language,
  role: 'main' | 'annex',
  mark: string,
): ShownCeremony['documents'][number] {
  return {
    documentId: 'd1',
    role,
    mark,
    title: hostileTitle,
    sha256,
    byteLength: 87_412,
    pages: 4,
    language,
    references: [],
  }
}

export function anAct(language: Language, overrides: Partial<ShownAct> = {}): ShownAct {
  return {
    actId: '01940000-0000-7000-8000-00000000ac70',
    ceremonyId: '01940000-0000-7000-8000-00000000a551',
    title: hostileTitle,
    personName: hostileName,
    choice: 'agreed',
    statement: texts[language].agreed,
    reason: null,
    language,
    actedAt: moment,
    entryIndex: 1207,
    treeSize: 1208,
    evidence: {
      assurance: 'mailbox-employer',
      evidenceLevel: 'E3',
      proves: 'This choice was recorded with exactly this document and this sentence.',
      doesNotProve: 'Who clicked: the employer manages the mailbox.',
      wouldLift: 'A signature that only you hold.',
    },
    code: {
      text: 'beding.local/log/x\n1208\nAAAABBBBCCCCDDDDEEEEFFFFGGGGHHHHIIIIJJJJKKK=\nindex 1207\n',
      rows: Array.from({ length: 25 }, (_, y) => Array.from({ length: 25 }, (_x, x) => ((x * 7 + y * 3) % 3 === 0 ? '1' : '0')).join('')),
    },
    documents: [{ documentId: 'd1', title: hostileTitle }],
    copies: [{ executedCopyId: '01940000-0000-7000-8000-0000000000c1', madeAt: moment }],
    partsLeft: 0,
    denial: null,
    ...overrides,
  } // prettier-ignore
}
