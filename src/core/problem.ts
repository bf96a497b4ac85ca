import type { ProblemCode } from './problem-catalogue.ts'
import { problems } from './problem-catalogue.ts'

/** One place in the input that is wrong. `pointer` is a JSON Pointer into the body; `parameter` names anything else. */
export type ProblemDetail = {
  readonly code: string
  readonly message: string
  readonly pointer?: string
  readonly parameter?: string
}

export type ProblemOptions = {
  /** What is wrong in this case. Never repeats a value that was sent: values can be personal. */
  readonly detail?: string
  readonly errors?: readonly ProblemDetail[]
  /** After how many seconds the same request may be sent again. */
  readonly retryAfter_s?: number
  readonly cause?: unknown
}

/** A refusal with a code of the catalogue. Thrown by rooms, put on the wire by `http`. */
export class ProblemError extends Error {
  readonly code: ProblemCode
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly errors: readonly ProblemDetail[]
  readonly retryAfter_s: number | undefined

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    super(`${code}: ${options.detail ?? problems[code].title}`, { cause: options.cause })
    this.name = 'ProblemError'
    this.code = code
    this.status = problems[code].status
    this.title = problems[code].title
    this.detail = options.detail ?? problems[code].help
    this.errors = options.errors ?? []
    this.retryAfter_s = options.retryAfter_s
  }
}

/** Makes the refusal to throw. */
export function problem(code: ProblemCode, options: ProblemOptions = {}): ProblemError {
  return new ProblemError(code, options)
}
