import { SerializerSelector } from '@fastify/fast-json-stringify-compiler'
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

/** The compilers of a server's schemas, and the way to compile now what has not been needed yet. */
export type SchemaCompilers = {
  readonly validator: FastifySchemaCompiler<unknown>
  readonly serializer: ReturnType<typeof SerializerSelector>
  /** Compiles every schema that was handed in. Throws for the first that cannot be compiled. */
  readonly compileAll: () => void
}

/**
 * The two validators (JSON Schema 2020-12, the dialect of OpenAPI 3.1) and the serializer. Bodies are refused, never
 * repaired: nothing is coerced, removed or filled in. What travels as text (query, path, headers) is read as the type
 * it stands for. A schema is compiled when its first value comes (decision 0180).
 */
export function schemaCompilers(): SchemaCompilers {
  const strict = makeAjv(false)
  const reading = makeAjv(true)
  const all: (() => unknown)[] = []
  const later = <Made>(compile: () => Made): (() => Made) => {
    let made: Made | undefined
    const get = () => (made ??= compile())
    all.push(get)
    return get
  }
  return {
    validator: ({ schema, httpPart }) => {
      const compiled = later(() => (httpPart === 'body' ? strict : reading).compile(schema as object))
      const validate: ReturnType<FastifySchemaCompiler<unknown>> = (data) => {
        const answer = compiled()(data)
        validate.errors = compiled().errors ?? null
        return answer
      }
      return validate
    },
    serializer: (externalSchemas, options) => {
      const compile = SerializerSelector()(externalSchemas, options)
      return (definition) => {
        const compiled = later(() => compile(definition))
        return (value) => compiled()(value)
      }
    },
    compileAll: () => {
      for (const get of all) get()
    },
  }
}
