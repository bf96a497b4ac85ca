import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'

const source = fileURLToPath(new URL('../../src', import.meta.url))

/** The levels of src/README.md, and inside level 1 the order in which its rooms may use each other. */
const levels: readonly (readonly string[])[] = [
  ['core', 'verification'],
  ['platform', 'witness', 'examination'],
  ['database'],
  ['jobs'],
  ['http'],
  ['organisations', 'evidence', 'documents', 'timestamps', 'revocation', 'webhooks', 'jurisdictions'],
  ['people', 'identity', 'anchors', 'continuity', 'preservation', 'assurance', 'single-sign-on', 'messages'],
  ['policies', 'clauses', 'legal-checks', 'authentication', 'signing', 'staff', 'employments'],
  ['ceremonies'],
  ['acknowledgements', 'denials'],
  ['letters', 'executed-copies'],
  ['disputes', 'retention', 'recognition', 'annexes'],
  ['agreements'],
  ['portal', 'obligations', 'changes', 'exits'],
]
const levelOf = new Map(levels.flatMap((rooms, level) => rooms.map((room) => [room, level] as const)))
const linesMax = 400
const medianMax = 120

type Import = { readonly file: string; readonly room: string; readonly target: string }

function sourceFiles(): string[] {
  return readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(source, file), 'utf8')
  const room = file.includes('/') ? file.split('/')[0]! : ''
  const pattern = /(?:from|import)\s*\(?\s*'([^']+)'/g
  return Array.from(text.matchAll(pattern), (match) => ({ file, room, target: match[1]! }))
}

/** Programs may use everything; they are level 11. */
const isProgram = (room: string): boolean => room === '' || room === 'cli'

t.test('every room has a level, and every folder is a room', async (t) => {
  const folders = readdirSync(source, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name) // prettier-ignore
  t.same(
    folders.filter((name) => !levelOf.has(name) && !['cli', 'decisions'].includes(name)),
    [],
  )
  for (const room of levelOf.keys()) {
    t.ok(readdirSync(join(source, room)).includes('README.md'), `${room} says what it is`)
    t.ok(readdirSync(join(source, room)).includes('index.ts'), `${room} has a door`)
  }
})

t.test('a room is entered by its door and only from above', async (t) => {
  const wrong: string[] = []
  let seen = 0
  for (const { file, room, target } of sourceFiles().flatMap(importsOf)) {
    seen += 1
    if (target.startsWith('.')) {
      const inside = relative(source, join(source, file, '..', target))
      if (!isProgram(room) && inside.split('/')[0] !== room) wrong.push(`${file} reaches into ${inside}`)
      if (isProgram(room) && levelOf.has(inside.split('/')[0]!))
        wrong.push(`${file} goes around a door: ${inside}`)
    } else if (target.startsWith('#') && !isProgram(room)) {
      const other = target.slice(1).split('/')[0]!
      if ((levelOf.get(other) ?? Infinity) >= (levelOf.get(room) ?? -1))
        wrong.push(`${file} imports ${target}`)
    }
  }
  t.same(wrong, [])
  t.ok(seen > 300, `${seen} imports were read`)
})

t.test('the verifier imports nothing of ours', async (t) => {
  const own = sourceFiles().flatMap(importsOf).filter(({ room, target }) => room === 'verification' && target.startsWith('#')) // prettier-ignore
  t.same(own, [])
})

t.test('only stores, views and statements speak SQL through Kysely', async (t) => {
  const allowed = /(-store|-view|-tables|-statements|-reader|append-actions|ledger-connection)\.ts$/
  const wrong = sourceFiles()
    .flatMap(importsOf)
    .filter(({ room }) => !['database', 'http', ''].includes(room))
    .filter(({ file, target }) => target === 'kysely' && !allowed.test(file))
    .map(({ file }) => file)
  t.same([...new Set(wrong)], [])
})

t.test(`no file has more than ${linesMax} lines and the median stays under ${medianMax}`, async (t) => {
  const lengths = sourceFiles().map((file) => [file, readFileSync(join(source, file), 'utf8').split('\n').length] as const) // prettier-ignore
  t.same(
    lengths.filter(([, length]) => length > linesMax),
    [],
  )
  const sorted = lengths.map(([, length]) => length).toSorted((a, b) => a - b)
  t.ok(sorted[Math.floor(sorted.length / 2)]! < medianMax)
})
