import { spawn, spawnSync } from 'node:child_process'
import { randomBytes, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createPlainServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { instantFromDate, type Clock, type OrganisationId } from '#core'
import {
  createSealKey,
  ensureDevelopmentAuthority,
  listDevelopmentSealResponders,
  loadSealKey,
} from '#documents'
import { insertOrganisation } from '#organisations'
import { obtainRevocation, openRevocationSources, type RevocationOutcome } from '#revocation'
import { createDevelopmentKeys } from '#timestamps'
import { testDatabase } from '../support/database.ts'
import { aCrl, anOcspAnswer } from '../support/revocation-answers.ts'
import { aRevocationPki, type PkiCertificate, type RevocationPki } from '../support/revocation-pki.ts'
import { revocationSources } from '../support/revocation-sources.ts'
import { testPlatform } from '../support/platform.ts'

const missing = spawnSync('openssl', ['ocsp', '-help']).status === 0 ? false : 'openssl is not here'
const folder = mkdtempSync(join(tmpdir(), 'beding-revocation-'))
t.teardown(() => rmSync(folder, { recursive: true, force: true }))

// openssl judges and answers by the clock of the machine.
const clock: Clock = () => instantFromDate(new Date())
const platform = { ...testPlatform(clock()), clock }

/** Runs openssl in the folder; gives whether it succeeded and what it said. */
function openssl(...args: string[]): { readonly ok: boolean; readonly said: string } {
  const { status, stdout, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' })
  return { ok: status === 0, said: `${stdout}${stderr}` }
}

const write = (name: string, content: string | Buffer): void => writeFileSync(join(folder, name), content)
const writePem = (name: string, der: Buffer): void => write(name, new X509Certificate(der).toString())
const writeKey = (name: string, { key }: PkiCertificate): void =>
  write(name, key.export({ format: 'pem', type: 'pkcs8' }))

async function ask(chain: readonly Buffer[], timeout_ms = 5_000): Promise<RevocationOutcome> {
  return obtainRevocation(platform, await revocationSources(platform, { timeout_ms }), chain, clock())
}

/** `openssl ocsp -respin … -verify`: what it says of an answer about a certificate. */
function opensslJudges(
  response: Buffer,
  certificate: Buffer,
  issuer: Buffer,
  root: Buffer,
  hash = '-sha1',
): { ok: boolean; said: string } {
  write('response.der', response)
  writePem('certificate.pem', certificate)
  writePem('issuer.pem', issuer)
  writePem('root.pem', root)
  return openssl('ocsp', '-no_nonce', '-respin', 'response.der', hash, '-issuer', 'issuer.pem', '-cert', 'certificate.pem', '-CAfile', 'root.pem') // prettier-ignore
}

t.test(
  'R8: openssl accepts what the development responder answers, and knows whose it is',
  { skip: missing },
  async (t) => {
    const keys = createDevelopmentKeys({ clock, randomBytes })
    const responder = { issuer: keys.root, ...keys.responder }
    const sources = await revocationSources(platform, { developmentResponders: [async () => [responder]] })
    const outcome = await obtainRevocation(platform, sources, [keys.certificate, keys.root], clock())
    if (outcome.kind !== 'good') return void t.fail(outcome.kind)
    const response = outcome.evidence[0]!.der
    t.match(opensslJudges(response, keys.certificate, keys.root, keys.root), {
      ok: true,
      said: /certificate\.pem: good[\s\S]*Response verify OK/,
    })
    const text = openssl('ocsp', '-respin', 'response.der', '-noverify', '-resp_text').said
    t.match(text, /OCSP Response Status: successful/)
    t.match(text, /development TSA: do not trust \(revocation answers\)/)
    t.match(text, /OCSP No Check/)
    t.match(text, /OCSP Nonce/)
    const stranger = createDevelopmentKeys({ clock, randomBytes })
    t.match(opensslJudges(response, keys.certificate, keys.root, stranger.root), {
      said: /Response Verify Failure/i,
    })
  },
)

t.test(
  'R8: openssl accepts what is answered about the seal of an organisation',
  { skip: missing },
  async (t) => {
    const { database } = await testDatabase(t)
    const organisationId = platform.newId() as OrganisationId
    const chain = await database.inOrganisation(organisationId, async (trx) => {
      await insertOrganisation(trx, { organisationId, name: 'Jansen', createdAt: clock() })
      await createSealKey(platform, trx, organisationId, 'Jansen', clock())
      const { signer } = await loadSealKey(platform, trx, organisationId)
      return [...signer.chain, (await ensureDevelopmentAuthority(platform, trx)).certificate]
    })
    const responders = { privateHosts: [], developmentResponders: [listDevelopmentSealResponders] }
    const sources = await openRevocationSources(platform, database, responders)
    const outcome = await obtainRevocation(platform, sources, chain, clock())
    if (outcome.kind !== 'good') return void t.fail(outcome.kind)
    const root = chain.at(-1)!
    const judged = opensslJudges(outcome.evidence[0]!.der, chain[0]!, root, root)
    t.comment(judged.said.replace(/\s+/g, ' '))
    t.match(judged, { ok: true, said: /certificate\.pem: good[\s\S]*Response verify OK/ })
    const text = openssl('ocsp', '-respin', 'response.der', '-noverify', '-resp_text').said
    t.match(text, /DEVELOPMENT revocation answers, do not trust/)
  },
)

/** A file in the form of `openssl ca` that knows these certificates, the first revoked for its key. */
function writeIndex(revoked: PkiCertificate, ...valid: PkiCertificate[]): void {
  const numberOf = ({ serial }: PkiCertificate): string => serial.subarray(2).toString('hex').toUpperCase()
  const lines = [
    `R\t400101000000Z\t261101120000Z,keyCompromise\t${numberOf(revoked)}\tunknown\t/CN=Revoked`,
    ...valid.map((one, position) => `V\t400101000000Z\t\t${numberOf(one)}\tunknown\t/CN=Valid ${position}`),
  ]
  write('index.txt', `${lines.join('\n')}\n`)
  write('index.txt.attr', 'unique_subject = no\n')
}

/** `openssl ocsp` as a responder on loopback until the test ends; resolves when it takes connections. */
async function startOpensslResponder(
  t: { teardown(work: () => unknown): void },
  port: number,
  args: string[],
): Promise<void> {
  const child = spawn(
    'openssl',
    ['ocsp', '-port', String(port), '-index', 'index.txt', '-CA', 'ca.pem', '-rsigner', 'signer.pem', '-rkey', 'signer.key', ...args], // prettier-ignore
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  t.teardown(async () => {
    if (child.exitCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  })
  // A connection made to see whether it is up would keep it from the next one, so it is listened to.
  await new Promise<void>((resolve, reject) => {
    let said = ''
    const listen = (piece: Buffer): void => {
      said += String(piece)
      if (said.includes('waiting for OCSP client connections')) resolve()
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.on('exit', () => reject(new Error(`openssl does not take connections: ${said}`)))
  })
}

async function freePort(): Promise<number> {
  const server = createPlainServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

for (const [title, kind, args, nextUpdate] of [
  ['P-256', 'p256', ['-nmin', '30'], /Z$/],
  ['RSA with SHA-384, named by its key', 'rsa', ['-ndays', '2', '-rmd', 'sha384', '-resp_key_id'], /Z$/],
  ['P-384, no nextUpdate', 'p384', ['-rmd', 'sha384'], null],
] as const)
  t.test(`R1: openssl as a responder is believed: ${title}`, { skip: missing }, async (t) => {
    const port = await freePort()
    const pki = aRevocationPki({
      now: clock(),
      kind,
      name: `OpenSSL ${kind}`,
      ocspUrl: () => `http://127.0.0.1:${port}/`,
    })
    const [revoked, stranger] = [pki.issue(), pki.issue()]
    writeIndex(revoked, pki.seal, pki.tsa)
    writePem('ca.pem', pki.intermediate.der)
    writePem('signer.pem', pki.responder.der)
    writeKey('signer.key', pki.responder)
    await startOpensslResponder(t, port, [...args])
    const short = (leaf: PkiCertificate): Buffer[] => [leaf.der, pki.intermediate.der]
    const good = await ask(short(pki.seal))
    t.match(good, { kind: 'good', attempts: [], evidence: [{ kind: 'ocsp', nextUpdate }] })
    if (good.kind === 'good')
      t.match(opensslJudges(good.evidence[0]!.der, pki.seal.der, pki.intermediate.der, pki.root.der), {
        said: /certificate\.pem: good/,
      })
    t.match(await ask(short(revoked)), {
      kind: 'revoked',
      revokedAt: '2026-11-01T12:00:00.000Z',
      reason: 'keyCompromise',
      attempts: [],
    })
    t.match(await ask(short(stranger)), { kind: 'unavailable', attempts: [{ failure: 'unknown' }] })
  })

t.test(
  'R1: openssl as a responder is refused without its certificate, and when nobody authorised it',
  { skip: missing },
  async (t) => {
    for (const [args, signer, detail] of [
      [['-resp_no_certs'], 'responder', /does not bring/],
      [[], 'tsa', /not for OCSP/],
    ] as const) {
      const port = await freePort()
      const pki = aRevocationPki({ now: clock(), ocspUrl: () => `http://127.0.0.1:${port}` })
      writeIndex(pki.issue(), pki.seal)
      writePem('ca.pem', pki.intermediate.der)
      writePem('signer.pem', pki[signer].der)
      writeKey('signer.key', pki[signer])
      await startOpensslResponder(t, port, ['-nmin', '30', ...args])
      t.match(await ask(pki.sealChain.slice(0, 2)), {
        kind: 'unavailable',
        attempts: [{ failure: 'responder', detail }],
      })
    }
  },
)

/** Has `openssl ca -gencrl` make the list of the intermediate, DER. */
function opensslList(pki: RevocationPki, md: string, ...args: string[]): Buffer {
  writePem('ca.pem', pki.intermediate.der)
  writeKey('ca.key', pki.intermediate)
  write('crlnumber', '1001\n')
  write(
    'ca.cnf',
    '[ca]\ndefault_ca=here\n[here]\ndatabase=index.txt\ncrlnumber=crlnumber\ndefault_md=sha256\ncrl_extensions=list\n[list]\nsubjectAltName=DNS:list.example\n',
  )
  const made = openssl('ca', '-gencrl', '-config', 'ca.cnf', '-cert', 'ca.pem', '-keyfile', 'ca.key', '-md', md, '-crldays', '7', '-out', 'crl.pem', ...args) // prettier-ignore
  const turned = openssl('crl', '-in', 'crl.pem', '-outform', 'DER', '-out', 'crl.der')
  if (!made.ok || !turned.ok) throw new Error(made.said + turned.said)
  return readFileSync(join(folder, 'crl.der'))
}

t.test(
  'R1: lists that openssl makes are believed, and PEM is not taken for one',
  { skip: missing },
  async (t) => {
    let list: Buffer = Buffer.alloc(0)
    const server = createServer((_request, response) => response.end(list)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.teardown(() => server.close())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/list.crl`
    for (const [kind, md] of [
      ['p256', 'sha256'],
      ['rsa', 'sha512'],
      ['p384', 'sha384'],
    ] as const) {
      const pki = aRevocationPki({ now: clock(), kind, name: `OpenSSL ${kind}`, crlUrl: () => url })
      const revoked = pki.issue()
      writeIndex(revoked, pki.seal)
      list = opensslList(pki, md)
      const good = await ask(pki.sealChain.slice(0, 2))
      t.match(good, { kind: 'good', attempts: [], evidence: [{ kind: 'crl', nextUpdate: /Z$/ }] }, kind)
      if (good.kind === 'good') t.ok(good.evidence[0]!.der.equals(list), 'byte for byte')
      t.match(await ask([revoked.der, pki.intermediate.der]), {
        kind: 'revoked',
        revokedAt: '2026-11-01T12:00:00.000Z',
        reason: 'keyCompromise',
      })
    }
    list = readFileSync(join(folder, 'crl.pem'))
    const pki = aRevocationPki({ now: clock(), crlUrl: () => url })
    t.match(await ask(pki.sealChain.slice(0, 2)), { kind: 'unavailable', attempts: [{ failure: 'form' }] })
  },
)

t.test(
  'openssl reads the answers and lists of our own tests as they are meant',
  { skip: missing },
  async (t) => {
    const pki = aRevocationPki({ now: clock() })
    const about = { certificate: pki.seal, issuer: pki.intermediate, responder: pki.responder, at: clock() }
    const judged = (answer: Buffer, hash?: string): string => {
      const { said } = opensslJudges(answer, pki.seal.der, pki.intermediate.der, pki.root.der, hash)
      t.comment(said.replace(/\s+/g, ' '))
      return said
    }
    t.match(judged(anOcspAnswer({ ...about, namedBy: 'name' })), /certificate\.pem: good[\s\S]*verify OK/)
    t.match(judged(anOcspAnswer({ ...about, hash: 'sha256' }), '-sha256'), /pem: good[\s\S]*verify OK/)
    t.match(judged(anOcspAnswer({ ...about, status: 'unknown' })), /certificate\.pem: unknown/)
    t.match(
      judged(anOcspAnswer({ ...about, status: { at: clock(), reason: 1 } })),
      /revoked[\s\S]*keyCompromise/,
    )
    t.match(judged(anOcspAnswer({ ...about, breakSignature: true })), /Verify Failure/i)
    write(
      'ours.der',
      aCrl({
        issuer: pki.intermediate,
        at: clock(),
        revoked: [{ certificate: pki.seal, at: clock(), reason: 4 }],
      }),
    )
    writePem('ca.pem', pki.intermediate.der)
    const { ok, said } = openssl(
      'crl',
      '-in',
      'ours.der',
      '-inform',
      'DER',
      '-CAfile',
      'ca.pem',
      '-text',
      '-noout',
    )
    t.ok(ok)
    t.match(said, /verify OK/)
    t.match(said, /Superseded/)
  },
)
