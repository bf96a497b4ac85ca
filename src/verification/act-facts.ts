import type { Json } from './canonical-json.ts'
import type { Disclosed, Facts } from './disclosures.ts'
import { factText } from './disclosures.ts'
import type { Findings } from './findings.ts'
import { demand } from './refusal.ts'
import { isCivilDate, isInstant, isSha256Hex, isUuid } from './strict-text.ts'

type Rule = { readonly test: (value: Json) => boolean; readonly form: string }

const text: Rule = { test: (value) => typeof value === 'string' && value !== '', form: 'a text' }
const textOrNothing: Rule = {
  test: (value) => value === null || typeof value === 'string',
  form: 'a text or nothing',
}
const uuid: Rule = { test: isUuid, form: 'a UUID' }
const instant: Rule = { test: isInstant, form: 'a moment' }
const instantOrNothing: Rule = {
  test: (value) => value === null || isInstant(value),
  form: 'a moment or nothing',
}
const choices = ['seen', 'agreed', 'agreed-conditionally', 'not-agreed', 'declined']

const count: Rule = { test: isCount, form: 'a number from 1' }

function orNothing({ test, form }: Rule): Rule {
  return { test: (value) => value === null || test(value), form: `${form} or nothing` }
}

/** The facts of an act: exactly these names, each of this form; what does not apply to an act is null. */
const actRules: Readonly<Record<string, Rule>> = {
  organisationId: uuid,
  organisationName: text,
  personId: uuid,
  personName: text,
  personExternalId: textOrNothing,
  address: textOrNothing,
  policyId: orNothing(uuid),
  policyName: orNothing(text),
  versionNumber: orNothing(count),
  effectiveFrom: orNothing({ test: isCivilDate, form: 'a day' }),
  bundleManifest: orNothing(text),
  documentSha256: { test: isSha256Hex, form: 'a SHA-256' },
  documentTitle: text,
  language: { test: (value) => value === 'nl' || value === 'en', form: 'nl or en' },
  otherEditionsSha256: { test: isEditionList, form: 'a list of language:SHA-256' },
  purpose: text,
  statementId: text,
  statement: text,
  choice: { test: (value) => choices.includes(value as string), form: `one of ${choices.join(', ')}` },
  reason: textOrNothing,
  deliveredAt: instantOrNothing,
  deliveryChannel: textOrNothing,
  openedAt: instantOrNothing,
  actedAt: instant,
  method: text,
  assurance: text,
  evidenceLevel: {
    test: (value) => typeof value === 'string' && /^E[0-6]$/.test(value),
    form: 'one of E0 to E6',
  },
  requiredAssurance: orNothing(text),
  authentication: orNothing(text),
  signing: orNothing(text),
  pageRelease: orNothing({ test: isSha256Hex, form: 'a SHA-256' }),
  userAgent: textOrNothing,
  networkClass: textOrNothing,
  assignmentId: uuid,
  actId: uuid,
  personEntryNumber: count,
  previousPersonEntry: {
    test: (value) => value === null || (Number.isSafeInteger(value) && (value as number) >= 0),
    form: 'an index or nothing',
  },
}

/** The names in the order of the disclosures: where one is missing, its place says which. */
const actNames = Object.keys(actRules).toSorted()

/** Acts from before there were bundles and signatures do not have these. */
const laterNames = new Set([
  'authentication',
  'bundleManifest',
  'pageRelease',
  'purpose',
  'requiredAssurance',
  'signing',
  'statementId',
])
const earlierNames = actNames.filter((name) => !laterNames.has(name))

/** The names that an act with so many facts has: those of today, or those of before. */
function namesFor(length: number): readonly string[] {
  return length === earlierNames.length ? earlierNames : actNames
}

function isCount(value: Json): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 1
}

/** `nl:<sha256>`, as acts and publications name the editions of a version. */
export function isEditionList(value: Json): boolean {
  return Array.isArray(value) && value.every((item) => editionSha256(item) !== undefined)
}

/** The hash in `nl:<sha256>`. */
export function editionSha256(value: Json): string | undefined {
  return typeof value === 'string' ? /^[a-z]{2}:([0-9a-f]{64})$/.exec(value)?.[1] : undefined
}

