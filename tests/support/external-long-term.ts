import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Test as TapTest } from 'tap'
import type { QpdfJson } from './external-signatures.ts'
import { linkReferences, validationData, writtenSignatures } from './external-signatures.ts'

/** One document in its three states, as files: as rendered, at B-LTA, and renewed once. */
export type LongTermFiles = {
  readonly name: string
  readonly rendered: string
  readonly preserved: string
  readonly renewed: string
  readonly seals: number
}

/** Programs of others, run in a folder where `nss` trusts the root of the seals and nothing else. */
export type OutsidePrograms = {
  /** What a program writes to standard output; it must end well. */
  readonly run: (program: string, ...parameters: string[]) => string
  /** What a program says on both channels, however it ends. */
  readonly said: (program: string, ...parameters: string[]) => string
  /** Writes a file into the folder and gives its name. */
  readonly file: (name: string, bytes: Buffer) => string
  /** PEM files: the root of the seals and the roots of the time-stamping authorities. */
  readonly trust: { readonly root: string; readonly tsaRoots: string }
}

/** Makes the folder, and the trust store of NSS in it. */
export function outsidePrograms(folder: string, trust: OutsidePrograms['trust']): OutsidePrograms {
  mkdirSync(join(folder, 'nss'), { recursive: true })
  const run = (program: string, ...parameters: string[]): string =>
    execFileSync(program, parameters, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  run('certutil', '-N', '-d', 'sql:nss', '--empty-password')
  run('certutil', '-A', '-d', 'sql:nss', '-n', 'root', '-t', 'CT,C,C', '-i', trust.root)
  return {
    run,
    said: (program, ...parameters) => {
      const { stdout, stderr } = spawnSync(program, parameters, { cwd: folder, encoding: 'utf8' })
      return `${stdout}${stderr}`
    },
    file: (name, bytes) => {
      writeFileSync(join(folder, name), bytes)
      return name
    },
    trust,
  }
}

/** A10 to A13d of the acceptance list, each as a test of its own that says what it saw. */
export function checkLongTerm(t: TapTest, programs: OutsidePrograms, files: LongTermFiles): void {
  const { name } = files
  t.test(`${name}: A10 qpdf finds nothing, and each state is the beginning of the next`, async (t) => {
    for (const path of [files.rendered, files.preserved, files.renewed])
      t.equal(spawnSync('qpdf', ['--check', path]).status, 0, path)
    const [first, second, third] = [files.rendered, files.preserved, files.renewed].map((path) => readFileSync(path)) as [Buffer, Buffer, Buffer] // prettier-ignore
    t.ok(second.length > first.length && second.subarray(0, first.length).equals(first))
    t.ok(third.length > second.length && third.subarray(0, second.length).equals(second))
    t.comment(`${name}: ${first.length}, ${second.length}, ${third.length} bytes`)
  })
  t.test(`${name}: A11 pdfsig: the seal is valid and trusted; mutool finds no wrong digest`, async (t) => {
    const verdict = programs.run('pdfsig', '-no-ocsp', '-nssdir', 'sql:nss', files.preserved)
    t.match(verdict, 'Signature Type: ETSI.CAdES.detached')
    t.match(verdict, 'Signature Validation: Signature is Valid.')
    t.match(verdict, 'Certificate Validation: Certificate is Trusted.')
    t.notMatch(verdict, /Invalid|Mismatch/)
    t.notMatch(programs.said('mutool', 'sign', '-v', files.preserved), /Digest error/)
  })
  t.test(`${name}: A12 every link reference names the page of its annotation`, async (t) => {
    const { links, wrong } = linkReferences(qpdfJson(programs, files.renewed))
    t.equal(wrong, 0)
    t.comment(`${name}: ${links} links`)
  })
  t.test(`${name}: A13 openssl confirms every seal and every time-stamp of the renewed file`, async (t) => {
    checkSignatures(t, programs, files)
  })
  t.test(`${name}: A13d the validation data is there for seal and time-stamps`, async (t) => {
    const data = validationData(qpdfJson(programs, files.renewed))
    t.ok(data.certificates >= 4)
    t.ok(data.revocations >= 2)
    t.ok(data.extension)
    t.equal(data.sigFlags, 3)
    const text = readFileSync(files.renewed).toString('latin1')
    const keys = [...text.matchAll(/\/Contents <([0-9a-f]+)>/g)].map(
      (match) => `/${createHash('sha1').update(Buffer.from(match[1]!, 'hex')).digest('hex').toUpperCase()}`,
    )
    t.ok(data.vri.length >= 2 && data.vri.every((key) => keys.includes(key)))
    t.comment(`${name}: ${data.certificates} certificates, ${data.revocations} answers, VRI for ${data.vri.length}`) // prettier-ignore
  })
}

function qpdfJson({ run }: OutsidePrograms, path: string): QpdfJson {
  return JSON.parse(run('qpdf', '--json=2', path)) as QpdfJson
}

/** A13 to A13c: which attributes, zeros behind each, and what openssl says of seals and tokens. */
function checkSignatures(t: TapTest, programs: OutsidePrograms, files: LongTermFiles): void {
  const { run, said, file, trust } = programs
  const bytes = readFileSync(files.renewed)
  const signatures = writtenSignatures(bytes)
  const seals = signatures.filter(({ subFilter }) => subFilter === 'ETSI.CAdES.detached')
  const stamps = signatures.filter(({ subFilter }) => subFilter === 'ETSI.RFC3161')
  t.equal(seals.length, files.seals)
  t.equal(stamps.length, 3)
  t.ok(signatures.every(({ isPaddedWithZeros }) => isPaddedWithZeros))
  for (const { cms, covered } of seals) {
    const [signature, content] = [file('seal.cms', cms), file('seal.bin', covered)]
    const verdict = said('openssl', 'cms', '-verify', '-inform', 'DER', '-in', signature, '-content', content, '-binary', '-CAfile', trust.root, '-purpose', 'any', '-out', '/dev/null') // prettier-ignore
    t.match(verdict, /Verification successful/)
    const shown = run('openssl', 'cms', '-cmsout', '-print', '-inform', 'DER', '-in', signature)
    const signed = shown.slice(shown.indexOf('signedAttrs:'), shown.indexOf('unsignedAttrs:'))
    const attributes = [...signed.matchAll(/object: .*\((1\.2\.840\.113549\.1\.9\.[\d.]+)\)/g)]
    t.same(attributes.map((match) => match[1]).toSorted(), ['1.2.840.113549.1.9.16.2.47', '1.2.840.113549.1.9.3', '1.2.840.113549.1.9.4', '1.2.840.113549.1.9.52']) // prettier-ignore
  }
  for (const { cms, covered } of stamps) {
    const [token, data] = [file('stamp.tst', cms), file('stamp.bin', covered)]
    t.match(said('openssl', 'ts', '-verify', '-token_in', '-in', token, '-data', data, '-CAfile', trust.tsaRoots), 'Verification: OK') // prettier-ignore
  }
  t.comment(`${files.name}: ${seals.length} seals, ${stamps.length} time-stamps, the last ends at ${signatures.at(-1)!.end} of ${bytes.length}`) // prettier-ignore
}
