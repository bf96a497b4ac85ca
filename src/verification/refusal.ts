/** Thrown where bytes break a rule. The message is the sentence that the failed check shows. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}

/** Ends the check at hand with a sentence. */
export function refuse(sentence: string): never {
  throw new Refusal(sentence)
}

/** Ends the check at hand unless the condition holds. */
export function demand(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new Refusal(sentence)
}

/** The sentence for a failed check. An error that is not a refusal is named by its kind only: its text is no finding. */
export function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.message
  return `this part could not be read (${error instanceof Error ? error.name : 'unknown error'})`
}
