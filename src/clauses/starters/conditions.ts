import type { ClauseContent } from '../clause-template.ts'

const yesNo = (name: string, nl: string, en: string) =>
  ({ name, type: 'yes-no', label: { nl, en }, required: true }) as const

/** A fine that says what art. 7:650 and 7:651 BW ask to be said. */
export const boetebeding: ClauseContent = {
  kind: 'boetebeding',
  heading: { nl: 'Boetebeding', en: 'Penalty (boetebeding)' },
  parameters: [
    {
      name: 'coveredRules',
      type: 'lines',
      label: { nl: 'Bij welke bepalingen', en: 'For which provisions' },
      required: true,
    },
    {
      name: 'amount',
      type: 'cents',
      label: { nl: 'Bedrag per overtreding', en: 'Amount for each breach' },
      required: true,
    },
    {
      name: 'perDay',
      type: 'cents',
      label: { nl: 'Bedrag per dag', en: 'Amount for each day' },
      required: true,
    },
    {
      name: 'capped',
      type: 'yes-no',
      label: { nl: 'Is er een hoogste bedrag?', en: 'Is there a highest amount?' },
      required: false,
    },
    {
      name: 'maximum',
      type: 'cents',
      label: { nl: 'Hoogste bedrag bij elkaar', en: 'Highest amount altogether' },
      required: true,
      when: { parameter: 'capped', is: true },
    },
    yesNo('benefitsEmployer', 'Komt de boete aan de werkgever toe?', 'Does the fine go to the employer?'),
    { name: 'destination', type: 'text', label: { nl: 'Bestemming', en: 'Destination' }, required: true },
    yesNo('derogateLid3', 'Afwijken van art. 7:650 lid 3 BW?', 'Derogate from art. 7:650 lid 3 BW?'),
    yesNo('derogateLid4', 'Afwijken van art. 7:650 lid 4 BW?', 'Derogate from art. 7:650 lid 4 BW?'),
    yesNo('derogateLid5', 'Afwijken van art. 7:650 lid 5 BW?', 'Derogate from art. 7:650 lid 5 BW?'),
    {
      name: 'cumulation',
      type: 'choice',
      label: { nl: 'Boete of schadevergoeding', en: 'Fine or damages' },
      required: true,
      options: [
        {
          value: 'instead',
          label: {
            nl: 'De werkgever kan in plaats van de boete schadevergoeding vragen, maar niet beide voor hetzelfde feit',
            en: 'Instead of the fine the employer can ask for damages, but not for both on account of one fact',
          },
        },
      ],
    },
  ],
  paragraphs: [
    {
      text: {
        nl: 'Wie een van deze bepalingen overtreedt, verbeurt een boete: {{coveredRules}}. De boete is {{amount}} voor elke overtreding en {{perDay}} voor elke dag dat zij daarna voortduurt.',
        en: 'Whoever breaks one of these provisions forfeits a fine: {{coveredRules}}. The fine is {{amount}} for each breach and {{perDay}} for each day on which it goes on after that.',
      },
    },
    {
      text: {
        nl: 'Alle boetes bij elkaar zijn nooit meer dan {{maximum}}.',
        en: 'All fines together are never more than {{maximum}}.',
      },
      when: { parameter: 'capped', is: true },
    },
    {
      text: {
        nl: 'De bestemming van de boete is: {{destination}}.',
        en: 'The destination of the fine is: {{destination}}.',
      },
    },
    {
      text: {
        nl: 'Partijen wijken uitdrukkelijk af van artikel 7:650 lid 3 van het Burgerlijk Wetboek: de boete komt aan de werkgever toe.',
        en: 'The parties explicitly derogate from article 7:650 paragraph 3 of the Dutch Civil Code: the fine goes to the employer.',
      },
      when: { parameter: 'derogateLid3', is: true },
    },
    {
      text: {
        nl: 'Partijen wijken uitdrukkelijk af van artikel 7:650 lid 4 van het Burgerlijk Wetboek.',
        en: 'The parties explicitly derogate from article 7:650 paragraph 4 of the Dutch Civil Code.',
      },
      when: { parameter: 'derogateLid4', is: true },
    },
    {
      text: {
        nl: 'Partijen wijken uitdrukkelijk af van artikel 7:650 lid 5 van het Burgerlijk Wetboek: de boete kan hoger zijn dan het loon van een halve dag.',
        en: 'The parties explicitly derogate from article 7:650 paragraph 5 of the Dutch Civil Code: the fine can exceed the wage of half a day.',
      },
      when: { parameter: 'derogateLid5', is: true },
    },
    {
      text: {
        nl: '{{cumulation}}. De rechter kan de boete verlagen.',
        en: '{{cumulation}}. The court can reduce the fine.',
      },
    },
  ],
}