/** Refuses facts that are not those of an act: a name missing, added or of another form. Nothing may be hidden. */
export function demandActFacts(facts: Facts): void {
  for (const name of facts.keys()) {
    demand(Object.hasOwn(actRules, name), `the fact "${name}" does not belong to an act`)
  }
  const later = [...laterNames].some((name) => facts.has(name))
  for (const name of later ? actNames : earlierNames) {
    demand(facts.has(name), `the fact "${name}" of the act is missing`)
    demandForm(facts, name)
  }
  const ofPolicy = ['policyId', 'policyName', 'versionNumber', 'effectiveFrom'].filter((name) => facts.get(name) === null) // prettier-ignore
  const whole = ofPolicy.length === 0 || ofPolicy.length === 4
  demand(whole, `the facts of a policy version are there in part: ${ofPolicy.join(', ')} missing`)
  const bundled = (facts.get('bundleManifest') ?? null) !== null
  demand(bundled === ofPolicy.length > 0, 'the act is not about exactly one of a policy version and a bundle')
}

/** Refuses what is shown of an act unless it stands where the facts of an act stand. Returns the names that are hidden. */
export function demandPartOfActFacts(disclosed: Disclosed): string[] {
  const { facts, names } = disclosed
  if (names.every((name) => name !== undefined)) {
    demandActFacts(facts)
    return []
  }
  const expected = namesFor(names.length)
  demand(names.length === expected.length, `an act has ${actNames.length} facts, this one ${names.length}`)
  for (const [position, name] of names.entries()) {
    if (name === undefined) continue
    demand(name === expected[position], `the fact "${name}" does not stand where an act has it`)
    demandForm(facts, name)
  }
  return expected.filter((_, position) => names[position] === undefined)
}

function demandForm(facts: Facts, name: string): void {
  const rule = actRules[name] as Rule
  demand(rule.test(facts.get(name) as Json), `the fact "${name}" of the act is not ${rule.form}`)
}

/** Writes down who, what, how and when of an act for a reader. */
export function reportAct(findings: Findings, facts: Facts): void {
  const say = (name: string): string => factText(facts.get(name) ?? '(not disclosed)')
  findings.fact('who', `${say('personName')} (${say('personExternalId')}, ${say('address')}) at ${say('organisationName')}`) // prettier-ignore
  const bundled = (facts.get('bundleManifest') ?? null) !== null
  const about = bundled ? 'a bundle' : `${say('policyName')}, version ${say('versionNumber')}`
  findings.fact('what', `${about}, "${say('documentTitle')}" (${say('language')}), SHA-256 ${say('documentSha256')}`) // prettier-ignore
  findings.fact('answer', `${say('choice')}: "${say('statement')}"`)
  findings.fact('when', `delivered ${say('deliveredAt')}, opened ${say('openedAt')}, acted ${say('actedAt')}`)
  findings.fact('how known', `assurance ${say('assurance')} by ${say('method')}, evidence level ${say('evidenceLevel')}`) // prettier-ignore
}

/** Writes down what facts like these do not prove, so that nobody has to work it out in a dispute. */
export function reportActLimits(findings: Findings, facts: Facts): void {
  findings.limit(
    'The times are claims of the employer’s server. The log shows that the record has not changed since it was written, not that its clock was right.',
  )
  findings.limit(
    `Who acted is known as well as the assurance "${factText(facts.get('assurance'))}" says and no better: whoever could use that way could act.`,
  )
  const choice = facts.get('choice')
  if (choice === 'seen')
    findings.limit('"seen" is not agreement, and does not show that the text was read or understood.')
  if (choice === 'agreed-conditionally')
    findings.limit(
      '"agreed-conditionally" is not an agreement: it says under which condition there would be one.',
    )
  if (choice === 'agreed')
    findings.limit(
      '"agreed" does not show that agreeing was free or that the rule binds: that is for the law to say.',
    )
}

/** What no log proves by itself. */
export function reportLogLimits(findings: Findings): void {
  findings.limit('A proof shows what is in the log. It does not show that nothing was left out.')
  findings.limit(
    'That others were shown the same log is seen only by comparing checkpoints: two of equal size must have equal roots.',
  )
}
