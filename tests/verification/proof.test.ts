import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { compareReports, isAccepted, noTrust, readTrust, verifyFile } from '#verification'
import { demandSignedByOneOf, parseCheckpoint } from '../../src/verification/checkpoint.ts'
import { demandInclusion, leafHash } from '../../src/verification/merkle-tree.ts'
import { parseLogKey } from '../../src/verification/log-key.ts'
import { placesThatMayChange, seededNumbers } from '../support/verification-flips.ts'
import {
  actFacts,
  anEntry,
  auditPath,
  digestOf,
  entryText,
  TestLog,
  treeHash,
} from '../support/verification-log.ts'
import { namesWith, notPassed } from '../support/verification-reports.ts'

const vectors = process.env['BEDING_VECTORS'] ?? '../shared/vectors'
const skip = existsSync(vectors) ? false : 'no published vectors here'

/** A log with some acts in it. */
function aLog(size = 11, seed?: string): TestLog {
  const log = new TestLog(undefined, seed)
  for (let index = 0; index < size; index++) {
    log.add(anEntry('act', actFacts(), `2026-11-21T08:00:00.${String(index).padStart(3, '0')}Z`).entry)
  }
  return log
}

function trustIn(log: TestLog): ReturnType<typeof readTrust> {
  return readTrust([{ name: 'log.vkey', bytes: Buffer.from(log.vkey) }])
}

t.test('V5: in every tree up to 40 leaves exactly the right path and index are accepted', async (t) => {
  const leaves = Array.from({ length: 40 }, (_, index) => Buffer.from(`leaf ${index}`))
  let accepted = 0
  let wrongAccepted = 0
  for (let size = 1; size <= leaves.length; size++) {
    const root = treeHash(leaves.slice(0, size))
    for (let index = 0; index < size; index++) {
      const path = auditPath(index, leaves.slice(0, size))
      const honest = { index, size, path, root, leafHash: leafHash(leaves[index] as Buffer) }
      if (holds(honest)) accepted++
      const wrongs = [
        ...Array.from({ length: size }, (_, other) => ({ ...honest, index: other })).filter(
          (it) => it.index !== index,
        ),
        { ...honest, index: size },
        { ...honest, path: [...path, digestOf('more')] },
        { ...honest, path: path.slice(1) },
        { ...honest, path: [...path].toReversed() },
        { ...honest, path: path.map((hash, at) => (at === 0 ? hash.subarray(1) : hash)) },
        { ...honest, root: digestOf('other') },
        { ...honest, leafHash: root },
      ]
      // The size is not among them: paths of different sizes can agree, and the log's signature binds the size.
      // A path of one hash, or of none, is the same backwards or shortened; a tree of one leaf has its leaf as root.
      wrongAccepted += wrongs.filter(
        (wrong) => holds(wrong) && JSON.stringify(wrong) !== JSON.stringify(honest),
      ).length
    }
  }
  t.equal(accepted, 820)
  t.equal(wrongAccepted, 0)
})

function bytes(text: string | null): Buffer {
  return Buffer.from(text ?? '', 'base64')
}

function holds(inclusion: Parameters<typeof demandInclusion>[0]): boolean {
  try {
    demandInclusion(inclusion)
    return true
  } catch {
    return false
  }
}

t.test('V5: paths in trees far above 2^32 leaves are followed exactly', async (t) => {
  const size = 2n ** 53n - 1n
  for (const index of [0n, 2n ** 32n, 2n ** 40n + 5n, 2n ** 52n, size - 2n, size - 1n]) {
    const leaf = digestOf(`leaf ${index}`)
    const path: Buffer[] = []
    const root = rootAbove(index, size, leaf, path)
    t.ok(holds({ index: Number(index), size: Number(size), path, root, leafHash: leaf }), String(index))
    t.notOk(
      holds({ index: Number(index), size: Number(size) - 1, path, root: digestOf('x'), leafHash: leaf }),
    )
    t.notOk(holds({ index: Number(index) ^ 1, size: Number(size), path, root, leafHash: digestOf('y') }))
  }
  t.notOk(holds({ index: 0, size: 2 ** 53, path: [], root: digestOf(''), leafHash: digestOf('') }))
})

