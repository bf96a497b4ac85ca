/** What canonical JSON can hold. Formats of the ledger use integers and strings only (decision 0012). */
export type CanonicalValue =
  null | boolean | number | string | readonly CanonicalValue[] | { readonly [name: string]: CanonicalValue }

/**
 * The one byte form of a JSON value (RFC 8785). Members whose value is undefined are left out. Throws a TypeError for
 * numbers that are not finite, for lone surrogates and for anything that is not JSON. A verifier hashes stored bytes; it never makes them again from objects.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return canonicalNumber(value)
  if (typeof value === 'string') return canonicalString(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object' && isPlain(value)) return canonicalObject(value)
  throw new TypeError('this value has no canonical JSON form')
}

function canonicalObject(value: object): string {
  const members: string[] = []
  // Array.prototype.sort without a comparator orders by UTF-16 code units, which is what RFC 8785 section 3.2.3 asks.
  for (const name of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[name]
    if (member !== undefined) members.push(`${canonicalString(name)}:${canonicalJson(member)}`)
  }
  return `{${members.join(',')}}`
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('this number has no canonical JSON form')
  // RFC 8785 section 3.2.2.3 takes over ECMAScript's own number texts.
  return JSON.stringify(value)
}

function canonicalString(value: string): string {
  if (!value.isWellFormed()) throw new TypeError('a lone surrogate has no canonical form')
  return JSON.stringify(value)
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
