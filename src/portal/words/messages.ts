/** Pages that say one thing: how a ceremony ended, and what a refusal of the service means for the person. */
type Message = { readonly title: string; readonly text: readonly string[] }

export const messageNames = [
  'expired',
  'withdrawn',
  'superseded',
  'lapsed',
  'closed',
  'declined',
  'erased',
  'not-found',
  'not-yours',
  'not-allowed',
  'wrong-origin',
  'busy',
  'too-many',
  'failed',
  'invalid',
  'not-anchored',
  'stopped',
  'left',
] as const

export type MessageName = (typeof messageNames)[number]

type Words = {
  readonly messages: Readonly<Record<MessageName, Message>>
  readonly worksUntil: (moment: string) => string
  readonly about: (title: string, organisation: string) => string
  readonly toNewer: string
  readonly toList: string
  readonly tryAgain: string
  readonly reference: (id: string) => string
}

const nl: Words = {
  messages: {
    expired: {
      title: 'Deze link is verlopen',
      text: [
        'U kunt met deze link niet meer antwoorden. Er is niets vastgelegd.',
        'Wilt u alsnog antwoorden? Vraag uw werkgever om een nieuwe link.',
      ],
    },
    withdrawn: {
      title: 'Dit document is ingetrokken',
      text: [
        'Uw werkgever heeft dit ingetrokken. U hoeft niets te doen. Er is met deze link niets vastgelegd.',
        'Komt er een nieuwe versie, dan krijgt u daar een apart bericht over.',
      ],
    },
    superseded: {
      title: 'Er is een nieuwere versie',
      text: [
        'Uw werkgever heeft deze vraag vervangen door een nieuwe. Op de oude kunt u niet meer antwoorden.',
        'Er is hier niets vastgelegd, ook niet als u de pagina nog open had. Lees de nieuwe versie en geef daar uw antwoord.',
      ],
    },
    lapsed: {
      title: 'De tijd om te antwoorden is voorbij',
      text: [
        'U kunt hierop niet meer antwoorden. Dat u niets antwoordde, geldt niet als ja.',
        'Wilt u alsnog antwoorden? Vraag het uw werkgever.',
      ],
    },
    closed: {
      title: 'Deze link is gemeld als verkeerd bezorgd',
      text: [
        'Iemand heeft gemeld dat dit bericht bij de verkeerde persoon kwam. Met deze link kan niemand meer antwoorden.',
        'Is het toch voor u? Vraag uw werkgever om een nieuwe link.',
      ],
    },
    declined: {
      title: 'U wilde hierop niet antwoorden',
      text: ['Dat is vastgelegd. U hoeft niets meer te doen.'],
    },
    erased: {
      title: 'Deze gegevens zijn gewist',
      text: [
        'De bewaartermijn is voorbij, of er is gevraagd om wissen. De inhoud is er niet meer.',
        'Bestanden die u zelf hebt bewaard, blijven geldig.',
      ],
    },
    'not-found': {
      title: 'Deze pagina is er niet',
      text: ['Misschien klopt het adres niet, of is er iets veranderd. Ga terug naar uw overzicht.'],
    },
    'not-yours': {
      title: 'U kunt dit hier niet zien',
      text: [
        'U opende deze pagina’s met een link voor één document. Dan ziet u alleen dat document.',
        'Meld u aan om alles te zien wat van u is.',
      ],
    },
    'not-allowed': {
      title: 'Dit kan nu niet',
      text: ['Er is niets vastgelegd. Ga terug en kijk wat er wel kan.'],
    },
    'wrong-origin': {
      title: 'Dit kwam niet van deze pagina',
      text: [
        'Uw verzoek kwam van een andere website of uw browser zegt niet waar het vandaan kwam. Daarom is er niets gedaan.',
        'Ga terug naar uw overzicht en probeer het daar opnieuw.',
      ],
    },
    busy: {
      title: 'Nog even wachten',
      text: [
        'Het is nu druk. Probeer het over een halve minuut opnieuw.',
        'Dat kan veilig: hetzelfde antwoord wordt nooit twee keer vastgelegd.',
      ],
    },
    'too-many': {
      title: 'Even pauze',
      text: ['Dit is te vaak achter elkaar geprobeerd. Wacht een paar minuten en probeer het dan opnieuw.'],
    },
    failed: {
      title: 'Er ging iets mis',
      text: [
        'Dat ligt niet aan u. We weten niet zeker of het gelukt is. Probeer het over een paar minuten opnieuw.',
        'Dat kan veilig: hetzelfde antwoord wordt nooit twee keer vastgelegd.',
      ],
    },
    invalid: {
      title: 'Dit formulier klopt niet',
      text: ['Er is niets vastgelegd. Ga terug, laad de pagina opnieuw en probeer het nog eens.'],
    },
    'not-anchored': {
      title: 'Nog even wachten',
      text: [
        'Dit is er nog niet. Eerst zet een onafhankelijke partij er een tijdstempel op. Dat duurt meestal niet langer dan een uur.',
        'Probeer het daarna opnieuw.',
      ],
    },
    stopped: {
      title: 'Antwoorden kan nu even niet',
      text: [
        'De dienst controleert zijn eigen register en neemt nu niets aan. Er is niets vastgelegd. Probeer het later opnieuw.',
      ],
    },
    left: {
      title: 'U werkt hier niet meer',
      text: [
        'U hoeft hierop niet meer te antwoorden. Uw eerdere bewijzen kunt u blijven ophalen met de links die u kreeg.',
      ],
    },
  },
  worksUntil: (moment) => `U kon antwoorden tot ${moment} (Nederlandse tijd).`,
  about: (title, organisation) => `Het gaat om ‘${title}’ (${organisation}).`,
  toNewer: 'Naar de nieuwe versie',
  toList: 'Naar uw overzicht',
  tryAgain: 'Opnieuw proberen',
  reference: (id) => `Vraagt u hulp? Noem dan dit nummer: ${id}`,
}

