// Time-stamps and validation data in a file, judged by programs of others: qpdf, poppler-utils, mupdf-tools, openssl. Not part of
// `npm test`. Numbers such as A10 are those of the acceptance list in src/documents/README.md.
import { execFileSync, spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { appendValidationData, listSignatures } from '#documents'
import { aSealedFile, sealedAt, stamped, testTsa } from '../support/documents-revisions.ts'
import { tsaKeys } from '../support/timestamps-keys.ts'

const folder = mkdtempSync(join(tmpdir(), 'beding-revisions-'))
t.teardown(() => rmSync(folder, { recursive: true }))
const secondTsa = tsaKeys({ kind: 'rsa' })

const { seal, rendered, sealed } = await aSealedFile()
const first = stamped(sealed)
const [sealKey, stampKey] = listSignatures(first).map(({ key }) => key) as [string, string]
const chains = {
  seal: [seal.leaf, seal.root],
  tsa: [testTsa.signer.der, testTsa.middle.der, testTsa.root.der],
}
const withData = appendValidationData(first, {
  certificates: [...chains.seal, ...chains.tsa],
  ocsps: [],
  crls: [],
  vri: [
    { key: sealKey, certificates: chains.seal, ocsps: [], crls: [] },
    { key: stampKey, certificates: chains.tsa, ocsps: [], crls: [] },
  ],
})!
const archived = stamped(withData)
const renewed = stamped(archived, secondTsa)

for (const [name, bytes] of Object.entries({ rendered, sealed, first, withData, archived, renewed }))
  writeFileSync(join(folder, `${name}.pdf`), bytes)
for (const [name, der] of [
  ['seal', seal.root],
  ['tsa', testTsa.root.der],
  ['second', secondTsa.root.der],
] as const)
  writeFileSync(join(folder, `${name}.pem`), new X509Certificate(der).toString())

/** Whether a program ended well, and what it said. */
function run(program: string, ...args: string[]): { readonly ok: boolean; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' })
  return { ok: status === 0, said: `${stdout}${stderr}` }
}

t.test('A10: qpdf finds nothing wrong with any revision', async (t) => {
  for (const file of ['sealed', 'first', 'withData', 'archived', 'renewed']) {
    const { ok, said } = run('qpdf', '--check', `${file}.pdf`)
    t.ok(ok, said)
    t.match(said, 'No syntax or stream encoding errors found')
  }
})

t.test('A11: pdfsig and mutool find the seal valid in every revision, and see the time-stamps', async (t) => {
  execFileSync('sh', [
    '-c',
    `mkdir ${folder}/nss && certutil -N -d sql:${folder}/nss --empty-password && certutil -A -d sql:${folder}/nss -n root -t CT,C,C -i ${folder}/seal.pem`,
  ])
  for (const [file, stamps] of [
    ['sealed', 0],
    ['first', 1],
    ['archived', 2],
    ['renewed', 3],
  ] as const) {
    const { said } = run('pdfsig', '-no-ocsp', '-nssdir', `sql:${folder}/nss`, `${file}.pdf`)
    t.match(said, /Signature Type: ETSI\.CAdES\.detached/)
    t.match(said, /Signature Validation: Signature is Valid\./)
    t.match(said, /Certificate Validation: Certificate is Trusted\./)
    t.equal(said.match(/Signature #\d+:/g)?.length, stamps + 1)
  }
  t.notMatch(run('mutool', 'sign', '-v', 'renewed.pdf').said, /Digest error/)
})

t.test('A13: openssl verifies every token over its byte range', async (t) => {
  const text = renewed.toString('latin1')
  const ranges = [...text.matchAll(/\/ByteRange \[0 (\d+) (\d+) (\d+)\]/g)].map((match) =>
    match.slice(1).map(Number),
  )
  const stamps = listSignatures(renewed).slice(1)
  t.equal(stamps.length, 3)
  for (const [index, { cms }] of stamps.entries()) {
    const [gapStart, gapEnd, rest] = ranges[index + 1] as [number, number, number]
    writeFileSync(join(folder, 'token'), cms)
    writeFileSync(
      join(folder, 'covered'),
      Buffer.concat([renewed.subarray(0, gapStart), renewed.subarray(gapEnd, gapEnd + rest)]),
    )
    const root = index === 2 ? 'second.pem' : 'tsa.pem'
    const at = String((Date.parse(sealedAt) / 1000) | 0)
    const { ok, said } = run(
      'openssl',
      'ts',
      '-verify',
      '-token_in',
      '-in',
      'token',
      '-data',
      'covered',
      '-CAfile',
      root,
      '-attime',
      at,
    )
    t.ok(ok, said)
    t.match(said, /Verification: OK/)
    t.notOk(
      run(
        'openssl',
        'ts',
        '-verify',
        '-token_in',
        '-in',
        'token',
        '-data',
        'sealed.pdf',
        '-CAfile',
        root,
        '-attime',
        at,
      ).ok,
    )
  }
})
