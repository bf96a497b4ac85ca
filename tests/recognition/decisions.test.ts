import t from 'tap'
import { sha256Hex, toInstant, addMilliseconds, type DocumentId, type ProblemError } from '#core'
import { createAdmission } from '../../src/recognition/admission.ts'
import { compareWithHeld, nearestHeld } from '../../src/recognition/comparison-decisions.ts'
import { identifyFile } from '../../src/recognition/file-identity.ts'
import { html } from '#http'
import { comparePaper } from '../../src/recognition/page/paper-decisions.ts'
import { acceptAnswer } from '../../src/recognition/program-answers.ts'
import type { HeldDocument } from '../../src/recognition/recognition.ts'

/** A document whose revisions end at these lengths; its bytes count up from a start. */
function held(ends: readonly number[], start = 0): HeldDocument {
  const bytes = Buffer.from(Array.from({ length: ends.at(-1)! }, (_, at) => (start + at * 7) % 251))
  return {
    documentId: `${start}` as DocumentId,
    kind: 'receipt',
    title: 'T',
    language: 'nl',
    bytes,
    revisions: ends.map((length, number) => ({
      number,
      kind: 'seal',
      length,
      sha256: sha256Hex(bytes.subarray(0, length)),
      level: null,
    })),
  }
}

/** The comparison with revisions by their number. */
function compared(file: Buffer, document: HeldDocument): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(compareWithHeld(file, document)).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null ? value.number : value,
    ]),
  )
}

function changedAt(bytes: Buffer, ...places: readonly number[]): Buffer {
  const copy = Buffer.from(bytes)
  for (const place of places) copy[place]! ^= 0xff
  return copy
}

t.test('R3: around every end of a revision', async (t) => {
  const document = held([100, 200, 70_000])
  const { bytes } = document
  const cases: readonly (readonly [what: string, file: Buffer, expected: Record<string, unknown>])[] = [
    ['nothing', Buffer.alloc(0), { kind: 'cut-off', equalLength: 0, intact: null }],
    ['one byte before the first end', bytes.subarray(0, 99), { kind: 'cut-off', equalLength: 99, intact: null }],
    ['the first revision', bytes.subarray(0, 100), { kind: 'identical', revision: 0 }],
    ['one byte more', bytes.subarray(0, 101), { kind: 'cut-off', equalLength: 101, intact: 0 }],
    ['the second', bytes.subarray(0, 200), { kind: 'identical', revision: 1 }],
    ['the whole', bytes, { kind: 'identical', revision: 2 }],
    ['one byte behind', Buffer.concat([bytes, Buffer.of(1)]), { kind: 'bytes-added', equalLength: 70_000, intact: 2, addedLength: 1 }],
    ['the first byte', changedAt(bytes, 0), { kind: 'different', equalLength: 0, intact: null, changedIn: 0, differentBytes: 1 }],
    ['the last of the first', changedAt(bytes, 99), { kind: 'different', equalLength: 99, intact: null, changedIn: 0, differentBytes: 1 }],
    ['the first of the second', changedAt(bytes, 100), { kind: 'different', equalLength: 100, intact: 0, changedIn: 1, differentBytes: 1 }],
    ['two, beyond a step', changedAt(bytes, 65_536, 69_999), { kind: 'different', equalLength: 65_536, intact: 1, changedIn: 2, differentBytes: 2 }],
    ['an older one with another end', Buffer.concat([bytes.subarray(0, 200), Buffer.from('unknown')]), { kind: 'different', equalLength: 200, intact: 1, changedIn: 2, differentBytes: null }],
    ['another byte and cut off', changedAt(bytes, 50).subarray(0, 150), { kind: 'different', equalLength: 50, intact: null, changedIn: 0, differentBytes: null }],
  ] // prettier-ignore
  for (const [what, file, expected] of cases) t.same(compared(file, document), expected, what)
})

t.test('of several documents the nearest is told', async (t) => {
  const [short, long, other] = [held([100, 200]), held([100, 200, 300, 400]), held([100, 200], 5)]
  const nearest = (file: Buffer) => nearestHeld(file, [other, long, short])?.document.bytes.length
  t.equal(nearest(short.bytes), 200, 'the one that ends there, though the other has that revision too')
  t.equal(nearest(long.bytes), 400)
  t.equal(nearest(changedAt(long.bytes, 350)), 400)
  t.equal(nearest(changedAt(long.bytes, 20)), 200, 'where nothing decides, the shorter one')
  t.equal(nearestHeld(short.bytes, []), undefined)
})

