import type { PolicyContent } from './content.ts'

/** A small complete content: the example in the description of the interface, and where tests begin. */
export const sampleContent: PolicyContent = {
  languages: ['en', 'nl'],
  title: { en: 'Working with photos at [NAAM ORGANISATIE]', nl: 'Werken met foto’s bij [NAAM ORGANISATIE]' },
  introduction: [
    { en: 'Photos show what we do well.', nl: 'Foto’s laten zien wat wij goed doen.' },
    { en: 'These two rules keep it that way.', nl: 'Deze twee regels houden dat zo.' },
  ],
  rules: [
    {
      id: 'ask-first',
      heading: { en: 'Ask first', nl: 'Vraag het eerst' },
      text: {
        en: 'Ask everyone who can be recognised before you post a photo.',
        nl: 'Vraag het aan iedereen die herkenbaar is voordat je een foto plaatst.',
      },
      modality: 'must',
      scope: { time: 'working-time', place: 'workplace', account: 'any-account' },
      legalNature: 'instruction',
      sanctionReference: 'Staff handbook, chapter 4',
    },
    {
      id: 'name-the-maker',
      heading: { en: 'Name the maker', nl: 'Noem de maker' },
      text: { en: 'Name the person who took the photo.', nl: 'Noem wie de foto heeft gemaakt.' },
      modality: 'advised',
      scope: { time: 'always', place: 'everywhere', account: 'company-account' },
      legalNature: 'information',
    },
  ],
  sections: [
    {
      id: 'your-rights',
      heading: { en: 'Your rights', nl: 'Jouw rechten' },
      paragraphs: [
        { en: 'You may always say no to a photo.', nl: 'Je mag altijd nee zeggen tegen een foto.' },
      ],
    },
  ],
  placeholders: [
    {
      name: 'NAAM ORGANISATIE',
      kind: 'text',
      label: { en: 'Name of the organisation', nl: 'Naam van de organisatie' },
      value: 'Voorbeeld BV',
    },
  ],
  changeSummary: { en: '', nl: '' },
  materiality: 'material',
}
