/** The database cannot be used as it is. The message is one sentence that says what to do. */
export class DatabaseRefusal extends Error {
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.name = 'DatabaseRefusal'
  }
}
