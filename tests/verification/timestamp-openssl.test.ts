import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { noTrust, readTrust } from '#verification'
import { Findings } from '../../src/verification/findings.ts'
import { checkTimestamps } from '../../src/verification/timestamp-checks.ts'
import { pemOf } from '../support/verification-seal.ts'
import { anAuthority, aTimestamp } from '../support/verification-timestamp.ts'

const skip = spawnSync('openssl', ['version']).status === 0 ? false : 'no openssl here'
const folder = mkdtempSync(join(tmpdir(), 'beding-tsa-'))
t.teardown(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string): string => join(folder, name)
const openssl = (...args: string[]): string =>
  execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' })

const settings = `
[req]
distinguished_name = dn
[dn]
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[leaf]
basicConstraints = CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
authorityKeyIdentifier = keyid
[tsa]
serial = serial
default_policy = 1.2.3.4.1
digests = sha256
signer_digest = sha256
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
`

/** An authority made and run by OpenSSL, and its answer over one file. */
function answerOf(newKey: readonly string[], digest: string): { answer: Buffer; root: Buffer } {
  writeFileSync(file('settings'), settings)
  writeFileSync(file('subject'), 'a checkpoint\n')
  writeFileSync(file('serial'), '01\n')
  const key = (name: string): unknown => openssl('genpkey', ...newKey, '-out', `${name}.key`)
  key('root')
  key('leaf')
  const days = ['-days', '30', `-${digest}`]
  openssl('req', '-x509', '-new', '-key', 'root.key', '-subj', '/CN=OpenSSL root', '-config', 'settings', '-extensions', 'root', ...days, '-out', 'root.pem') // prettier-ignore
  openssl('req', '-new', '-key', 'leaf.key', '-subj', '/CN=OpenSSL TSA/O=Test', '-config', 'settings', '-out', 'leaf.csr') // prettier-ignore
  openssl('x509', '-req', '-in', 'leaf.csr', '-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial', '-extfile', 'settings', '-extensions', 'leaf', ...days, '-out', 'leaf.pem') // prettier-ignore
  openssl('ts', '-query', '-data', 'subject', '-sha256', '-cert', '-out', 'request')
  openssl('ts', '-reply', '-config', 'settings', '-section', 'tsa', '-queryfile', 'request', '-signer', 'leaf.pem', '-inkey', 'leaf.key', '-chain', 'root.pem', '-out', 'answer') // prettier-ignore
  return { answer: readFileSync(file('answer')), root: readFileSync(file('root.pem')) }
}

t.test('V11: what OpenSSL answers as an authority is accepted', { skip }, async (t) => {
  const kinds: readonly (readonly [what: string, newKey: readonly string[], digest: string])[] = [
    ['ECDSA P-256', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'], 'sha256'],
    ['ECDSA P-384', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'], 'sha384'],
    ['RSA', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'], 'sha512'],
  ]
  for (const [what, newKey, digest] of kinds) {
    const { answer, root } = answerOf(newKey, digest)
    const { tsaRoots } = readTrust([{ name: 'tsa-roots.pem', bytes: root }])
    const findings = new Findings()
    const subject = Buffer.from('a checkpoint\n')
    const files = [{ name: '01.tsr', bytes: answer }]
    const trusted = checkTimestamps(findings, { ...noTrust, tsaRoots }, subject, files)
    t.same(
      findings.collected.checks.filter(({ outcome }) => outcome !== 'PASSED'),
      [],
      what,
    )
    t.match(trusted, [{ authority: 'CN=OpenSSL TSA, O=Test', development: false }], what)
  }
})

t.test('the answers of the stand-in of these tests are accepted by OpenSSL', { skip }, async (t) => {
  for (const keyKind of ['P-256', 'P-384', 'RSA'] as const) {
    const authority = anAuthority({ keyKind })
    writeFileSync(file('subject'), 'a checkpoint\n')
    writeFileSync(file('answer'), aTimestamp(authority, Buffer.from('a checkpoint\n')))
    writeFileSync(file('root.pem'), pemOf(authority.root))
    const said = openssl('ts', '-verify', '-data', 'subject', '-in', 'answer', '-CAfile', 'root.pem')
    t.match(said, /Verification: OK/, keyKind)
  }
})
