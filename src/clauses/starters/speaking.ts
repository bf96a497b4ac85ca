import type { ClauseContent } from '../clause-template.ts'
import { carveOut, carveOutParagraph } from './parameters.ts'

export const geheimhoudingsbeding: ClauseContent = {
  kind: 'geheimhoudingsbeding',
  heading: { nl: 'Geheimhouding', en: 'Confidentiality (geheimhoudingsbeding)' },
  parameters: [
    {
      name: 'information',
      type: 'lines',
      label: { nl: 'Wat geheim is', en: 'What is secret' },
      required: true,
    },
    carveOut,
  ],
  paragraphs: [
    {
      text: {
        nl: 'De werknemer houdt tijdens en na de arbeidsovereenkomst geheim wat de werkgever als vertrouwelijk heeft aangemerkt of wat dat duidelijk is. Daaronder vallen: {{information}}.',
        en: 'During and after the employment contract the employee keeps secret what the employer has marked as confidential or what is plainly so. That includes: {{information}}.',
      },
    },
    {
      text: {
        nl: 'Wat algemeen bekend is zonder dat de werknemer dit beding schond, is niet geheim.',
        en: 'What is generally known without the employee having broken this clause is not secret.',
      },
    },
    carveOutParagraph,
  ],
}

export const socialMediabeding: ClauseContent = {
  kind: 'social-mediabeding',
  heading: { nl: 'Sociale media', en: 'Social media (social-mediabeding)' },
  parameters: [
    {
      name: 'companyAccounts',
      type: 'lines',
      label: { nl: 'Accounts van de werkgever', en: 'Accounts of the employer' },
      required: true,
    },
    carveOut,
  ],
  paragraphs: [
    {
      text: {
        nl: 'De volgende accounts zijn van de werkgever: {{companyAccounts}}. De werknemer gebruikt ze alleen voor het werk en draagt op de laatste werkdag de toegang over.',
        en: 'The following accounts belong to the employer: {{companyAccounts}}. The employee uses them for work only and hands access over on the last working day.',
      },
    },
    {
      text: {
        nl: 'Het eigen account van de werknemer en de contacten daarop zijn en blijven van de werknemer. Binnen een maand na het einde staat daar niet meer dat hij bij de werkgever werkt.',
        en: 'The employee’s own account and the contacts on it are and remain the employee’s. Within a month of the end it no longer says that they work for the employer.',
      },
    },
    {
      text: {
        nl: 'Wie zich over het werk uitlaat, zegt erbij dat het een eigen mening is.',
        en: 'Whoever speaks about the work adds that it is their own opinion.',
      },
    },
    carveOutParagraph,
  ],
}
