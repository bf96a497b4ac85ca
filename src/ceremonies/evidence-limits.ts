import type { Assurance } from '#assurance'
import type { Language } from '#people'

/** What a record proves, what it does not, and what would lift it, in words for the person. */
export type EvidenceLimits = {
  readonly proves: string
  readonly doesNotProve: string
  readonly wouldLift: string
}

const intact = {
  nl: 'Wie dit bewijs heeft, kan zien of er later iets aan is veranderd.',
  en: 'Whoever holds this receipt can see whether anything in it was changed later.',
}
const clock = {
  nl: 'En de tijd: die komt van de klok van de dienst, niet van een onafhankelijke partij.',
  en: 'And the time: it comes from the service’s own clock, not from an independent party.',
}
const stamp = {
  nl: 'een tijdstempel van een onafhankelijke partij.',
  en: 'a timestamp from an independent party.',
}

type Words = { readonly how: string; readonly not: string; readonly more: string }

const dutch: Readonly<Record<Assurance, Words>> = {
  'mailbox-employer': {
    how: 'nadat een link werd geopend die naar deze mailbox was gestuurd',
    not: 'Wie er klikte: de werkgever beheert de mailbox.',
    more: 'Een inlog of ondertekening die alleen u in handen heeft, en',
  },
  'mailbox-private': {
    how: 'nadat een code werd ingevuld die naar uw eigen mailbox was gestuurd',
    not: 'Wie de code invulde: dat kan iedereen zijn geweest die in die mailbox kan kijken.',
    more: 'Een ondertekening met uw eigen apparaat, en',
  },
  'phone-otp': {
    how: 'nadat een code werd ingevuld uit de app die u daarvoor had ingesteld',
    not: 'Wie de code invulde: dat kan iedereen zijn geweest die bij die app kan.',
    more: 'Een ondertekening met uw eigen apparaat, en',
  },
  sso: {
    how: 'nadat was ingelogd met het account dat de werkgever u gaf',
    not: 'Wie er inlogde: de werkgever beheert dat account, en er was geen tweede stap.',
    more: 'Een ondertekening met uw eigen apparaat, en',
  },
  'sso-mfa': {
    how: 'nadat was ingelogd met het account dat de werkgever u gaf, met een tweede stap',
    not: 'Wie er inlogde: de werkgever beheert dat account.',
    more: 'Een ondertekening met uw eigen apparaat, en',
  },
  'passkey-bound': {
    how: 'en ondertekend met een sleutel op uw apparaat, die u met vingerafdruk, gezicht of pincode vrijgaf',
    not: 'Dat niemand anders dat apparaat of het account waarmee de sleutel wordt bewaard, kan gebruiken. Ook niet wie u bent: dat is niet met een identiteitsbewijs nagegaan.',
    more: 'Een gekwalificeerde handtekening, en',
  },
  'passkey-bound-attested': {
    how: 'en ondertekend met een sleutel die uw apparaat niet verlaat, die u met vingerafdruk, gezicht of pincode vrijgaf',
    not: 'Dat niemand anders dat apparaat kan vrijgeven. Ook niet wie u bent: dat is niet met een identiteitsbewijs nagegaan.',
    more: 'Een gekwalificeerde handtekening, en',
  },
  qualified: {
    how: 'en ondertekend met een elektronische handtekening op afstand',
    not: 'Of de uitgever van het certificaat op dat moment op de lijst van erkende dienstverleners stond: dat staat in die lijst.',
    more: 'Die lijst van dat moment, en',
  },
}

const english: Readonly<Record<Assurance, Words>> = {
  'mailbox-employer': {
    how: 'after a link that was sent to this mailbox was opened',
    not: 'Who clicked: the employer manages the mailbox.',
    more: 'A login or a signature that only you hold, and',
  },
  'mailbox-private': {
    how: 'after a code that was sent to your own mailbox was entered',
    not: 'Who entered the code: anyone who can read that mailbox could have.',
    more: 'A signature by your own device, and',
  },
  'phone-otp': {
    how: 'after a code from the app that you had set up was entered',
    not: 'Who entered the code: anyone who can use that app could have.',
    more: 'A signature by your own device, and',
  },
  sso: {
    how: 'after a login with the account that the employer gave you',
    not: 'Who logged in: the employer manages that account, and there was no second step.',
    more: 'A signature by your own device, and',
  },
  'sso-mfa': {
    how: 'after a login with the account that the employer gave you, with a second step',
    not: 'Who logged in: the employer manages that account.',
    more: 'A signature by your own device, and',
  },
  'passkey-bound': {
    how: 'and signed with a key on your device, which you released by fingerprint, face or PIN',
    not: 'That nobody else can use that device, or the account in which the key is kept. Nor who you are: no proof of identity was looked at.',
    more: 'A qualified signature, and',
  },
  'passkey-bound-attested': {
    how: 'and signed with a key that does not leave your device, which you released by fingerprint, face or PIN',
    not: 'That nobody else can release that device. Nor who you are: no proof of identity was looked at.',
    more: 'A qualified signature, and',
  },
  qualified: {
    how: 'and signed with a remote electronic signature',
    not: 'Whether the issuer of the certificate was on the list of trusted providers at that moment: that list says so.',
    more: 'That list as it was at that moment, and',
  },
}

/** What a record of this strength proves, what it does not, and what would lift it. */
export function evidenceLimits(language: Language, assurance: Assurance): EvidenceLimits {
  const { how, not, more } = (language === 'nl' ? dutch : english)[assurance]
  const recorded =
    language === 'nl'
      ? `Deze keuze is vastgelegd bij precies dit document en deze zin, ${how}.`
      : `This choice was recorded with exactly this document and this sentence, ${how}.`
  return {
    proves: `${recorded} ${intact[language]}`,
    doesNotProve: `${not} ${clock[language]}`,
    wouldLift: `${more} ${stamp[language]}`,
  }
}

const notes = {
  nl: 'U opende dit met een link die naar uw zakelijke mailbox is gestuurd. Uw werkgever beheert die mailbox. Dat staat ook in de vastlegging: zij bewijst op zichzelf niet dat u het was die klikte.',
  en: 'You opened this with a link that was sent to your work mailbox. Your employer manages that mailbox. The record says so too: by itself it does not prove that it was you who clicked.',
} as const

/** What the page says about how a person who holds a link is known. */
export function assuranceNote(language: Language): string {
  return notes[language]
}
