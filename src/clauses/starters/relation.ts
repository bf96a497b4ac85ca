import type { ClauseContent } from '../clause-template.ts'
import {
  area,
  areaReason,
  months,
  motivation,
  motivationParagraph,
  permissionParagraph,
} from './parameters.ts'

const counted = (value: string, nl: string, en: string) => ({ value, label: { nl, en } })

/** A relatiebeding that answers what courts found missing in others: suppliers, prospects, initiative, online contact. */
export const relatiebeding: ClauseContent = {
  kind: 'relatiebeding',
  heading: { nl: 'Relatiebeding', en: 'Non-solicitation of relations (relatiebeding)' },
  parameters: [
    months,
    {
      name: 'definition',
      type: 'text',
      label: { nl: 'Wie een relatie is', en: 'Who is a relation' },
      required: true,
    },
    {
      name: 'listedIn',
      type: 'choice',
      label: { nl: 'Waar de relaties staan', en: 'Where the relations stand' },
      required: true,
      options: [
        counted('here', 'in dit beding', 'in this clause'),
        counted('annex', 'op een lijst die een eigen bijlage is', 'on a list that is an annex of its own'),
      ],
    },
    {
      name: 'relations',
      type: 'lines',
      label: { nl: 'De relaties bij name', en: 'The relations by name' },
      required: true,
      when: { parameter: 'listedIn', is: 'here' },
    },
    {
      name: 'relationList',
      type: 'annex-mark',
      label: { nl: 'De bijlage met de lijst', en: 'The annex with the list' },
      required: true,
      when: { parameter: 'listedIn', is: 'annex' },
    },
    {
      name: 'suppliers',
      type: 'choice',
      label: { nl: 'Leveranciers', en: 'Suppliers' },
      required: true,
      options: [counted('in', 'wel relaties', 'relations'), counted('out', 'geen relaties', 'no relations')],
    },
    {
      name: 'prospects',
      type: 'choice',
      label: { nl: 'Mogelijke klanten', en: 'Prospects' },
      required: true,
      options: [counted('in', 'wel relaties', 'relations'), counted('out', 'geen relaties', 'no relations')],
    },
    {
      name: 'initiative',
      type: 'choice',
      label: { nl: 'Als de ander het contact begint', en: 'When the other side starts the contact' },
      required: true,
      options: [
        counted('in', 'ook als de relatie het contact begint', 'also when the relation starts the contact'),
        counted(
          'out',
          'alleen als de werknemer het contact begint',
          'only when the employee starts the contact',
        ),
      ],
    },
    {
      name: 'online',
      type: 'choice',
      label: { nl: 'Contact online', en: 'Online contact' },
      required: true,
      options: [
        counted(
          'in',
          'ook online, zoals een uitnodiging of een bericht op een netwerksite',
          'online as well, such as an invitation or a message on a networking site',
        ),
        counted(
          'out',
          'niet voor verbindingen op netwerksites zonder zakelijk bericht',
          'not for connections on networking sites without a business message',
        ),
      ],
    },
    area,
    areaReason,
    ...motivation,
  ],
  paragraphs: [
    {
      text: {
        nl: 'De werknemer heeft tot {{months}} na het einde van de arbeidsovereenkomst geen zakelijk contact met relaties van de werkgever en werkt niet voor hen, ook niet via een ander.',
        en: 'Until {{months}} after the end of the employment contract the employee has no business contact with relations of the employer and does not work for them, nor through somebody else.',
      },
    },
    {
      text: {
        nl: 'Een relatie is: {{definition}} Bij het aangaan zijn dat: {{relations}}. De lijst zoals die op de laatste werkdag luidt, beslist.',
        en: 'A relation is: {{definition}} At the start these are: {{relations}}. The list as it reads on the last working day decides.',
      },
      when: { parameter: 'listedIn', is: 'here' },
    },
    {
      text: {
        nl: 'Een relatie is: {{definition}} Wie dat zijn, staat op de lijst in bijlage {{relationList}}. Een nieuwe lijst geldt als beide partijen hem hebben ondertekend. De lijst zoals die op de laatste werkdag luidt, beslist.',
        en: 'A relation is: {{definition}} Who they are is on the list in annex {{relationList}}. A new list holds once both parties have signed it. The list as it reads on the last working day decides.',
      },
      when: { parameter: 'listedIn', is: 'annex' },
    },
    {
      text: {
        nl: 'Leveranciers zijn {{suppliers}}. Mogelijke klanten zijn {{prospects}}. Het beding geldt {{initiative}}. Het geldt {{online}}. Louter privé contact is vrij.',
        en: 'Suppliers are {{suppliers}}. Prospects are {{prospects}}. The clause holds {{initiative}}. It holds {{online}}. Purely private contact is free.',
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
