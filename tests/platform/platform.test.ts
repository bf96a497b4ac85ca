import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { runInNewContext } from 'node:vm'
import t from 'tap'
import { toBase64Url } from '#core'
import {
  ConfigError,
  createLogger,
  createSecrets,
  keptSecret,
  readConfig,
  readSecret,
  UnsealError,
} from '#platform'
import { createCounter } from '../support/test-counter.ts'

const key = toBase64Url(Buffer.alloc(32, 1))

t.test('L1: an empty environment is a complete configuration that needs nothing else', async (t) => {
  t.match(readConfig({}, '/project'), {
    host: '127.0.0.1',
    port: 8080,
    publicUrl: undefined,
    database: { kind: 'embedded' },
    home: '/project/.beding',
    masterKey: undefined,
    mail: { kind: 'local-outbox' },
    timestamps: { kind: 'development' },
    revocationPrivateHosts: [],
    logOriginHost: 'beding.local',
    logLevel: 'info',
    metricsToken: undefined,
    webhookAllowLoopback: false,
  })
  t.same(readConfig({ PORT: '', LOG_LEVEL: '', DATABASE_URL: '' }, '/project'), readConfig({}, '/project'))
})

t.test('settings are read as they are meant', async (t) => {
  const config = readConfig(
    {
      PORT: '0',
      PUBLIC_URL: 'https://Beding.example.nl/',
      DATABASE_URL: 'postgresql://a@b/c',
      DATABASE_MIGRATION_URL: 'postgres://m@b/c',
      BEDING_MASTER_KEY: key,
      BEDING_HOME: 'elsewhere',
      SMTP_URL: 'smtp://mail.example.nl:25',
      MAIL_FROM: 'Personeelszaken <hr@example.nl>',
      LOG_ORIGIN_HOST: 'log.example.nl',
      LOG_LEVEL: 'warn',
      TSA_URLS: 'https://tsa.example.nl/tsr?a=1, http://b.example:318,',
      TSA_ROOTS_FILE: 'roots.pem',
    },
    '/project',
  )
  t.equal(config.port, 0)
  t.equal(config.publicUrl, 'https://beding.example.nl')
  t.same(config.database, { kind: 'external', url: 'postgresql://a@b/c', migrationUrl: 'postgres://m@b/c' })
  t.same(config.masterKey, Buffer.alloc(32, 1))
  t.equal(config.home, '/project/elsewhere')
  t.same(config.mail, {
    kind: 'smtp',
    url: 'smtp://mail.example.nl:25',
    from: 'Personeelszaken <hr@example.nl>',
  })
  t.equal(config.logOriginHost, 'log.example.nl')
  t.equal(config.logLevel, 'warn')
  const more = readConfig({ METRICS_TOKEN: 'a-token-of-16-ch', WEBHOOK_ALLOW_LOOPBACK: 'true' }, '/project')
  const hosts = readConfig({ REVOCATION_PRIVATE_HOSTS: 'OCSP.corp.internal, 10.1.2.3,fd00::1' }, '/project')
  t.same(hosts.revocationPrivateHosts, ['ocsp.corp.internal', '10.1.2.3', 'fd00::1'])
  t.match([more.metricsToken, more.webhookAllowLoopback], ['a-token-of-16-ch', true])
})