/** The root of a tree that is made up around one leaf, by the recursion of RFC 6962; fills the path. */
function rootAbove(index: bigint, size: bigint, leaf: Buffer, path: Buffer[]): Buffer {
  if (size === 1n) return leaf
  let split = 1n
  while (split * 2n < size) split *= 2n
  const sibling = digestOf(`sibling ${index} ${size}`)
  const left = index < split
  const below = left
    ? rootAbove(index, split, leaf, path)
    : rootAbove(index - split, size - split, leaf, path)
  path.push(sibling)
  return digestOf(Buffer.of(1), left ? below : sibling, left ? sibling : below)
}

t.test('V5: the published RFC 6962 inclusion vectors come out as published', { skip }, async (t) => {
  const folder = join(vectors, 'rfc6962/inclusion')
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.json'),
  )
  t.equal(names.length, 98)
  for (const name of names) {
    const it = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, never>
    const inclusion = {
      index: it['leafIdx'] as unknown as number,
      size: it['treeSize'] as unknown as number,
      path: ((it['proof'] ?? []) as string[]).map(bytes),
      root: bytes(it['root'] as never),
      leafHash: bytes(it['leafHash'] as never),
    }
    t.equal(holds(inclusion), !it['wantErr'], name)
  }
})

t.test('V5: the published checkpoints and bundles of a small log are verified', { skip }, async (t) => {
  const folder = join(vectors, 'tlog-tiles')
  const key = parseLogKey('example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx')
  const words = 'one two three four five six seven eit nain ten ileven twelf threeten fourten fivten'
  const leaves = words.split(' ').map((word) => Buffer.from(word))
  for (let size = 0; size <= 15; size++) {
    const checkpoint = parseCheckpoint(readFileSync(join(folder, `checkpoint.${size}`), 'utf8'))
    t.doesNotThrow(() => demandSignedByOneOf(checkpoint, [key]), `checkpoint ${size}`)
    t.equal(checkpoint.size, size)
    for (let index = 0; index < size; index++) {
      const path = auditPath(index, leaves.slice(0, size))
      t.ok(holds({ index, size, path, root: checkpoint.root, leafHash: leafHash(leaves[index] as Buffer) }))
    }
  }
})

t.test('V1: a proof is accepted against the pinned key', async (t) => {
  const log = aLog()
  for (let size = 1; size <= 11; size++) {
    for (const index of [0, size - 1]) {
      const report = verifyFile(Buffer.from(log.proof(index, size)), 'a.tlog-proof', trustIn(log))
      t.same(notPassed(report), [])
      t.ok(isAccepted(report))
      t.equal(report.kind, 'tlog-proof')
    }
  }
})

t.test('V3: every byte of a proof matters', async (t) => {
  const log = aLog()
  const random = seededNumbers(1)
  for (const [index, size] of [
    [10, 11],
    [3, 8],
    [0, 1],
  ] as const) {
    const bytes = Buffer.from(log.proof(index, size))
    for (let round = 0; round < 3; round++) {
      t.same(placesThatMayChange(bytes, trustIn(log), bytes.keys(), random), [], `index ${index} of ${size}`)
    }
  }
})