export const nevenwerkzaamhedenbeding: ClauseContent = {
  kind: 'nevenwerkzaamhedenbeding',
  heading: { nl: 'Nevenwerkzaamheden', en: 'Side activities (nevenwerkzaamhedenbeding)' },
  parameters: [
    {
      name: 'activities',
      type: 'text',
      label: { nl: 'Welk ander werk', en: 'Which other work' },
      required: true,
    },
    {
      name: 'objectiveReason',
      type: 'choice',
      label: { nl: 'Objectieve reden (art. 7:653a BW)', en: 'Objective reason (art. 7:653a BW)' },
      required: true,
      options: [
        { value: 'health-safety', label: { nl: 'de gezondheid en veiligheid', en: 'health and safety' } },
        {
          value: 'confidentiality',
          label: { nl: 'de vertrouwelijkheid van informatie', en: 'the confidentiality of information' },
        },
        { value: 'integrity', label: { nl: 'de integriteit van het werk', en: 'the integrity of the work' } },
        {
          value: 'conflict-of-interest',
          label: { nl: 'het voorkomen van een belangenconflict', en: 'avoiding a conflict of interest' },
        },
        { value: 'working-hours', label: { nl: 'de Arbeidstijdenwet', en: 'the Working Hours Act' } },
      ],
    },
    {
      name: 'explanation',
      type: 'text',
      label: { nl: 'Uitleg van de reden', en: 'Explanation of the reason' },
      required: true,
    },
  ],
  paragraphs: [
    {
      text: {
        nl: 'Voor het volgende werk naast deze baan vraagt de werknemer vooraf toestemming: {{activities}}',
        en: 'For the following work beside this job the employee asks leave beforehand: {{activities}}',
      },
    },
    {
      text: {
        nl: 'De werkgever weigert alleen vanwege {{objectiveReason}}. {{explanation}}',
        en: 'The employer refuses only for {{objectiveReason}}. {{explanation}}',
      },
    },
    {
      text: {
        nl: 'Wie toestemming vraagt, ondervindt daarvan geen nadeel.',
        en: 'Nobody suffers a disadvantage for asking leave.',
      },
    },
  ],
}

export const wijzigingsbeding: ClauseContent = {
  kind: 'wijzigingsbeding',
  heading: { nl: 'Wijzigingsbeding', en: 'Unilateral change (wijzigingsbeding)' },
  parameters: [
    { name: 'terms', type: 'lines', label: { nl: 'Welke voorwaarden', en: 'Which terms' }, required: true },
    {
      name: 'notice',
      type: 'months',
      label: { nl: 'Aankondiging vooraf', en: 'Notice beforehand' },
      required: true,
    },
  ],
  paragraphs: [
    {
      text: {
        nl: 'De werkgever kan deze voorwaarden eenzijdig wijzigen als zijn belang daarbij zo zwaar weegt dat het belang van de werknemer naar redelijkheid en billijkheid moet wijken: {{terms}}.',
        en: 'The employer can change these terms on its own if its interest weighs so heavily that the employee’s interest must reasonably yield: {{terms}}.',
      },
    },
    {
      text: {
        nl: 'Hij kondigt de wijziging {{notice}} vooraf schriftelijk en met redenen aan, en hoort de werknemer.',
        en: 'It announces the change {{notice}} beforehand, in writing and with reasons, and hears the employee.',
      },
    },
    {
      text: {
        nl: 'Een beding dat de werknemer na het einde beperkt, en een boete, kunnen niet op deze weg worden ingevoerd of verzwaard.',
        en: 'A clause that restricts the employee after the end, and a fine, cannot be introduced or made heavier this way.',
      },
    },
  ],
}
