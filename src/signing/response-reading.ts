import { fromBase64Url, problem } from '#core'
import { Refusal } from '#verification'

/** The bytes of a member of an answer; the problem `signing-response-refused` where it is missing or not base64url. */
export function bytesOf(response: Readonly<Record<string, unknown>>, member: string): Buffer {
  const text = response[member]
  const bytes = typeof text === 'string' ? fromBase64Url(text) : undefined
  if (bytes === undefined || bytes.length === 0) {
    throw refusedResponse(`${member} is missing or is not base64url without padding.`, `/${member}`)
  }
  return bytes
}

/** Runs a check of the verifier; what it refuses becomes `signing-response-refused` with its sentence. */
export function checked<T>(check: () => T): T {
  try {
    return check()
  } catch (error) {
    if (error instanceof Refusal) throw refusedResponse(error.message)
    throw error
  }
}

/** The refusal of an answer for a reason. */
export function refusedResponse(message: string, pointer?: string) {
  const place = pointer === undefined ? {} : { pointer }
  return problem('signing-response-refused', { errors: [{ code: 'check-failed', message, ...place }] })
}
