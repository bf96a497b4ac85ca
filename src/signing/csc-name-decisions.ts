import type { CertifiedPerson } from '#verification'

/** How the name in a certificate compares with the name by which a person is known here. */
export type NameComparison = 'same' | 'similar' | 'different'

/** The name that a certificate gives its subject, as it is shown to people. */
export function nameOf({ givenName, surname, commonName, pseudonym }: CertifiedPerson): string {
  const full = [givenName, surname].filter((part) => part !== undefined).join(' ')
  return full !== '' ? full : (commonName ?? pseudonym ?? '')
}

/**
 * Compares names as people would: marks on letters, case, hyphens and white space do not count. `same`: all words are equal.
 * `similar`: the same family name at the end, and the words before it, as far as both have them, begin with the same
 * letter, such as `J. de Vries` and `Johanna Maria de Vries`. Anything else is `different`, and so is a pseudonym: nobody
 * can say whose it is. The result is for the record; that two people can have one name, it does not change.
 */
export function compareNames(known: string, certified: CertifiedPerson): NameComparison {
  if (certified.pseudonym !== undefined) return 'different'
  const candidates = [nameOf(certified), certified.commonName ?? '']
  const results = candidates.map((name) => compareTwo(wordsOf(known), wordsOf(name)))
  return results.includes('same') ? 'same' : results.includes('similar') ? 'similar' : 'different'
}

function wordsOf(name: string): string[] {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll(/[łŁ]/g, 'l')
    .replaceAll(/[øØ]/g, 'o')
    .replaceAll('ı', 'i')
    .toLowerCase()
    .replaceAll(/ĳ/g, 'ij')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

const particles: ReadonlySet<string> = new Set(['van', 'von', 'de', 'den', 'der', 'het', 't', 'ten', 'ter', 'te', 'la', 'le', 'du', 'da', 'di', 'el', 'al', 'bin', 'in', 'op']) // prettier-ignore

function compareTwo(known: readonly string[], certified: readonly string[]): NameComparison {
  if (known.length < 2 || certified.length < 2) return 'different'
  if (known.join(' ') === certified.join(' ')) return 'same'
  const [firstKnown, lastKnown] = splitName(known)
  const [firstCertified, lastCertified] = splitName(certified)
  if (lastKnown !== lastCertified || firstKnown.length === 0 || firstCertified.length === 0)
    return 'different'
  const both = Math.min(firstKnown.length, firstCertified.length)
  const fits = firstKnown.slice(0, both).every((word, index) => mayBe(word, firstCertified[index]!))
  return fits ? 'similar' : 'different'
}

/** The given names, and the family name with the particles before it. */
function splitName(words: readonly string[]): [given: readonly string[], family: string] {
  let start = words.length - 1
  while (start > 1 && particles.has(words[start - 1]!)) start -= 1
  return [words.slice(0, start), words.slice(start).join(' ')]
}

/** Two given names may be one person's when they are equal or one of them is the initial of the other. */
function mayBe(one: string, other: string): boolean {
  return one === other || ((one.length === 1 || other.length === 1) && one[0] === other[0])
}