t.test('V3: other spellings of a right proof are refused and named', async (t) => {
  const log = aLog()
  const honest = log.proof(4)
  const note = log.checkpoint()
  const [origin, size, root] = note.split('\n') as [string, string, string]
  const withNote = (other: string): string => honest.replace(note, other)
  const resigned = (text: string): string => withNote(log.signNote(text))
  const cases: readonly (readonly [what: string, text: string, check: string])[] = [
    ['Windows line ends', honest.replaceAll('\n', '\r\n'), 'proof form'],
    ['no line end at the end', honest.slice(0, -1), 'checkpoint form'],
    ['one line end more', `${honest}\n`, 'checkpoint form'],
    ['another version', honest.replace('@v1', '@v2'), 'proof form'],
    ['no entry', honest.replace(/extra .*\n/, ''), 'proof form'],
    ['a leading zero', honest.replace('index 4', 'index 04'), 'proof form'],
    ['an index above 2^53-1', honest.replace('index 4', 'index 9007199254740992'), 'proof form'],
    ['an index outside', honest.replace('index 4', 'index 11'), 'inclusion'],
    ['a neighbour', honest.replace('index 4', 'index 5'), 'inclusion'],
    ['a signature line more', `${honest}\u2014 example.com AAAAAAAA\n`, 'checkpoint form'],
    ['an extension line', resigned(`${origin}\n${size}\n${root}\nmore\n`), 'checkpoint form'],
    ['a size with a leading zero', resigned(`${origin}\n0${size}\n${root}\n`), 'checkpoint form'],
    ['a size above 2^53-1', resigned(`${origin}\n9007199254740992\n${root}\n`), 'checkpoint form'],
    ['a root of another length', resigned(`${origin}\n${size}\n${root.slice(4)}\n`), 'checkpoint form'],
    ['another origin, signed', resigned(`other.example\n${size}\n${root}\n`), 'checkpoint form'],
    [
      'another root, signed',
      resigned(`${origin}\n${size}\n${digestOf('x').toString('base64')}\n`),
      'inclusion',
    ],
    ['a size the path does not fit, signed', resigned(`${origin}\n30\n${root}\n`), 'inclusion'],
    ['54 hashes', honest.replace('index 4\n', `index 4\n${`${root}\n`.repeat(54)}`), 'proof form'],
    ['a byte order mark', `\ufeff${honest}`, 'kind of file'],
  ]
  for (const [what, text, check] of cases) {
    t.same(namesWith(verifyFile(Buffer.from(text), 'x', trustIn(log)), 'FAILED'), [check], what)
  }
})

t.test('V5: the entry in a proof must be an entry of format 1', async (t) => {
  const wrongs = [
    '{"c":[],"kind":"act","at":"2026-11-21T08:00:00.123Z","v":1}',
    '{"at":"2026-11-21T08:00:00.123Z","c":[],"kind":"act","v":2}',
    '{"at":"2026-11-31T08:00:00.123Z","c":[],"kind":"act","v":1}',
    '{"at":"2026-11-21T08:00:00.123Z","c":[],"kind":"Act!","v":1}',
    '{"at":"2026-11-21T08:00:00.123Z","c":["QQ"],"kind":"act","v":1}',
    '{"at":"2026-11-21T08:00:00.123Z","c":[],"kind":"act","refs":[],"v":1}',
    '{"at":"2026-11-21T08:00:00.123Z","c":[],"extra":1,"kind":"act","v":1}',
    '{"at":"2026-11-21T08:00:00.123Z","c":[7],"kind":"act","v":1}',
    entryText('act', ['same', 'same']),
    'no json',
    'x'.repeat(70_000),
  ]
  for (const wrong of wrongs) {
    const log = aLog(3)
    const report = verifyFile(Buffer.from(log.proof(log.add(wrong))), 'x', trustIn(log))
    t.same(namesWith(report, 'FAILED'), ['entry'], wrong.slice(0, 70))
  }
  const log = aLog(3)
  const index = log.add('{"at":"2026-11-21T08:00:00.123Z","c":[],"kind":"log-opened","refs":[0,2],"v":1}')
  t.ok(isAccepted(verifyFile(Buffer.from(log.proof(index)), 'x', trustIn(log))))
})

t.test('V1, V2: without a pinned key nothing is accepted, with another key it fails', async (t) => {
  const log = aLog()
  const bytes = Buffer.from(log.proof(4))
  const unpinned = verifyFile(bytes, 'x', noTrust)
  t.same(namesWith(unpinned, 'INDETERMINATE'), ['log signature'])
  t.same(namesWith(unpinned, 'FAILED'), [])
  t.notOk(isAccepted(unpinned))
  const elsewhere = new TestLog('other.example/log/1')
  t.same(namesWith(verifyFile(bytes, 'x', trustIn(elsewhere)), 'INDETERMINATE'), ['log signature'])
  const imposter = aLog(11, 'another key')
  t.same(namesWith(verifyFile(bytes, 'x', trustIn(imposter)), 'FAILED'), ['log signature'])
  const rotated = readTrust([
    { name: 'old.vkey', bytes: Buffer.from(imposter.vkey) },
    { name: 'new.vkey', bytes: Buffer.from(log.vkey) },
  ])
  t.ok(isAccepted(verifyFile(bytes, 'x', rotated)), 'one of several keys of a log')
})

