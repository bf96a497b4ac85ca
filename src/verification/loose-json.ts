import { isObject } from './canonical-json.ts'
import type { Json } from './canonical-json.ts'
import { demand, refuse } from './refusal.ts'
import { decodeUtf8 } from './strict-text.ts'

const depthMax = 32

/**
 * Reads a JSON object that somebody else wrote, so that it has no one form: a browser, an identity provider. Only a name
 * that stands in it twice is refused, because readers differ in which of the two they take.
 */
export function parseLooseObject(
  bytes: Buffer,
  what: string,
  sizeMax: number,
): Readonly<Record<string, Json | undefined>> {
  demand(bytes.length <= sizeMax, `${what} is longer than ${sizeMax.toLocaleString('en-GB')} bytes`)
  const text = decodeUtf8(bytes)
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch {
    return refuse(`${what} is not JSON`)
  }
  demand(isObject(value), `${what} is not an object`)
  const names = outerNames(text, what)
  demand(new Set(names).size === names.length, `a name stands in ${what} twice`)
  return value
}

/** The names of the outermost object of a text that is known to be JSON, also those that stand there twice. */
function outerNames(text: string, what: string): string[] {
  const names: string[] = []
  let depth = 0
  for (const [token, name] of text.matchAll(/("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    if (token === '{' || token === '[') demand(++depth <= depthMax, `${what} is nested too deeply`)
    else if (token === '}' || token === ']') depth--
    else if (depth === 1 && name !== undefined) names.push(JSON.parse(name) as string)
  }
  return names
}
