import { sha256Hex } from '#core'
import type { AnnexInput, DocumentLanguage, DossierReportInput, WarningInput } from '#documents'

/** Names as people have them: Polish, Turkish, Frisian, Dutch with the letter Ĳ. */
export const personNames = [
  'Łucja Żółkiewska-Świątek',
  'Şükrü Çağlar Yıldız',
  'Sjoukje Hoekstra-de Jong fan ’e Tsjûkemar',
  'Ĳsbrand van den IJssel',
] as const

/** A whole amount with its thousands apart, as the language writes it. */
function amountIn(language: DocumentLanguage, amount: number): string {
  const grouped = String(amount).replace(/(?<=\d)(?=\d{3}$)/, language === 'nl' ? '.' : ',')
  return `${grouped}${language === 'nl' ? ',00' : '.00'}`
}

type Words = Readonly<Record<DocumentLanguage, string>>

/** An annex with definitions, clauses three levels deep and two tables, one of them of named relations. */
export function anAnnex(changes: Partial<AnnexInput> = {}): AnnexInput {
  const language = changes.language ?? 'nl'
  const say = (words: Words): string => words[language]
  return {
    kind: 'annex',
    language,
    organisationName: 'Jansen & Zn. Zorg B.V.',
    reference: '01931f00-0000-7000-8000-0000000000a1',
    person: { name: personNames[2], externalId: 'P-00417', jobTitle: say({ nl: 'Accountmanager', en: 'Account manager' }) }, // prettier-ignore
    createdAt: '2026-11-21T08:00:00.123Z',
    annexMark: 'B',
    title: say({ nl: 'Geheimhouding en relaties', en: 'Confidentiality and relations' }),
    employer: { name: 'Jansen & Zn. Zorg B.V.', seat: 'Drachten', registration: '01234567', representedBy: { name: personNames[0], role: say({ nl: 'bestuurder', en: 'director' }) } }, // prettier-ignore
    contract: {
      title: say({ nl: 'Arbeidsovereenkomst voor onbepaalde tijd', en: 'Employment contract for an indefinite period' }), // prettier-ignore
      signedOn: '2026-12-01',
      place: say({ nl: 'Artikel 12, tweede lid', en: 'Article 12, second paragraph' }),
      quote: say({
        nl: 'Bijlage B maakt deel uit van deze overeenkomst.',
        en: 'Annex B is part of this agreement.',
      }),
    },
    effectiveFrom: '2027-01-01',
    introduction: [
      say({
        nl: 'De werknemer onderhoudt namens de werkgever contact met relaties en heeft daarbij toegang tot gegevens die niet openbaar zijn. Partijen leggen in deze bijlage vast welke gegevens dat zijn en wat daarvoor geldt, tijdens en na het dienstverband.',
        en: 'The employee keeps contact with relations on behalf of the employer and has access to information that is not public. In this annex the parties record which information that is and what applies to it, during and after the employment.',
      }),
    ],
    definitions: [
      { term: say({ nl: 'Relatie', en: 'Relation' }), meaning: say({ nl: 'Een organisatie of persoon die in de lijst hieronder met naam is genoemd. Anderen zijn geen relatie in de zin van deze bijlage.', en: 'An organisation or person named in the list below. Nobody else is a relation within the meaning of this annex.' }) }, // prettier-ignore
      { term: say({ nl: 'Vertrouwelijke informatie', en: 'Confidential information' }), meaning: say({ nl: 'Gegevens over cliënten, prijzen en plannen van de werkgever die niet openbaar zijn.', en: 'Information about clients, prices and plans of the employer that is not public.' }) }, // prettier-ignore
    ],
    clauses: [
      {
        heading: say({ nl: 'Geheimhouding', en: 'Confidentiality' }),
        paragraphs: [
          { text: say({ nl: 'De werknemer deelt vertrouwelijke informatie met niemand die haar niet voor het werk nodig heeft. Dat geldt tijdens het dienstverband en daarna.', en: 'The employee shares confidential information with nobody who does not need it for the work. That applies during the employment and afterwards.' }), items: [] }, // prettier-ignore
          {
            text: say({ nl: 'Dit geldt niet voor:', en: 'This does not apply to:' }),
            items: [
              say({ nl: 'een melding van een misstand volgens de Wet bescherming klokkenluiders;', en: 'a report of wrongdoing under the Dutch Whistleblower Protection Act;' }), // prettier-ignore
              say({ nl: 'informatie die een wet of een rechter vraagt, zo ver als die vraag gaat en niet verder, nadat de werknemer de werkgever heeft laten weten dat zij is gevraagd;', en: 'information that a law or a court demands, as far as that demand goes and no further, after the employee has told the employer that it was demanded;' }), // prettier-ignore
              say({ nl: 'een gesprek met een advocaat, een vakbond of de bedrijfsarts.', en: 'a conversation with a lawyer, a union or the company doctor.' }), // prettier-ignore
            ],
          },
        ],
      },
      {
        heading: say({ nl: 'Relaties', en: 'Relations' }),
        paragraphs: [
          { text: say({ nl: 'De werknemer benadert een relatie in het jaar na het einde van het dienstverband niet om zaken te doen die de werkgever ook doet.', en: 'In the year after the end of the employment the employee does not approach a relation to do business that the employer does too.' }), items: [] }, // prettier-ignore
          { text: say({ nl: 'Een bericht op een sociaal netwerk dat aan al uw contacten zichtbaar is en niemand aanspreekt, is geen benadering in de zin van dit artikel.', en: 'A message on a social network that all your contacts can see and that addresses nobody is not an approach within the meaning of this article.' }), items: [] }, // prettier-ignore
        ],
      },
      {
        heading: say({ nl: 'Teruggave', en: 'Return' }),
        paragraphs: [{ text: say({ nl: 'Op de laatste werkdag geeft de werknemer alles terug wat van de werkgever is, en bewaart geen kopie.', en: 'On the last working day the employee returns everything that is the employer’s and keeps no copy.' }), items: [] }], // prettier-ignore
      },
    ],
    tables: [
      {
        heading: say({ nl: 'Lijst van relaties', en: 'List of relations' }),
        columns: [
          { heading: say({ nl: 'Relatie', en: 'Relation' }), kind: 'text' },
          { heading: say({ nl: 'Contactpersoon', en: 'Contact' }), kind: 'text' },
          { heading: say({ nl: 'Omzet 2026 (€)', en: 'Turnover 2026 (€)' }), kind: 'amount' },
        ],
        rows: Array.from({ length: 42 }, (_, index) => [
          `${['Stichting De IJssel & Vecht', 'Zespół Opieki “Łódź”', 'Fryske Soarch Koöperaasje', 'Yıldız Bakım <Hizmetleri>'][index % 4]} ${index + 1}`,
          personNames[index % 4]!,
          amountIn(language, (index * 7919 + 1200) % 90000),
        ]),
      },
    ],
    ...changes,
  }
}

