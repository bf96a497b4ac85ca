import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { asMigrator, openServingDatabase, startEmbedded, type EmbeddedPostgres } from '#database'
import { sha256Hex, type OrganisationId } from '#core'
import { testPlatform } from '../support/platform.ts'
import { guardCluster } from '../support/test-cluster.ts'

const firstPort = 18_432
const module = new URL('../../src/database/index.ts', import.meta.url).href
const isRoot = process.getuid?.() === 0

/** An empty home folder; it and any server that a failed test leaves in it are gone afterwards. */
function aHome(t: { teardown(work: () => unknown): void }): string {
  const home = mkdtempSync(join(tmpdir(), 'beding-home-'))
  t.teardown(guardCluster(home))
  return home
}

function isAlive(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0] !== 'Z'
  } catch {
    return false
  }
}

/** True once the process has ended. A server that has taken back its lock file may need a moment to be gone. */
async function isGone(pid: number): Promise<boolean> {
  for (let waited = 0; isAlive(pid) && waited < 100; waited++) await sleep(50)
  return !isAlive(pid)
}

/** One cluster for the tests that do not need a first start; each leaves it stopped. */
const shared = aHome(t)

type Child = { readonly said: Promise<string>; readonly end: (signal: NodeJS.Signals) => Promise<void> }

/** Another Node process that starts the embedded server, says something about it and waits. */
function aProcess(home: string, account: { uid?: number; gid?: number } = {}): Child {
  const source = `
    const { startEmbedded } = await import(${JSON.stringify(module)})
    try {
      const { pid, reused, target, stop } = await startEmbedded({ home: ${JSON.stringify(home)}, firstPort: ${firstPort} })
      process.once('SIGTERM', () => stop().then(() => process.exit(0)))
      console.log(JSON.stringify({ pid, reused, port: target.port }))
      setInterval(() => undefined, 1000)
    } catch (error) { console.log(error.name + ': ' + error.message) }`
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: '/',
    ...account,
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const said = new Promise<string>((resolve) =>
    createInterface(child.stdout)
      .once('line', resolve)
      .once('close', () => resolve('')),
  )
  return {
    said,
    end: async (signal) => {
      child.kill(signal)
      await ended
    },
  }
}

const count = (server: EmbeddedPostgres) =>
  asMigrator(server.target, async (client) => {
    await client.query('create table if not exists public.kept (a int)')
    await client.query('insert into public.kept values (1)')
    return (await client.query('select count(*)::int as n from public.kept')).rows[0].n as number
  })

t.test(
  'E1: a first start makes a durable cluster on loopback, and a second start keeps what was in it',
  async (t) => {
    const home = aHome(t)
    const first = await startEmbedded({ home, firstPort })
    t.equal(first.reused, false)
    t.ok(first.target.port! >= firstPort && first.target.port! < 32768)
    t.equal(await count(first), 1)
    const settings = await asMigrator(first.target, async (client) => {
      const { rows } = await client.query<{ name: string; setting: string }>(
        "select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums', 'listen_addresses', 'unix_socket_directories', 'server_encoding', 'password_encryption') order by name",
      )
      return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))
    })
    t.same(settings, {
      data_checksums: 'on',
      fsync: 'on',
      full_page_writes: 'on',
      listen_addresses: '127.0.0.1',
      password_encryption: 'scram-sha-256',
      server_encoding: 'UTF8',
      synchronous_commit: 'on',
      unix_socket_directories: '',
    })
    for (const password of ['', 'postgres', 'wrong'])
      await t.rejects(
        asMigrator({ ...first.target, password }, async () => undefined),
        `no login with "${password}"`,
      )
    t.equal(statSync(join(home, 'postgres-password')).mode & 0o777, 0o600)
    t.equal(statSync(join(home, 'postgres')).mode & 0o777, 0o700)
    await first.stop()
    t.ok(await isGone(first.pid))
    t.same(
      readdirSync(home).filter((name) => name.startsWith('postgres.new')),
      [],
      'nothing half made is left',
    )
    const second = await startEmbedded({ home, firstPort })
    t.equal(await count(second), 2)
    await second.stop()
  },
)

t.test('E2: kill -9 of the process leaves the server running, and the next process uses it on', async (t) => {
  const home = shared
  const killed = aProcess(home)
  const before = JSON.parse(await killed.said) as { pid: number; port: number }
  await killed.end('SIGKILL')
  t.ok(isAlive(before.pid), 'the server lives on')
  const next = await startEmbedded({ home, firstPort })
  t.match(next, { reused: true, pid: before.pid, target: { port: before.port } })
  await next.stop()
  t.ok(await isGone(before.pid), 'and is stopped by the one that took it over')
})

t.test('E3: kill -9 of process and server loses nothing that was committed', async (t) => {
  const home = shared
  const killed = await startEmbedded({ home, firstPort })
  const committed = await count(killed)
  process.kill(killed.pid, 'SIGKILL')
  while (isAlive(killed.pid)) await sleep(20)
  const next = await startEmbedded({ home, firstPort })
  t.match(next, { reused: false })
  t.equal(await count(next), committed + 1)
  await next.stop()
})

t.test('E4: two processes that start at once share one server, and the last one out stops it', async (t) => {
  const home = aHome(t)
  const processes = [aProcess(home), aProcess(home)]
  const said = (await Promise.all(processes.map((process) => process.said))).map(
    (line) => JSON.parse(line) as { pid: number; reused: boolean },
  )
  t.equal(said[0]!.pid, said[1]!.pid)
  t.same(said.map(({ reused }) => reused).sort(), [false, true])
  await processes[0]!.end('SIGTERM')
  t.ok(isAlive(said[0]!.pid), 'the other still uses it')
  await processes[1]!.end('SIGTERM')
  t.ok(await isGone(said[0]!.pid))
})

