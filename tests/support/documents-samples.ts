import { canonicalJson, sha256Hex } from '#core'
import type { DocumentContent, DocumentLanguage, PolicyEditionInput, ReceiptInput } from '#documents'

type RuleParts = [string, string, string, string, string, DocumentContent['rules'][number]['modality']]

const rules: RuleParts[] = [
  ['equipment', 'Apparatuur van de werkgever', 'Equipment of the employer', 'De werkgever stelt een laptop, een telefoon en internet beschikbaar voor uw werk. U gaat er zorgvuldig mee om. Is een apparaat kwijt of gestolen, dan meldt u dat dezelfde dag bij [MELDPUNT].', 'The employer provides a laptop, a telephone and internet access for your work. You handle them with care. If a device is lost or stolen, you report it the same day to [MELDPUNT].', 'must'],
  ['private-use', 'Privégebruik', 'Private use', 'U mag de apparatuur af en toe voor uzelf gebruiken, zolang uw werk en het netwerk er geen last van hebben. Het gaat om kort gebruik: even bellen, een bericht sturen, een afspraak maken.', 'You may use the equipment for yourself now and then, as long as your work and the network do not suffer from it. This is about short use: a call, a message, an appointment.', 'may'],
  ['passwords', 'Wachtwoorden', 'Passwords', 'U deelt uw wachtwoord met niemand, ook niet met een collega, uw leidinggevende of iemand die zegt van de helpdesk te zijn.', 'You share your password with nobody, not with a colleague, your manager or somebody who claims to be the helpdesk.', 'must-not'],
  ['confidential', 'Vertrouwelijke gegevens', 'Confidential information', 'Gegevens van cliënten en collega’s zet u niet op sociale media, ook niet in een besloten groep en ook niet zonder naam. Twijfelt u of iets vertrouwelijk is? Vraag het eerst. Zie [INTRANET] of bel [TELEFOON].', 'You do not put information about clients and colleagues on social media, not in a closed group and not without a name either. Are you in doubt whether something is confidential? Ask first. See [INTRANET] or call [TELEFOON].', 'must-not'],
  ['own-opinion', 'Uw eigen mening', 'Your own opinion', 'U mag in uw eigen tijd en met uw eigen account zeggen wat u vindt. Zegt u iets over het vak of over [NAAM ORGANISATIE], maak dan duidelijk dat u voor uzelf spreekt.', 'In your own time and with your own account you may say what you think. If you say something about the profession or about [NAAM ORGANISATIE], make clear that you speak for yourself.', 'may'],
  ['tone', 'Toon', 'Tone', 'Denk na voordat u plaatst. Wat u schrijft kan iedereen lezen, ook later, en ook zonder de rest van het gesprek.', 'Think before you post. What you write can be read by anyone, later as well, and without the rest of the conversation.', 'advised'],
  ['recording', 'Beeld en geluid', 'Pictures and sound', 'U maakt geen foto’s, film of geluidsopnamen van collega’s, cliënten of bezoekers zonder dat zij dat vooraf goed vinden.', 'You do not take photographs, film or sound recordings of colleagues, clients or visitors without their prior permission.', 'must-not'],
  ['control', 'Controle door de werkgever', 'Monitoring by the employer', 'De werkgever kijkt alleen in e-mail of internetgebruik als daar een concrete aanleiding voor is, niet verder dan nodig is en nadat u is gehoord, tenzij dat het onderzoek onmogelijk maakt. Berichten van en aan de ondernemingsraad, de vertrouwenspersoon en de bedrijfsarts worden niet gelezen. De uitkomst hoort u altijd. Wat niet nodig blijkt wordt binnen zes maanden gewist.', 'The employer looks into e-mail or internet use only if there is a concrete reason, no further than is necessary and after you have been heard, unless that would make the investigation impossible. Messages from and to the works council, the confidential adviser and the company doctor are not read. You are always told the outcome. What proves not to be needed is erased within six months.', 'must'],
] // prettier-ignore

const scopes: DocumentContent['rules'][number]['scope'][] = [
  { time: 'always', place: 'everywhere', account: 'company-account' },
  { time: 'working-time', place: 'workplace', account: 'company-account' },
  { time: 'always', place: 'everywhere', account: 'any-account' },
  { time: 'private-time', place: 'elsewhere', account: 'personal-account' },
]

