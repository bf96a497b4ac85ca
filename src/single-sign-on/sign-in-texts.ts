import type { PageLanguage } from '#http'

/** What the pages around a sign-in say. Plain words, level B1. */
export type SignInTexts = {
  readonly signedIn: string
  readonly goOn: string
  readonly failed: string
  readonly again: string
  readonly reference: string
  readonly refusals: Readonly<Record<string, string>>
}

export const signInTexts: Readonly<Record<PageLanguage, SignInTexts>> = {
  nl: {
    signedIn: 'U bent ingelogd',
    goOn: 'Ga verder',
    failed: 'Inloggen is niet gelukt',
    again: 'Opnieuw proberen',
    reference: 'Kenmerk van deze poging',
    refusals: {
      'sign-on-answer-refused':
        'Het antwoord van de inlogdienst klopte niet. Probeer het opnieuw. Lukt het weer niet? Geef dan het kenmerk door aan uw organisatie.',
      'sign-on-expired':
        'Deze inlogpoging is te oud, of is in een andere browser begonnen. Begin opnieuw in deze browser.',
      'sign-on-not-verified':
        'De inlogdienst bevestigt uw e-mailadres niet. Vraag uw organisatie om dit te regelen.',
      'sign-on-person-left':
        'U werkt volgens de gegevens niet meer bij deze organisatie. Gebruik uw privémailbox om in te loggen.',
      'sign-on-person-unknown':
        'Dit account hoort niet bij iemand die wij kennen. Vraag uw organisatie of uw gegevens kloppen.',
      'sign-on-provider-not-found': 'Deze manier van inloggen is er niet (meer).',
      'sign-on-subject-differs':
        'Bij u hoort al een ander account. Heeft u een nieuw account? Vraag uw organisatie om het te wijzigen. U krijgt daar bericht van.',
      'sign-on-unavailable': 'De inlogdienst geeft nu geen antwoord. Probeer het over een minuut opnieuw.',
      'staff-blocked': 'Dit account is hier geblokkeerd. Vraag het aan de beheerder van uw organisatie.',
      'staff-role-ambiguous':
        'Dit account heeft hier meer dan één rol. Dat mag niet. Vraag de beheerder om uw groepen aan te passen.',
      'staff-role-missing':
        'Dit account heeft hier geen rol. Vraag de beheerder van uw organisatie om toegang.',
    },
  },
  en: {
    signedIn: 'You are signed in',
    goOn: 'Continue',
    failed: 'Signing in did not work',
    again: 'Try again',
    reference: 'Reference of this attempt',
    refusals: {
      'sign-on-answer-refused':
        'The answer of the sign-in service was not right. Try again. Does it go wrong again? Give the reference to your organisation.',
      'sign-on-expired':
        'This attempt is too old, or it began in another browser. Begin again in this browser.',
      'sign-on-not-verified':
        'The sign-in service does not confirm your e-mail address. Ask your organisation to arrange this.',
      'sign-on-person-left':
        'The records say that you no longer work for this organisation. Use your private mailbox to sign in.',
      'sign-on-person-unknown':
        'This account does not belong to anybody we know. Ask your organisation whether your details are right.',
      'sign-on-provider-not-found': 'This way to sign in does not exist (any more).',
      'sign-on-subject-differs':
        'Another account already belongs to you. Do you have a new account? Ask your organisation to change it. We will tell you when they do.',
      'sign-on-unavailable': 'The sign-in service does not answer now. Try again in a minute.',
      'staff-blocked': 'This account is blocked here. Ask the administrator of your organisation.',
      'staff-role-ambiguous':
        'This account has more than one role here. That is not allowed. Ask the administrator to change your groups.',
      'staff-role-missing':
        'This account has no role here. Ask the administrator of your organisation for access.',
    },
  },
}
