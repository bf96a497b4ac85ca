// Checks of the files that the demonstration leaves, by programs of others: qpdf, poppler, mupdf, NSS, openssl. Every kind
// of document as rendered, at B-LTA and renewed once. Numbers such as A10 are those of the acceptance list.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import t from 'tap'
import type { QpdfJson } from '../support/external-signatures.ts'
import { validationData, writtenSignatures } from '../support/external-signatures.ts'
import { tamperings } from '../support/external-tamperings.ts'

const project = dirname(dirname(import.meta.dirname))
const folder = mkdtempSync(join(tmpdir(), 'beding-long-term-'))
t.teardown(() => rmSync(folder, { recursive: true }))
const demo = spawnSync(process.execPath, ['src/cli/demo.ts', '--out', folder], { cwd: project, encoding: 'utf8', timeout: 220_000 }) // prettier-ignore
t.equal(demo.status, 0, `the demonstration ends well: ${demo.stderr}`)

const trust = join(folder, 'trust')
const scratch = join(folder, 'scratch')
mkdirSync(join(scratch, 'nss'), { recursive: true })
const pathOf = (name: string): string => join(folder, 'documents', name)
const read = (name: string): Buffer => readFileSync(pathOf(name))
const kinds = readdirSync(join(folder, 'documents'))
  .filter((name) => name.endsWith('.renewed.pdf'))
  .map((name) => name.replace('.renewed.pdf', ''))