t.test('E5: a pid file whose number belongs to another program now does not stop a start', async (t) => {
  const home = shared
  const first = await startEmbedded({ home, firstPort })
  const pidFile = join(home, 'postgres', 'postmaster.pid')
  const lines = readFileSync(pidFile, 'utf8').split('\n')
  const { uid, gid } = statSync(pidFile)
  await first.stop()
  writeFileSync(pidFile, [String(process.pid), ...lines.slice(1)].join('\n'))
  chownSync(pidFile, uid, gid)
  const second = await startEmbedded({ home, firstPort })
  t.match(second, { reused: false })
  await second.stop()
})

t.test('E6: a taken port is stepped over', async (t) => {
  const home = shared
  const taken = 18_900
  const squatter = createServer().listen(taken, '127.0.0.1')
  await new Promise((resolve) => squatter.once('listening', resolve))
  t.teardown(() => void squatter.close())
  const server = await startEmbedded({ home, firstPort: taken })
  t.equal(server.target.port, taken + 1)
  await server.stop()
})

t.test('E7: a cluster whose password is gone is refused, not replaced', async (t) => {
  const home = shared
  const server = await startEmbedded({ home, firstPort })
  await server.stop()
  const password = join(home, 'postgres-password')
  renameSync(password, `${password}.away`)
  t.teardown(() => renameSync(`${password}.away`, password))
  await t.rejects(startEmbedded({ home, firstPort }), {
    name: 'DatabaseRefusal',
    message: /password file .* is gone/,
  })
})

t.test('E8: what a process that died left half made is cleared away and not used', async (t) => {
  const home = aHome(t)
  const dead = spawnSync(process.execPath, ['-e', '']).pid
  mkdirSync(join(home, `postgres.new-${dead}`))
  writeFileSync(join(home, `postgres.new-${dead}`, 'PG_VERSION'), '18')
  const server = await startEmbedded({ home, firstPort })
  t.equal(await count(server), 1)
  t.notOk(existsSync(join(home, `postgres.new-${dead}`)))
  await server.stop()
})

t.test('E9: from nothing to serving, with the durable self-check, and again', async (t) => {
  const home = aHome(t)
  const { secrets, log, newId, clock } = testPlatform()
  const open = () => openServingDatabase({ config: { kind: 'embedded' }, home, secrets, log })
  const id = newId() as OrganisationId
  const first = await open()
  t.ok(first.applied.length >= 8)
  await first.database.batchInOrganisation(id, [
    {
      text: 'insert into organisation (organisation_id, name, created_at) values ($1, $2, $3)',
      values: [id, 'Bakkerij', clock()],
    },
  ])
  await first.stop()
  const second = await open()
  t.same(second.applied, [])
  const [result] = await second.database.batchInOrganisation(id, [
    { text: 'select name from organisation', values: [] },
  ])
  t.same(result!.rows, [{ name: 'Bakkerij' }])
  await second.stop()
})

t.test(
  'E10: an ordinary user starts it in a folder of their own',
  { skip: !isRoot && 'this is one already' },
  async (t) => {
    const home = aHome(t)
    const nobody = { uid: 65534, gid: 65534 }
    chownSync(home, nobody.uid, nobody.gid)
    const ordinary = aProcess(home, nobody)
    const { pid } = JSON.parse(await ordinary.said) as { pid: number }
    t.equal(statSync(`/proc/${pid}`).uid, nobody.uid)
    await ordinary.end('SIGTERM')
    t.ok(await isGone(pid))
    const asRoot = await startEmbedded({ home, firstPort })
    t.equal(statSync(`/proc/${asRoot.pid}`).uid, nobody.uid, 'root then runs it as the owner of the data')
    await asRoot.stop()
  },
)

t.test(
  'E11: who cannot run it is told so in one sentence',
  { skip: !isRoot && 'only root can become others' },
  async (t) => {
    const home = aHome(t)
    chmodSync(home, 0o755)
    const refused = aProcess(home, { uid: 65534, gid: 65534 })
    t.match(await refused.said, /^DatabaseRefusal: .*(BEDING_HOME|DATABASE_URL)/)
    await refused.end('SIGTERM')
    chownSync(home, 12345, 12345)
    const nameless = aProcess(home, { uid: 12345, gid: 12345 })
    t.match(await nameless.said, /^DatabaseRefusal: .*user id 12345 has none: give DATABASE_URL/)
    await nameless.end('SIGTERM')
  },
)

t.test(
  'E12: root with a home that others may not enter keeps the cluster in /var/lib',
  { skip: !isRoot && 'only root does' },
  async (t) => {
    const closed = mkdtempSync(join(tmpdir(), 'beding-closed-'))
    chmodSync(closed, 0o700)
    t.teardown(() => rmSync(closed, { recursive: true, force: true }))
    const home = join(closed, '.beding')
    const elsewhere = join('/var/lib/beding', sha256Hex(home).slice(0, 16))
    t.teardown(guardCluster(elsewhere))
    const server = await startEmbedded({ home, firstPort })
    t.equal(server.dataFolder, join(elsewhere, 'postgres'))
    t.equal(readFileSync(join(home, 'postgres-folder'), 'utf8'), `${elsewhere}\n`)
    t.equal(await count(server), 1)
    await server.stop()
    const moved = join(closed, 'moved')
    renameSync(home, moved)
    const again = await startEmbedded({ home: moved, firstPort })
    t.equal(await count(again), 2)
    await again.stop()
    rmSync(elsewhere, { recursive: true })
    await t.rejects(startEmbedded({ home: moved, firstPort }), {
      name: 'DatabaseRefusal',
      message: /no such folder/,
    })
  },
)
