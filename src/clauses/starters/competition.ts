import type { ClauseContent } from '../clause-template.ts'
import {
  area,
  areaReason,
  months,
  motivation,
  motivationParagraph,
  permissionParagraph,
} from './parameters.ts'

export const concurrentiebeding: ClauseContent = {
  kind: 'concurrentiebeding',
  heading: { nl: 'Concurrentiebeding', en: 'Non-competition (concurrentiebeding)' },
  parameters: [
    months,
    {
      name: 'activity',
      type: 'text',
      label: { nl: 'Welk werk voor wie', en: 'Which work for whom' },
      required: true,
    },
    area,
    areaReason,
    ...motivation,
  ],
  paragraphs: [
    {
      text: {
        nl: 'De werknemer doet tot {{months}} na het einde van de arbeidsovereenkomst het volgende werk niet, niet in dienst, niet als zelfstandige en niet via een ander: {{activity}}',
        en: 'Until {{months}} after the end of the employment contract the employee does not do the following work, neither employed nor self-employed nor through somebody else: {{activity}}',
      },
    },
    {
      text: {
        nl: 'Het beding geldt in dit gebied: {{area}}. De reden daarvoor is: {{areaReason}}',
        en: 'The clause holds in this area: {{area}}. The reason for it is: {{areaReason}}',
      },
    },
    motivationParagraph,
    permissionParagraph,
  ],
}

export const ronselbeding: ClauseContent = {
  kind: 'ronselbeding',
  heading: { nl: 'Ronselbeding', en: 'Non-solicitation of staff (ronselbeding)' },
  parameters: [months, ...motivation],
  paragraphs: [
    {
      text: {
        nl: 'De werknemer beweegt tot {{months}} na het einde van de arbeidsovereenkomst niemand die dan bij de werkgever werkt om daar weg te gaan, en helpt een ander daar niet bij.',
        en: 'Until {{months}} after the end of the employment contract the employee moves nobody who then works for the employer to leave, and does not help anybody else to do so.',
      },
    },
    {
      text: {
        nl: 'Wie uit eigen beweging reageert op een openbare vacature, valt hier niet onder.',
        en: 'Whoever answers a public vacancy of their own accord is not covered.',
      },
    },
    motivationParagraph,
  ],
}
