// Checks of the files that the demonstration leaves, by programs of others: qpdf, poppler, mupdf, NSS, openssl. Every kind
// of document as rendered, at B-LTA and renewed once. Numbers such as A10 are those of the acceptance list.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import t from 'tap'
import { checkLongTerm, outsidePrograms } from '../support/external-long-term.ts'
import { tamperings } from '../support/external-tamperings.ts'

const project = dirname(dirname(import.meta.dirname))
const folder = mkdtempSync(join(tmpdir(), 'beding-long-term-'))
t.teardown(() => rmSync(folder, { recursive: true }))
const demo = spawnSync(process.execPath, ['src/cli/demo.ts', '--out', folder], { cwd: project, encoding: 'utf8', timeout: 220_000 }) // prettier-ignore
t.equal(demo.status, 0, `the demonstration ends well: ${demo.stderr}`)

const trust = join(folder, 'trust')
const scratch = join(folder, 'scratch')
const programs = outsidePrograms(scratch, {
  root: join(trust, 'root.pem'),
  tsaRoots: join(trust, 'tsa-roots.pem'),
})
const { run, said, file: scratchFile } = programs
const pathOf = (name: string): string => join(folder, 'documents', name)
const read = (name: string): Buffer => readFileSync(pathOf(name))
const kinds = readdirSync(join(folder, 'documents'))
  .filter((name) => name.endsWith('.renewed.pdf'))
  .map((name) => name.replace('.renewed.pdf', ''))

function verify(...args: string[]): { status: number | null; stdout: string } {
  const { status, stdout } = spawnSync(process.execPath, ['src/cli/verify.ts', '--trust', trust, '--at-least', 'B-LTA', ...args], { cwd: project, encoding: 'utf8' }) // prettier-ignore
  return { status, stdout }
}

t.test('there is every kind of document', async (t) => {
  t.same(kinds.toSorted(), ['annex', 'executed-copy', 'policy', 'receipt', 'report', 'warning'])
})

for (const kind of kinds) {
  const [rendered, preserved, renewed] = [`${kind}.rendered.pdf`, `${kind}.pdf`, `${kind}.renewed.pdf`].map(pathOf) as [string, string, string] // prettier-ignore
  checkLongTerm(t, programs, { name: kind, rendered, preserved, renewed, seals: kind === 'executed-copy' ? 2 : 1 }) // prettier-ignore

  t.test(
    `${kind}: A2 to A4 still tagged, archival and accessible after everything was appended`,
    async (t) => {
      const information = run('pdfinfo', renewed)
      t.match(information, /^Tagged: +yes$/m)
      t.match(information, /^Encrypted: +no$/m)
      t.match(information, /^PDF version: +1\.7$/m)
      const fonts = run('pdffonts', renewed).split('\n').slice(2).filter((line) => line !== '') // prettier-ignore
      for (const font of fonts) t.match(font, / yes yes yes +\d+ +0$/)
      const claims = run('pdfinfo', '-meta', renewed).match(/pdf(a|ua)id:(part|conformance)>[^<\s]+/g)!
      t.same(claims.toSorted(), ['pdfaid:conformance>A', 'pdfaid:part>3', 'pdfuaid:part>1'])
    },
  )
}

t.test('the verifier accepts every file at B-LTA with nothing but the pinned keys', async (t) => {
  const { status, stdout } = verify(...kinds.flatMap((kind) => [`${kind}.pdf`, `${kind}.renewed.pdf`]).map(pathOf)) // prettier-ignore
  t.equal(status, 0, stdout.split('\n').filter((line) => /FAILED|INDETERMINATE/.test(line)).join('\n')) // prettier-ignore
})

t.test('A14 the verifier refuses each tampered file, each for a reason of its own', async (t) => {
  const cases = tamperings(read('annex.pdf'))
  t.equal(cases.length, 9)
  const reasons = new Set<string>()
  for (const { name, bytes, reason } of cases) {
    const file = join(scratch, scratchFile(`${name}.pdf`, bytes))
    const { status, stdout } = verify(file)
    t.equal(status, 1, name)
    const failed = stdout.split('\n').filter((line) => line.includes('FAILED'))
    t.ok(
      failed.some((line) => reason.test(line)),
      `${name}: ${failed.join(' | ')}`,
    )
    reasons.add(failed[0]?.replace(file, '') ?? '')
    const others = /Signature is Valid/.test(said('pdfsig', '-no-ocsp', '-nssdir', 'sql:nss', file)) ? 'pdfsig calls the seal valid' : 'pdfsig refuses' // prettier-ignore
    t.comment(`${name}: ${others}; ours: ${failed[0]?.replace(`FAILED ${file}: `, '')}`)
  }
  t.ok(reasons.size >= 7)
})
