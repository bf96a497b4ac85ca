import type { Assurance } from '#assurance'
import { meets } from '#assurance'
import type { Instant, ProblemDetail } from '#core'
import { addMilliseconds } from '#core'
import type { Facts, Finding, Standing } from '#jurisdictions'
import type { ClauseStatement } from './clause-statements.ts'
import { signatureFactsOf } from './signature-facts.ts'

/** Rules that judge what the acts were: before there are acts they can only say what is missing. */
const aboutActs: ReadonlySet<string> = new Set([
  'nl.7-653.1.written-signed',
  'nl.7-653.acceptance-unconditional',
  'nl.hr-2017-364.annex-in-same-bundle',
  'nl.7-650.1-2.rules-amount-written',
  'nl.6-227a.four-requirements',
  'nl.3-15a.level-fits-purpose',
  'eu.eidas-26.ades',
  'eu.eidas-41-42.time',
])

/** The statement of particulars (art. 7:655 BW) is another document, with a ceremony of its own. */
const aboutElsewhere: ReadonlySet<string> = new Set(['nl.7-655.statement-form'])

/** What stops an offer: a finding as it stands, or one that would follow whoever signs. */
export type Stop = {
  readonly ruleId: string
  readonly clauseId: string | null
  readonly result: string
  readonly severity: string
  readonly message: Finding['message']
  readonly note: Finding['note']
  readonly missing: readonly string[]
  /** It is not about what is there, but about what signing it would come to. */
  readonly onceSigned: boolean
}

/**
 * What stops an offer. Of the rules that can be decided before anybody signs: a blocker that fails or lacks an input, a failed
 * major that nobody overrode, what is for a lawyer and was not reviewed. Of the rules about acts: a blocker that would fail or lack
 * an input even if both signed as well as they can, so that nobody is asked to sign what cannot come into force.
 */
export function stopsOf(standings: readonly Standing[], onceSigned: readonly Finding[]): Stop[] {
  const now = standings.filter(({ stops, finding }) => stops && !aboutActs.has(finding.ruleId) && !aboutElsewhere.has(finding.ruleId)) // prettier-ignore
  const later = onceSigned.filter((finding) => aboutActs.has(finding.ruleId) && blocks(finding))
  return [...now.map(({ finding }) => stop(finding, false)), ...later.map((finding) => stop(finding, true))]
}

function stop(
  { ruleId, clauseId, result, severity, message, note, missing }: Finding,
  onceSigned: boolean,
): Stop {
  return { ruleId, clauseId, result, severity, message, note, missing, onceSigned }
}

/** Each stop as the detail of a problem. */
export function stopDetails(stops: readonly Stop[]): ProblemDetail[] {
  return stops.map(({ ruleId, clauseId, result, message, missing }) => ({
    code: ruleId,
    message: [`${result}:`, message.en, ...(clauseId === null ? [] : [`(${clauseId})`]), ...(missing.length === 0 ? [] : [`Not known: ${missing.join(', ')}.`])].join(' '), // prettier-ignore
    pointer: '/',
  }))
}

/** Whether a finding on what really happened keeps the agreement out of force: a blocker that fails, or lacks an input. */
export function blocks({ severity, result, ruleId }: Finding): boolean {
  return severity === 'blocker' && (result === 'fail' || result === 'unknown') && !aboutElsewhere.has(ruleId)
}

/** As what the acts of the employee will probably be proven: never less than the purpose asks. */
const expected = (required: Assurance): Assurance =>
  meets(required, 'passkey-bound-attested') ? required : 'passkey-bound-attested'

/**
 * The facts as they would be if both signed today everything that is put before them, as well as the purpose asks, after a day to
 * read it. Only to ask whether that could come into force: they are not kept, because they did not happen.
 */
export function factsOnceSigned(
  facts: Facts,
  wish: {
    readonly now: Instant
    readonly required: Assurance
    readonly identityCheckedAt: readonly Instant[]
    readonly statements: readonly (ClauseStatement & { readonly sentence: string })[]
  },
): Facts {
  const { now, required, identityCheckedAt, statements } = wish
  const assurance = expected(required)
  const act = { assurance, actedAt: now, key: { mayBeCopied: false, enrolledBy: assurance } }
  return {
    ...facts,
    bundle: {
      ...facts.bundle,
      deliveredAt: addMilliseconds(now, -86_400_000),
      signedAt: now,
      conditionText: '',
      acceptedBy: 'act',
      clauseConsents: statements.map(({ clauseId, sentence }) => ({ clauseId, statement: sentence })),
    },
    signature: signatureFactsOf([act], { identityCheckedAt, privilegedActionsNear: [] }),
  }
}