t.test('identity is found in pieces, and lists are bounded', async (t) => {
  const id = '01931f00-0000-7000-8000-000000000001'
  const name = `06035504051324${Buffer.from(id).toString('hex')}`
  const text = `%PDF-1.7\n<${name}>/ID [<${'a'.repeat(32)}> <x>]\n%%EOF\n<${name}>%%EOF\ntail`
  const found = identifyFile(Buffer.from(text))
  t.same(found.organisationIds, [id])
  t.same(found.identifiers, ['a'.repeat(32)])
  t.same(found.ends, [text.indexOf('%%EOF') + 6, text.lastIndexOf('%%EOF') + 6, text.length])
  const many = identifyFile(Buffer.from(Array.from({ length: 900 }, (_, at) => `/ID [<${String(at).padStart(32, '0')}> <\n%%EOF\n`).join(''))) // prettier-ignore
  t.same([many.identifiers.length, many.ends.length], [4, 65])
  t.same(identifyFile(Buffer.from(`06035504051324${'zz'.repeat(36)}`)).organisationIds, [])
})

t.test('E3: an answer of another form, or one that contradicts itself, is not believed', async (t) => {
  const check = { name: 'n', outcome: 'PASSED', sentence: 's' }
  const report = { accepted: true, checks: [check], facts: [], limits: [], places: [] }
  t.equal(acceptAnswer(report)?.kind, 'report')
  const wrong = [
    null,
    'text',
    {},
    { ...report, more: 1 },
    { ...report, checks: [] },
    { ...report, accepted: false },
    { ...report, checks: [check, { ...check, outcome: 'FAILED' }] },
    { ...report, checks: [{ ...check, outcome: 'MAYBE' }] },
    { ...report, checks: [{ ...check, sentence: 'x'.repeat(4_001) }] },
    { ...report, checks: Array.from({ length: 501 }, () => check) },
    { length: -1, sha256: 'a'.repeat(64), organisationIds: [], identifiers: [], ends: [] },
    { length: 1, sha256: 'a'.repeat(64), organisationIds: ["x' or 1=1"], identifiers: [], ends: [] },
  ]
  for (const answer of wrong) t.equal(acceptAnswer(answer), undefined, JSON.stringify(answer)?.slice(0, 80))
})

t.test('R7: uploads are counted by network and minute', async (t) => {
  let now = toInstant('2026-11-21T08:00:30.000Z')
  const admission = createAdmission(() => now, { uploadsMax: 3, uploadsMaxOfOneNetwork: 2, perMinuteMax: 4 })
  const refusal = (address: string): ProblemError | undefined => {
    try {
      admission.enter(address)()
      return undefined
    } catch (error) {
      return error as ProblemError
    }
  }
  const first = admission.enter('192.0.2.1')
  const second = admission.enter('::ffff:192.0.2.1')
  t.equal(refusal('192.0.2.1')?.code, 'document-uploads-too-many', 'the same network, written otherwise')
  const third = admission.enter('2001:db8::1')
  t.equal(refusal('198.51.100.1')?.code, 'examination-busy', 'three from anywhere')
  third()
  third()
  t.equal(refusal('198.51.100.1'), undefined, 'a place is free again, one only')
  first()
  second()
  for (const end of ['2', '3']) t.equal(refusal(`192.0.2.${end}`), undefined, 'a neighbour')
  for (let more = 0; more < 2; more++) t.equal(refusal('192.0.2.1'), undefined)
  t.match(refusal('192.0.2.1'), { code: 'document-uploads-too-many', retryAfter_s: 30 })
  for (const address of ['2001:db8::2', '2001:db8:0:0:ffff::1', '2001:DB8::3']) refusal(address)
  t.equal(
    refusal('2001:db8::4')?.code,
    'document-uploads-too-many',
    'one half of an IPv6 address is one network',
  )
  t.equal(refusal('2001:db8:0:1::4'), undefined)
  now = addMilliseconds(now, 30_000)
  t.equal(refusal('192.0.2.1'), undefined, 'the next minute')
})

t.test('the code on paper: the same place under the same root, or not', async (t) => {
  const root = Buffer.alloc(32, 9)
  const place = { origin: 'beding.local/log/x', index: 41, size: 42, root: root.toString('base64') }
  const code = { receipt: '41', size: '42', root: root.toString('base64url'), log: 'beding.local/log/x' }
  const done = { state: 'done', accepted: true, checks: [], facts: [], limits: [], places: [place] } as const
  t.equal(comparePaper(code, done), 'same')
  for (const change of [
    { receipt: '4' },
    { size: '43' },
    { log: 'y' },
    { root: Buffer.alloc(32).toString('base64url') },
    { root: '' },
  ])
    // prettier-ignore
    t.equal(comparePaper({ ...code, ...change }, done), 'other', JSON.stringify(change))
  t.equal(comparePaper(code, { ...done, places: [] }), 'open')
  t.equal(comparePaper(code, { state: 'stopped', because: 'time' }), 'open')
})

t.test('what is put into a page is text', async (t) => {
  const title = `<b a="1" c='2'>&`
  t.equal(html`<p title="${title}">${[title, html`<br />`, null, false, 3]}</p>`.text, '<p title="&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;">&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;<br />3</p>') // prettier-ignore
})
