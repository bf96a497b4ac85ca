import type { AnnexState } from '#agreements'

/** Why somebody has no valid clause of a kind, with what would mend it. */
export const missingReasons = {
  none: { nl: 'Er is geen beding van deze soort. Stel een bijlage op en laat beide partijen tekenen.', en: 'There is no clause of this kind. Compose an annex and have both parties sign.' }, // prettier-ignore
  'not-signed': { nl: 'Het aanbod wacht op een handtekening. Laat beide partijen antwoorden.', en: 'The offer waits for a signature. Have both parties answer.' }, // prettier-ignore
  'not-yet-in-force': { nl: 'Er is getekend; de eerste dag is er nog niet.', en: 'It was signed; its first day has not come.' }, // prettier-ignore
  declined: { nl: 'Het aanbod is geweigerd. Alleen een nieuw akkoord helpt.', en: 'The offer was declined. Only a new agreement helps.' }, // prettier-ignore
  lapsed: { nl: 'Het aanbod is verlopen of ingetrokken. Bied het opnieuw aan.', en: 'The offer lapsed or was withdrawn. Offer it again.' }, // prettier-ignore
  blocked: { nl: 'Een rechtsregel hield het tegen. Herstel wat de beoordeling noemt en laat opnieuw tekenen.', en: 'A rule of law stopped it. Mend what the evaluation names and have it signed again.' }, // prettier-ignore
  denied: { nl: 'Een handtekening wordt ontkend. Bewijs van wie zij is, of spreek het opnieuw af.', en: 'A signature is denied. Prove whose it is, or agree it again.' }, // prettier-ignore
  'imported-only': { nl: 'Er is alleen een stuk uit een ander systeem. Spreek het hier opnieuw af.', en: 'There is only a record from elsewhere. Agree it again here.' }, // prettier-ignore
  ended: { nl: 'Het beding is geëindigd. Spreek een nieuw beding af.', en: 'The clause has ended. Agree a new one.' }, // prettier-ignore
  'superseded-without-successor': { nl: 'Het beding is vervangen door een stuk zonder zo’n beding. Spreek het opnieuw af.', en: 'The clause was replaced by a document without one. Agree it again.' }, // prettier-ignore
  'rule-failed': { nl: 'Het beding geldt, en de laatste beoordeling ziet een gebrek, zoals een omzetting of een motivering die ontbreekt. Zie de regels en spreek het opnieuw af.', en: 'The clause is in force, and the last evaluation sees a defect, such as a conversion or a motivation that is missing. See the rules and agree it again.' }, // prettier-ignore
} as const satisfies Readonly<Record<string, { readonly nl: string; readonly en: string }>>

export type MissingReason = keyof typeof missingReasons
export const missingReasonCodes = Object.keys(missingReasons) as readonly MissingReason[]

/** An annex that holds the clause, where it stands, and the rules that failed in the last evaluation that is kept. */
export type ClauseHolder = {
  readonly state: AnnexState
  readonly contested: boolean
  readonly failedRules: readonly string[]
}

const reasonOfState: Readonly<Record<AnnexState, MissingReason>> = {
  composed: 'none',
  offered: 'not-signed',
  'half-signed': 'not-signed',
  signed: 'not-yet-in-force',
  'in-force': 'rule-failed',
  superseded: 'superseded-without-successor',
  ended: 'ended',
  declined: 'declined',
  lapsed: 'lapsed',
  withdrawn: 'lapsed',
  blocked: 'blocked',
  denied: 'denied',
  imported: 'imported-only',
}

/** Why none of these is a valid clause, each reason once; empty when one is: in force, uncontested, and no rule failed. */
export function missingBecause(holders: readonly ClauseHolder[]): MissingReason[] {
  if (
    holders.some(
      ({ state, contested, failedRules }) => state === 'in-force' && !contested && failedRules.length === 0,
    )
  )
    // prettier-ignore
    return []
  const reasons = holders.map(({ state, contested }) => (contested ? 'denied' : reasonOfState[state]))
  const told = [...new Set(reasons)].filter((reason) => reason !== 'none')
  return told.length === 0 ? ['none'] : told
}
