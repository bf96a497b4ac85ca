/** Why something binds or does not, in words for whoever has to explain it. */
export const reasonTexts = {
  agreed: { nl: 'De persoon heeft ermee ingestemd.', en: 'The person agreed to it.' },
  told: {
    nl: 'Een instructie hoeft alleen verteld te zijn (art. 7:660 BW).',
    en: 'An instruction only has to be told (art. 7:660 BW).',
  },
  'shown-not-answered': {
    nl: 'De tekst is geopend en er kwam geen antwoord.',
    en: 'The text was opened and not answered.',
  },
  'not-opened': {
    nl: 'De tekst is verstuurd en niet geopend.',
    en: 'The text was sent and not opened.',
  },
  'information-only': {
    nl: 'Informatie verplicht tot niets.',
    en: 'Information obliges nobody to anything.',
  },
  'seen-not-agreed': {
    nl: 'De persoon heeft de tekst gezien. Zien is geen instemmen.',
    en: 'The person saw the text. Seeing is not agreeing.',
  },
  'agreed-conditionally': {
    nl: 'De persoon stemde in onder een voorwaarde. Dat is geen instemming.',
    en: 'The person agreed under a condition. That is no agreement.',
  },
  'not-agreed': { nl: 'De persoon stemde niet in.', en: 'The person did not agree.' },
  declined: { nl: 'De persoon weigerde te antwoorden.', en: 'The person declined to answer.' },
  'replaced-by-version-not-agreed': {
    nl: 'De persoon stemde in met deze versie; de werkgever verving haar door een versie waarmee de persoon niet instemde. Welke van de twee geldt, is voor een jurist (art. 7:611 en 7:613 BW).',
    en: 'The person agreed to this version; the employer replaced it by one to which the person did not agree. Which of the two holds is for a lawyer (art. 7:611 and 7:613 BW).',
  },
  'version-not-in-force': {
    nl: 'Deze versie gold op die dag niet.',
    en: 'This version was not in force on that day.',
  },
  'act-denied': {
    nl: 'De persoon of de wederpartij ontkent de handtekening. Zolang dat zo is, telt het stuk niet (art. 159 lid 2 Rv).',
    en: 'A signature is denied. As long as it is, the document does not count (art. 159 lid 2 Rv).',
  },
  'act-not-theirs': {
    nl: 'Een rechter vond dat de handtekening niet van deze persoon is.',
    en: 'A court found that the signature is not this person’s.',
  },
  'proof-too-low': {
    nl: 'Wie heeft geantwoord, is voor dit doel te zwak bewezen (Rb. Zeeland-West-Brabant ECLI:NL:RBZWB:2020:4817).',
    en: 'Who answered is proven too weakly for this purpose (Rb. Zeeland-West-Brabant ECLI:NL:RBZWB:2020:4817).',
  },
  'one-sided': {
    nl: 'Alleen deze persoon heeft zich verklaard; van de werkgever is geen verklaring vastgelegd.',
    en: 'Only this person declared anything; no declaration of the employer is on record.',
  },
  'signed-by-both': {
    nl: 'Beide partijen hebben getekend en geen regel hield het tegen.',
    en: 'Both parties signed and no rule stopped it.',
  },
  'not-signed-by-both': {
    nl: 'Niet beide partijen hebben getekend.',
    en: 'Not both parties signed.',
  },
  'not-yet-begun': {
    nl: 'Beide partijen hebben getekend; de eerste dag was er nog niet, of de uitkomst was nog niet vastgelegd.',
    en: 'Both parties signed; its first day had not come, or the outcome was not recorded yet.',
  },
  'not-accepted': {
    nl: 'Het aanbod is geweigerd, ingetrokken of verlopen.',
    en: 'The offer was declined, withdrawn or lapsed.',
  },
  'blocked-by-rule': {
    nl: 'Een rechtsregel hield het tegen toen beiden hadden getekend. Zie de beoordeling.',
    en: 'A rule of law stopped it once both had signed. See the evaluation.',
  },
  'ended-before': { nl: 'Het was op die dag geëindigd.', en: 'It had ended by that day.' },
  'replaced-before': {
    nl: 'Het was op die dag vervangen door een later stuk.',
    en: 'A later document had replaced it by that day.',
  },
  'imported-record': {
    nl: 'Dit is overgenomen uit een ander systeem; hier is niet gezien dat iemand tekende.',
    en: 'This was taken over from elsewhere; nobody was seen signing it here.',
  },
} as const satisfies Readonly<Record<string, { readonly nl: string; readonly en: string }>>

export type ReasonCode = keyof typeof reasonTexts
export const reasonCodes = Object.keys(reasonTexts) as readonly ReasonCode[]