/** An annex as it is composed of clauses: numbers of its own, motivations, policy versions, and what it replaces. */
export function aComposedAnnex(changes: Partial<AnnexInput> = {}): AnnexInput {
  const reasons = 'Alleen deze werknemer kent de marge van elke klant. '.repeat(40).trim()
  const motivation = {
    functionRef: 'accountmanager zorg',
    interests: ['prijslijsten', 'aflopende contracten'],
    author: 'Łucja Żółkiewska',
    writtenAt: '2026-11-21T08:00:00.000Z',
  }
  const paragraphs = [{ text: 'De werknemer heeft geen zakelijk contact met relaties.', items: ['a', 'b'] }]
  return anAnnex({
    effectiveUntil: '2028-02-29',
    replaces: { effectiveFrom: '2026-02-28', documentSha256: sha256Hex('replaced') },
    clauses: [
      { heading: 'Relaties', number: 'B.1', paragraphs, motivation: { ...motivation, text: null } },
      { heading: 'Ronselen', number: 'B.2', paragraphs, motivation: { ...motivation, text: reasons } },
      ...Array.from({ length: 10 }, (_, at) => ({ heading: 'Meer', number: `B.${at + 3}`, paragraphs })),
    ],
    policies: [
      {
        name: 'Sociale media',
        versionNumber: 3,
        effectiveFrom: '2026-11-21',
        documentSha256: sha256Hex('policy'),
      },
    ],
    ...changes,
  })
}