const refusals: [string, Record<string, string>, RegExp][] = [
  ['a port that is no number', { PORT: '80a' }, /^PORT must be/],
  ['a port out of range', { PORT: '65536' }, /^PORT must be/],
  ['a negative port', { PORT: '-1' }, /^PORT must be/],
  ['a public address with a path', { PUBLIC_URL: 'https://a.nl/beding' }, /^PUBLIC_URL must be/],
  ['a public address of another scheme', { PUBLIC_URL: 'ftp://a.nl' }, /^PUBLIC_URL must be/],
  ['a public address with a login', { PUBLIC_URL: 'https://u:p@a.nl' }, /^PUBLIC_URL must be/],
  ['another database', { DATABASE_URL: 'mysql://x', BEDING_MASTER_KEY: key }, /^DATABASE_URL must be/],
  ['a database without a master key', { DATABASE_URL: 'postgres://a/b' }, /^BEDING_MASTER_KEY is required/],
  [
    'a migration login alone',
    { DATABASE_MIGRATION_URL: 'postgres://a/b' },
    /^DATABASE_MIGRATION_URL is only/,
  ],
  [
    'a master key of 31 bytes',
    { BEDING_MASTER_KEY: toBase64Url(Buffer.alloc(31)) },
    /^BEDING_MASTER_KEY must/,
  ],
  ['a padded master key', { BEDING_MASTER_KEY: `${key}=` }, /^BEDING_MASTER_KEY must/],
  ['mail without a sender', { SMTP_URL: 'smtp://a' }, /^MAIL_FROM must/],
  [
    'a sender with a line break',
    { SMTP_URL: 'smtp://a', MAIL_FROM: 'a@b.nl\r\nBcc: c@d.nl' },
    /^MAIL_FROM must/,
  ],
  ['mail over http', { SMTP_URL: 'http://a', MAIL_FROM: 'a@b.nl' }, /^SMTP_URL must/],
  ['an origin with a scheme', { LOG_ORIGIN_HOST: 'https://a.nl' }, /^LOG_ORIGIN_HOST must/],
  ['an origin in capitals', { LOG_ORIGIN_HOST: 'A.nl' }, /^LOG_ORIGIN_HOST must/],
  [
    'an address as a private host',
    { REVOCATION_PRIVATE_HOSTS: 'http://ocsp.corp.internal/' },
    /^REVOCATION_PRIVATE_HOSTS must/,
  ],
  ['a short metrics token', { METRICS_TOKEN: 'short!' }, /^METRICS_TOKEN must/],
  ['loopback webhooks perhaps', { WEBHOOK_ALLOW_LOOPBACK: 'perhaps' }, /^WEBHOOK_ALLOW_LOOPBACK must/],
  [
    'loopback webhooks in production',
    { WEBHOOK_ALLOW_LOOPBACK: 'true', PUBLIC_URL: 'https://a.nl' },
    /^WEBHOOK_ALLOW_LOOPBACK is for tests/,
  ],
  ['an unknown log level', { LOG_LEVEL: 'loud' }, /^LOG_LEVEL must/],
  ['a proxy by name', { TRUSTED_PROXIES: '10.0.0.0/8,proxy.example' }, /^TRUSTED_PROXIES must/],
  ['a TSA of another scheme', { TSA_URLS: 'ftp://a.nl', TSA_ROOTS_FILE: '/roots' }, /^TSA_URLS must/],
  [
    'a TSA with a login',
    { TSA_URLS: 'https://a.nl,https://u:p@b.nl', TSA_ROOTS_FILE: '/roots' },
    /^TSA_URLS must/,
  ],
  ['a TSA without its roots', { TSA_URLS: 'https://a.nl' }, /^TSA_ROOTS_FILE is required/],
  ['roots of no TSA', { TSA_ROOTS_FILE: '/roots' }, /^TSA_ROOTS_FILE is only/],
  ['a domain of keys elsewhere', { PUBLIC_URL: 'https://a.example.nl', SIGNING_RP_ID: 'b.example.nl' }, /^SIGNING_RP_ID must/], // prettier-ignore
  ['a domain of keys of nowhere', { SIGNING_RP_ID: 'example.nl' }, /^SIGNING_RP_ID must/],
  ['a proxy range that cannot be', { TRUSTED_PROXIES: '10.0.0.0/33' }, /^TRUSTED_PROXIES must/],
]
for (const [title, environment, sentence] of refusals)
  t.test(`L2: ${title} is refused in a sentence that names the variable and not its value`, async (t) => {
    const error = t.throws(() => readConfig(environment, '/project'), ConfigError) as unknown as ConfigError
    t.equal(error.sentences.length, 1)
    t.match(error.message, sentence)
    for (const value of Object.values(environment)) t.notOk(error.message.includes(value))
  })

t.test('L2: everything that is wrong is said at once', async (t) => {
  const error = t.throws(
    () => readConfig({ PORT: 'x', LOG_LEVEL: 'y' }, '/'),
    ConfigError,
  ) as unknown as ConfigError
  t.equal(error.sentences.length, 2)
})

