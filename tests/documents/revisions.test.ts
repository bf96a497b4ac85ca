import { createHash } from 'node:crypto'
import fc from 'fast-check'
import t from 'tap'
import { sha256Hex } from '#core'
import { appendValidationData, listSignatures, prepareTimestamp } from '#documents'
import { readRevision } from '../../src/documents/pdf-revision.ts'
import { aSealedFile, coveredDigests, someBytes, stamped, tokenOver } from '../support/documents-revisions.ts'

const { rendered, sealed } = await aSealedFile()
const nothing = { certificates: [], ocsps: [], crls: [], vri: [] }
const textAfter = (file: Buffer, start: number): string => file.subarray(start).toString('latin1')

t.test('D11: a time-stamp leaves every byte before it, and covers all but its own', async (t) => {
  const once = stamped(sealed)
  const twice = stamped(once)
  t.ok(twice.subarray(0, once.length).equals(once))
  t.ok(once.subarray(0, sealed.length).equals(sealed))
  t.same(readRevision(twice).ends, [rendered.length, sealed.length, once.length, twice.length])
  const signatures = listSignatures(twice)
  t.same(
    signatures.map(({ kind, field }) => [kind, field]),
    [
      ['seal', 'Seal'],
      ['timestamp', 'Timestamp1'],
      ['timestamp', 'Timestamp2'],
    ],
  )
  t.same(
    signatures.map(({ digest }) => digest),
    coveredDigests(twice),
  )
  for (const { cms, digest } of signatures.slice(1)) t.ok(cms.includes(digest), 'the token is about it')
  const end = /\/ByteRange \[0 \d+ (\d+) (\d+)\]/.exec(textAfter(twice, once.length))!
  t.equal(Number(end[1]) + Number(end[2]), twice.length)
})

t.test('D11: a time-stamp is written in exactly this form', async (t) => {
  const { size } = readRevision(sealed)
  const update = textAfter(stamped(sealed), sealed.length)
  t.match(
    update.replace(/<[0-9a-f]{8,}>/g, '<…>'),
    [
      `${size} 0 obj\n<<\n/Type /Annot\n/Subtype /Widget\n/FT /Sig\n/T (Timestamp1)\n/TU <…>\n/F 132`,
      '/Rect [0 0 0 0]',
    ].join('\n'),
  )
  t.match(
    update,
    `${size + 1} 0 obj\n<<\n/Type /DocTimeStamp\n/Filter /Adobe.PPKLite\n/SubFilter /ETSI.RFC3161\n/ByteRange [0 `,
  )
  t.match(update, /\/Contents <[0-9a-f]+0{200}>\n>>\nendobj\nxref\n/)
  t.match(update, /\/Fields \[\d+ 0 R \d+ 0 R\]\n\/SigFlags 3\n/)
  t.notMatch(update, /\/(M|Name|Reason|Catalog) /)
  t.equal(update.match(/ 0 obj\n/g)!.length, 4, 'the page, the form, the field and the time-stamp')
})

t.test('D11: a token that does not fit says how much room it needs, and then fits', async (t) => {
  const tight = prepareTimestamp(sealed, 100)
  const token = tokenOver(tight.digest)
  const overflow = tight.finish(token)
  t.equal(overflow.kind, 'overflow')
  if (overflow.kind !== 'overflow') return
  t.ok(overflow.room >= token.length)
  const again = prepareTimestamp(sealed, overflow.room)
  t.notOk(again.digest.equals(tight.digest), 'other room, other bytes, another digest')
  t.equal(again.finish(tokenOver(again.digest)).kind, 'finished')
})

