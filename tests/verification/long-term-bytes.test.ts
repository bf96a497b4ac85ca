import t from 'tap'
import { isAccepted, verifyFile } from '#verification'
import {
  aRenewedFile,
  aLongTermFile,
  authority,
  keys,
  trust,
} from '../support/verification-long-term-cases.ts'
import { GrowingFile } from '../support/verification-long-term.ts'
import { placesIn, placesThatMayChange, seededNumbers } from '../support/verification-flips.ts'
import { notPassed } from '../support/verification-reports.ts'
import { stream } from '../support/verification-tampered-cases.ts'

// BEDING_FLIPS=60000 changes every byte.
const flips = Number(process.env['BEDING_FLIPS'] ?? 900)

t.test('V3: any byte of a file that was renewed matters, also behind its last signature', async (t) => {
  const file = aRenewedFile()
  const { bytes } = file
  t.same(notPassed(verifyFile(bytes, 'x', trust)), [])
  const random = seededNumbers(11)
  const text = bytes.toString('latin1')
  const tail = file.revisions.at(-2)?.length ?? 0
  const structural = [
    ...text.matchAll(
      / obj\n|endobj|xref|trailer|startxref|%%EOF|ByteRange \[[0-9 ]+\]|\/Contents|\/Prev|\/ID|\/Size/g,
    ),
  ].flatMap(({ 0: found, index }) => Array.from(found, (_, at) => index + at))
  // What stands in no signed range: the hex strings of signatures, and the validation data at the end.
  const hex = [...text.matchAll(/\/Contents <30/g)].map(({ index }) => index + 11)
  const places = [
    ...placesIn(bytes.length, flips, random),
    ...Array.from({ length: 300 }, () => structural[random(structural.length)] as number),
    ...hex.flatMap((start) => Array.from({ length: flips / 10 }, () => start + random(3_600))),
    ...Array.from({ length: flips / 3 }, () => tail + random(bytes.length - tail)),
  ]
  t.same(placesThatMayChange(bytes, trust, places, random), [])
})

t.test('V3: a file cut off anywhere but at the end of a revision is refused', async (t) => {
  const { bytes, revisions } = aLongTermFile()
  const ends = new Set(revisions.map(({ length }) => length))
  for (let length = 5; length < bytes.length; length += 173) {
    if (ends.has(length)) continue
    t.notOk(isAccepted(verifyFile(bytes.subarray(0, length), 'x', trust)), `${length} bytes`)
  }
  const [, sealed = 0, stamped = 0, data = 0] = [...ends]
  for (const [end, level] of [
    [sealed, 'B-B'],
    [stamped, 'B-T'],
    [data, 'B-LT'],
  ] as const) {
    const cut = bytes.subarray(0, end)
    t.equal(verifyFile(cut, 'x', trust).documents[0]?.level, level, `an honest file of the level ${level}`)
    t.ok(isAccepted(verifyFile(cut, 'x', trust)))
    const asked = verifyFile(cut, 'x', trust, { atLeast: 'B-LTA' })
    t.match(notPassed(asked), [`FAILED level: the document reaches ${level}, below B-LTA`])
  }
})

t.test('V4: hostile files end in a refusal, quickly', async (t) => {
  const many = new GrowingFile(keys)
  for (let count = 0; count < 64; count++) many.stamp(authority, '20261121080005Z')
  const wide = `[${'<< /A 1 >> '.repeat(600_000)}]`
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
  const grown = (text: string): Buffer =>
    new GrowingFile(keys).update(new Map([[13, Buffer.from(text)]]), 14).bytes
  const cases: readonly (readonly [what: string, bytes: Buffer, reason: RegExp])[] = [
    ['65 revisions', many.bytes, /more than 64 revisions/],
    ['nested values', grown(deep), /nested too deeply/],
    ['a million values', grown(wide), /more than a million values/],
    ['a table that points at itself', looped(aLongTermFile().bytes), /overlap|other/],
    ['a table of a billion objects', counted(aLongTermFile().bytes), /out of order|lacks/],
    ['an object stream', grown(streamOf('/Type /ObjStm')), /no place in it/],
    ['a cross-reference stream', grown(streamOf('/Type /XRef')), /no place in it/],
    ['encryption', encrypted(), /encrypted/],
    ['references in a circle', grown('<<\n/Type /Sig\n/V 13 0 R\n>>'), /without a signature sheet/],
  ]
  for (const [what, bytes, reason] of cases) {
    const start = performance.now()
    const report = verifyFile(bytes, what, trust)
    t.ok(performance.now() - start < 30_000, `${what} takes ${Math.round(performance.now() - start)} ms`)
    t.match(notPassed(report).join(), reason, what)
    t.notOk(
      report.checks.some(({ name }) => name === 'verifier'),
      what,
    )
  }
})

function looped(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1')
  const last = /startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1] ?? ''
  const at = text.lastIndexOf('/Prev ')
  const end = text.indexOf('\n', at)
  return Buffer.from(`${text.slice(0, at)}/Prev ${last}${text.slice(end)}`, 'latin1')
}

function counted(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1')
  const at = text.lastIndexOf('endobj\nxref\n') + 'endobj\nxref\n'.length
  return Buffer.from(`${text.slice(0, at)}4 999999999${text.slice(text.indexOf('\n', at))}`, 'latin1')
}

function streamOf(entries: string): string {
  return stream('x').toString().replace('<<\n', `<<\n${entries}\n`)
}

function encrypted(): Buffer {
  return new GrowingFile(keys).stamp(authority, '20261121080005Z', {
    trailer: (honest) => `${honest}\n/Encrypt 9 0 R`,
  }).bytes
}
