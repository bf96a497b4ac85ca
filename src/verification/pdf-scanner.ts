import type { PdfDictionary, PdfObject, PdfReference, PdfString, PdfValue } from './pdf-value.ts'
import { wholeNumber } from './pdf-value.ts'
import { demand, refuse } from './refusal.ts'

const depthMax = 40
const stringLengthMax = 65_536
const objectNumberMax = 8_388_607

const whitespace = new Set([0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20])
const delimiters = new Set([...'()<>[]{}/%'].map((character) => character.charCodeAt(0)))

/** How many more values may be read from a file: small values can take a hundred times their bytes in memory. */
export type PdfBudget = { values: number }

export function newBudget(): PdfBudget {
  return { values: 1_000_000 }
}

/** Reads PDF syntax strictly from a place in a file. Comments are refused: nothing we read has a use for them. */
export class PdfScanner {
  readonly bytes: Buffer
  position: number
  readonly budget: PdfBudget

  constructor(bytes: Buffer, position: number, budget: PdfBudget) {
    this.bytes = bytes
    this.position = position
    this.budget = budget
  }

  /** Moves past white space. */
  skipSpace(): void {
    while (whitespace.has(this.bytes[this.position] ?? -1)) this.position++
  }

  /** Moves past exactly these characters, or refuses. */
  expect(text: string): void {
    demand(this.startsWith(text), `the PDF lacks "${text.trim()}" at byte ${this.position}`)
    this.position += text.length
  }

  startsWith(text: string): boolean {
    for (let at = 0; at < text.length; at++) {
      if (this.bytes[this.position + at] !== text.charCodeAt(at)) return false
    }
    return true
  }

  /** Reads one value and leaves the position after it. */
  readValue(depth = 0): PdfValue {
    demand(depth <= depthMax, 'a PDF value is nested too deeply')
    demand(this.budget.values-- > 0, 'the PDF has more than a million values')
    this.skipSpace()
    const byte = this.bytes[this.position]
    if (byte === 0x2f) return { kind: 'name', name: this.readName() }
    if (byte === 0x28) return this.#readLiteralString()
    if (byte === 0x5b) return this.#readArray(depth)
    if (byte === 0x3c) {
      return this.bytes[this.position + 1] === 0x3c ? this.readDictionary(depth) : this.#readHexString()
    }
    return this.#readWord()
  }

  /** Reads `<< … >>`. Refuses a key that stands there twice. */
  readDictionary(depth = 0): PdfDictionary {
    this.skipSpace()
    this.expect('<<')
    const entries = new Map<string, PdfValue>()
    for (;;) {
      this.skipSpace()
      if (this.startsWith('>>')) break
      const key = this.readName()
      demand(!entries.has(key), `a PDF dictionary has /${key} twice`)
      entries.set(key, this.readValue(depth + 1))
    }
    this.position += 2
    return { kind: 'dictionary', entries }
  }

  /** Reads a name without its slash, `#xx` decoded. */
  readName(): string {
    demand(this.bytes[this.position] === 0x2f, `the PDF lacks a name at byte ${this.position}`)
    this.position++
    const raw = this.#takeRegular(256)
    return raw.replace(/#([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)))
  }

  /** Reads a whole number of the file structure. */
  readWholeNumber(): number {
    const value = wholeNumber(this.#readNumber(this.#takeRegular(17)))
    return value ?? refuse(`the PDF lacks a whole number before byte ${this.position}`)
  }

  #readArray(depth: number): PdfValue {
    this.position++
    const items: PdfValue[] = []
    for (;;) {
      this.skipSpace()
      if (this.bytes[this.position] === 0x5d) break
      items.push(this.readValue(depth + 1))
    }
    this.position++
    return { kind: 'array', items }
  }

  #readHexString(): PdfString {
    const start = this.position
    const close = this.bytes.indexOf(0x3e, start)
    demand(close > start, 'a PDF string does not end')
    const digits = this.bytes.toString('latin1', start + 1, close)
    demand(/^([0-9A-Fa-f]{2})*$/.test(digits), 'a PDF hex string has other characters than pairs of digits')
    this.position = close + 1
    return { kind: 'string', bytes: Buffer.from(digits, 'hex'), start, end: this.position }
  }

