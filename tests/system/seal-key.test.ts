import { spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { aSealChain, pemText, type SealTestChain } from '../support/documents-chains.ts'
import { exampleKeys, startProcess } from '../support/service-process.ts'
import { guardCluster } from '../support/test-cluster.ts'

// The operator's command beside a service that goes on serving.
const home = mkdtempSync(join(tmpdir(), 'beding-seal-key-'))
t.teardown(guardCluster(home))
const service = await startProcess(home)
t.teardown(() => service.stop())
const { organisationId } = exampleKeys(home)
const program = fileURLToPath(new URL('../../src/cli/seal-key.ts', import.meta.url))
const path = (name: string): string => join(home, name)

function run(...parameters: string[]) {
  const env = { PATH: process.env['PATH'], HOME: home, BEDING_HOME: home, LOG_LEVEL: 'warn' }
  return spawnSync(process.execPath, [program, ...parameters], { env, encoding: 'utf8', timeout: 120_000 })
}

async function publicKeys(): Promise<{
  sealCertificatePem: string
  rootPem: string
  earlierRootPems: string[]
}> {
  const answer = await fetch(`${service.url}/v1/organisations/${organisationId}/verification-keys`)
  return (await answer.json()) as Awaited<ReturnType<typeof publicKeys>>
}

function write(name: string, chain: SealTestChain): string[] {
  writeFileSync(path(`${name}.key`), chain.leaf.key.export({ format: 'pem', type: 'pkcs8' }))
  writeFileSync(path(`${name}.pem`), chain.pem)
  return ['--organisation', organisationId, '--pem', path(`${name}.key`), '--chain', path(`${name}.pem`)]
}

t.test(
  'a development key on RSA and keys of the operator are put to use while the service runs',
  async (t) => {
    const before = await publicKeys()
    const rsa = run('--organisation', organisationId, '--development', '--algorithm', 'rsa-3072')
    t.equal(rsa.status, 0, rsa.stderr)
    t.match(rsa.stdout, /^seal-[0-9a-f]{16} seals the documents of this organisation from now on$/m)
    const afterRsa = await publicKeys()
    t.equal(
      new X509Certificate(afterRsa.sealCertificatePem).publicKey.asymmetricKeyDetails?.modulusLength,
      3_072,
    )
    t.match(afterRsa, { rootPem: before.rootPem, earlierRootPems: [] }, 'under the same root')
    const [file, taken] = [aSealChain(), aSealChain({ kind: 'rsa-3072' })]
    const stays = run(...write('file', file))
    t.match(stays, { status: 0, stdout: /the chain is valid until 2040-01-01T00:00:00\.000Z/ }, stays.stderr)
    t.match(run(...write('taken', taken), '--into-database'), { status: 0 })
    t.same(await publicKeys().then(({ rootPem, earlierRootPems }) => [rootPem, ...earlierRootPems]), [
      pemText(taken.root.der),
      before.rootPem,
      pemText(file.root.der),
    ])
  },
)

t.test('what cannot be is refused in a sentence, and says no secret', async (t) => {
  const expired = run(...write('expired', aSealChain({ until: '210101000000Z' })))
  t.match(expired, { status: 1, stderr: /was valid until 2021-01-01/ })
  const chain = aSealChain()
  const other = write('other', aSealChain())
  const foreign = run(...other.slice(0, 4), '--chain', write('own', chain).at(-1)!)
  t.match(foreign, { status: 1, stderr: /do not belong together/ })
  const stranger = run('--organisation', '01931f00-0000-7000-8000-00000000dead', '--development', '--algorithm', 'rsa-3072') // prettier-ignore
  t.match(stranger, { status: 1, stderr: /organisation-not-found/ })
  writeFileSync(path('token'), 'hush')
  const service = run('--organisation', organisationId, '--kms', 'http://127.0.0.1:9/', '--key', 'k', '--token-file', path('token'), '--chain', path('own.pem')) // prettier-ignore
  t.match(service, { status: 1, stderr: /the key service cannot be reached/ })
  t.notMatch(service.stderr, 'hush')
  const wrong: [string[], RegExp][] = [
    [[], /--organisation needs an id/],
    [['--organisation', organisationId], /one of --pem, --pkcs11, --kms and --development/],
    [['--organisation', organisationId, '--pem', 'x', '--kms', 'y'], /one of/],
    [['--organisation', organisationId, '--pem', 'x'], /--pem needs --chain/],
    [
      ['--organisation', organisationId, '--development', '--algorithm', 'rsa-1024'],
      /ecdsa-p256 or rsa-3072/,
    ],
    [[...other, '--label', 'x'], /--label does not go with --pem/],
    [['--organisation', organisationId, '--pin', 'x'], /Unknown option/],
  ]
  for (const [parameters, reason] of wrong)
    t.match(run(...parameters), { status: 2, stderr: reason }, parameters.join(' '))
})