t.test('L3: what is derived depends on the master key, the purpose and nothing else', async (t) => {
  const secrets = createSecrets(Buffer.alloc(32, 1))
  // Worked out with another implementation of HKDF (HMAC by hand in Python), so that it can never change unnoticed.
  t.equal(
    secrets.derive('known').toString('hex'),
    '101fc7ee00418310e986ca586a927ca50d95a5368a728cac08f93bb2ec3f8b35',
  )
  t.same(secrets.derive('a'), createSecrets(Buffer.alloc(32, 1)).derive('a'))
  t.notSame(secrets.derive('a'), secrets.derive('b'))
  t.notSame(secrets.derive('a'), createSecrets(Buffer.alloc(32, 2)).derive('a'))
  t.equal(secrets.derive('a', 64).length, 64)
  t.throws(() => createSecrets(Buffer.alloc(31)), RangeError)
})

t.test('L4: what was sealed opens whole, for its purpose and its master key only', async (t) => {
  const secrets = createSecrets(Buffer.alloc(32, 1))
  const plaintext = Buffer.from('een geheim')
  const sealed = secrets.seal('purpose', plaintext)
  t.same(secrets.open('purpose', sealed), plaintext)
  t.same(secrets.open('purpose', secrets.seal('purpose', Buffer.alloc(0))), Buffer.alloc(0))
  t.notSame(secrets.seal('purpose', plaintext), sealed, 'a nonce is never used twice')
  t.throws(() => secrets.open('other', sealed), UnsealError)
  t.throws(() => createSecrets(Buffer.alloc(32, 2)).open('purpose', sealed), UnsealError)
  for (let position = 0; position < sealed.length; position++) {
    const changed = Buffer.from(sealed)
    changed[position]! ^= 1
    t.throws(() => secrets.open('purpose', changed), UnsealError, `byte ${position} changed`)
  }
  for (const length of [0, 11, 12, 27, sealed.length - 1])
    t.throws(() => secrets.open('purpose', sealed.subarray(0, length)), UnsealError, `cut to ${length}`)
})

t.test('L5: a kept secret is made once, whole, and for its owner only', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'beding-secret-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'deeper', 'master-key')
  t.equal(readSecret(path), undefined)
  const made = keptSecret(path)
  t.equal(made.length, 32)
  t.same(keptSecret(path), made)
  t.equal(statSync(path).mode & 0o777, 0o600)
  t.same(readdirSync(join(folder, 'deeper')), ['master-key'], 'nothing else is left behind')
  writeFileSync(path, 'short')
  t.throws(() => keptSecret(path), /does not hold 32 bytes/)
})

t.test('L5: eight that start at once get the same secret', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'beding-secret-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const source = `
    import { parentPort, workerData } from 'node:worker_threads'
    const { keptSecret } = await import(workerData.module)
    parentPort.postMessage('ready')
    parentPort.once('message', () => { parentPort.postMessage(keptSecret(workerData.path).toString('hex')); parentPort.close() })`
  const module = new URL('../../src/platform/kept-secret.ts', import.meta.url).href
  const workers = Array.from(
    { length: 8 },
    () =>
      new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`), {
        workerData: { module, path: join(folder, 'key') },
      }),
  )
  const message = (worker: Worker) =>
    new Promise<unknown>((resolve, reject) => worker.once('message', resolve).once('error', reject))
  await Promise.all(workers.map(message))
  const answers = workers.map(message)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread, not a window
  for (const worker of workers) worker.postMessage('go')
  t.equal(new Set(await Promise.all(answers)).size, 1)
})

function logged(write: (log: ReturnType<typeof createLogger>) => void): string[] {
  const lines: string[] = []
  write(createLogger('info', { write: (line: string) => void lines.push(line) }))
  return lines
}

