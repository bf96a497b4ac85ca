import type { CivilDate } from '#core'
import { addDays } from '#core'
import type { Texts } from '../rule.ts'

/** A breach that is claimed: from a day, up to and including another when it went on. */
export type Breach = {
  readonly id: string
  readonly from: CivilDate
  /** The last day on which it went on; equal to `from` when it was over at once. */
  readonly until: CivilDate
  /** What shows it: the SHA-256 of a capture with its day; null when nothing does. */
  readonly capture: { readonly sha256: string; readonly on: CivilDate } | null
}

export type PenaltyTerms = {
  readonly amountCents: number
  readonly perDayCents: number | null
  /** Whether the amount per day runs from the first day or from the day after. */
  readonly perDayFrom: 'first-day' | 'day-after'
  readonly maximumCents: number | null
  readonly currency: 'EUR'
}

export type PenaltyLine = {
  readonly breachId: string
  readonly onceCents: number
  readonly days: number
  readonly perDaysCents: number
  readonly shown: boolean
}

export type PenaltyCalculation = {
  readonly lines: readonly PenaltyLine[]
  readonly sumCents: number
  /** The sum of what captures show, and of the single amounts alone: what courts gave first. */
  readonly shownCents: number
  readonly capped: boolean
  readonly arguments: readonly (Texts & { readonly source: string })[]
}

/**
 * What a penalty clause comes to for these breaches, line by line, in cents. It is arithmetic on the words of the clause; it
 * says nothing about what a court leaves of it, and lists what is known to make courts reduce (art. 6:94 BW, 7:650 lid 6
 * BW). Throws a RangeError for a breach that ends before it begins or an amount below nothing.
 */
export function calculatePenalty(terms: PenaltyTerms, breaches: readonly Breach[]): PenaltyCalculation {
  if (terms.amountCents < 0 || (terms.perDayCents ?? 0) < 0)
    throw new RangeError('an amount is below nothing')
  const lines = breaches.map((breach) => lineOf(terms, breach))
  const total = lines.reduce((sum, line) => sum + line.onceCents + line.perDaysCents, 0)
  const capped = terms.maximumCents !== null && total > terms.maximumCents
  const shown = lines
    .filter((line) => line.shown)
    .reduce((sum, line) => sum + line.onceCents + line.perDaysCents, 0)
  return {
    lines,
    sumCents: capped ? terms.maximumCents : total,
    shownCents: Math.min(shown, terms.maximumCents ?? shown),
    capped,
    arguments: reductionArguments(terms, breaches, lines),
  }
}

function lineOf(terms: PenaltyTerms, breach: Breach): PenaltyLine {
  if (breach.until < breach.from) throw new RangeError(`breach ${breach.id} ends before it begins`)
  const whole = daysFrom(breach.from, breach.until)
  const days = terms.perDayCents === null ? 0 : terms.perDayFrom === 'first-day' ? whole : whole - 1
  return {
    breachId: breach.id,
    onceCents: terms.amountCents,
    days,
    perDaysCents: days * (terms.perDayCents ?? 0),
    shown: breach.capture !== null,
  }
}

/** Calendar days from the first to the last, both counted. */
function daysFrom(first: CivilDate, last: CivilDate): number {
  return Math.round((Date.parse(addDays(last, 1)) - Date.parse(first)) / 86_400_000)
}

function reductionArguments(
  terms: PenaltyTerms,
  breaches: readonly Breach[],
  lines: readonly PenaltyLine[],
): (Texts & { source: string })[] {
  const found: (Texts & { source: string })[] = []
  const add = (source: string, nl: string, en: string): void => void found.push({ source, nl, en })
  if (breaches.length > 1)
    add(
      'Ktr. 13-02-2025 (SRS)',
      'Meer overtredingen van geringe aard: 20.000 werd 2.000.',
      'Several breaches of little weight: 20,000 became 2,000.',
    )
  if (lines.some((line) => line.perDaysCents > line.onceCents))
    add(
      'Hof Arnhem-Leeuwarden 25-02-2014 ECLI:NL:GHARL:2014:1380',
      'Het bedrag per dag loopt op boven het bedrag ineens: 30.000 werd 9.000.',
      'The amount per day outgrows the single amount: 30,000 became 9,000.',
    )
  if (breaches.some((breach) => breach.capture === null))
    add(
      'Vzr. Arnhem 08-03-2011 ECLI:NL:RBARN:2011:BP8592',
      'Niet elke overtreding is met een gedateerde vastlegging te tonen; toegewezen werd er één van drie.',
      'Not every breach can be shown by a dated capture; one of three was awarded.',
    )
  add(
    'Rb. Noord-Holland 23-07-2025 ECLI:NL:RBNHO:2025:9639',
    'De werkelijke schade weegt mee: 100.000 werd ongeveer 1.857.',
    'The actual damage counts: 100,000 became about 1,857.',
  )
  add(
    'Hof Amsterdam 22-08-2023 ECLI:NL:GHAMS:2023:2207',
    'Matiging werd ook geweigerd.',
    'Reduction was also refused.',
  )
  if (terms.maximumCents === null)
    add('art. 6:94 BW', 'Het beding kent geen maximum.', 'The clause knows no maximum.')
  return found
}
