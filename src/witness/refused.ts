/** An answer that is not a cosignature: its HTTP status, and a sentence or, for 409, the size. */
export class RequestRefused extends Error {
  readonly status: 400 | 403 | 404 | 409 | 422

  constructor(status: RequestRefused['status'], message: string) {
    super(message)
    this.name = 'RequestRefused'
    this.status = status
  }
}
