import type { CivilDate } from '#core'
import { canonicalJson, sha256Hex } from '#core'
import type { ClauseFacts, Facts } from './facts.ts'
import { MissingInput } from './rule.ts'
import type {
  Decision,
  Moment,
  Regime,
  Result,
  Rule,
  RuleCase,
  RuleSet,
  Severity,
  Texts,
  Values,
} from './rule.ts'

/** What one rule says of one clause, or of the whole case. Two findings with one input hash rest on the same facts. */
export type Finding = {
  readonly ruleId: string
  readonly clauseId: string | null
  readonly result: Result
  readonly severity: Severity
  readonly message: Texts
  readonly note: Texts | null
  readonly source: string
  readonly basis: string
  /** The inputs that were missing; empty unless the result is `unknown`. */
  readonly missing: readonly string[]
  /** SHA-256 over rule, rule set, regime, clause and the inputs that the rule names, in hex. */
  readonly inputSha256: string
}

/** A run of a rule set over facts: the same facts, rule set and regime give the same run, whenever it is made. */
export type Evaluation = {
  readonly jurisdiction: string
  readonly ruleSetVersion: string
  readonly regime: string
  readonly asOf: CivilDate
  readonly moments: readonly Moment[]
  readonly findings: readonly Finding[]
  /** SHA-256 over the canonical form of all facts, in hex. */
  readonly factsSha256: string
}

/** What every report says, because a rule sees form and not justice. */
export const passSentence: Texts = {
  nl: 'Een ‘pass’ betekent: geen gebrek dat deze controle kan zien. Het betekent niet dat het beding geldig is.',
  en: 'A pass means: no defect that this check can see. It does not mean that the clause is valid.',
}

/** The regime of a day: the last that began; undefined for a day before the first. */
export function regimeOn(ruleSet: RuleSet, day: CivilDate): Regime | undefined {
  return ruleSet.regimes.findLast((regime) => regime.from <= day)
}

/**
 * Runs the rules that matter at these moments, each on every clause it is about, or once. Pure: no clock, no chance, no
 * order that depends on anything but the rule set and the facts. An input that is missing makes a result `unknown`,
 * never a pass. Throws a RangeError for a day before the first regime.
 */
export function evaluate(ruleSet: RuleSet, facts: Facts, moments: readonly Moment[]): Evaluation {
  const regime = regimeOn(ruleSet, facts.asOf)
  if (regime === undefined) throw new RangeError(`no regime of ${ruleSet.jurisdiction} for ${facts.asOf}`)
  const findings: Finding[] = []
  for (const rule of ruleSet.rules) {
    const at = rule.at.find((moment) => moments.includes(moment))
    if (at === undefined) continue
    const subjects = rule.about === 'clause' ? (facts.clauses ?? []) : [undefined]
    for (const clause of subjects) findings.push(find(ruleSet, regime, facts, rule, clause, at))
  }
  return {
    jurisdiction: ruleSet.jurisdiction,
    ruleSetVersion: ruleSet.version,
    regime: regime.id,
    asOf: facts.asOf,
    moments,
    findings,
    factsSha256: sha256Hex(Buffer.from(canonicalJson(facts))),
  }
}

function find(
  ruleSet: RuleSet,
  regime: Regime,
  facts: Facts,
  rule: Rule,
  clause: ClauseFacts | undefined,
  at: Moment,
): Finding {
  const judged = judge(ruleSet, regime, facts, rule, clause, at)
  return {
    ruleId: rule.id,
    clauseId: clause?.id ?? null,
    result: judged.result,
    severity: judged.severity ?? rule.severity,
    message: filled(rule.message, judged.values ?? {}),
    note: judged.note ?? null,
    source: rule.source,
    basis: rule.basis,
    missing: judged.missing,
    inputSha256: inputHash(ruleSet, regime, facts, rule, clause),
  }
}

type Judged = Omit<Decision, 'result'> & { readonly result: Result; readonly missing: readonly string[] }

function judge(
  ruleSet: RuleSet,
  regime: Regime,
  facts: Facts,
  rule: Rule,
  clause: ClauseFacts | undefined,
  at: Moment,
): Judged {
  const about: RuleCase = {
    facts,
    at,
    clause,
    regime,
    resultOf(ruleId, ofClause) {
      const other = ruleSet.rules.find((each) => each.id === ruleId)
      if (other === undefined) throw new Error(`${rule.id} asks for ${ruleId}, which is not in the rule set`)
      return judge(ruleSet, regime, facts, other, ofClause, at).result
    },
  }
  try {
    const decision = rule.decide(about)
    const lowered =
      decision.result === 'fail' && clause !== undefined && ruleSet.lowered.get(clause.kind)?.(rule) === true
    if (!lowered) return { ...decision, missing: [] }
    return { ...decision, result: 'lawyer', missing: [], note: decision.note ?? loweredNote }
  } catch (error) {
    if (error instanceof MissingInput) return { result: 'unknown', missing: [error.path] }
    throw error
  }
}

const loweredNote: Texts = {
  nl: 'Rechters beslissen over dit soort beding per geval; daarom beoordeelt een jurist dit.',
  en: 'Courts decide on this kind of clause case by case; so a lawyer judges this.',
}

function filled(message: Texts, values: Values): Texts {
  const fill = (language: 'nl' | 'en'): string =>
    message[language].replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name]
      return value === undefined ? '…' : typeof value === 'string' ? value : value[language]
    })
  return { nl: fill('nl'), en: fill('en') }
}

function inputHash(
  ruleSet: RuleSet,
  regime: Regime,
  facts: Facts,
  rule: Rule,
  clause: ClauseFacts | undefined,
): string {
  const inputs = Object.fromEntries(rule.inputs.map((path) => [path, at(path, facts, clause) ?? null]))
  const present = rule.inputs.filter((path) => at(path, facts, clause) !== undefined)
  return sha256Hex(
    Buffer.from(
      canonicalJson({
        ruleSet: `${ruleSet.jurisdiction} ${ruleSet.version}`,
        regime: regime.id,
        rule: rule.id,
        clause: clause?.id ?? null,
        legacy: facts.legacy ?? false,
        inputs,
        present,
      }),
    ),
  )
}

function at(path: string, facts: Facts, clause: ClauseFacts | undefined): unknown {
  const [head, ...rest] = path.split('.')
  let value: unknown = head === 'clause' ? clause : (facts as Readonly<Record<string, unknown>>)[head!]
  for (const name of rest) value = (value as Readonly<Record<string, unknown>> | null | undefined)?.[name]
  return value
}
