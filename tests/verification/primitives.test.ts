import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createHash, sign } from 'node:crypto'
import { join } from 'node:path'
import t from 'tap'
import { exactObject, parseCanonicalJson } from '../../src/verification/canonical-json.ts'
import { readDer } from '../../src/verification/der.ts'
import { demandEd25519, demandStrictPoint } from '../../src/verification/ed25519.ts'
import { parsePem } from '../../src/verification/pem.ts'
import {
  decodeBase64,
  decodeBase64Url,
  decodeUtf8,
  isCivilDate,
  isInstant,
  parseWholeNumber,
  printable,
} from '../../src/verification/strict-text.ts'
import {
  encodePoint,
  groupOrder,
  littleEndianBytes,
  littleEndianNumber,
  scalarOf,
  torsionPoints,
} from '../support/verification-curve.ts'
import { anEd25519Key, digestOf } from '../support/verification-log.ts'

const vectors = process.env['BEDING_VECTORS'] ?? '../shared/vectors'
const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8')

t.test('base64 has one form', async (t) => {
  t.same(decodeBase64('QQ=='), Buffer.from('A'))
  for (const wrong of [
    'QR==',
    'QQ',
    'QQ=',
    'QQ==\n',
    ' QQ==',
    'QQ==QQ==',
    '-_==',
    'Q===',
    'QQ=='.repeat(2),
  ]) {
    t.throws(() => decodeBase64(wrong), /not canonical/, JSON.stringify(wrong))
  }
  t.same(decodeBase64Url('-_8'), Buffer.of(0xfb, 0xff))
  for (const wrong of ['-_9', '+/8', '-_8=', '-_8 ', 'A']) {
    t.throws(() => decodeBase64Url(wrong), /not canonical/, JSON.stringify(wrong))
  }
})

t.test('numbers, moments and days have one form and exist', async (t) => {
  t.equal(parseWholeNumber('0'), 0)
  t.equal(parseWholeNumber('9007199254740991'), Number.MAX_SAFE_INTEGER)
  for (const wrong of [
    '',
    '00',
    '01',
    '-0',
    '+1',
    '1e3',
    ' 1',
    '1.0',
    '9007199254740992',
    '18446744073709551615',
  ]) {
    t.throws(() => parseWholeNumber(wrong), /2\^53-1/, wrong)
  }
  t.ok(isInstant('2028-02-29T23:59:59.999Z'))
  for (const wrong of [
    '2026-02-29T00:00:00.000Z',
    '2026-11-21T24:00:00.000Z',
    '2026-11-21T08:00:00Z',
    '2026-11-21T08:00:00.000+00:00',
    null,
    7,
  ]) {
    t.notOk(isInstant(wrong), String(wrong))
  }
  t.ok(isCivilDate('2026-11-30'))
  t.notOk(isCivilDate('2026-11-31'))
  t.throws(() => decodeUtf8(Buffer.of(0xc0, 0x80)), /UTF-8/)
})

t.test('a name in a fact cannot draw a line of its own on the screen', async (t) => {
  t.equal(printable('a\nPASSED x'), 'a\\u000aPASSED x')
  t.equal(printable('\u001b[2J\u202eabc\u2066\u0085'), '\\u001b[2J\\u202eabc\\u2066\\u0085')
  t.equal(printable('Şükrü Yıldız 王 👍'), 'Şükrü Yıldız 王 👍')
})

t.test('only canonical JSON is read', async (t) => {
  t.same(parseCanonicalJson(utf8('{"a":[1,"é",null],"b":{}}')), { a: [1, 'é', null], b: {} })
  const wrongs = [
    '{"b":1,"a":2}',
    '{"a":1,"a":1}',
    '{ "a":1}',
    '[1.0]',
    '[-0]',
    '["\\u0041"]',
    '["\\ud800"]',
    '{"a":1}\n',
    '[1e400]',
    '"\u007f\\/"',
    '{"__proto__":1,"__proto__":2}',
    '\ufeff{}',
    '',
    '[01]',
  ]
  for (const wrong of wrongs) t.throws(() => parseCanonicalJson(utf8(wrong)), /JSON|surrogate|range/, wrong)
  t.throws(() => parseCanonicalJson(utf8('['.repeat(40) + ']'.repeat(40))), /nested/)
  t.throws(() => parseCanonicalJson(utf8('['.repeat(200_000))), /JSON/)
  t.throws(() => exactObject(parseCanonicalJson(utf8('{"toString":1}')), 'it', []), /unknown member/)
})

t.test(
  'published RFC 8785 outputs are canonical, and inputs only where they equal them',
  { skip: existsSync(vectors) ? false : 'no published vectors here' },
  async (t) => {
    const names = readdirSync(join(vectors, 'jcs/output'))
    t.equal(names.length, 6)
    for (const name of names) {
      const output = readFileSync(join(vectors, 'jcs/output', name))
      const input = readFileSync(join(vectors, 'jcs/input', name))
      t.doesNotThrow(() => parseCanonicalJson(output), name)
      if (!input.equals(output)) t.throws(() => parseCanonicalJson(input), /canonical/, name)
    }
  },
)

