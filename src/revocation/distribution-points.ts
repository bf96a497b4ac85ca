import { childrenOf, derTags, onlyElement, readDer, takeTag, type DerElement } from '#core'

/** A place where a certificate says that a list can be had (RFC 5280 section 4.2.1.13). */
export type DistributionPoint = {
  /** http and https only. */
  readonly urls: readonly string[]
  /** False for a list of some reasons only, or of another issuer's making. */
  readonly whole: boolean
}

/** Reads CRLDistributionPoints. Throws a RangeError for another form. */
export function readDistributionPoints(value: Buffer): DistributionPoint[] {
  const what = 'the distribution points'
  const points = childrenOf(onlyElement(value, derTags.sequence, what), derTags.sequence, what)
  return points.map((point) => {
    const parts = childrenOf(point, derTags.sequence, what)
    const name = takeTag(parts, 0xa0)
    return { urls: name === undefined ? [] : urlsOfPointName(name), whole: parts.length === 0 }
  })
}

/** The URLs of a DistributionPointName: of its full name, none of a relative one. */
export function urlsOfPointName(name: DerElement): string[] {
  const [choice] = readDer(name.body)
  if (choice?.tag !== 0xa0) return []
  return readDer(choice.body)
    .filter(({ tag }) => tag === 0x86)
    .map(({ body }) => body.toString('latin1'))
    .filter((url) => /^https?:/i.test(url))
}
