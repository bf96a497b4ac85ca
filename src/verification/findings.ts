import type { Check, DocumentReport, Equivocation, Fact, SeenCheckpoint, SeenLeaf } from './report.ts'
import { reasonOf } from './refusal.ts'

type Collected = {
  readonly checks: Check[]
  readonly facts: Fact[]
  readonly limits: string[]
  readonly checkpoints: SeenCheckpoint[]
  readonly leaves: SeenLeaf[]
  readonly equivocations: Equivocation[]
  readonly documents: DocumentReport[]
  /** What is no longer listed one by one. */
  readonly more: { checks: number; facts: number }
}

/** Counts of checks that PASSED in many parts of one file, by name. */
type Tally = { readonly group: string; readonly passed: Map<string, number>; parts: number }

/** A file can hold ten thousand entries; its report stays one that a person can read and a computer can hold. */
const openChecksMax = 1_000
const factsMax = 5_000

/** Collects what the checks of one file came to. A view made by `under` writes into the same collection. */
export class Findings {
  readonly collected: Collected
  readonly place: string
  readonly #tally: Tally | undefined
  /** The place inside one part of a tally. */
  readonly #inner: string

  constructor(place = '', collected?: Collected, tally?: Tally, inner = '') {
    this.place = place
    this.#tally = tally
    this.#inner = inner
    this.collected = collected ?? {
      checks: [],
      facts: [],
      limits: [],
      checkpoints: [],
      leaves: [],
      equivocations: [],
      documents: [],
      more: { checks: 0, facts: 0 },
    }
  }

  /** The same collection, its check names led by a place inside the file. */
  under(place: string): Findings {
    return new Findings(joined(this.place, place), this.collected, this.#tally, joined(this.#inner, place))
  }

  /**
   * Checks many parts of one kind. In each, a check that PASSED is only counted, and one that did not is listed with its
   * place; at the end one check a name says how often it PASSED: `entries: inclusion`.
   */
  each<Part>(group: string, parts: Iterable<Part>, work: (findings: Findings, part: Part) => void): void {
    const tally: Tally = { group, passed: new Map(), parts: 0 }
    const inside = new Findings(this.place, this.collected, tally)
    for (const part of parts) {
      tally.parts++
      work(inside, part)
    }
    for (const [name, count] of tally.passed) {
      const sentence = `${count} of ${tally.parts}`
      this.collected.checks.push({ name: `${group}: ${name}`, outcome: 'PASSED', sentence })
    }
  }

  /** A view of one part of a tally: its place leads the names, but not those that are counted. */
  part(place: string): Findings {
    return new Findings(joined(this.place, place), this.collected, this.#tally, '')
  }

  passed(name: string, sentence: string | (() => string)): void {
    const { passed } = this.#tally ?? {}
    if (passed === undefined) {
      this.#add({ name, outcome: 'PASSED', sentence: typeof sentence === 'string' ? sentence : sentence() })
    } else {
      const counted = joined(this.#inner, name)
      passed.set(counted, (passed.get(counted) ?? 0) + 1)
    }
  }

  failed(name: string, sentence: string): void {
    this.#addOpen({ name, outcome: 'FAILED', sentence })
  }

  indeterminate(name: string, sentence: string): void {
    this.#addOpen({ name, outcome: 'INDETERMINATE', sentence })
  }

  /**
   * Does one check. What `work` returns is handed back and the check has PASSED; whatever it throws makes the check
   * FAILED, also an error nobody foresaw: hostile bytes may end a check, never the program (V4).
   */
  attempt<Value extends object>(
    name: string,
    work: () => Value,
    sentence: (value: Value) => string,
  ): Value | undefined {
    try {
      const value = work()
      this.passed(name, () => sentence(value))
      return value
    } catch (error) {
      this.failed(name, reasonOf(error))
      return undefined
    }
  }

  /** States something under the place of this view. */
  fact(name: string, value: string): void {
    const { facts, more } = this.collected
    if (facts.length < factsMax) facts.push({ name: joined(this.place, name), value })
    else more.facts++
  }

  limit(sentence: string): void {
    if (!this.collected.limits.includes(sentence)) this.collected.limits.push(sentence)
  }

  /** Says how much is not listed one by one. To be called once, at the end. */
  close(): void {
    const { checks, facts, more } = this.collected
    if (more.facts > 0) facts.push({ name: 'not listed', value: `${more.facts} further facts` })
    if (more.checks > 0) {
      const sentence = `${more.checks} further checks did not pass`
      checks.push({ name: 'further checks', outcome: 'FAILED', sentence })
    }
  }

  #addOpen(check: Check): void {
    const { checks, more } = this.collected
    if (this.#tally !== undefined && checks.length >= openChecksMax) more.checks++
    else this.#add(check)
  }

  #add(check: Check): void {
    this.collected.checks.push({ ...check, name: joined(this.place, check.name) })
  }
}

function joined(place: string, name: string): string {
  return place === '' ? name : `${place} ${name}`
}