/** A warning about two events, with a rule, an earlier warning that is kept and one that is only named. */
export function aWarning(changes: Partial<WarningInput> = {}): WarningInput {
  const language = changes.language ?? 'nl'
  const say = (words: Words): string => words[language]
  return {
    kind: 'warning',
    language,
    organisationName: 'Jansen & Zn. Zorg B.V.',
    reference: '01931f00-0000-7000-8000-0000000000b1',
    person: {
      name: personNames[1],
      externalId: 'P-00417',
      jobTitle: say({ nl: 'Verzorgende', en: 'Carer' }),
    },
    createdAt: '2026-11-21T08:00:00.123Z',
    subject: say({
      nl: 'Foto van een cliënt op sociale media',
      en: 'Photograph of a client on social media',
    }),
    givenOn: '2026-11-21',
    givenBy: { name: personNames[0], role: say({ nl: 'teamleider', en: 'team leader' }) },
    events: [
      { happenedOn: '2026-11-12', description: say({ nl: 'Op uw openbare Instagram-account stond om 14.10 uur een foto van de huiskamer van locatie De Wyken. Cliënt mevrouw A. is daarop herkenbaar.', en: 'At 14:10 a photograph of the living room of location De Wyken was on your public Instagram account. Client Mrs A. can be recognised in it.' }) }, // prettier-ignore
      { happenedOn: '2026-11-14', description: say({ nl: 'Na een verzoek van uw teamleider om de foto weg te halen stond deze er nog.', en: 'After a request of your team leader to remove it the photograph was still there.' }) }, // prettier-ignore
    ],
    hearing: { heardOn: '2026-11-17', account: say({ nl: 'Ik wist niet dat het account openbaar stond. Ik heb de foto nu verwijderd.', en: 'I did not know that the account was public. I have removed the photograph now.' }) }, // prettier-ignore
    rules: [
      {
        policyName: 'Internet en sociale media',
        versionNumber: 3,
        effectiveFrom: '2026-01-01',
        documentSha256: sha256Hex('edition'),
        ruleNumber: 7,
        heading: say({ nl: 'Beeld en geluid', en: 'Pictures and sound' }),
        text: say({ nl: 'U maakt geen foto’s, film of geluidsopnamen van collega’s, cliënten of bezoekers zonder dat zij dat vooraf goed vinden.', en: 'You do not take photographs, film or sound recordings of colleagues, clients or visitors without their prior permission.' }), // prettier-ignore
      },
    ],
    earlierWarnings: [
      { givenOn: '2026-03-02', subject: say({ nl: 'Opname van een overleg', en: 'Recording of a meeting' }), documentSha256: sha256Hex('earlier') }, // prettier-ignore
      { givenOn: '2025-06-16', subject: say({ nl: 'Gesprek over het gebruik van de telefoon tijdens een dienst', en: 'Talk about using the telephone on duty' }), documentSha256: null }, // prettier-ignore
    ],
    expectations: [
      say({ nl: 'U plaatst geen beelden van cliënten, ook niet als hun gezicht niet te zien is.', en: 'You post no pictures of clients, also not when their face cannot be seen.' }), // prettier-ignore
      say({ nl: 'U volgt voor 15 december 2026 de instructie ‘Beeld en privacy’.', en: 'You take the course ‘Pictures and privacy’ before 15 December 2026.' }), // prettier-ignore
    ],
    consequences: [say({ nl: 'Een berisping in uw dossier, en bij herhaling daarna een gesprek over beëindiging van het dienstverband.', en: 'A reprimand in your file, and if it is repeated after that a talk about ending the employment.' })], // prettier-ignore
    response: {
      contact: 'hr@jansen-zorg.example',
      until: '2026-12-05',
      how: say({ nl: 'U kunt schriftelijk of in een gesprek zeggen wat u van deze waarschuwing vindt. Uw reactie wordt erbij bewaard.', en: 'You can say in writing or in a talk what you think of this warning. Your response is kept with it.' }), // prettier-ignore
    },
    countsUntil: '2027-11-20',
    ...changes,
  }
}

