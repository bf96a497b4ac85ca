import type { CivilDate } from '#core'
import type { Language } from '#people'
import { dayInWords } from '#core'

/** What a message to a person says. The link is the only secret in it. */
export type DeliveryMessage = {
  readonly language: Language
  readonly personName: string
  readonly organisationName: string
  readonly policyTitle: string
  readonly dueDate: CivilDate
  readonly link: string
}

/** Subject and plain text of the message, in the language of the person. No tracking, no HTML, one link. */
export function messageText(message: DeliveryMessage): { readonly subject: string; readonly text: string } {
  const day = dayInWords(message.dueDate, message.language)
  return message.language === 'nl' ? dutch(message, day) : english(message, day)
}

function dutch(message: DeliveryMessage, day: string): { subject: string; text: string } {
  return {
    subject: `${message.organisationName}: lees ‘${message.policyTitle}’`,
    text: [
      `Beste ${message.personName},`,
      '',
      `${message.organisationName} vraagt u om ‘${message.policyTitle}’ te lezen en vóór of op ${day} te antwoorden.`,
      '',
      'Open deze link. Hij is alleen voor u; stuur hem niet door:',
      message.link,
      '',
      'Na uw antwoord krijgt u op dezelfde pagina een bewijs. Bewaar dat ook buiten de systemen van uw werkgever.',
    ].join('\n'),
  }
}

function english(message: DeliveryMessage, day: string): { subject: string; text: string } {
  return {
    subject: `${message.organisationName}: please read ‘${message.policyTitle}’`,
    text: [
      `Dear ${message.personName},`,
      '',
      `${message.organisationName} asks you to read ‘${message.policyTitle}’ and to answer on or before ${day}.`,
      '',
      'Open this link. It is for you alone; do not forward it:',
      message.link,
      '',
      'After your answer you get a receipt on the same page. Keep a copy outside your employer’s systems too.',
    ].join('\n'),
  }
}