t.test('D12: validation data is kept once, and arrays grow at their end', async (t) => {
  const [key] = listSignatures(sealed).map((signature) => signature.key)
  const contents = /\/Contents <([0-9a-f]+)>/.exec(textAfter(sealed, rendered.length))![1]!
  t.equal(key, createHash('sha1').update(Buffer.from(contents, 'hex')).digest('hex').toUpperCase())
  const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map(someBytes) as [Buffer, Buffer, Buffer, Buffer, Buffer]
  const vri = [{ key: key!, certificates: [a, b], ocsps: [c], crls: [] }]
  const first = appendValidationData(sealed, { certificates: [a, a], ocsps: [c], crls: [], vri })!
  const { size } = readRevision(sealed)
  const dictionary = [
    `${size} 0 obj`,
    '<<',
    '/Type /DSS',
    `/Certs [${size + 1} 0 R ${size + 2} 0 R]`,
    `/OCSPs [${size + 3} 0 R]`,
    '/VRI <<',
    `/${key} << /Type /VRI /Cert [${size + 1} 0 R ${size + 2} 0 R] /OCSP [${size + 3} 0 R] >>`,
    '>>',
    '>>',
    'endobj',
  ].join('\n')
  const update = textAfter(first, sealed.length)
  // Numbers are given in the order in which streams are met: certificates, answers, lists.
  t.ok(update.includes(dictionary), update)
  t.match(update, `/DSS ${size} 0 R\n`)
  t.equal(appendValidationData(first, { certificates: [b], ocsps: [c], crls: [], vri }), undefined)
  const second = appendValidationData(first, { ...nothing, certificates: [a, d], crls: [e] })!
  const grown = textAfter(second, first.length)
  t.match(grown, `/Certs [${size + 1} 0 R ${size + 2} 0 R ${size + 4} 0 R]\n`)
  t.match(grown, `/CRLs [${size + 5} 0 R]\n`)
  const beforeTable = second.subarray(0, second.lastIndexOf('xref\n', second.length - 40, 'latin1'))
  t.match(
    grown,
    `> <${sha256Hex(beforeTable).slice(0, 32)}>]\n`,
    'the identifier covers all before the table',
  )
  t.notMatch(grown, '/Catalog')
  t.equal(grown.match(/ 0 obj\n/g)!.length, 3)
  t.equal(appendValidationData(sealed, nothing), undefined)
})

t.test(
  'D11, D12: whatever the order, the file only grows and everything put in stays readable',
  async (t) => {
    const step = fc.oneof(
      fc.constant('stamp' as const),
      fc.record({
        certificates: fc.array(fc.nat(5), { maxLength: 4 }),
        ocsps: fc.array(fc.nat(5), { maxLength: 3 }),
        crls: fc.array(fc.nat(5), { maxLength: 2 }),
      }),
    )
    const bytes = (kind: string, numbers: readonly number[]): Buffer[] =>
      numbers.map((number) => someBytes(`${kind} ${number}`))
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
        let file = sealed
        let stamps = 0
        for (const next of steps) {
          const data = next === 'stamp' ? undefined : next
          const key = listSignatures(file).at(-1)!.key
          const parts = {
            certificates: bytes('certificates', data?.certificates ?? []),
            ocsps: bytes('ocsps', data?.ocsps ?? []),
            crls: bytes('crls', data?.crls ?? []),
          }
          const grown =
            data === undefined
              ? stamped(file)
              : appendValidationData(file, { ...parts, vri: [{ key, ...parts }] })
          if (data === undefined) stamps += 1
          if (grown === undefined) continue
          if (!grown.subarray(0, file.length).equals(file)) return false
          file = grown
          if (data !== undefined && appendValidationData(file, { ...parts, vri: [] }) !== undefined)
            return false
        }
        const signatures = listSignatures(file)
        const digests = coveredDigests(file)
        return (
          signatures.length === stamps + 1 &&
          signatures.every(({ digest }, index) => digest.equals(digests[index]!))
        )
      }),
      { numRuns: 40 },
    )
    t.pass()
  },
)

t.test('D11: what our own writer did not write is not extended', async (t) => {
  const once = stamped(sealed)
  const cut = once.length - sealed.length
  const strange: [string, Buffer][] = [
    ['a file without a seal', rendered],
    ['bytes behind the end', Buffer.concat([once, Buffer.from(' ')])],
    ['a cut off update', once.subarray(0, -Math.floor(cut / 2))],
    ['bytes between two revisions', Buffer.concat([sealed, Buffer.from('\n'), once.subarray(sealed.length)])],
    [
      'a table that points forward',
      replaceLast(once, /\/Prev \d+/, (found) => `/Prev ${'9'.repeat(found.length - 6)}`),
    ],
    ['an object outside its revision', replaceLast(once, /\n\d{10} 00000 n /, () => '\n0000000009 00000 n ')],
    ['another root', replaceLast(once, /\/Root (\d)/, () => '/Root 9')],
  ]
  for (const [title, file] of strange) {
    t.throws(() => prepareTimestamp(file), { name: 'PdfStructureError' }, title)
    if (file !== rendered)
      t.throws(
        () => appendValidationData(file, { ...nothing, certificates: [someBytes('x')] }),
        { name: 'PdfStructureError' },
        title,
      )
  }
})

t.test('the same steps give the same bytes', async (t) => {
  const build = (): string => {
    const file = appendValidationData(sealed, { ...nothing, certificates: [someBytes('a')] })!
    const prepared = prepareTimestamp(file)
    return sha256Hex(prepared.digest)
  }
  t.equal(build(), build())
})

function replaceLast(file: Buffer, form: RegExp, by: (found: string) => string): Buffer {
  const text = file.toString('latin1')
  const start = text.lastIndexOf('xref\n', text.length - 40)
  const tail = text.slice(start).replace(form, by)
  return Buffer.from(text.slice(0, start) + tail, 'latin1')
}