/** A policy of eight rules in two languages, with placeholders of every kind that becomes a link. */
export function aPolicyContent(changes: Partial<DocumentContent> = {}): DocumentContent {
  return {
    languages: ['en', 'nl'],
    title: {
      nl: 'Gedragscode internet en sociale media',
      en: 'Code of conduct for internet and social media',
    },
    introduction: [
      {
        nl: 'Bij [NAAM ORGANISATIE] werken wij met internet, e-mail en sociale media. Deze code zegt wat wij van u vragen en wat u van ons mag verwachten. Wij hebben hem samen met de ondernemingsraad gemaakt.',
        en: 'At [NAAM ORGANISATIE] we work with internet, e-mail and social media. This code says what we ask of you and what you may expect of us. We made it together with the works council.',
      },
      {
        nl: 'De code geldt voor iedereen die voor ons werkt: medewerkers, uitzendkrachten en stagiairs.',
        en: 'The code applies to everybody who works for us: employees, agency workers and trainees.',
      },
    ],
    rules: rules.map(([id, headingNl, headingEn, nl, en, modality], index) => ({
      id,
      heading: { nl: headingNl, en: headingEn },
      text: { nl, en },
      modality,
      scope: scopes[index === 7 ? 0 : index % scopes.length]!,
      legalNature: modality === 'advised' ? 'information' : 'instruction',
      ...(modality === 'must-not' ? { sanctionReference: 'Personeelshandboek, hoofdstuk 7' } : {}),
    })),
    sections: [
      {
        id: 'your-rights',
        heading: { nl: 'Uw rechten', en: 'Your rights' },
        paragraphs: [
          {
            nl: 'U mag zien wat wij over u hebben vastgelegd. U mag vragen om verbetering. Stuur uw vraag naar [EMAIL]; u krijgt binnen een maand antwoord.',
            en: 'You may see what we have recorded about you. You may ask for correction. Send your question to [EMAIL]; you get an answer within a month.',
          },
          {
            nl: 'Niets in deze code beperkt uw recht om een misstand te melden, bij ons of bij het Huis voor Klokkenluiders.',
            en: 'Nothing in this code limits your right to report wrongdoing, to us or to the Whistleblowers Authority.',
          },
        ],
      },
      {
        id: 'in-doubt',
        heading: { nl: 'Twijfelt u?', en: 'In doubt?' },
        paragraphs: [
          {
            nl: 'Vraag het [CONTACTPERSOON]. Wie vooraf vraagt, doet niets fout.',
            en: 'Ask [CONTACTPERSOON]. Nobody does wrong by asking first.',
          },
        ],
      },
    ],
    placeholders: [
      { name: 'NAAM ORGANISATIE', kind: 'text', label: { nl: 'Naam', en: 'Name' }, value: 'Jansen & Zn. Zorg B.V.' },
      { name: 'MELDPUNT', kind: 'email', label: { nl: 'Meldpunt', en: 'Desk' }, value: 'meldpunt@jansen-zorg.example' },
      { name: 'INTRANET', kind: 'url', label: { nl: 'Intranet', en: 'Intranet' }, value: 'https://intranet.jansen-zorg.example/personeel/gedragscode/vragen-en-antwoorden-over-sociale-media' },
      { name: 'TELEFOON', kind: 'phone', label: { nl: 'Telefoon', en: 'Telephone' }, value: '+31 (0)20 123 45 67' },
      { name: 'EMAIL', kind: 'email', label: { nl: 'E-mail', en: 'E-mail' }, value: 'privacy@jansen-zorg.example' },
      { name: 'CONTACTPERSOON', kind: 'person', label: { nl: 'Contact', en: 'Contact' }, value: 'Şükrü Çağlar Yıldız' },
    ], // prettier-ignore
    changeSummary: {
      nl: 'Regel 8 over controle is nieuw. Regel 2 noemt nu ook de telefoon.',
      en: 'Rule 8 on monitoring is new. Rule 2 now mentions the telephone as well.',
    },
    materiality: 'material',
    ...changes,
  }
}

