// Seals with keys of each kind and in each place, checked by programs of others: openssl, qpdf, poppler-utils,
// mupdf-tools; keys in a PKCS #11 token come from softhsm2 and opensc. Not part of `npm test`. Check A16 of the acceptance
// list in src/documents/README.md.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test as TapTest } from 'tap'
import { toInstant } from '#core'
import { keyObjectSigner, sealBytes, type SealSigner } from '#documents'
import { renderDocument } from '../../src/documents/document-rendering.ts'
import { outsideSigner } from '../../src/documents/seal-key-use.ts'
import { aSealChain, pemText, type SealTestChain } from '../support/documents-chains.ts'
import { aPolicyEdition } from '../support/documents-samples.ts'
import { aToken, softHsmModule, tokenPin } from '../support/external-token.ts'

const folder = mkdtempSync(join(tmpdir(), 'beding-seal-keys-'))
t.teardown(() => rmSync(folder, { recursive: true }))
const path = (name: string): string => join(folder, name)
const skip = softHsmModule === undefined ? 'no SoftHSM on this machine' : false

const rendered = (await renderDocument(aPolicyEdition())).bytes
const statement = { at: toInstant('2026-11-21T08:00:00.000Z'), name: 'Jansen & Zn.' }

function run(program: string, ...args: string[]): string {
  return execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Seals with this signer and asks every program what it thinks of it. */
async function check(t: TapTest, name: string, signer: SealSigner, chain: SealTestChain): Promise<void> {
  const { bytes } = await sealBytes(rendered, signer, statement)
  writeFileSync(path(`${name}.pdf`), bytes)
  const range = /\/ByteRange \[0 (\d+) (\d+) \d+\]/.exec(bytes.toString('latin1'))!
  const [first, second] = range.slice(1).map(Number) as [number, number]
  writeFileSync(path('signed.bin'), Buffer.concat([bytes.subarray(0, first), bytes.subarray(second)]))
  writeFileSync(path('seal.cms'), Buffer.from(bytes.toString('latin1', first + 1, second - 1), 'hex'))
  writeFileSync(path('root.pem'), pemText(chain.root.der))
  const cms = ['cms', '-verify', '-inform', 'DER', '-in', 'seal.cms', '-content', 'signed.bin', '-binary', '-CAfile', 'root.pem', '-purpose', 'any', '-out', '/dev/null'] // prettier-ignore
  const verdict = spawnSync('openssl', cms, { cwd: folder, encoding: 'utf8' })
  t.match(verdict.stderr, /Verification successful/, 'openssl, chain included')
  t.equal(verdict.status, 0)
  t.equal(spawnSync('qpdf', ['--check', `${name}.pdf`], { cwd: folder }).status, 0, 'qpdf')
  t.match(spawnSync('pdfsig', ['-nocert', `${name}.pdf`], { cwd: folder, encoding: 'utf8' }).stdout, 'Signature is Valid.', 'pdfsig') // prettier-ignore
  t.match(spawnSync('mutool', ['sign', '-v', `${name}.pdf`], { cwd: folder, encoding: 'utf8' }).stdout, 'unchanged since signing', 'mutool') // prettier-ignore
  t.ok(bytes.subarray(0, rendered.length).equals(rendered), 'the rendered file is its beginning')
}

for (const kind of ['p256', 'rsa-3072'] as const)
  t.test(`A16 rendered, sealed with ${kind} in this process, verified by others`, async (t) => {
    const chain = aSealChain({ kind })
    await check(t, kind, keyObjectSigner(chain.leaf.key, chain.certificates.slice(0, -1)), chain)
  })

t.test('A16 keys in a token', { skip }, async (t) => {
  const token = aToken(folder)
  const { tool } = token
  const at = (label: string, changes: { token?: string; pinFile?: string; module?: string } = {}) => ({
    ...token.at(label),
    ...changes,
  })
  const keyInToken = (label: string, type: 'EC:prime256v1' | 'rsa:3072'): SealTestChain =>
    aSealChain({ publicKey: token.makeKey(label, type) })

  const curve = keyInToken('curve', 'EC:prime256v1')
  const chainOf = (chain: SealTestChain): Buffer[] => chain.certificates.slice(0, -1)
  await t.test('P-256: its raw pair becomes DER', async (t) => {
    await check(t, 'token-p256', outsideSigner(at('curve'), chainOf(curve)), curve)
  })
  await t.test('RSA-3072', async (t) => {
    const rsa = keyInToken('rsa', 'rsa:3072')
    await check(t, 'token-rsa', outsideSigner(at('rsa'), chainOf(rsa)), rsa)
  })
  await t.test('forty seals at once, each right', async (t) => {
    const signer = outsideSigner(at('curve'), chainOf(curve))
    const all = await Promise.all(Array.from({ length: 40 }, () => sealBytes(rendered, signer, statement)))
    t.equal(new Set(all.map(({ sha256 }) => sha256.toString('hex'))).size, 40, 'ECDSA is random')
  })
  await t.test('what cannot sign is refused and named, without the PIN', async (t) => {
    writeFileSync(path('wrong-pin'), '000000')
    tool('--keypairgen', '--key-type', 'EC:prime256v1', '--label', 'double')
    tool('--keypairgen', '--key-type', 'EC:prime256v1', '--label', 'double')
    for (const [what, location, reason] of [
      ['a label that is not there', at('absent'), /the token seals holds no private key absent/],
      ['a label that is there twice', at('double'), /holds several private keys double/],
      ['a token that is not there', at('curve', { token: 'other' }), /shows 0 tokens with the label other/],
      ['a module that is not there', at('curve', { module: path('none.so') }), /none\.so cannot be loaded/],
      ['no PIN file', at('absent', { pinFile: path('none') }), /the PIN file .*none cannot be read/],
    ] as const) {
      const error: unknown = await outsideSigner(location, chainOf(curve)).sign(Buffer.of(1)).catch((caught: unknown) => caught) // prettier-ignore
      t.match(error, { name: 'SealKeyFailure', message: reason }, what)
      t.notMatch((error as Error).stack, tokenPin)
    }
    const other = outsideSigner(at('curve'), chainOf(aSealChain()))
    await t.rejects(sealBytes(rendered, other, statement), {
      name: 'SealKeyFailure',
      message: /belong together/,
    })
  })
})

t.test('A16 a PIN that the token refused is not tried again', { skip }, async (t) => {
  // In a process of its own, because a login counts for the whole process.
  const program = `
    import { outsideSigner } from ${JSON.stringify(new URL('../../src/documents/seal-key-use.ts', import.meta.url).href)}
    import { writeFileSync } from 'node:fs'
    const location = { kind: 'token', module: ${JSON.stringify(softHsmModule)}, token: 'seals', label: 'curve', pinFile: ${JSON.stringify(path('pin-2'))} }
    const signer = outsideSigner(location, [Buffer.from(process.argv[1], 'base64')])
    const attempt = () => signer.sign(Buffer.of(1)).then(() => 'signed', (error) => error.message)
    writeFileSync(location.pinFile, '000000')
    for (let round = 0; round < 20; round += 1) console.log(await attempt())
    writeFileSync(location.pinFile, ${JSON.stringify(tokenPin)})
    console.log(await attempt())`
  const leaf = aSealChain().leaf.der.toString('base64')
  const said = run(process.execPath, '--input-type=module', '--eval', program, leaf).trim().split('\n')
  t.equal(said.length, 21)
  t.match(said[0], /refused the PIN in .*pin-2; it is not tried again until the file changes/)
  t.same(new Set(said.slice(0, 20)).size, 1)
  t.equal(said[20], 'signed', 'the token was not locked, and the right PIN is used at once')
})
