/** Days of the Netherlands as YYYY-MM-DD, so many days from now. */
export function dayFromNow(days: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' }).format(
    Date.now() + days * 86_400_000,
  )
}

/** An annex with what makes such documents difficult: sub-clauses, a list of relations, amounts, names. */
export function annexBody(personId: string): object {
  return {
    kind: 'annex',
    language: 'nl',
    personId,
    annexMark: 'B',
    title: 'Geheimhouding en relaties',
    seat: 'Drachten',
    registration: '01234567',
    representedBy: { name: 'Łucja Żółkiewska', role: 'directeur' },
    contract: {
      title: 'Arbeidsovereenkomst voor onbepaalde tijd',
      signedOn: '2025-03-01',
      place: 'Artikel 12, tweede lid',
      quote:
        'De afspraken over geheimhouding en relaties staan in bijlage B, die aan deze overeenkomst is gehecht.',
    },
    effectiveFrom: dayFromNow(30),
    introduction: [
      'De werknemer werkt in een functie waarin hij relaties van de werkgever kent en vertrouwelijke gegevens ziet. Partijen leggen hieronder vast wat daarvoor geldt.',
    ],
    definitions: [
      {
        term: 'Relatie',
        meaning: 'een klant of leverancier die in de lijst bij deze bijlage met naam staat',
      },
      {
        term: 'Vertrouwelijk',
        meaning: 'wat de werkgever zo noemt, of wat naar zijn aard geheim hoort te blijven',
      },
    ],
    clauses: [
      {
        heading: 'Geheimhouding',
        paragraphs: [
          {
            text: 'De werknemer houdt geheim wat hij in zijn werk aan vertrouwelijke gegevens verneemt, tijdens en na het dienstverband.',
          },
          {
            text: 'Dit geldt niet:',
            items: [
              'voor wat al openbaar is zonder toedoen van de werknemer;',
              'voor het melden van een vermoeden van een misstand volgens de Wet bescherming klokkenluiders;',
              'wanneer de wet of een rechter tot spreken verplicht.',
            ],
          },
        ],
      },
      {
        heading: 'Relaties',
        paragraphs: [
          {
            text: 'De werknemer benadert gedurende twaalf maanden na het einde van het dienstverband geen relatie om met een concurrerende dienst te werven.',
          },
          {
            text: 'Een bestaand contact op een sociaal netwerk mag blijven bestaan; wervende berichten aan een relatie zijn niet toegestaan.',
          },
        ],
      },
    ],
    tables: [
      {
        heading: 'Lijst van relaties',
        columns: [
          { heading: 'Relatie', kind: 'text' },
          { heading: 'Plaats', kind: 'text' },
          { heading: 'Omzet in 2025', kind: 'amount' },
        ],
        rows: [
          ['Jansen & Zn. <B.V.>', 'Snitser Mar, Sneek', '€ 128.400,00'],
          ['Gökçe Çiçek İthalat', 'İzmir', '€ 61.250,50'],
          ['Spółdzielnia Źródło', 'Łódź', '€ 9.900,00'],
          ['Stichting Wâldsang', 'Bûtenpost', '€ 4.300,00'],
          ['IJsselmeer Zeilmakerij', 'Enkhuizen', '€ 18.000,00'],
        ],
      },
    ],
  }
}

/** A warning about a rule of a version that was in force on the day of the event. */
export function warningBody(personId: string, policyId: string, ruleId: string): object {
  return {
    kind: 'warning',
    language: 'nl',
    personId,
    subject: 'Foto van een cliënt op een eigen account',
    givenOn: dayFromNow(0),
    givenBy: { name: 'Anna de Vries', role: 'hoofd verkoop' },
    events: [
      {
        happenedOn: dayFromNow(0),
        description:
          'Op een persoonlijk account verscheen een foto waarop een cliënt herkenbaar in beeld is, zonder toestemming van die cliënt.',
      },
    ],
    rules: [{ policyId, versionNumber: 1, ruleId }],
    expectations: ['De foto is binnen 24 uur verwijderd, en er komt geen nieuwe foto van cliënten bij.'],
    consequences: ['Bij herhaling kan een zwaardere maatregel volgen.'],
    response: {
      contact: 'hr@voorbeeld.example',
      until: dayFromNow(14),
      how: 'Bent u het niet eens met deze waarschuwing, of ziet u het anders? Schrijf dat binnen twee weken aan het adres hierboven. Uw reactie wordt bij deze waarschuwing bewaard.',
    },
    countsUntil: dayFromNow(365),
  }
}
