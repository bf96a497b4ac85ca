import { Buffer as PlainBuffer } from 'buffer'

/**
 * `Buffer` for browsers: that of the npm package, with what it lacks of Node's and this room uses. esbuild puts it wherever
 * `Buffer` is written.
 */
const plainFrom = PlainBuffer.from.bind(PlainBuffer) as (...values: unknown[]) => Buffer
const plainToString = PlainBuffer.prototype.toString as (this: Buffer, ...values: unknown[]) => string
const plainEquals = PlainBuffer.prototype.equals as (this: Buffer, other: Uint8Array) => boolean

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
