/**
 * How the two sides talk over a pipe. A question: the length of its JSON and the length of the file (both 32 bits, most
 * significant byte first), the JSON in UTF-8, the bytes of the file. An answer: the length of its JSON, the JSON.
 */
export const questionHead_bytes = 8
export const answerHead_bytes = 4

/** The bytes that go before a file. */
export function questionFrame(question: object, fileLength: number): Buffer {
  const json = Buffer.from(JSON.stringify(question))
  const head = Buffer.alloc(questionHead_bytes)
  head.writeUInt32BE(json.length, 0)
  head.writeUInt32BE(fileLength, 4)
  return Buffer.concat([head, json])
}

/** A whole answer. */
export function answerFrame(answer: unknown): Buffer {
  const json = Buffer.from(JSON.stringify(answer))
  const head = Buffer.alloc(answerHead_bytes)
  head.writeUInt32BE(json.length, 0)
  return Buffer.concat([head, json])
}

/** Collects what comes out of a pipe until a wanted number of bytes is there. */
export class Collected {
  #parts: Buffer[] = []
  #length = 0

  get length(): number {
    return this.#length
  }

  add(part: Buffer): void {
    this.#parts.push(part)
    this.#length += part.length
  }

  /** The first bytes, left where they are. Fewer if fewer are there. */
  peek(length: number): Buffer {
    this.#join()
    return (this.#parts[0] ?? Buffer.alloc(0)).subarray(0, length)
  }

  /** Takes bytes out. They must be there. */
  take(length: number): Buffer {
    this.#join()
    const all = this.#parts[0] ?? Buffer.alloc(0)
    this.#parts = [all.subarray(length)]
    this.#length -= length
    return all.subarray(0, length)
  }

  #join(): void {
    if (this.#parts.length > 1) this.#parts = [Buffer.concat(this.#parts)]
  }
}
