/** The words of the way in: the landing page of a link, and signing in. */
const nl = {
  landing: {
    title: 'Open uw document',
    opening: 'Uw document wordt geopend…',
    explain: 'Gebeurt er niets? Plak dan hieronder de link uit uw bericht.',
    withoutScript:
      'In uw browser staat JavaScript uit. Dat is geen probleem. Plak hieronder de hele link uit uw bericht.',
    label: 'De link of de code uit uw bericht',
    hint: 'Kopieer de hele link. Alleen het deel na het teken # mag ook.',
    button: 'Openen',
    nothingYet: 'Er is nog niets vastgelegd.',
    noLink: 'Hebt u geen link?',
    signIn: 'Meld u aan',
    missing: 'Plak de link of de code uit uw bericht.',
    wrong:
      'Deze link werkt niet. Kopieer de hele link uit het bericht dat u kreeg. Werkt het dan nog niet? Vraag uw werkgever om een nieuwe link. Er is niets vastgelegd.',
  },
  signIn: {
    title: 'Meld u aan',
    lead: 'Dan ziet u alles wat uw werkgever u heeft gestuurd, en al uw bewijzen.',
    withLink: 'Hebt u een bericht met een link? Dan hoeft u zich niet aan te melden: open de link.',
    tryAgain: 'Al aangemeld? Ga verder',
    expired: 'Uw aanmelding is voorbij. Meld u opnieuw aan. Wat al is vastgelegd, blijft vastgelegd.',
    codeTitle: 'Met een code in uw mailbox',
    address: 'Uw e-mailadres',
    addressHint: 'Uw adres van het werk, of uw eigen adres als u dat eerder hebt bevestigd.',
    sendCode: 'Stuur mij een code',
    codeSentTitle: 'Kijk in uw mailbox',
    codeSent:
      'Kennen wij dit adres, dan krijgt u binnen een paar minuten een bericht met een code. Vul de code hieronder in.',
    codeSentOwn: 'U krijgt binnen een paar minuten een bericht met een code. Vul de code hieronder in.',
    code: 'De code uit het bericht',
    codeHint: 'De code werkt 15 minuten en één keer.',
    enter: 'Verder',
    noCode: 'Geen code gekregen? Vraag een nieuwe',
    addressMissing: 'Vul uw e-mailadres in.',
    codeMissing: 'Vul de code in.',
    codeWrong: 'Deze code klopt niet of is verlopen. Kijk de code na of vraag een nieuwe.',
    ssoTitle: 'Met de inlog van uw werk',
    sso: (name: string) => `Inloggen met ${name}`,
    organisation: 'Uw werkgever',
    otherWays: 'Of kies een andere manier',
    noOrganisation:
      'Deze pagina weet niet bij welke werkgever u hoort. Open de link in een bericht dat u kreeg, of vraag uw werkgever om het adres van de aanmeldpagina.',
  },
  signedOut: {
    title: 'U bent afgemeld',
    text: 'Op dit apparaat kan niemand meer bij uw documenten zonder u opnieuw aan te melden.',
    again: 'Opnieuw aanmelden',
  },
}

export type EntryWords = typeof nl

const en: EntryWords = {
  landing: {
    title: 'Open your document',
    opening: 'Opening your document…',
    explain: 'Does nothing happen? Then paste the link from your message below.',
    withoutScript:
      'JavaScript is off in your browser. That is no problem. Paste the whole link from your message below.',
    label: 'The link or the code from your message',
    hint: 'Copy the whole link. Only the part after the # sign is fine too.',
    button: 'Open',
    nothingYet: 'Nothing has been recorded yet.',
    noLink: 'No link?',
    signIn: 'Sign in',
    missing: 'Paste the link or the code from your message.',
    wrong:
      'This link does not work. Copy the whole link from the message you got. Does it still not work? Ask your employer for a new link. Nothing was recorded.',
  },
  signIn: {
    title: 'Sign in',
    lead: 'Then you see everything your employer sent you, and all your proof.',
    withLink: 'Do you have a message with a link? Then you do not have to sign in: open the link.',
    tryAgain: 'Signed in already? Continue',
    expired: 'Your visit has ended. Sign in again. What was recorded stays recorded.',
    codeTitle: 'With a code in your mailbox',
    address: 'Your email address',
    addressHint: 'Your work address, or your own address if you confirmed it before.',
    sendCode: 'Send me a code',
    codeSentTitle: 'Look in your mailbox',
    codeSent:
      'If we know this address, you get a message with a code within a few minutes. Fill in the code below.',
    codeSentOwn: 'You get a message with a code within a few minutes. Fill in the code below.',
    code: 'The code from the message',
    codeHint: 'The code works for 15 minutes, and once.',
    enter: 'Continue',
    noCode: 'Did you get no code? Ask for a new one',
    addressMissing: 'Fill in your email address.',
    codeMissing: 'Fill in the code.',
    codeWrong: 'This code is wrong or has expired. Check the code or ask for a new one.',
    ssoTitle: 'With the login of your work',
    sso: (name) => `Log in with ${name}`,
    organisation: 'Your employer',
    otherWays: 'Or choose another way',
    noOrganisation:
      'This page does not know which employer you belong to. Open the link in a message that you got, or ask your employer for the address of the sign-in page.',
  },
  signedOut: {
    title: 'You have signed out',
    text: 'On this device nobody can reach your documents any more without signing in again.',
    again: 'Sign in again',
  },
}

export const entryWords = { nl, en }
