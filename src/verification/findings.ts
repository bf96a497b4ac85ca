import type { Check, Equivocation, Fact, SeenCheckpoint, SeenLeaf } from './report.ts'
import { reasonOf } from './refusal.ts'

type Collected = {
  readonly checks: Check[]
  readonly facts: Fact[]
  readonly limits: string[]
  readonly checkpoints: SeenCheckpoint[]
  readonly leaves: SeenLeaf[]
  readonly equivocations: Equivocation[]
}

/** Collects what the checks of one file came to. A view made by `under` writes into the same collection. */
export class Findings {
  readonly collected: Collected
  readonly place: string

  constructor(place = '', collected?: Collected) {
    this.place = place
    this.collected = collected ?? {
      checks: [],
      facts: [],
      limits: [],
      checkpoints: [],
      leaves: [],
      equivocations: [],
    }
  }

  /** The same collection, its check names led by a place inside the file. */
  under(place: string): Findings {
    return new Findings(this.place === '' ? place : `${this.place} ${place}`, this.collected)
  }

  passed(name: string, sentence: string): void {
    this.#add({ name, outcome: 'PASSED', sentence })
  }

  failed(name: string, sentence: string): void {
    this.#add({ name, outcome: 'FAILED', sentence })
  }

  indeterminate(name: string, sentence: string): void {
    this.#add({ name, outcome: 'INDETERMINATE', sentence })
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
      this.passed(name, sentence(value))
      return value
    } catch (error) {
      this.failed(name, reasonOf(error))
      return undefined
    }
  }

  fact(name: string, value: string): void {
    this.collected.facts.push({ name, value })
  }

  limit(sentence: string): void {
    if (!this.collected.limits.includes(sentence)) this.collected.limits.push(sentence)
  }

  #add(check: Check): void {
    const name = this.place === '' ? check.name : `${this.place} ${check.name}`
    this.collected.checks.push({ ...check, name })
  }
}
