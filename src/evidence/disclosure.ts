import { canonicalJson, fromBase64Url, parseStrictJson, sha256Base64Url, toBase64Url } from '#core'

/** What a fact may be: values with one text each, so that writer and reader never differ on them. */
export type FactValue = string | number | boolean | null | readonly string[]

/** The facts of an entry by name. */
export type Facts = Readonly<Record<string, FactValue>>

/** One fact with the salt that hides it (RFC 9901 section 4.2.1). */
export type Disclosure = { readonly salt: Buffer; readonly name: string; readonly value: FactValue }

/** Bytes of salt: 128 bits, as RFC 9901 section 9.3 recommends, so that a guessed value cannot be confirmed. */
export const saltLength = 16

/** Longest disclosure, in characters: room for a list of some 15,000 identifiers. */
export const disclosureLengthMax = 1_048_576

/** True for a name a fact can have. `_sd` and `...` mean something else in RFC 9901 and do not match. */
export function isFactName(name: string): boolean {
  return /^[a-z][A-Za-z0-9]{0,63}$/.test(name)
}

/** base64url of the canonical JSON `["<salt>","<name>",<value>]`. Throws a RangeError or TypeError for what has none. */
export function formatDisclosure(disclosure: Disclosure): string {
  const { salt, name, value } = disclosure
  if (salt.length !== saltLength) throw new RangeError('a salt has 16 bytes')
  checkFact(name, value)
  // Salt and name have no character that JSON escapes.
  const json = `["${toBase64Url(salt)}","${name}",${canonicalJson(value)}]`
  const text = Buffer.from(json, 'utf8').toString('base64url')
  if (text.length > disclosureLengthMax) throw new RangeError(`the fact ${name} is too long`)
  return text
}

function checkFact(name: string, value: FactValue): void {
  if (!isFactName(name)) throw new RangeError(`a fact cannot be named ${JSON.stringify(name)}`)
  if (!isFactValue(value)) throw new TypeError(`the fact ${name} has a value that cannot be disclosed`)
}

/** Reads a disclosure. Throws a RangeError unless formatDisclosure would write exactly this text. */
export function parseDisclosure(text: string): Disclosure {
  const bytes = text.length <= disclosureLengthMax ? fromBase64Url(text) : undefined
  if (bytes === undefined) throw new RangeError('not a disclosure')
  const array = readArray(bytes)
  const [encodedSalt, name, value] = array
  const salt = typeof encodedSalt === 'string' ? fromBase64Url(encodedSalt) : undefined
  if (array.length !== 3 || salt?.length !== saltLength || typeof name !== 'string' || !isFactValue(value)) {
    throw new RangeError('not a disclosure of salt, name and value')
  }
  const disclosure: Disclosure = { salt, name, value }
  if (!isFactName(name) || formatDisclosure(disclosure) !== text) {
    throw new RangeError('not the canonical form of a disclosure')
  }
  return disclosure
}

/**
 * base64url(SHA-256(ASCII of the disclosure)): what an entry holds in its place (RFC 9901 section 4.2.3). A text beyond
 * ASCII is no disclosure; it is hashed as UTF-8, so that it cannot have the commitment of one.
 */
export function commitmentOf(disclosure: string): string {
  return sha256Base64Url(disclosure)
}

/** The last text of each fact by name: in one flush most facts say the same for everybody. Kept no longer than that. */
export type EncodedFacts = Map<string, { readonly value: FactValue; readonly text: string }>

/**
 * Discloses facts, sorted by name, each under a salt of its own: what formatDisclosure writes, for all facts at once.
 * Entries that are disclosed one after the other share `encoded`.
 */
export function discloseFacts(
  facts: Facts,
  randomBytes: (length: number) => Buffer,
  encoded: EncodedFacts = new Map(),
): string[] {
  const names = sortedNames(facts)
  const heads = saltHeads(randomBytes(saltLength * names.length))
  return names.map((name, position) => {
    const head = heads.slice(headLength * position, headLength * (position + 1))
    const text = head + encodedFact(name, facts[name]!, encoded)
    if (text.length > disclosureLengthMax) throw new RangeError(`the fact ${name} is too long`)
    return text
  })
}

/** `["` and the 22 characters of a salt are 24 bytes, so that their base64url ends where that of the fact begins. */
const headLength = 32

/** base64url of `["<salt>` for each of the salts, one after the other; two calls for all, because each call costs. */
function saltHeads(salts: Buffer): string {
  const count = salts.length / saltLength
  // 18 bytes have 24 characters; the last two of them stand for zeros and make room for the next `["`.
  const padded = Buffer.alloc(18 * count)
  for (let index = 0; index < count; index += 1)
    salts.copy(padded, 18 * index, saltLength * index, saltLength * (index + 1))
  const json = Buffer.alloc(24 * count + 2)
  json.write(padded.toString('base64url'), 2, 'latin1')
  for (let index = 0; index < count; index += 1) json.writeUInt16BE(0x5b22, 24 * index)
  return json.toString('base64url', 0, 24 * count)
}

/** base64url of `","<name>",<value>]`. Throws a RangeError or TypeError for what cannot be disclosed. */
function encodedFact(name: string, value: FactValue, encoded: EncodedFacts): string {
  const last = encoded.get(name)
  if (last !== undefined && isSameValue(last.value, value)) return last.text
  checkFact(name, value)
  const text = Buffer.from(`","${name}",${canonicalJson(value)}]`, 'utf8').toString('base64url')
  encoded.set(name, { value, text })
  return text
}

function isSameValue(a: FactValue, b: FactValue): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, index) => one === b[index])
  // Not ===, which takes 0 for -0.
  return Object.is(a, b)
}

let lastNames: { readonly given: readonly string[]; readonly sorted: readonly string[] } = {
  given: [],
  sorted: [],
}

/** Entries of one kind have the same names in the same order, so they are sorted once. */
function sortedNames(facts: Facts): readonly string[] {
  const given = Object.keys(facts)
  const { given: before } = lastNames
  if (given.length !== before.length || given.some((name, index) => name !== before[index]))
    lastNames = { given, sorted: given.toSorted() }
  return lastNames.sorted
}

/** The facts that disclosures say. Throws a RangeError when a name comes twice or they are not sorted by name. */
export function factsOf(disclosures: readonly string[]): Facts {
  const parsed = disclosures.map(parseDisclosure)
  parsed.forEach(({ name }, position) => {
    const before = parsed[position - 1]
    if (before !== undefined && before.name >= name) throw new RangeError('the facts are not sorted by name')
  })
  return Object.fromEntries(parsed.map(({ name, value }) => [name, value]))
}

/** The facts that are left of an entry some of whose content was erased. Throws as factsOf does. */
export function remainingFacts(disclosures: readonly (string | null)[]): Facts {
  return factsOf(disclosures.filter((text) => text !== null))
}

/** True when nothing is left of the content of an entry: no disclosures, or only places where they were. */
export function isContentErased(disclosures: readonly (string | null)[]): boolean {
  return disclosures.every((text) => text === null)
}

function readArray(bytes: Buffer): unknown[] {
  try {
    const value = parseStrictJson(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
    return Array.isArray(value) ? value : []
  } catch (cause) {
    throw new RangeError('not a disclosure in JSON', { cause })
  }
}

function isFactValue(value: unknown): value is FactValue {
  if (value === null || typeof value === 'boolean') return true
  if (typeof value === 'string') return value.isWellFormed()
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0)
  return Array.isArray(value) && value.every((one) => typeof one === 'string' && one.isWellFormed())
}
