import { childrenOf, derTags, expectTag, expectTrue, oidOf, takeTag, type DerElement } from '#core'

export type Extension = { readonly critical: boolean; readonly value: Buffer }

/** Extensions by their names, as certificates, lists and OCSP answers have them alike (RFC 5280 section 4.2). */
export type Extensions = ReadonlyMap<string, Extension>

/** Reads Extensions. Throws a RangeError for another form, none at all, or one that stands twice. */
export function readExtensions(list: DerElement | undefined, what: string): Extensions {
  const found = new Map<string, Extension>()
  for (const extension of childrenOf(list, derTags.sequence, `the extensions of ${what}`)) {
    const parts = childrenOf(extension, derTags.sequence, `an extension of ${what}`)
    const name = oidOf(parts.shift(), `the name of an extension of ${what}`)
    const flag = takeTag(parts, derTags.boolean)
    const critical = flag !== undefined && expectTrue(flag, `the flag of an extension of ${what}`)
    if (found.has(name)) throw new RangeError(`${what} has an extension twice`)
    const [value, more] = parts
    if (more !== undefined) throw new RangeError(`an extension of ${what} has parts too many`)
    found.set(name, {
      critical,
      value: expectTag(value, derTags.octetString, `the value of an extension of ${what}`).body,
    })
  }
  if (found.size === 0) throw new RangeError(`${what} has an empty list of extensions`)
  return found
}

/** Throws a RangeError for a critical extension that is not among the known ones. */
export function refuseUnknownCritical(extensions: Extensions, known: readonly string[], what: string): void {
  for (const [name, { critical }] of extensions)
    if (critical && !known.includes(name))
      throw new RangeError(`${what} has a critical extension that is not known here (${name})`)
}
