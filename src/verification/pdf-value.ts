/** A value of PDF syntax (ISO 32000-1 section 7.3). */
export type PdfValue =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'number'; readonly value: number; readonly text: string }
  | { readonly kind: 'name'; readonly name: string }
  | PdfString
  | { readonly kind: 'array'; readonly items: readonly PdfValue[] }
  | PdfDictionary
  | PdfReference

/** A string with its bytes and the place of its delimiters in the file: `end` is after the closing one. */
export type PdfString = {
  readonly kind: 'string'
  readonly bytes: Buffer
  readonly start: number
  readonly end: number
}
export type PdfDictionary = { readonly kind: 'dictionary'; readonly entries: ReadonlyMap<string, PdfValue> }
export type PdfReference = { readonly kind: 'reference'; readonly id: number; readonly generation: number }

/** An indirect object, and its stream bytes where it has any. */
export type PdfObject = {
  readonly id: number
  readonly value: PdfValue
  readonly stream: Buffer | undefined
  readonly start: number
  /** Where the next object may start. */
  readonly end: number
}

export function isDictionary(value: PdfValue | undefined): value is PdfDictionary {
  return value?.kind === 'dictionary'
}

export function isReference(value: PdfValue | undefined): value is PdfReference {
  return value?.kind === 'reference'
}

export function isName(value: PdfValue | undefined, name: string): boolean {
  return value?.kind === 'name' && value.name === name
}

/** The value if it is a whole number from 0 to 2^53-1. */
export function wholeNumber(value: PdfValue | undefined): number | undefined {
  if (value?.kind !== 'number' || !/^[0-9]+$/.test(value.text)) return undefined
  return Number.isSafeInteger(value.value) ? value.value : undefined
}

/** Whether two values say the same, whatever their place in the file. */
export function samePdfValue(left: PdfValue | undefined, right: PdfValue | undefined): boolean {
  if (left === undefined || right === undefined) return left === right
  if (left.kind === 'array' && right.kind === 'array') {
    const { items } = right
    return left.items.length === items.length && left.items.every((item, at) => samePdfValue(item, items[at]))
  }
  if (left.kind === 'dictionary' && right.kind === 'dictionary') {
    const { entries } = right
    if (left.entries.size !== entries.size) return false
    return [...left.entries].every(([key, value]) => samePdfValue(value, entries.get(key)))
  }
  return left.kind === right.kind && plainText(left) === plainText(right)
}

function plainText(value: PdfValue): string {
  if (value.kind === 'number') return value.text
  if (value.kind === 'name') return value.name
  if (value.kind === 'string') return value.bytes.toString('hex')
  if (value.kind === 'reference') return `${value.id} ${value.generation}`
  return value.kind === 'boolean' ? String(value.value) : ''
}