function run(program: string, ...args: string[]): string {
  return execFileSync(program, args, { cwd: scratch, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}
/** What a program says on both channels, however it ends. */
function said(program: string, ...args: string[]): string {
  const { stdout, stderr } = spawnSync(program, args, { cwd: scratch, encoding: 'utf8' })
  return `${stdout}${stderr}`
}
function scratchFile(name: string, bytes: Buffer): string {
  writeFileSync(join(scratch, name), bytes)
  return name
}
function verify(...args: string[]): { status: number | null; stdout: string } {
  const { status, stdout } = spawnSync(process.execPath, ['src/cli/verify.ts', '--trust', trust, '--at-least', 'B-LTA', ...args], { cwd: project, encoding: 'utf8' }) // prettier-ignore
  return { status, stdout }
}

run('certutil', '-N', '-d', 'sql:nss', '--empty-password')
run('certutil', '-A', '-d', 'sql:nss', '-n', 'root', '-t', 'CT,C,C', '-i', join(trust, 'root.pem'))

t.test('there is every kind of document', async (t) => {
  t.same(kinds.toSorted(), ['annex', 'executed-copy', 'policy', 'receipt', 'report', 'warning'])
})

for (const kind of kinds) {
  const [rendered, preserved, renewed] = [`${kind}.rendered.pdf`, `${kind}.pdf`, `${kind}.renewed.pdf`]

  t.test(`${kind}: A10 qpdf finds nothing, and each state is the beginning of the next`, async (t) => {
    for (const name of [rendered, preserved, renewed])
      t.equal(spawnSync('qpdf', ['--check', pathOf(name)]).status, 0, name)
    const [first, second, third] = [read(rendered), read(preserved), read(renewed)]
    t.ok(second.length > first.length && second.subarray(0, first.length).equals(first))
    t.ok(third.length > second.length && third.subarray(0, second.length).equals(second))
    t.comment(`${kind}: ${first.length}, ${second.length}, ${third.length} bytes`)
  })

  t.test(
    `${kind}: A2 to A4 still tagged, archival and accessible after everything was appended`,
    async (t) => {
      const information = run('pdfinfo', pathOf(renewed))
      t.match(information, /^Tagged: +yes$/m)
      t.match(information, /^Encrypted: +no$/m)
      t.match(information, /^PDF version: +1\.7$/m)
      const fonts = run('pdffonts', pathOf(renewed)).split('\n').slice(2).filter((line) => line !== '') // prettier-ignore
      for (const font of fonts) t.match(font, / yes yes yes +\d+ +0$/)
      const claims = run('pdfinfo', '-meta', pathOf(renewed)).match(
        /pdf(a|ua)id:(part|conformance)>[^<\s]+/g,
      )!
      t.same(claims.toSorted(), ['pdfaid:conformance>A', 'pdfaid:part>3', 'pdfuaid:part>1'])
    },
  )

  t.test(`${kind}: A11 pdfsig: the seal is valid and trusted; mutool finds no wrong digest`, async (t) => {
    const verdict = run('pdfsig', '-no-ocsp', '-nssdir', 'sql:nss', pathOf(preserved))
    t.match(verdict, 'Signature Type: ETSI.CAdES.detached')
    t.match(verdict, 'Signature Validation: Signature is Valid.')
    t.match(verdict, 'Certificate Validation: Certificate is Trusted.')
    t.notMatch(verdict, /Invalid|Mismatch/)
    t.notMatch(said('mutool', 'sign', '-v', pathOf(preserved)), /Digest error/)
  })

  t.test(`${kind}: A13 openssl confirms every seal and every time-stamp of the renewed file`, async (t) => {
    const signatures = writtenSignatures(read(renewed))
    const seals = signatures.filter(({ subFilter }) => subFilter === 'ETSI.CAdES.detached')
    const stamps = signatures.filter(({ subFilter }) => subFilter === 'ETSI.RFC3161')
    t.equal(seals.length, kind === 'executed-copy' ? 2 : 1)
    t.equal(stamps.length, 3)
    t.ok(signatures.every(({ isPaddedWithZeros }) => isPaddedWithZeros))
    for (const { cms, covered } of seals) {
      const [signature, content] = [scratchFile('seal.cms', cms), scratchFile('seal.bin', covered)]
      const verdict = said('openssl', 'cms', '-verify', '-inform', 'DER', '-in', signature, '-content', content, '-binary', '-CAfile', join(trust, 'root.pem'), '-purpose', 'any', '-out', '/dev/null') // prettier-ignore
      t.match(verdict, /Verification successful/)
      const shown = run('openssl', 'cms', '-cmsout', '-print', '-inform', 'DER', '-in', signature)
      const signed = shown.slice(shown.indexOf('signedAttrs:'), shown.indexOf('unsignedAttrs:'))
      const attributes = [...signed.matchAll(/object: .*\((1\.2\.840\.113549\.1\.9\.[\d.]+)\)/g)]
      t.same(attributes.map((match) => match[1]).toSorted(), ['1.2.840.113549.1.9.16.2.47', '1.2.840.113549.1.9.3', '1.2.840.113549.1.9.4', '1.2.840.113549.1.9.52']) // prettier-ignore
    }
    for (const { cms, covered } of stamps) {
      const [token, data] = [scratchFile('stamp.tst', cms), scratchFile('stamp.bin', covered)]
      t.match(said('openssl', 'ts', '-verify', '-token_in', '-in', token, '-data', data, '-CAfile', join(trust, 'tsa-roots.pem')), 'Verification: OK') // prettier-ignore
    }
    t.comment(`${kind}: ${seals.length} seals, ${stamps.length} time-stamps, the last ends at ${signatures.at(-1)!.end} of ${read(renewed).length}`) // prettier-ignore
  })

  t.test(`${kind}: A13d the validation data is there for seal and time-stamps`, async (t) => {
    const bytes = read(renewed)
    const data = validationData(JSON.parse(run('qpdf', '--json=2', pathOf(renewed))) as QpdfJson)
    t.ok(data.certificates >= 4)
    t.ok(data.revocations >= 2)
    t.ok(data.extension)
    t.equal(data.sigFlags, 3)
    const text = bytes.toString('latin1')
    const keys = [...text.matchAll(/\/Contents <([0-9a-f]+)>/g)].map(
      (match) => `/${createHash('sha1').update(Buffer.from(match[1]!, 'hex')).digest('hex').toUpperCase()}`,
    )
    t.ok(data.vri.length >= 2 && data.vri.every((key) => keys.includes(key)))
    t.comment(`${kind}: ${data.certificates} certificates, ${data.revocations} answers, VRI for ${data.vri.length}`) // prettier-ignore
  })
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
