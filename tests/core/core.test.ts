import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import t from 'tap'
import {
  addDays,
  canonicalJson,
  civilDateIn,
  fromBase64,
  fromBase64Url,
  hexToUuid,
  isUuid,
  newUuid,
  parseStrictJson,
  problem,
  problems,
  StrictJsonError,
  toCivilDate,
  toInstant,
  uuidToHex,
} from '#core'

const vectors = new URL(process.env['BEDING_VECTORS'] ?? '../../../shared/vectors', import.meta.url)

t.test(
  'canonical JSON reproduces the published RFC 8785 vectors',
  { skip: !existsSync(vectors) && 'no vectors here' },
  async (t) => {
    const folder = `${vectors.pathname}/jcs`
    const names = readdirSync(`${folder}/input`)
    t.equal(names.length, 6)
    for (const name of names) {
      const input: unknown = JSON.parse(readFileSync(`${folder}/input/${name}`, 'utf8'))
      t.equal(canonicalJson(input), readFileSync(`${folder}/output/${name}`, 'utf8').trimEnd(), name)
    }
  },
)

t.test('canonical JSON is the same whatever the order of members, and parses back', async () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean())), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).reverse())
      const text = canonicalJson(value)
      return canonicalJson(reversed) === text && canonicalJson(JSON.parse(text)) === text
    }),
  )
})

t.test('canonical JSON refuses what two programs could read differently', async (t) => {
  for (const value of [
    Number.NaN,
    Infinity,
    '\ud800',
    { a: '\udfff' },
    new Date(0),
    undefined,
    () => 1,
    10n,
  ]) {
    t.throws(() => canonicalJson(value), TypeError)
  }
})

t.test('strict JSON refuses what JSON.parse repairs, and says where', async (t) => {
  const cases: [string, string, string][] = [
    ['{"a":1,"a":2}', 'duplicate-key', '/a'],
    ['{"a":{"b":[{"c":1},{"c":1,"\\u0063":2}]}}', 'duplicate-key', '/a/b/1/c'],
    ['{"x/y":1,"x/y":1}', 'duplicate-key', '/x~1y'],
    ['{"a":"\\ud800"}', 'lone-surrogate', '/a'],
    ['{"a":1', 'syntax', ''],
    ['{"__proto__":{"admin":true}}', 'syntax', '/__proto__'],
  ]
  for (const [text, reason, pointer] of cases) {
    t.match(
      thrownBy(() => parseStrictJson(text)),
      { reason, pointer },
      text,
    )
  }
  t.match(
    thrownBy(() => parseStrictJson('['.repeat(33) + ']'.repeat(33))),
    { reason: 'too-deep' },
  )
  t.doesNotThrow(() => parseStrictJson('['.repeat(32) + ']'.repeat(32)))
})

t.test('strict JSON accepts what JSON.parse accepts when no member is named twice', async () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      const text = JSON.stringify(value)
      if (text.includes('__proto__') || !text.isWellFormed() || /\\ud[89a-f]/i.test(text)) return true
      return JSON.stringify(parseStrictJson(text)) === text
    }),
  )
})

t.test('an instant has one form and exists', async (t) => {
  t.equal(toInstant('2026-11-21T08:00:00.123Z'), '2026-11-21T08:00:00.123Z')
  for (const text of [
    '2026-11-21T08:00:00Z',
    '2026-02-30T08:00:00.000Z',
    '2026-11-21T08:00:00.123+00:00',
    '2026-11-21t08:00:00.123z',
    '2026-11-21T24:00:00.000Z',
  ]) {
    t.throws(() => toInstant(text), RangeError, text)
  }
})

t.test('the Dutch day changes at Dutch midnight, in summer and in winter', async (t) => {
  t.equal(civilDateIn(toInstant('2026-07-01T21:59:59.999Z')), '2026-07-01')
  t.equal(civilDateIn(toInstant('2026-07-01T22:00:00.000Z')), '2026-07-02')
  t.equal(civilDateIn(toInstant('2026-12-31T22:59:59.999Z')), '2026-12-31')
  t.equal(civilDateIn(toInstant('2026-12-31T23:00:00.000Z')), '2027-01-01')
  t.equal(addDays(toCivilDate('2028-02-28'), 1), '2028-02-29')
  t.throws(() => toCivilDate('2026-02-29'), RangeError)
})

t.test('identifiers sort by the moment they were made and survive the form used in links', async (t) => {
  const earlier = newUuid(toInstant('2026-11-21T08:00:00.000Z'))
  const later = newUuid(toInstant('2026-11-21T08:00:00.001Z'))
  t.ok(isUuid(earlier) && earlier < later)
  t.equal(earlier[14], '7')
  t.equal(hexToUuid(uuidToHex(earlier)), earlier)
  t.equal(hexToUuid(uuidToHex(earlier).toUpperCase()), undefined)
})

t.test('base64 is read in its one form only', async (t) => {
  t.equal(fromBase64Url('AQ')?.length, 1)
  for (const text of ['AR', 'AQ==', 'A+', 'AQ\n']) t.equal(fromBase64Url(text), undefined, text)
  t.equal(fromBase64('AQ==')?.length, 1)
  for (const text of ['AR==', 'AQ', 'AQ==\n', 'A_==']) t.equal(fromBase64(text), undefined, text)
})

t.test('every problem has a 4xx or 5xx status and tells what to do', async (t) => {
  for (const [code, kind] of Object.entries(problems)) {
    t.match(code, /^[a-z]+(-[a-z0-9]+)*$/)
    t.ok(kind.status >= 400 && kind.status < 600, code)
    t.ok(kind.title.length > 8 && kind.help.endsWith('.'), code)
  }
  t.match(problem('link-expired'), { status: 410, code: 'link-expired' })
})

function thrownBy(work: () => unknown): StrictJsonError | undefined {
  try {
    work()
  } catch (error) {
    if (error instanceof StrictJsonError) return error
    throw error
  }
  return undefined
}
