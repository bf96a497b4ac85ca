import type { FastifySchemaValidationError } from 'fastify/types/schema.js'
import { problem, type ProblemDetail, type ProblemError } from '#core'

const errorsMax = 100

const codes: Readonly<Record<string, string>> = {
  additionalProperties: 'unknown-member',
  anyOf: 'no-shape-fits',
  const: 'not-an-allowed-value',
  enum: 'not-an-allowed-value',
  exclusiveMaximum: 'too-large',
  exclusiveMinimum: 'too-small',
  format: 'wrong-format',
  maxItems: 'too-many',
  maxLength: 'too-long',
  maxProperties: 'too-many',
  maximum: 'too-large',
  minItems: 'too-few',
  minLength: 'too-short',
  minProperties: 'too-few',
  minimum: 'too-small',
  oneOf: 'no-shape-fits',
  pattern: 'wrong-format',
  required: 'missing',
  type: 'wrong-type',
  uniqueItems: 'not-unique',
}

/** Turns what a validator found into one refusal that names every place, and no value that was sent. */
export function validationProblem(
  found: readonly FastifySchemaValidationError[],
  part: string,
): ProblemError {
  const errors = withoutShadows(found).slice(0, errorsMax)
  return problem('input-invalid', { errors: errors.map((error) => detailOf(error, part)) })
}

/** Inside a union every branch complains; where the union itself is named, its branches about the same place add nothing. */
function withoutShadows(
  found: readonly FastifySchemaValidationError[],
): readonly FastifySchemaValidationError[] {
  const unions = found.filter((error) => error.keyword === 'anyOf' || error.keyword === 'oneOf')
  return found.filter(
    (error) =>
      !unions.some(
        (union) =>
          union !== error &&
          error.instancePath === union.instancePath &&
          error.schemaPath.startsWith(`${union.schemaPath}/`),
      ),
  )
}

function detailOf(error: FastifySchemaValidationError, part: string): ProblemDetail {
  const pointer = `${error.instancePath}${memberOf(error)}`
  const base = { code: codes[error.keyword] ?? 'not-valid', message: messageOf(error) }
  if (part === 'body') return { ...base, pointer }
  return { ...base, parameter: pointer.slice(1).split('/')[0] ?? '' }
}

/** The member that is missing or not known. A long or odd name may be content put in the wrong place: not repeated. */
function memberOf(error: FastifySchemaValidationError): string {
  const name = error.params['missingProperty'] ?? error.params['additionalProperty']
  return typeof name === 'string' && /^[\w$.-]{1,64}$/.test(name) ? `/${name}` : ''
}

function messageOf(error: FastifySchemaValidationError): string {
  const allowed = error.params['allowedValues']
  if (Array.isArray(allowed)) return `must be one of: ${allowed.join(', ')}`
  if (error.keyword === 'additionalProperties') return 'is not a member of this object'
  if (error.keyword === 'required') return 'must be there'
  return error.message ?? 'is not valid'
}
