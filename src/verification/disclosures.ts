import { parseCanonicalJson, writeCanonicalJson } from './canonical-json.ts'
import type { Json } from './canonical-json.ts'
import type { Entry } from './entry.ts'
import { sha256 } from './primitives.ts'
import { demand } from './refusal.ts'
import { decodeBase64Url } from './strict-text.ts'

/** What an entry says, by name of the fact. */
export type Facts = ReadonlyMap<string, Json>

/** What was shown of an entry: the facts, and for each commitment the name of its fact, or undefined if it is hidden. */
export type Disclosed = { readonly facts: Facts; readonly names: readonly (string | undefined)[] }

/**
 * Holds disclosures (RFC 9901 section 4.2.1) against the commitments of their entry, one to one and in order. An empty
 * text stands for one that is hidden. Refuses a missing, added, doubled or reordered one, a short salt and a second
 * spelling.
 */
export function openDisclosures(entry: Entry, disclosures: readonly string[]): Disclosed {
  demand(
    disclosures.length === entry.commitments.length,
    `there are ${disclosures.length} disclosures for ${entry.commitments.length} commitments`,
  )
  const facts = new Map<string, Json>()
  const names: (string | undefined)[] = []
  let previous = ''
  for (const [position, disclosure] of disclosures.entries()) {
    if (disclosure === '') {
      names.push(undefined)
      continue
    }
    demand(
      sha256(Buffer.from(disclosure, 'utf8')).equals(entry.commitments[position] as Buffer),
      `disclosure ${position + 1} does not match its commitment in the entry`,
    )
    const { name, value } = parseDisclosure(disclosure, position)
    demand(!facts.has(name), `the fact "${name}" is disclosed twice`)
    demand(previous < name, 'the disclosures are not sorted by the names of their facts')
    previous = name
    facts.set(name, value)
    names.push(name)
  }
  return { facts, names }
}

/** The same, where nothing may be hidden. */
export function openAllDisclosures(entry: Entry, disclosures: readonly string[]): Facts {
  const hidden = disclosures.indexOf('')
  demand(hidden < 0, `disclosure ${hidden + 1} is missing`)
  return openDisclosures(entry, disclosures).facts
}

function parseDisclosure(disclosure: string, position: number): { name: string; value: Json } {
  const what = `disclosure ${position + 1}`
  const parts = parseCanonicalJson(decodeBase64Url(disclosure))
  demand(Array.isArray(parts) && parts.length === 3, `${what} is not a list of salt, name and value`)
  const [salt, name, value = null] = parts
  demand(typeof salt === 'string' && decodeBase64Url(salt).length === 16, `${what} has no salt of 16 bytes`)
  demand(typeof name === 'string' && /^[A-Za-z][A-Za-z0-9]{0,63}$/.test(name), `${what} has no name`)
  demand(
    isFactValue(value),
    `the value of ${what} is not a text, number, yes or no, nothing or list of texts`,
  )
  return { name, value }
}

function isFactValue(value: Json): boolean {
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string')
  return value === null || typeof value !== 'object'
}

/** The text of a fact for a reader: a text as it is, everything else as JSON. */
export function factText(value: Json | undefined): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : writeCanonicalJson(value)
}