  #readLiteralString(): PdfString {
    const start = this.position++
    const collected: number[] = []
    for (let open = 1; ;) {
      const byte = this.bytes[this.position++]
      if (byte === undefined) return refuse('a PDF string does not end')
      if (byte === 0x5c) {
        this.#readEscape(collected)
        continue
      }
      if (byte === 0x28) open++
      if (byte === 0x29 && --open === 0) break
      collected.push(byte)
      demand(collected.length <= stringLengthMax, 'a PDF string is too long')
    }
    return { kind: 'string', bytes: Buffer.from(collected), start, end: this.position }
  }

  #readEscape(collected: number[]): void {
    const byte = this.bytes[this.position++] ?? refuse('a PDF string does not end')
    const character = String.fromCharCode(byte)
    const position = 'nrtbf'.indexOf(character)
    if (position >= 0) collected.push('\n\r\t\b\f'.charCodeAt(position))
    else if ('()\\'.includes(character)) collected.push(byte)
    else refuse('a PDF string has an escape not used here')
  }

  #readWord(): PdfValue {
    const word = this.#takeRegular(32)
    if (word === 'true' || word === 'false') return { kind: 'boolean', value: word === 'true' }
    if (word === 'null') return { kind: 'null' }
    const number = this.#readNumber(word)
    return this.#readReference(number) ?? number
  }

  #readNumber(word: string): Extract<PdfValue, { kind: 'number' }> {
    demand(
      /^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)$/.test(word),
      `the PDF has an unknown word before byte ${this.position}`,
    )
    return { kind: 'number', value: Number(word), text: word }
  }

  #readReference(first: PdfValue): PdfReference | undefined {
    if (this.bytes[this.position] !== 0x20) return undefined
    const id = wholeNumber(first)
    if (id === undefined) return undefined
    const match = /^ ([0-9]{1,5}) R(?![A-Za-z0-9])/.exec(
      this.bytes.toString('latin1', this.position, this.position + 10),
    )
    if (match === null) return undefined
    demand(match[1] === '0', 'a reference in the PDF has a generation')
    demand(id > 0 && id <= objectNumberMax, 'a PDF reference is out of range')
    this.position += match[0].length
    return { kind: 'reference', id, generation: Number(match[1]) }
  }

  #takeRegular(lengthMax: number): string {
    const start = this.position
    while (this.position < this.bytes.length) {
      const byte = this.bytes[this.position] as number
      if (whitespace.has(byte) || delimiters.has(byte)) break
      this.position++
      demand(this.position - start <= lengthMax, 'a PDF word is too long')
    }
    return this.bytes.toString('latin1', start, this.position)
  }
}

/** Reads `n 0 obj … endobj` and the newline after it at a place in the file; a stream must have a direct length. */
export function readPdfObject(bytes: Buffer, start: number, budget: PdfBudget): PdfObject {
  const scanner = new PdfScanner(bytes, start, budget)
  const id = scanner.readWholeNumber()
  demand(id > 0 && id <= objectNumberMax, 'a PDF object number is out of range')
  scanner.expect(' 0 obj')
  const value = scanner.readValue()
  scanner.skipSpace()
  const stream = scanner.startsWith('stream') ? readStream(scanner, value) : undefined
  scanner.skipSpace()
  scanner.expect('endobj\n')
  return { id, value, stream, start, end: scanner.position }
}

function readStream(scanner: PdfScanner, value: PdfValue): Buffer {
  demand(value.kind === 'dictionary', 'a PDF stream has no dictionary')
  const length = wholeNumber(value.entries.get('Length'))
  scanner.expect('stream\n')
  const start = scanner.position
  demand(length !== undefined && start + length <= scanner.bytes.length, 'a PDF stream is cut off')
  scanner.position += length
  scanner.expect('\nendstream')
  return scanner.bytes.subarray(start, start + length)
}
