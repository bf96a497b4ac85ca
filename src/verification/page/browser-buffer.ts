import { Buffer as PlainBuffer } from 'buffer/index.js'

/**
 * `Buffer` for browsers: that of the npm package, with what it lacks of Node's and this room uses. esbuild puts it wherever
 * `Buffer` is written.
 */
type Plain = {
  readonly from: (this: unknown, ...values: readonly unknown[]) => Buffer
  readonly prototype: {
    readonly toString: (this: Buffer, encoding?: string, start?: number, end?: number) => string
    readonly equals: (this: Buffer, other: Uint8Array) => boolean
  }
}
const plain = PlainBuffer as unknown as Plain
const plainFrom = plain.from.bind(PlainBuffer)
const { toString: plainToString, equals: plainEquals } = plain.prototype

Object.assign(PlainBuffer, {
  from: (value: unknown, encoding?: unknown, length?: unknown): Buffer =>
    encoding === 'base64url'
      ? plainFrom(String(value).replaceAll('-', '+').replaceAll('_', '/'), 'base64')
      : plainFrom(value, encoding, length),
})

Object.assign(PlainBuffer.prototype, {
  toString(this: Buffer, encoding?: string, start?: number, end?: number): string {
    if (encoding !== 'base64url') return plainToString.call(this, encoding, start, end)
    const text = plainToString.call(this, 'base64', start, end)
    return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  },
  equals(this: Buffer, other: Uint8Array): boolean {
    return plainEquals.call(this, PlainBuffer.isBuffer(other) ? other : plainFrom(other))
  },
})

export { PlainBuffer as Buffer }