t.test('L6: a log line holds no name, address, credential or token, wherever it stood', async (t) => {
  const token = toBase64Url(Buffer.alloc(32, 9))
  const canaries = ['Femke', 'femke.de.boer@werkgever.example', token, 'hunter2', 'bdg_geheim']
  const lines = logged((log) => {
    log.info({ givenName: 'Femke', person: { familyName: 'Femke', workEmail: canaries[1] } })
    log.info({
      request: { headers: { authorization: 'Bearer bdg_geheim' } },
      deep: { er: { token, password: 'hunter2' } },
    })
    log.info(`mail to ${canaries[1]} with link https://a.nl/l#${token} failed`)
    log.error({ err: new Error(`no such mailbox <${canaries[1]}>`, { cause: new Error(`link ${token}`) }) })
    const refused = Object.assign(new Error('invalid input syntax for type uuid: "Femke"'), {
      severity: 'ERROR',
      code: '22P02',
      detail: 'Key (given_name)=(Femke) already exists.',
    })
    log.error({ err: refused }, 'failed')
  })
  t.equal(lines.length, 5)
  for (const line of lines) {
    t.equal(line.split('\n').length, 2, 'one line')
    t.type(JSON.parse(line), 'object')
    for (const canary of canaries) t.notOk(line.includes(canary), `no ${canary}`)
  }
  t.match(JSON.parse(lines[4]!), { level: 'error', msg: 'failed', err: { code: '22P02', type: 'Error' } })
})

t.test('L6: what a log is for stays in it', async (t) => {
  const hash = 'ab'.repeat(32)
  const [line] = logged((log) =>
    log.warn(
      {
        actId: '01a1fde2-c063-7a4a-84c9-b7a8ada67c8b',
        sha256: hash,
        err: new Error('outer', { cause: new Error('inner') }),
      },
      'said',
    ),
  )
  const parsed = JSON.parse(line!) as { time: string; err: { stack: string } }
  t.match(parsed, {
    level: 'warn',
    msg: 'said',
    actId: '01a1fde2-c063-7a4a-84c9-b7a8ada67c8b',
    sha256: hash,
    err: { message: 'outer', cause: { message: 'inner' } },
  })
  t.match(parsed.time, /^\d{4}-\d\d-\d\dT/)
  t.match(parsed.err.stack, /^ +at /)
})

t.test('L7: an old Node is refused in one sentence by code that it can run', async (t) => {
  const source = readFileSync(new URL('../../src/cli/node-guard.cjs', import.meta.url), 'utf8')
  const run = (version: string) => {
    const said: string[] = []
    const codes: number[] = []
    runInNewContext(source, {
      process: { versions: { node: version }, exit: (code: number) => codes.push(code) },
      console: { error: (text: string) => said.push(text) },
    })
    return { said, codes }
  }
  t.same(run('24.0.0'), { said: [], codes: [] })
  t.same(run('30.1.0'), { said: [], codes: [] })
  const { said, codes } = run('20.20.2')
  t.same(codes, [1])
  t.equal(said.length, 1)
  t.match(said[0], /needs Node 24 and this is Node 20\.20\.2/)
  const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    scripts: Record<string, string>
  }
  for (const [name, script] of Object.entries(scripts))
    if (/\.ts\b/.test(script))
      t.match(script, /^exec node -r \.\/src\/cli\/node-guard\.cjs /, `npm run ${name} is guarded`)
})

t.test('the runner counts assertions at any depth, and files that broke', async (t) => {
  const count = (text: string) => {
    const { parser, totals } = createCounter()
    parser.end(text)
    return totals()
  }
  t.same(count('TAP version 14\n1..0\n'), { passed: 0, failed: 0 })
  t.same(
    count(
      'TAP version 14\n# Subtest: a\n    # Subtest: b\n        ok 1 - x\n        not ok 2 - y\n        1..2\n    not ok 1 - b\n    1..1\nnot ok 1 - a\n1..1\n',
    ),
    { passed: 1, failed: 1 },
  )
  t.same(count('TAP version 14\nok 1 - a # SKIP why\nok 2 - b\n1..2\n'), { passed: 1, failed: 0 })
  t.same(
    count('TAP version 14\n# Subtest: killed\n    ok 1 - x\n    1..1\nnot ok 1 - killed # time=1\n1..1\n'),
    { passed: 1, failed: 1 },
    'a file that ended too early',
  )
  t.same(
    count('TAP version 14\n1..1\n# Subtest: killed\n    ok 1 - x\nnot ok 1 - killed # time=1\n'),
    { passed: 1, failed: 1 },
    'a file that was killed between passing assertions',
  )
})
