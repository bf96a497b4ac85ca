import type { PageLanguage } from '#http'
import type { RoleName } from '#identity'

/** What the pages of staff say. */
export type StaffTexts = {
  readonly title: string
  readonly signInTitle: string
  readonly choose: string
  readonly none: string
  readonly organisation: string
  readonly organisationHint: string
  readonly goOn: string
  readonly signedInAs: string
  readonly role: string
  readonly secondFactor: string
  readonly secondFactorNone: string
  readonly until: string
  readonly stepUp: string
  readonly signOut: string
  readonly signedOutTitle: string
  readonly signedOut: string
  readonly matters: string
  readonly mattersNone: string
  readonly mattersHint: string
  readonly person: string
  readonly policy: string
  readonly readFrom: string
  readonly readable: string
  readonly documentation: string
  readonly roles: Readonly<Record<RoleName, string>>
}

export const staffTexts: Readonly<Record<PageLanguage, StaffTexts>> = {
  nl: {
    title: 'Medewerkers van de organisatie',
    signInTitle: 'Inloggen voor medewerkers',
    choose: 'Kies hoe u inlogt.',
    none: 'Voor deze organisatie kan hier niemand inloggen. Vraag het adres aan uw beheerder.',
    organisation: 'Kenmerk van uw organisatie',
    organisationHint: 'Dit kenmerk staat in het adres dat u van uw organisatie kreeg.',
    goOn: 'Verder',
    signedInAs: 'Ingelogd als',
    role: 'Rol',
    secondFactor: 'Tweede factor gebruikt op',
    secondFactorNone: 'niet in deze sessie',
    until: 'Uiterlijk ingelogd tot',
    stepUp: 'Opnieuw inloggen met een tweede factor',
    signOut: 'Uitloggen',
    signedOutTitle: 'U bent uitgelogd',
    signedOut: 'Sluit uw browser als anderen deze computer gebruiken.',
    matters: 'Zaken die u mag lezen',
    mattersNone: 'Er staat nu geen zaak voor u open.',
    mattersHint: 'Alles wat u leest, wordt vastgelegd met uw naam en het tijdstip.',
    person: 'Persoon',
    policy: 'Regeling',
    readFrom: 'Lees',
    readable: 'open tot',
    documentation: 'Beschrijving van wat u kunt opvragen',
    roles: {
      'organisation-admin': 'Beheerder',
      'hr-author': 'HR: schrijft regelingen',
      'hr-approver': 'HR: keurt regelingen goed',
      'hr-publisher': 'HR: maakt regelingen bekend',
      'hr-reader': 'HR: leest mee',
      lawyer: 'Advocaat of jurist',
      auditor: 'Accountant of toezichthouder',
    },
  },
  en: {
    title: 'People of the organisation',
    signInTitle: 'Sign in for staff',
    choose: 'Choose how to sign in.',
    none: 'Nobody of this organisation can sign in here. Ask your administrator for the address.',
    organisation: 'Identifier of your organisation',
    organisationHint: 'It stands in the address that your organisation gave you.',
    goOn: 'Continue',
    signedInAs: 'Signed in as',
    role: 'Role',
    secondFactor: 'Second factor used at',
    secondFactorNone: 'not in this session',
    until: 'Signed in until at the latest',
    stepUp: 'Sign in again with a second factor',
    signOut: 'Sign out',
    signedOutTitle: 'You are signed out',
    signedOut: 'Close your browser if others use this computer.',
    matters: 'Matters that you may read',
    mattersNone: 'No matter is open to you now.',
    mattersHint: 'Everything you read is written down with your name and the time.',
    person: 'Person',
    policy: 'Policy',
    readFrom: 'Read',
    readable: 'open until',
    documentation: 'Description of what you can ask for',
    roles: {
      'organisation-admin': 'Administrator',
      'hr-author': 'HR: writes policies',
      'hr-approver': 'HR: approves policies',
      'hr-publisher': 'HR: publishes policies',
      'hr-reader': 'HR: reads',
      lawyer: 'Lawyer',
      auditor: 'Auditor',
    },
  },
}
