import type { Parameter } from '../clause-template.ts'

/** Parameters that several kinds have. Their names are those that the rules of law read. */
export const months: Parameter = {
  name: 'months',
  type: 'months',
  label: { nl: 'Duur na het einde, in maanden', en: 'Duration after the end, in months' },
  required: true,
}

export const area: Parameter = {
  name: 'area',
  type: 'text',
  label: { nl: 'Gebied', en: 'Area' },
  required: true,
}

export const areaReason: Parameter = {
  name: 'areaReason',
  type: 'text',
  label: { nl: 'Waarom dit gebied', en: 'Why this area' },
  required: true,
}

/** The written reasons of art. 7:653 lid 2 BW, which belong with the clause; required by law in a fixed-term contract. */
export const motivation: readonly Parameter[] = [
  {
    name: 'withMotivation',
    type: 'yes-no',
    label: { nl: 'Staat er een motivering bij?', en: 'Does a motivation stand with it?' },
    required: true,
  },
  {
    name: 'motivation',
    type: 'text',
    label: {
      nl: 'Zwaarwegende belangen, toegespitst op deze werknemer',
      en: 'Weighty interests, specific to this employee',
    },
    required: true,
    when: { parameter: 'withMotivation', is: true },
  },
  {
    name: 'motivationFunction',
    type: 'text',
    label: { nl: 'Functie waarop de motivering ziet', en: 'Function that the motivation is about' },
    required: true,
    when: { parameter: 'withMotivation', is: true },
  },
  {
    name: 'motivationInterests',
    type: 'lines',
    label: { nl: 'Te beschermen belangen', en: 'Interests to protect' },
    required: true,
    when: { parameter: 'withMotivation', is: true },
  },
]

export const motivationParagraph = {
  text: {
    nl: 'Dit beding is noodzakelijk vanwege zwaarwegende bedrijfsbelangen. In de functie van {{motivationFunction}} gaat het om {{motivationInterests}}. {{motivation}}',
    en: 'This clause is necessary because of weighty business interests. In the function of {{motivationFunction}} these are {{motivationInterests}}. {{motivation}}',
  },
  when: { parameter: 'withMotivation', is: true },
} as const

export const permissionParagraph = {
  text: {
    nl: 'De werkgever kan vooraf en schriftelijk toestemming geven. Hij antwoordt binnen twee weken op een verzoek daarom.',
    en: 'The employer can give leave beforehand and in writing. It answers a request for leave within two weeks.',
  },
} as const

export const carveOut: Parameter = {
  name: 'carveOut',
  type: 'yes-no',
  label: {
    nl: 'Uitzondering voor het melden van misstanden opnemen?',
    en: 'Include the exception for reporting abuses?',
  },
  required: true,
}

export const carveOutParagraph = {
  text: {
    nl: 'Dit beding beperkt niet het recht om een vermoeden van een misstand te melden of openbaar te maken, om met een arts, advocaat, vakbond, ondernemingsraad of toezichthouder te spreken, of om te voldoen aan een plicht uit de wet.',
    en: 'This clause does not limit the right to report or disclose a suspected abuse, to speak with a doctor, lawyer, trade union, works council or supervisor, or to meet a duty under the law.',
  },
  when: { parameter: 'carveOut', is: true },
} as const