/** The edition of a published version in one language. */
export function aPolicyEdition(
  changes: Partial<PolicyEditionInput> & { readonly content?: DocumentContent } = {},
): PolicyEditionInput {
  const content = changes.content ?? aPolicyContent()
  return {
    kind: 'policy-edition',
    organisationName: 'Jansen & Zn. Zorg B.V.',
    policyName: 'Internet en sociale media',
    versionNumber: 3,
    legalNature: 'instruction',
    language: 'nl',
    effectiveFrom: '2026-12-01',
    publishedAt: '2026-11-16T09:30:00.250Z',
    ...changes,
    content,
    contentSha256: sha256Hex(canonicalJson(content)),
  }
}

const worth: Readonly<Record<DocumentLanguage, ReceiptInput['evidence']>> = {
  nl: {
    level: 'E3',
    proves: 'Deze keuze is vastgelegd bij precies dit document en deze zin, na opening van een link die naar deze mailbox is gestuurd, en is daarna niet veranderd.',
    doesNotProve: 'Wie er klikte: de werkgever beheert de mailbox. En de tijd: die is van de klok van de dienst, niet van een onafhankelijke tijdbron.',
    wouldLift: 'Een inlog of ondertekening die alleen u in handen heeft, en een tijdstempel van een onafhankelijke partij.',
  },
  en: {
    level: 'E3',
    proves: 'This choice was recorded with exactly this document and this sentence, after a link sent to this mailbox was opened, and has not changed since.',
    doesNotProve: 'Who clicked: the employer manages the mailbox. And the time: it is that of the service’s own clock, not of an independent source of time.',
    wouldLift: 'A login or a signature that only you hold, and a timestamp from an independent party.',
  },
} // prettier-ignore

/** The facts of an act by Şükrü Çağlar Yıldız. */
export function receiptFacts(changes: Partial<ReceiptInput['facts']> = {}): ReceiptInput['facts'] {
  return {
    organisationId: '01931f00-0000-7000-8000-000000000001',
    organisationName: 'Jansen & Zn. Zorg B.V.',
    personId: '01931f00-0000-7000-8000-000000000002',
    personName: 'Şükrü Çağlar Yıldız',
    personExternalId: 'P-00417',
    address: 's.yildiz@jansen-zorg.example',
    policyId: '01931f00-0000-7000-8000-000000000003',
    policyName: 'Internet en sociale media',
    versionNumber: 3,
    effectiveFrom: '2026-12-01',
    documentSha256: sha256Hex('nl'),
    documentTitle: 'Gedragscode internet en sociale media',
    language: 'nl',
    otherEditionsSha256: [`en:${sha256Hex('en')}`],
    statement:
      'Ik heb versie 3 van ‘Gedragscode internet en sociale media’ van Jansen & Zn. Zorg B.V. gezien. Ik weet dat mijn werkgever dit vanaf 1 december 2026 als instructie geeft.',
    choice: 'seen',
    reason: null,
    deliveredAt: '2026-11-20T07:15:03.004Z',
    deliveryChannel: 'smtp',
    openedAt: '2026-11-21T07:58:41.870Z',
    actedAt: '2026-11-21T08:00:00.123Z',
    method: 'one-time-link',
    assurance: 'mailbox-employer',
    evidenceLevel: 'E3',
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1',
    networkClass: 'public-ipv6',
    assignmentId: '01931f00-0000-7000-8000-000000000004',
    actId: '01931f00-0000-7000-8000-000000000005',
    personEntryNumber: 1,
    previousPersonEntry: null,
    ...changes,
  }
}

/** The receipt of an act; `facts` changes single facts. */
export function aReceipt(
  changes: { readonly language?: DocumentLanguage; readonly facts?: Partial<ReceiptInput['facts']> } = {},
): ReceiptInput {
  const language = changes.language ?? 'nl'
  return {
    kind: 'receipt',
    language,
    facts: receiptFacts(changes.facts),
    entryIndex: 1041,
    treeSize: 1056,
    checkpoint: {
      origin: 'beding.local/log/01931f00-0000-7000-8000-000000000001',
      root: sha256Hex('root'),
    },
    evidence: worth[language],
    verificationUrl: null,
    evidenceJson: canonicalJson({
      disclosures: [],
      entry: '{}',
      format: 'beding-evidence/v1',
      tlogProof: '',
    }),
  }
}
