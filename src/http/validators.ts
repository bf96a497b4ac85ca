import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { FastifySchemaCompiler } from 'fastify'
import { isUuid } from '#core'

const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/

function makeAjv(coerce: boolean): Ajv2020 {
  const ajv = new Ajv2020({
    // Of shapes told apart by one member only that one is held against the body: one clear error instead of all.
    discriminator: true,
    strict: true,
    strictTypes: false,
    allErrors: true,
    removeAdditional: false,
    coerceTypes: coerce,
    useDefaults: coerce,
    // a value may be personal: errors must never carry it
    verbose: false,
  })
  addFormats.default(ajv, ['date', 'email', 'uri'])
  ajv.addFormat('uuid', isUuid)
  ajv.addFormat('date-time', isDateTime)
  ajv.addVocabulary(['x-component', 'example'])
  return ajv
}

/** RFC 3339 with an upper-case T and Z, a day and time that exist, and never the offset -00:00 (NLGov date-time). */
function isDateTime(text: string): boolean {
  if (!dateTime.test(text) || text.endsWith('-00:00')) return false
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text.slice(0, 10)) return false
  return !Number.isNaN(Date.parse(text)) && text.slice(11, 13) !== '24'
}

/**
 * The two validators (JSON Schema 2020-12, the dialect of OpenAPI 3.1). Bodies are refused, never repaired: nothing
 * is coerced, removed or filled in. What travels as text (query, path, headers) is read as the type it stands for.
 */
export function buildValidatorCompiler(): FastifySchemaCompiler<unknown> {
  const strict = makeAjv(false)
  const reading = makeAjv(true)
  return ({ schema, httpPart }) => (httpPart === 'body' ? strict : reading).compile(schema as object)
}
