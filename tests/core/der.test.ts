import fc from 'fast-check'
import t from 'tap'
import { der, derInteger, derOid, dottedOid, readDer } from '#core'

t.test('DER that was written is read back, whatever its length', async (t) => {
  for (const length of [0, 1, 127, 128, 255, 256, 65_535, 65_536]) {
    const [element, more] = readDer(der(0x04, Buffer.alloc(length, 7)))
    t.equal(element!.body.length, length)
    t.equal(more, undefined)
  }
  t.same(
    readDer(Buffer.from('020101020102', 'hex')).map(({ whole }) => whole.toString('hex')),
    ['020101', '020102'],
  )
})

t.test('DER in a form that DER forbids is refused', async (t) => {
  for (const [title, hex] of [
    ['cut off in the tag', '30'],
    ['cut off in the length', '3082'],
    ['cut off in the contents', '3003020101'.slice(0, 8)],
    ['an indefinite length', '30800000'],
    ['a long form of a short length', '04810100'],
    ['zeros in front of a length', '0482008100'],
    ['a length of five bytes', '04850000000001'],
    ['a tag of two bytes', '1f8101'],
  ] as const)
    t.throws(() => readDer(Buffer.from(hex, 'hex')), RangeError, title)
})

t.test('an INTEGER stands in its shortest form and is never negative', async (t) => {
  for (const [magnitude, hex] of [
    ['', '020100'],
    ['00', '020100'],
    ['7f', '02017f'],
    ['80', '02020080'],
    ['000080', '02020080'],
    ['00ff01', '020300ff01'],
  ] as const)
    t.equal(derInteger(Buffer.from(magnitude, 'hex')).toString('hex'), hex)
})

t.test('object identifiers keep their arcs', async (t) => {
  t.equal(derOid('1.2.840.113549.1.9.16.1.4').toString('hex'), '060b2a864886f70d0109100104')
  t.equal(derOid('2.999').toString('hex'), '06028837')
  fc.assert(
    fc.property(
      fc.constantFrom('0.39', '1.0', '2.25', '2.999'),
      fc.array(fc.bigInt({ min: 0n, max: 2n ** 130n }), { maxLength: 5 }),
      (top, arcs) => {
        const dotted = [top, ...arcs].join('.')
        return dottedOid(readDer(derOid(dotted))[0]!.body) === dotted
      },
    ),
  )
  for (const hex of ['', '2a80', '2a8001', '80'])
    t.throws(() => dottedOid(Buffer.from(hex, 'hex')), RangeError)
})
