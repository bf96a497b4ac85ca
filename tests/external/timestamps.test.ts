import { spawnSync } from 'node:child_process'
import { randomBytes, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { instantFromDate, sha256, type Clock } from '#core'
import {
  createDevelopmentKeys,
  developmentAuthority,
  obtainTimestamp,
  type TimestampAuthority,
} from '#timestamps'
import { acceptedTokens, answered, asked, ordinary } from '../support/timestamps-cases.ts'

const missing = spawnSync('openssl', ['ts', '-help']).status === 0 ? false : 'openssl is not here'
const folder = mkdtempSync(join(tmpdir(), 'beding-tsa-'))
t.teardown(() => rmSync(folder, { recursive: true, force: true }))

// openssl judges and stamps by the clock of the machine.
const clock: Clock = () => instantFromDate(new Date())
const deps = { clock, randomBytes }
const data = Buffer.from('a checkpoint')

/** Runs openssl in the folder; gives whether it succeeded and what it said. */
function openssl(...args: string[]): { readonly ok: boolean; readonly said: string } {
  const { status, stdout, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' })
  return { ok: status === 0, said: `${stdout}${stderr}` }
}

const write = (name: string, content: string | Buffer): void => writeFileSync(join(folder, name), content)

t.test(
  'openssl ts -verify accepts a token of the development TSA, and no other data',
  { skip: missing },
  async (t) => {
    const keys = createDevelopmentKeys(deps)
    const { timestamp } = await obtainTimestamp(deps, [developmentAuthority(deps, keys)], sha256(data))
    write('data', data)
    write('other', 'another checkpoint')
    write('token.tsr', timestamp!.response)
    write('root.pem', new X509Certificate(keys.root).toString())
    write('stranger.pem', new X509Certificate(createDevelopmentKeys(deps).root).toString())
    const verify = (file: string, root: string) =>
      openssl('ts', '-verify', '-data', file, '-in', 'token.tsr', '-CAfile', root)
    t.match(verify('data', 'root.pem'), { ok: true, said: /Verification: OK/ })
    t.match(verify('other', 'root.pem'), { ok: false, said: /message imprint mismatch/ })
    t.match(verify('data', 'stranger.pem'), { ok: false }, 'a root of the same name is not enough')
    const text = openssl('ts', '-reply', '-in', 'token.tsr', '-text').said
    t.match(text, /Status: Granted/)
    t.match(text, /Accuracy: 0x01 seconds/)
  },
)

t.test('openssl ts -verify accepts every form that we accept', { skip: missing }, async (t) => {
  write('data', 'a checkpoint')
  const moment = String(Date.parse(asked.now) / 1000)
  for (const [title, wishes, keys = ordinary] of acceptedTokens) {
    write('token.tsr', answered(keys, wishes))
    write('root.pem', new X509Certificate(keys.root.der).toString())
    const { ok, said } = openssl(
      'ts',
      '-verify',
      '-data',
      'data',
      '-in',
      'token.tsr',
      '-CAfile',
      'root.pem',
      '-attime',
      moment,
    )
    t.ok(ok, title, { said })
  }
})

const settings = (signer: string, digest: string): string => `
[tsa]
default_tsa = here
[here]
serial = ${folder}/serial
signer_cert = ${folder}/${signer}.pem
certs = ${folder}/middle.pem
signer_key = ${folder}/${signer}.key
signer_digest = ${digest}
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1, millisecs:500
clock_precision_digits = 3
tsa_name = yes
ess_cert_id_chain = yes
ess_cert_id_alg = ${digest}
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
[stamps]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
`

const keyArguments = {
  rsa: ['-newkey', 'rsa:3072'],
  ec: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384'],
}

/** A root, an authority and a TSA that openssl made with keys of this kind. */
function opensslAuthority(kind: keyof typeof keyArguments, digest: string): TimestampAuthority {
  write('openssl.cnf', settings('signer', digest))
  write('serial', '01\n')
  const make = (name: string, subject: string, extensions: string, issuer?: string) => {
    const request = openssl(
      'req',
      '-new',
      ...keyArguments[kind],
      '-nodes',
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
      '-subj',
      subject,
    )
    const signing =
      issuer === undefined
        ? ['-signkey', `${name}.key`]
        : ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-CAcreateserial']
    const made = openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      ...signing,
      '-days',
      '30',
      '-out',
      `${name}.pem`,
      '-extfile',
      'openssl.cnf',
      '-extensions',
      extensions,
    )
    if (!request.ok || !made.ok) throw new Error(request.said + made.said)
  }
  make('root', '/CN=OpenSSL root', 'root')
  make('middle', '/C=NL/O=OpenSSL/CN=OpenSSL authority', 'root', 'root')
  make('signer', '/C=NL/O=OpenSSL/CN=OpenSSL TSA', 'stamps', 'middle')
  return {
    name: `openssl ${kind}`,
    development: false,
    roots: [new X509Certificate(readFileSync(join(folder, 'root.pem'))).raw],
    exchange: async (request) => {
      write('query.tsq', request)
      const { ok, said } = openssl(
        'ts',
        '-reply',
        '-config',
        'openssl.cnf',
        '-section',
        'here',
        '-queryfile',
        'query.tsq',
        '-out',
        'reply.tsr',
      )
      if (!ok) throw new Error(said)
      return readFileSync(join(folder, 'reply.tsr'))
    },
  }
}

for (const [kind, digest] of [
  ['rsa', 'sha256'],
  ['rsa', 'sha512'],
  ['ec', 'sha384'],
] as const)
  t.test(
    `a token that openssl makes with ${kind} and ${digest} is accepted, and only under its root`,
    { skip: missing },
    async (t) => {
      const authority = opensslAuthority(kind, digest)
      const { timestamp, attempts } = await obtainTimestamp(deps, [authority], sha256(data))
      t.same(attempts, [])
      t.ok(Math.abs(Date.parse(timestamp!.at) - Date.now()) < 60_000)
      const elsewhere = { ...authority, roots: [createDevelopmentKeys(deps).root] }
      t.match((await obtainTimestamp(deps, [elsewhere], sha256(data))).attempts, [
        { failure: 'chain', rejected: true },
      ])
    },
  )