t.test('DER is read in its one form only', async (t) => {
  const accepted = [
    '3003020101',
    '0500',
    '020200ff',
    '0101ff',
    '03020780',
    '3106020101020102',
    `308180027e${'01'.repeat(126)}`,
  ]
  for (const hex of accepted) t.doesNotThrow(() => readDer(Buffer.from(hex, 'hex')), hex)
  const refused: readonly (readonly [hex: string, reason: RegExp])[] = [
    ['308103020101', /shortest/],
    ['30800201010000', /definite/],
    ['300302010100', /follow after/],
    ['300302010205', /follow after/],
    ['3004020101', /cut off/],
    ['02020001', /padded/],
    ['0202ff80', /padded/],
    ['0200', /empty/],
    ['010101', /boolean/],
    ['03020781', /unused bits/],
    ['0301', /cut off/],
    ['3106020102020101', /out of order/],
    ['3106020101020101', /out of order/],
    ['06028001', /padded/],
    ['060181', /cut off/],
    ['1f810100', /kind not used/],
    ['2403040101', /in parts/],
    ['3085ffffffffff', /definite/],
    ['3084ffffffff', /cut off/],
    ['', /cut off/],
    ['3002', /cut off/],
  ]
  for (const [hex, reason] of refused) t.throws(() => readDer(Buffer.from(hex, 'hex')), reason, hex)
  let deep = Buffer.from('0500', 'hex')
  for (let depth = 0; depth < 30; depth++) deep = Buffer.concat([Buffer.of(0x30, deep.length), deep])
  t.throws(() => readDer(deep), /nested/)
})

t.test('a PEM text has one form', async (t) => {
  const { pem } = anEd25519Key('pem')
  t.equal(parsePem(pem, 'PUBLIC KEY').length, 44)
  t.equal(parsePem(pem.trimEnd(), 'PUBLIC KEY').length, 44)
  for (const wrong of [
    pem + pem,
    ` ${pem}`,
    pem.replace('\n', '\r\n'),
    pem.replace('MCow', 'MCo\nw'),
    pem.replaceAll('PUBLIC', 'PRIVATE'),
    `${pem}\n`,
  ]) {
    t.throws(() => parsePem(wrong, 'PUBLIC KEY'), /PEM|base64/)
  }
})

t.test('Ed25519 is verified by the strict rule', async (t) => {
  const key = anEd25519Key('strict')
  const message = utf8('a message')
  const signature = sign(null, message, key.privateKey)

  t.test('an honest signature is right, and wrong for other bytes or another key', async (t) => {
    t.doesNotThrow(() => demandEd25519(key.raw, message, signature))
    t.throws(() => demandEd25519(key.raw, utf8('another'), signature), /does not match/)
    t.throws(() => demandEd25519(anEd25519Key('other').raw, message, signature), /does not match/)
    t.throws(() => demandEd25519(key.raw, message, signature.subarray(1)), /64 bytes/)
  })

  t.test('a second S for the same signature is refused', async (t) => {
    const scalar = littleEndianNumber(signature.subarray(32))
    const second = Buffer.concat([signature.subarray(0, 32), littleEndianBytes(scalar + groupOrder)])
    t.throws(() => demandEd25519(key.raw, message, second), /second half .* not canonical/)
  })

  t.test('every point of low order is refused, as key and as R', async (t) => {
    const points = torsionPoints()
    t.equal(new Set(points.map((point) => encodePoint(point).toString('hex'))).size, 8)
    for (const point of points) {
      const encoded = encodePoint(point)
      // Both signs: a second spelling of the points whose x is 0.
      for (const sign of [0, 0x80]) {
        const spelled = Buffer.from(encoded)
        spelled[31] = ((encoded[31] as number) & 0x7f) | sign
        t.throws(() => demandStrictPoint(spelled, 'it'), /low order/, spelled.toString('hex'))
        t.throws(() => demandEd25519(spelled, message, signature), /key is a point of low order/)
      }
    }
  })

  t.test('a signature that needs no private key is refused: key and R of order one', async (t) => {
    const one = encodePoint({ x: 0n, y: 1n })
    t.throws(() => demandEd25519(one, message, Buffer.concat([one, Buffer.alloc(32)])), /low order/)
  })

  t.test('a signature with R of order one is refused although its equation holds', async (t) => {
    const one = encodePoint({ x: 0n, y: 1n })
    const digest = createHash('sha512').update(one).update(key.raw).update(message).digest()
    const challenge = littleEndianNumber(digest) % groupOrder
    const answer = (challenge * scalarOf(digestOf('strict'))) % groupOrder
    const forged = Buffer.concat([one, littleEndianBytes(answer)])
    t.throws(() => demandEd25519(key.raw, message, forged), /first half .* low order/)
  })

  t.test('a coordinate that is not below the prime is refused', async (t) => {
    const prime = 2n ** 255n - 19n
    for (const y of [prime, prime + 1n, prime + 3n, 2n ** 255n - 1n]) {
      t.throws(() => demandStrictPoint(littleEndianBytes(y), 'it'), /not encoded canonically/)
    }
  })
})
