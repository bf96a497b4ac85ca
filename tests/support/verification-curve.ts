import { createHash } from 'node:crypto'

// Edwards curve arithmetic by the formulas of RFC 8032 section 5.1, slow and plain: only to make wrong points.
const prime = 2n ** 255n - 19n
export const groupOrder = 2n ** 252n + 27742317777372353535851937790883648493n
const modulo = (value: bigint): bigint => ((value % prime) + prime) % prime
const curveConstant = modulo(-121665n * inverse(121666n))

export type Point = { readonly x: bigint; readonly y: bigint }
const identity: Point = { x: 0n, y: 1n }

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  for (let left = exponent, square = modulo(base); left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = modulo(result * square)
    square = modulo(square * square)
  }
  return result
}

function inverse(value: bigint): bigint {
  return power(value, prime - 2n)
}

function add(left: Point, right: Point): Point {
  const product = modulo(curveConstant * left.x * right.x * left.y * right.y)
  return {
    x: modulo((left.x * right.y + right.x * left.y) * inverse(1n + product)),
    y: modulo((left.y * right.y + left.x * right.x) * inverse(1n - product)),
  }
}

function multiply(point: Point, times: bigint): Point {
  let result = identity
  for (let left = times, double = point; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = add(result, double)
    double = add(double, double)
  }
  return result
}

/** A point with this y, or undefined if the curve has none. */
function pointAt(y: bigint): Point | undefined {
  const square = modulo((y * y - 1n) * inverse(curveConstant * y * y + 1n))
  let x = power(square, (prime + 3n) / 8n)
  if (modulo(x * x) !== square) x = modulo(x * power(2n, (prime - 1n) / 4n))
  return modulo(x * x) === square ? { x, y } : undefined
}

/** The eight points whose order divides 8: what is left of a point once its large part is multiplied away. */
export function torsionPoints(): Point[] {
  for (let y = 2n; ; y++) {
    const point = pointAt(y)
    const generator = point === undefined ? identity : multiply(point, groupOrder)
    const points = Array.from({ length: 8 }, (_, times) => multiply(generator, BigInt(times)))
    if (new Set(points.map((each) => `${each.x} ${each.y}`)).size === 8) return points
  }
}

export function littleEndianBytes(value: bigint): Buffer {
  return Buffer.from(Buffer.from(value.toString(16).padStart(64, '0'), 'hex').toReversed())
}

export function littleEndianNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes.toReversed()).toString('hex')}`)
}

/** The 32 bytes of a point (RFC 8032 section 5.1.2). */
export function encodePoint({ x, y }: Point): Buffer {
  return littleEndianBytes(y | ((x & 1n) << 255n))
}

/** The secret scalar of a seed (RFC 8032 section 5.1.5). */
export function scalarOf(seed: Uint8Array): bigint {
  const half = createHash('sha512').update(seed).digest().subarray(0, 32)
  half[0] = (half[0] as number) & 248
  half[31] = ((half[31] as number) & 127) | 64
  return littleEndianNumber(half)
}