t.test('V1: a pinned key that cannot be read stops everything', async (t) => {
  const log = new TestLog()
  const [name = '', hash = '', key = ''] = log.vkey.split('+')
  const other = hash.startsWith('0') ? '1' : '0'
  const lowOrder = Buffer.concat([Buffer.of(1), Buffer.alloc(32)]).toString('base64')
  const wrongs = [
    '',
    `${name}+${other}${hash.slice(1)}+${key}`,
    `${name}+${hash.toUpperCase()}x+${key}`,
    `${log.vkey}\n\n`,
    `${name}+00000000+${lowOrder}`,
    `${name} +${hash}+${key}`,
  ]
  for (const wrong of wrongs) {
    t.throws(
      () => readTrust([{ name: 'log.vkey', bytes: Buffer.from(wrong) }]),
      /^log\.vkey: /,
      JSON.stringify(wrong),
    )
  }
  t.throws(() => readTrust([{ name: 'dossier.pem', bytes: Buffer.from('x') }]), /^dossier\.pem: /)
  t.throws(() => readTrust([{ name: 'acme-root.pem', bytes: Buffer.from('x') }]), /^acme-root\.pem: /)
  t.same(readTrust([{ name: 'notes.txt', bytes: Buffer.from('x') }]), noTrust)
})

t.test('V6: two roots for one size, or two leaves at one index, are shown side by side', async (t) => {
  const first = aLog(5)
  const second = aLog(4)
  second.add(anEntry('act', actFacts({ choice: 'agreed' }), '2026-11-22T08:00:00.000Z').entry)
  const trust = trustIn(first)
  const report = (log: TestLog, index: number, size: number, name: string): ReturnType<typeof verifyFile> =>
    verifyFile(Buffer.from(log.proof(index, size)), name, trust)
  const one = report(first, 1, 5, 'one')
  const two = report(second, 1, 5, 'two')
  t.ok(isAccepted(one) && isAccepted(two), 'each alone is right')
  const [found, more] = compareReports([one, two, report(first, 2, 5, 'three')])
  t.match(found?.sentence, /signed two roots for size 5/)
  t.equal(found?.first.note, first.checkpoint())
  t.equal(found?.second.note, second.checkpoint())
  t.match([found?.first.source, found?.second.source], ['one', 'two'])
  t.equal(more, undefined)
  second.add('{"at":"2026-11-23T08:00:00.000Z","c":[],"kind":"log-opened","v":1}')
  t.match(compareReports([report(first, 4, 5, 'one'), report(second, 4, 6, 'two')]), [
    { sentence: /two leaves at index 4/ },
  ])
  t.same(compareReports([one, report(first, 4, 5, 'two'), report(first, 0, 3, 'three')]), [])
  const unsigned = Buffer.from(
    second.proof(1, 5).replace(/[A-Za-z0-9]{6}==?\n$|[A-Za-z0-9]{6}=\n$/, 'AAAAAA==\n'),
  )
  t.same(compareReports([one, verifyFile(unsigned, 'two', trust)]), [], 'an unsigned claim proves nothing')
})

t.test('V4: bytes that are nothing at all are refused without a crash', async (t) => {
  const random = seededNumbers(2)
  for (const start of ['', 'c2sp.org/tlog-proof@v1\n', '%PDF-1.7\n', 'PK\u0003\u0004']) {
    for (let round = 0; round < 60; round++) {
      const noise = Buffer.from(Array.from({ length: random(400) }, () => random(256)))
      const report = verifyFile(Buffer.concat([Buffer.from(start, 'latin1'), noise]), 'noise', noTrust)
      t.ok(namesWith(report, 'FAILED').length > 0)
      t.notOk(namesWith(report, 'FAILED').includes('verifier'))
    }
  }
})
