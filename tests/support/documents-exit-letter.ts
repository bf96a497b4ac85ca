import { sha256Hex } from '#core'
import type { ExitLetterInput } from '#documents'
import { personNames } from './documents-letters.ts'

/** A letter with a relatiebeding and its list, a geheimhoudingsbeding without an end, a boetebeding, and what is not claimed. */
export function anExitLetter(changes: Partial<ExitLetterInput> = {}): ExitLetterInput {
  const language = changes.language ?? 'nl'
  const say = (words: { readonly nl: string; readonly en: string }): string => words[language]
  const annex = { mark: 'B', title: say({ nl: 'Geheimhouding en relaties', en: 'Confidentiality and relations' }), documentSha256: sha256Hex('annex b') } // prettier-ignore
  const penalty = { amountCents: 1_000_000, perDayCents: 100_000 }
  return {
    kind: 'exit-letter',
    language,
    organisationName: 'Jansen & Zn. Zorg B.V.',
    reference: '01931f00-0000-7000-8000-0000000000d1',
    person: { name: personNames[2], externalId: 'P-00417', jobTitle: say({ nl: 'Accountmanager', en: 'Account manager' }) }, // prettier-ignore
    createdAt: '2026-11-21T08:00:00.123Z',
    givenOn: '2026-11-21',
    givenBy: { name: personNames[0], role: say({ nl: 'bestuurder', en: 'director' }) },
    lastDay: '2026-11-30',
    endedBy: 'employee',
    replaces: null,
    obligations: [
      {
        clauseId: 'relaties',
        kind: 'relatiebeding',
        title: say({ nl: 'Geen zakelijk contact met genoemde relaties', en: 'No business contact with the named relations' }), // prettier-ignore
        text: [
          say({ nl: 'De werknemer heeft in de 12 maanden na het einde van het dienstverband geen zakelijk contact met de relaties in Bijlage C. Dit geldt ook voor contact online en ook als de relatie het contact begint. Leveranciers tellen mee, mogelijke klanten niet.', en: 'In the 12 months after the end of the employment the employee has no business contact with the relations in Annex C. This also holds for contact online, and also when the relation starts the contact. Suppliers count, possible customers do not.' }), // prettier-ignore
          say({ nl: 'Waarom dit nodig is: de werknemer kent als accountmanager de prijsafspraken van 2026 met de relaties op de lijst.', en: 'Why this is needed: as account manager the employee knows the price agreements of 2026 with the relations on the list.' }), // prettier-ignore
        ],
        annex,
        until: '2027-11-30',
        listMark: 'C',
        penalty,
      },
      {
        clauseId: 'geheim',
        kind: 'geheimhoudingsbeding',
        title: say({ nl: 'Geheimhouding', en: 'Confidentiality' }),
        text: [say({ nl: 'De werknemer deelt prijzen, recepten en plannen van de werkgever met niemand die ze niet voor het werk nodig heeft, tijdens het dienstverband en daarna.', en: 'The employee shares prices, recipes and plans of the employer with nobody who does not need them for the work, during the employment and afterwards.' })], // prettier-ignore
        annex,
        until: null,
        listMark: null,
        penalty: { amountCents: 250_050, perDayCents: null },
      },
      {
        clauseId: 'boete',
        kind: 'boetebeding',
        title: say({ nl: 'Boete bij overtreding', en: 'Penalty for a breach' }),
        text: [say({ nl: 'Wie artikel 1 overtreedt, betaalt € 10.000 voor elke overtreding en € 1.000 voor elke dag dat die duurt. De werkgever vraagt dan geen schadevergoeding voor hetzelfde.', en: 'Whoever breaches article 1 pays € 10,000 for each breach and € 1,000 for each day that it goes on. The employer then asks no damages for the same fact.' })], // prettier-ignore
        annex,
        until: '2027-11-30',
        listMark: null,
        penalty: null,
      },
    ],
    lists: [
      {
        mark: 'C',
        title: say({ nl: 'Lijst van relaties', en: 'List of relations' }),
        documentSha256: sha256Hex('annex c'),
        relations: ['Stichting De IJssel & Vecht', 'Zespół Opieki “Łódź”', 'Fryske Soarch Koöperaasje', 'Yıldız Bakım <Hizmetleri>', 'Thermo Supplies N.V.'].map((name, index) => ({ name, kind: index === 4 ? ('supplier' as const) : ('customer' as const), from: `2024-0${index + 1}-15`, reason: say({ nl: 'Vaste contactpersoon sinds de start van het project', en: 'Regular contact since the start of the project' }) })), // prettier-ignore
      },
    ],
    notClaimed: [
      { title: say({ nl: 'Concurrentie', en: 'Competition' }), why: 'not-invoked' },
      { title: say({ nl: 'Werk naast uw baan', en: 'Work beside your job' }), why: 'ends-with-work' },
      { title: say({ nl: 'Werven van collega’s', en: 'Recruiting colleagues' }), why: 'denied' },
    ],
    contact: {
      name: say({ nl: 'Personeelszaken', en: 'Human resources' }),
      reach: 'hr@jansen-zorg.example',
      how: say({ nl: 'Bellen kan ook, op werkdagen tussen 9 en 12 uur.', en: 'You can also call, on working days between 9 and 12.' }), // prettier-ignore
    },
    ...changes,
  }
}
