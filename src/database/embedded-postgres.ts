import { spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { Client, type DatabaseError } from 'pg'
import type { ConnectionTarget } from './connection-target.ts'
import { type Account, accountForPostgres } from './embedded-account.ts'
import { type Binaries, embeddedBinaries } from './embedded-binaries.ts'
import { type Cluster, ensureCluster, isAlive, postgresEnvironment, superuser } from './embedded-cluster.ts'
import { clusterHome } from './embedded-home.ts'
import { isPostgresAlive, readPostmaster, servesFolder, waitUntil } from './embedded-postmaster.ts'
import { DatabaseRefusal } from './database-refusal.ts'

export type EmbeddedOptions = {
  /** The home folder of the installation. */
  readonly home: string
  /** Another PostgreSQL than the one from npm; for tests against older versions. */
  readonly binaries?: Binaries
  /** False for clusters of tests: nothing is forced to disk. */
  readonly durable?: boolean
  /** The first port that is tried. Below 32768, where systems pick the ports of outgoing connections. */
  readonly firstPort?: number
}

export type EmbeddedPostgres = {
  /** The superuser's login to the database `beding`. */
  readonly target: ConnectionTarget
  readonly dataFolder: string
  readonly pid: number
  /** True when a server of this folder was running already and is used on. */
  readonly reused: boolean
  /** Stops the server unless another live process uses it. Everything committed stays. */
  readonly stop: () => Promise<void>
}

const portsTried = 200
const startLimit_ms = 60_000
const logBytesMax = 10_000_000

/**
 * Starts the PostgreSQL that comes with npm, on loopback only, with its data in the home folder. Afterwards it accepts
 * logins and the database `beding` is there. A server that an earlier process left running is used on. Refuses in one
 * sentence on a machine or as a user where that cannot work; decision 0003 lists them.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  try {
    return await start(options)
  } catch (error) {
    throw refusalOfFiles(error) ?? error
  }
}

async function start(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const account = accountForPostgres(join(options.home, 'postgres'))
  const folder = clusterHome(options.home, account)
  const binaries = options.binaries ?? embeddedBinaries(account, folder)
  const leave = enterUsers(folder)
  const cluster = ensureCluster(folder, binaries, account, options.durable ?? true)
  const server = (await reuse(cluster)) ?? (await launch({ ...options, folder, account, binaries, cluster }))
  const target = targetOf(cluster, server.port, 'beding')
  await ensureDatabase(targetOf(cluster, server.port, 'postgres'))
  const stop = async () => {
    if (leave() > 0 || !isPostgresAlive(server.pid)) return
    await stopPostmaster(server.pid)
  }
  return { target, dataFolder: cluster.dataFolder, pid: server.pid, reused: server.reused, stop }
}

// A folder of another user, a read-only or a full disk: said in a sentence instead of with a stack.
function refusalOfFiles(error: unknown): DatabaseRefusal | undefined {
  const { code, path } = error as NodeJS.ErrnoException
  if (path === undefined || !/^(EACCES|EPERM|EROFS|ENOSPC|EDQUOT)$/.test(code ?? '')) return undefined
  return new DatabaseRefusal(
    `The built-in PostgreSQL cannot use ${path} (${code}): let this user write there, set BEDING_HOME to another ` +
      'folder, or give DATABASE_URL.',
    { cause: error },
  )
}

type Server = { readonly pid: number; readonly port: number; readonly reused: boolean }
type Launch = EmbeddedOptions & {
  readonly folder: string
  readonly account: Account | undefined
  readonly binaries: Binaries
  readonly cluster: Cluster
}

function targetOf(cluster: Cluster, port: number, database: string): ConnectionTarget {
  return { host: '127.0.0.1', port, database, user: superuser, password: cluster.password }
}

/** Writes down that this process uses the cluster; the answer takes it back and says how many others do. */
function enterUsers(folder: string): () => number {
  const users = join(folder, 'postgres-users')
  mkdirSync(users, { recursive: true })
  writeFileSync(join(users, String(process.pid)), '')
  return () => {
    rmSync(join(users, String(process.pid)), { force: true })
    const others = readdirSync(users).filter((name) => /^\d+$/.test(name))
    for (const gone of others.filter((name) => !isAlive(Number(name))))
      rmSync(join(users, gone), { force: true })
    return others.filter((name) => isAlive(Number(name))).length
  }
}

// The file names a process id and a port. Neither is trusted: only a server that says it serves this folder counts.
async function reuse(cluster: Cluster): Promise<Server | undefined> {
  let found: Server | undefined
  const settled = async () => {
    const postmaster = readPostmaster(cluster.dataFolder)
    if (postmaster === undefined) return true
    if (await servesFolder(targetOf(cluster, postmaster.port, 'postgres'), cluster.dataFolder)) {
      found = { ...postmaster, reused: true }
      return true
    }
    return !isPostgresAlive(postmaster.pid)
  }
  if (await waitUntil(settled, startLimit_ms)) {
    if (found === undefined) forgetDeadPostmaster(cluster.dataFolder)
    return found
  }
  throw new DatabaseRefusal(
    `The built-in PostgreSQL in ${cluster.dataFolder} is running (process ${readPostmaster(cluster.dataFolder)?.pid}) ` +
      'but does not accept logins: look in postgres.log beside it, or stop that process.',
  )
}

// PostgreSQL itself would refuse to start when the process id in the file was given to another program meanwhile.
function forgetDeadPostmaster(dataFolder: string): void {
  const postmaster = readPostmaster(dataFolder)
  if (postmaster !== undefined && process.platform === 'linux' && !isPostgresAlive(postmaster.pid))
    rmSync(join(dataFolder, 'postmaster.pid'), { force: true })
}

async function launch(launch: Launch): Promise<Server> {
  const firstPort = launch.firstPort ?? 15_432
  for (let port = firstPort; port < firstPort + portsTried; port++) {
    const outcome = await launchOn(launch, port)
    if (outcome !== 'port-taken') return outcome
  }
  throw new DatabaseRefusal(`No free port from ${firstPort} for the built-in PostgreSQL: give DATABASE_URL.`)
}

async function launchOn(launch: Launch, port: number): Promise<Server | 'port-taken'> {
  const { cluster, folder } = launch
  const logFile = join(folder, 'postgres.log')
  const logStart = sizeOf(logFile)
  const child = spawnPostmaster(launch, port, logFile)
  let ended: string | undefined
  child.once('error', (error) => (ended = error.message))
  child.once('exit', (code, signal) => (ended ??= `ended with ${code ?? signal}`))
  const target = targetOf(cluster, port, 'postgres')
  const ready = async () => ended !== undefined || (await servesFolder(target, cluster.dataFolder))
  const answered = await waitUntil(ready, startLimit_ms)
  child.unref()
  if (answered && ended === undefined) return { pid: child.pid!, port, reused: false }
  const log = readFileSync(logFile, 'utf8').slice(logStart)
  if (/could not bind|could not create any TCP\/IP sockets/.test(log)) return 'port-taken'
  if (/lock file "postmaster.pid" already exists/.test(log))
    return (await reuse(cluster)) ?? launchOn(launch, port)
  const fatal = log.split('\n').find((line) => /FATAL|PANIC/.test(line))
  throw new DatabaseRefusal(
    `The built-in PostgreSQL did not start (${fatal ?? ended ?? 'no answer'}); its log is ${logFile}.`,
  )
}

function spawnPostmaster(launch: Launch, port: number, logFile: string) {
  const log = openSync(logFile, sizeOf(logFile) > logBytesMax ? 'w' : 'a', 0o600)
  try {
    // A group of its own, so that Ctrl-C reaches this process only and the server stops when we are done with it.
    return spawn(join(launch.binaries.folder, 'bin', 'postgres'), postmasterParameters(launch, port), {
      ...launch.account,
      cwd: launch.cluster.dataFolder,
      detached: true,
      stdio: ['ignore', log, log],
      env: postgresEnvironment(),
    })
  } finally {
    closeSync(log)
  }
}

function postmasterParameters(launch: Launch, port: number): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: String(port),
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Neither rows nor statements in the log: they hold names.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    ...(launch.durable === false
      ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }
      : { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }),
  }
  return [
    '-D',
    launch.cluster.dataFolder,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
}

function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0
}

async function ensureDatabase(target: ConnectionTarget): Promise<void> {
  const client = new Client(target)
  await client.connect()
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = 'beding'")
    if (rowCount === 0) await client.query('create database beding')
  } catch (error) {
    // Another process made it between the question and the answer.
    if (!/^(42P04|23505)$/.test((error as DatabaseError).code ?? '')) throw error
  } finally {
    await client.end()
  }
}

// SIGINT is a fast stop: sessions end, then a checkpoint is written. SIGQUIT only if that takes too long; the next
// start then recovers from the log, and nothing committed is lost.
async function stopPostmaster(pid: number): Promise<void> {
  process.kill(pid, 'SIGINT')
  if (await waitUntil(() => !isPostgresAlive(pid), 30_000)) return
  process.kill(pid, 'SIGQUIT')
  await waitUntil(() => !isPostgresAlive(pid), 10_000)
}