const en: Words = {
  messages: {
    expired: {
      title: 'This link has expired',
      text: [
        'You can no longer answer with this link. Nothing was recorded.',
        'Do you still want to answer? Ask your employer for a new link.',
      ],
    },
    withdrawn: {
      title: 'This document was withdrawn',
      text: [
        'Your employer withdrew this. You do not have to do anything. Nothing was recorded with this link.',
        'If a new version comes, you get a separate message about it.',
      ],
    },
    superseded: {
      title: 'There is a newer version',
      text: [
        'Your employer replaced this question by a new one. You can no longer answer the old one.',
        'Nothing was recorded here, not even if you still had the page open. Read the new version and answer there.',
      ],
    },
    lapsed: {
      title: 'The time to answer has passed',
      text: [
        'You can no longer answer this. That you did not answer does not count as yes.',
        'Do you still want to answer? Ask your employer.',
      ],
    },
    closed: {
      title: 'This link was reported as sent to the wrong person',
      text: [
        'Somebody reported that this message came to the wrong person. Nobody can answer with this link any more.',
        'Is it for you after all? Ask your employer for a new link.',
      ],
    },
    declined: {
      title: 'You did not want to answer this',
      text: ['That was recorded. You do not have to do anything more.'],
    },
    erased: {
      title: 'These data were erased',
      text: [
        'Their term has passed, or erasure was asked for. The content is no longer there.',
        'Files that you kept yourself stay valid.',
      ],
    },
    'not-found': {
      title: 'This page does not exist',
      text: ['The address may be wrong, or something has changed. Go back to your list.'],
    },
    'not-yours': {
      title: 'You cannot see this here',
      text: [
        'You opened these pages with a link for one document. Then you see that document only.',
        'Sign in to see everything that is yours.',
      ],
    },
    'not-allowed': {
      title: 'This is not possible now',
      text: ['Nothing was recorded. Go back and see what is possible.'],
    },
    'wrong-origin': {
      title: 'This did not come from this page',
      text: [
        'Your request came from another website, or your browser does not say where it came from. So nothing was done.',
        'Go back to your list and try again there.',
      ],
    },
    busy: {
      title: 'Please wait a moment',
      text: [
        'It is busy now. Try again in half a minute.',
        'That is safe: the same answer is never recorded twice.',
      ],
    },
    'too-many': {
      title: 'A short break',
      text: ['This was tried too often in a row. Wait a few minutes and then try again.'],
    },
    failed: {
      title: 'Something went wrong',
      text: [
        'It is not your fault. We are not sure whether it worked. Try again in a few minutes.',
        'That is safe: the same answer is never recorded twice.',
      ],
    },
    invalid: {
      title: 'This form is not right',
      text: ['Nothing was recorded. Go back, reload the page and try once more.'],
    },
    'not-anchored': {
      title: 'Please wait a moment',
      text: [
        'This is not there yet. An independent party first puts a timestamp on it. That usually takes no longer than an hour.',
        'Try again after that.',
      ],
    },
    stopped: {
      title: 'Answering is not possible for a moment',
      text: [
        'The service is checking its own register and takes nothing now. Nothing was recorded. Try again later.',
      ],
    },
    left: {
      title: 'You no longer work here',
      text: [
        'You do not have to answer this any more. You can still get your earlier proof with the links that you got.',
      ],
    },
  },
  worksUntil: (moment) => `You could answer until ${moment} (Dutch time).`,
  about: (title, organisation) => `It is about ‘${title}’ (${organisation}).`,
  toNewer: 'To the new version',
  toList: 'To your list',
  tryAgain: 'Try again',
  reference: (id) => `Do you ask for help? Then give this number: ${id}`,
}

export const messageWords = { nl, en }
