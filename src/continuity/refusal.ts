/** An operator's command that is not carried out, in a sentence for the operator. Nothing was changed. */
export class OperatorRefusal extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'OperatorRefusal'
  }
}