/** The report of a dossier about a policy with so many lines. */
export function aDossierReport(lines = 60, changes: Partial<DossierReportInput> = {}): DossierReportInput {
  const language = changes.language ?? 'nl'
  const say = (words: Words): string => words[language]
  const kinds = ['policy-version-published', 'assignments-created']
  return {
    kind: 'dossier-report',
    language,
    organisationName: 'Jansen & Zn. Zorg B.V.',
    dossierId: '01931f00-0000-7000-8000-0000000000c1',
    subject: {
      kind: 'policy',
      id: '01931f00-0000-7000-8000-000000000003',
      name: 'Internet en sociale media',
    },
    purpose: say({ nl: 'Zaak 2026-17, verzoek tot ontbinding', en: 'Case 2026-17, request for termination' }),
    createdAt: '2026-11-21T08:00:00.123Z',
    frozenAt: '2026-11-21T08:00:04.500Z',
    ledger: { origin: 'beding.local/log/01931f00-0000-7000-8000-000000000001', treeSize: lines + 40, root: sha256Hex('root') }, // prettier-ignore
    unanchoredBecause: null,
    anchors: [
      { size: 12, at: '2026-11-16T10:00:02.000Z', development: false, witnesses: 0 },
      { size: lines + 40, at: '2026-11-21T08:00:03.000Z', development: true, witnesses: 2 },
    ],
    entries: Array.from({ length: lines }, (_, index) => ({
      index: index + 4,
      recordedAt: new Date(Date.UTC(2026, 10, 16, 9, 30) + index * 61_000).toISOString(),
      kind: kinds[index] ?? 'act',
      about:
        index < kinds.length
          ? 'Internet en sociale media, 3'
          : `${personNames[index % 4]}: ${say({ nl: 'gezien, versie 3', en: 'seen, version 3' })}`,
      level: index < kinds.length ? null : 'E3',
      after: index === 0 ? null : 1,
      before: 2,
    })),
    documents: [
      { title: 'Gedragscode internet en sociale media', sha256: sha256Hex('nl') },
      { title: 'Code of conduct for internet and social media', sha256: sha256Hex('en') },
    ],
    levels: [
      {
        level: 'E3',
        acts: Math.max(0, lines - kinds.length),
        proves: say({ nl: 'Deze keuze is vastgelegd bij precies dit document en deze zin, nadat een link werd geopend die naar deze mailbox was gestuurd.', en: 'This choice was recorded with exactly this document and this sentence, after a link that was sent to this mailbox was opened.' }), // prettier-ignore
        doesNotProve: say({ nl: 'Wie er klikte: de werkgever beheert de mailbox.', en: 'Who clicked: the employer manages the mailbox.' }), // prettier-ignore
        wouldLift: say({ nl: 'Een inlog of ondertekening die alleen de persoon in handen heeft.', en: 'A login or a signature that only the person holds.' }), // prettier-ignore
      },
    ],
    checks: [
      { name: 'entries: inclusion', outcome: 'PASSED', count: lines },
      { name: 'documents: seal signature', outcome: 'PASSED', count: 2 },
      { name: 'anchors: timestamp', outcome: 'INDETERMINATE', count: 1 },
    ],
    fileSha256: sha256Hex('dossier.zip'),
    ...changes,
  }
}
