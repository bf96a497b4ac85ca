import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { aDossier, anOrganisation, aPolicyEdition, aReceipt } from '../support/verification-dossier.ts'
import { actFacts, anEntry, TestLog } from '../support/verification-log.ts'
import { aLongTermFile, trustFiles } from '../support/verification-long-term-cases.ts'

const program = fileURLToPath(new URL('../../src/cli/verify.ts', import.meta.url))

/** Runs the command in a folder. */
function run(
  folder: string,
  ...args: readonly string[]
): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: {},
  })
  return { status, out: stdout, err: stderr }
}

const folder = t.testdir({ empty: {}, broken: { 'log.vkey': 'no key' } })
const organisation = anOrganisation()
const receipt = aReceipt(organisation, { facts: actFacts({ personName: 'A\nPASSED all of it' }) })
mkdirSync(join(folder, 'trust'))
for (const { name, bytes } of organisation.trustFiles) writeFileSync(join(folder, 'trust', name), bytes)
writeFileSync(join(folder, 'edition.pdf'), aPolicyEdition(organisation))
writeFileSync(join(folder, 'receipt.pdf'), receipt)
writeFileSync(join(folder, 'dossier.zip'), aDossier(organisation))
writeFileSync(join(folder, 'act.tlog-proof'), organisation.log.proof(1))

t.test(
  'accepted files end with status 0, a line for each check and a closing line for each file',
  async (t) => {
    const { status, out, err } = run(
      folder,
      '--trust',
      'trust',
      'act.tlog-proof',
      'edition.pdf',
      'receipt.pdf',
      'dossier.zip',
    )
    t.equal(err, '')
    t.equal(status, 0)
    const lines = out.split('\n')
    t.ok(lines.includes('PASSED receipt.pdf: seal grammar: the update adds a seal and nothing else'))
    const closing = lines.filter((line) => line.startsWith('ACCEPTED'))
    t.match(closing, [
      /^ACCEPTED act\.tlog-proof: all \d+ checks of this tlog-proof passed/,
      /edition/,
      /receipt/,
      /dossier/,
    ])
    t.same(
      lines.filter((line) => /^(FAILED|INDETERMINATE|NOT ACCEPTED)/.test(line)),
      [],
    )
    t.match(out, /It does not prove:/)
    t.match(out, / {2}documentSha256: [0-9a-f]{64}\n/)
  },
)

t.test('a name in a record cannot print a line of its own', async (t) => {
  const { out } = run(folder, '--trust', 'trust', 'receipt.pdf')
  t.match(out, 'A\\u000aPASSED all of it')
  t.notMatch(out, /^PASSED all of it/m)
})

t.test('one changed byte ends with status 1 and names the check', async (t) => {
  const changed = Buffer.from(receipt)
  changed[1000] = (changed[1000] as number) ^ 1
  writeFileSync(join(folder, 'changed.pdf'), changed)
  const { status, out } = run(folder, '--trust', 'trust', 'changed.pdf', 'edition.pdf')
  t.equal(status, 1)
  t.match(out, /^FAILED changed\.pdf: [a-z ]+: /m)
  t.match(out, /^NOT ACCEPTED changed\.pdf: \d+ of \d+ checks failed \(/m)
  t.match(out, /^ACCEPTED edition\.pdf/m)
})

t.test('V1: without --trust, or with nothing in it, nobody is identified', async (t) => {
  for (const args of [['receipt.pdf'], ['--trust', 'empty', 'receipt.pdf']]) {
    const { status, out } = run(folder, ...args)
    t.equal(status, 1)
    t.match(out, /nothing pins the keys/)
    t.match(out, /^INDETERMINATE receipt\.pdf: log signature: /m)
    t.match(out, /^INDETERMINATE receipt\.pdf: seal certificate: /m)
    t.notMatch(out, /^FAILED/m)
    t.match(out, /^NOT ACCEPTED receipt\.pdf: 2 of \d+ could not be decided/m)
  }
})

t.test('V6: two receipts of a log with two histories prove it together', async (t) => {
  const other = new TestLog()
  for (let count = 0; count < organisation.log.entries.length; count++)
    other.add(anEntry('act', actFacts()).entry)
  writeFileSync(join(folder, 'other.tlog-proof'), other.proof(0))
  writeFileSync(join(folder, 'same.tlog-proof'), organisation.log.proof(2))
  const { status, out } = run(folder, '--trust', 'trust', 'act.tlog-proof', 'other.tlog-proof')
  t.match(out, /^FAILED act\.tlog-proof and other\.tlog-proof: one history: .* signed two roots for size/m)
  t.equal(out.match(/^ {4}\| beding\.local\/log\//gm)?.length, 2, 'both notes are printed')
  t.equal(status, 1)
  t.equal(run(folder, '--trust', 'trust', 'act.tlog-proof', 'same.tlog-proof').status, 0)
})

t.test('wrong usage ends with status 2, a file that is not there with 1', async (t) => {
  const wrongs = [
    [],
    ['--trust'],
    ['--trust', 'nowhere', 'receipt.pdf'],
    ['--trust', 'broken', 'receipt.pdf'],
    ['--unknown', 'x'],
    ['--trust', 'trust', '--trust', 'trust', 'receipt.pdf'],
    ['--trust', 'trust'],
  ]
  for (const args of wrongs) {
    const { status, out, err } = run(folder, ...args)
    t.equal(status, 2, args.join(' '))
    t.equal(out, '')
    t.match(err, /usage: npm run verify/)
  }
  const { status, out } = run(folder, '--trust', 'trust', 'nowhere.pdf', 'edition.pdf')
  t.equal(status, 1)
  t.match(out, /^FAILED nowhere\.pdf: file: the file cannot be read \(ENOENT\)/m)
  t.match(run(folder, '--trust', 'trust', 'trust').out, /^FAILED trust: file: this is not a file/m)
  t.match(run(folder, '--help').out, /^usage/)
})

t.test('--at-least refuses a PDF below that level, and takes only a level', async (t) => {
  writeFileSync(join(folder, 'lasting.pdf'), aLongTermFile().bytes)
  mkdirSync(join(folder, 'pins'))
  for (const { name, bytes } of trustFiles) writeFileSync(join(folder, 'pins', name), bytes)
  const lasting = run(folder, '--trust', 'pins', '--at-least', 'B-LTA', 'lasting.pdf')
  t.equal(lasting.status, 0)
  t.match(lasting.out, /^PASSED lasting\.pdf: level: the document reaches B-LTA, asked for was B-LTA$/m)
  const low = run(folder, '--trust', 'trust', '--at-least', 'B-T', 'edition.pdf')
  t.equal(low.status, 1)
  t.match(low.out, /^FAILED edition\.pdf: level: the document reaches B-B, below B-T$/m)
  t.equal(run(folder, '--at-least', 'B-X', 'edition.pdf').status, 2)
  t.equal(run(folder, '--at-least', 'B-B', '--at-least', 'B-T', 'edition.pdf').status, 2)
})
