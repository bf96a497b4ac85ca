import { isIP } from 'node:net'
import { isAbsolute, join, resolve } from 'node:path'
import { fromBase64Url } from '#core'

/** Where the database is. `migrationUrl` is the login that changes the schema; without it `url` must be able to. */
export type DatabaseConfig =
  | { readonly kind: 'embedded' }
  | { readonly kind: 'external'; readonly url: string; readonly migrationUrl: string | undefined }

/** How messages leave: into a folder of this installation, or to a mail server. */
export type MailConfig =
  { readonly kind: 'local-outbox' } | { readonly kind: 'smtp'; readonly url: string; readonly from: string }

/**
 * Who is asked for the time (RFC 3161): the TSA of this installation, which nobody should trust, or these, in this order,
 * under the roots of one PEM file.
 */
export type TimestampSettings =
  | { readonly kind: 'development' }
  | { readonly kind: 'configured'; readonly urls: readonly string[]; readonly rootsFile: string }

/** What the signing of declarations with passkeys is bound to. */
export type SigningSettings = {
  /** The domain that keys are bound to, for life. Undefined: the host of PUBLIC_URL. */
  readonly rpId: string | undefined
  /** A PEM file with the roots of makers of authenticators whose word counts. Undefined: nobody's. */
  readonly attestationRootsFile: string | undefined
  /** A PEM file with the roots of authorities whose certificates are qualified. Undefined: nobody signs remotely. */
  readonly qualifiedRootsFile: string | undefined
  /** Whether providers of signatures may be on this machine. For tests and development. */
  readonly allowLoopback: boolean
}

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** Everything the environment decides, read once and checked whole. */
export type Config = {
  readonly host: string
  /** 0 asks the system for a free port. */
  readonly port: number
  /** What people and links use to get here; no slash at the end. Undefined: the address that is listened on. */
  readonly publicUrl: string | undefined
  readonly database: DatabaseConfig
  /** The folder for what this installation keeps outside its database. Absolute. */
  readonly home: string
  /** 32 bytes. Undefined: kept in a file of `home`, made at first start. */
  readonly masterKey: Buffer | undefined
  readonly mail: MailConfig
  readonly timestamps: TimestampSettings
  readonly signing: SigningSettings
  /** Hosts in the operator's own network that may be asked whether a certificate was revoked. Lower case. */
  readonly revocationPrivateHosts: readonly string[]
  /** First part of the name of every log; see RFC 6962 and C2SP tlog-checkpoint. Cannot change later. */
  readonly logOriginHost: string
  /** The folder for the newest checkpoint of each log, which must not be put back together with the database. Absolute. */
  readonly ledgerHeads: string
  readonly logLevel: LogLevel
  /** Addresses or CIDR ranges of the proxies whose X-Forwarded-For is believed; nobody's when empty. */
  readonly trustedProxies: readonly string[]
  /** What `GET /metrics` asks for. Undefined: it answers callers on this machine only. */
  readonly metricsToken: string | undefined
  /** Whether events may be sent to this machine itself. For tests and development only. */
  readonly webhookAllowLoopback: boolean
  /** Whether an identity provider may be on this machine itself. For tests and development only. */
  readonly signOnAllowLoopback: boolean
}

/** The environment asks for something that cannot be. Each sentence names its variable and never its value. */
export class ConfigError extends Error {
  readonly sentences: readonly string[]

  constructor(sentences: readonly string[]) {
    super(sentences.join(' '))
    this.name = 'ConfigError'
    this.sentences = sentences
  }
}

type Environment = Readonly<Record<string, string | undefined>>
type Refuse = (sentence: string) => void

/**
 * Reads the settings from an environment. Pure: `projectFolder` is only used to place the default home. An empty
 * variable counts as absent. Throws one ConfigError with every sentence, so that all can be mended in one go.
 */
export function readConfig(environment: Environment, projectFolder: string): Config {
  const sentences: string[] = []
  const refuse: Refuse = (sentence) => void sentences.push(sentence)
  const value = (name: string) => environment[name] || undefined
  const database = readDatabase(value, refuse)
  const home = readHome(value('BEDING_HOME'), projectFolder)
  const config: Config = {
    host: value('HOST') ?? '127.0.0.1',
    port: readPort(value('PORT'), refuse),
    publicUrl: readPublicUrl(value('PUBLIC_URL'), refuse),
    database,
    home,
    masterKey: readMasterKey(value('BEDING_MASTER_KEY'), database, refuse),
    mail: readMail(value, refuse),
    timestamps: readTimestamps(value, projectFolder, refuse),
    signing: readSigning(value, projectFolder, refuse),
    revocationPrivateHosts: readPrivateHosts(value('REVOCATION_PRIVATE_HOSTS'), refuse),
    logOriginHost: readLogOriginHost(value('LOG_ORIGIN_HOST'), refuse),
    ledgerHeads: resolve(projectFolder, value('LEDGER_HEADS_DIR') ?? join(home, 'heads')),
    logLevel: readLogLevel(value('LOG_LEVEL'), refuse),
    trustedProxies: readTrustedProxies(value('TRUSTED_PROXIES'), refuse),
    metricsToken: readMetricsToken(value('METRICS_TOKEN'), refuse),
    webhookAllowLoopback: readAllowLoopback('WEBHOOK_ALLOW_LOOPBACK', value, refuse),
    signOnAllowLoopback: readAllowLoopback('SIGN_ON_ALLOW_LOOPBACK', value, refuse),
  }
  if (sentences.length > 0) throw new ConfigError(sentences)
  return config
}

function readPort(text: string | undefined, refuse: Refuse): number {
  if (text === undefined) return 8080
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(port <= 65535)) refuse('PORT must be a whole number from 0 to 65535.')
  return port
}

function readPublicUrl(text: string | undefined, refuse: Refuse): string | undefined {
  if (text === undefined) return undefined
  const url = URL.parse(text)
  const plain = url !== null && url.username === '' && url.search === '' && url.hash === ''
  if (!plain || !/^https?:$/.test(url.protocol) || url.pathname !== '/') {
    refuse('PUBLIC_URL must be an http or https address without a path, such as https://beding.example.nl.')
    return undefined
  }
  return url.origin
}

function readDatabase(value: (name: string) => string | undefined, refuse: Refuse): DatabaseConfig {
  const url = value('DATABASE_URL')
  const migrationUrl = value('DATABASE_MIGRATION_URL')
  for (const [name, text] of [
    ['DATABASE_URL', url],
    ['DATABASE_MIGRATION_URL', migrationUrl],
  ] as const) {
    if (text !== undefined && !/^postgres(ql)?:\/\/./.test(text))
      refuse(`${name} must be an address that begins with postgres://.`)
  }
  if (url !== undefined) return { kind: 'external', url, migrationUrl }
  if (migrationUrl !== undefined) refuse('DATABASE_MIGRATION_URL is only of use together with DATABASE_URL.')
  return { kind: 'embedded' }
}

function readHome(text: string | undefined, projectFolder: string): string {
  if (text === undefined) return join(projectFolder, '.beding')
  return isAbsolute(text) ? resolve(text) : resolve(projectFolder, text)
}

function readMasterKey(
  text: string | undefined,
  database: DatabaseConfig,
  refuse: Refuse,
): Buffer | undefined {
  if (text === undefined) {
    if (database.kind === 'external')
      refuse(
        'BEDING_MASTER_KEY is required together with DATABASE_URL: 32 random bytes in base64url, ' +
          'for instance from: openssl rand 32 | basenc --base64url | tr -d =.',
      )
    return undefined
  }
  const key = fromBase64Url(text)
  if (key?.length !== 32)
    refuse('BEDING_MASTER_KEY must be 32 bytes in base64url without padding (43 characters).')
  return key
}

function readMail(value: (name: string) => string | undefined, refuse: Refuse): MailConfig {
  const url = value('SMTP_URL')
  const from = value('MAIL_FROM')
  if (url === undefined) return { kind: 'local-outbox' }
  if (!/^smtps?:\/\/./.test(url)) refuse('SMTP_URL must be an address that begins with smtp:// or smtps://.')
  if (from === undefined || !/^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/.test(from))
    refuse('MAIL_FROM must be the e-mail address of the sender when SMTP_URL is set.')
  return { kind: 'smtp', url, from: from ?? '' }
}

function readTimestamps(
  value: (name: string) => string | undefined,
  projectFolder: string,
  refuse: Refuse,
): TimestampSettings {
  const urls = listOf(value('TSA_URLS'))
  const rootsFile = value('TSA_ROOTS_FILE')
  if (urls.length === 0) {
    if (rootsFile !== undefined) refuse('TSA_ROOTS_FILE is only of use together with TSA_URLS.')
    return { kind: 'development' }
  }
  const isPlain = (text: string): boolean => {
    const url = URL.parse(text)
    return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.hash === ''
  }
  if (!urls.every(isPlain))
    refuse('TSA_URLS must be http or https addresses without a login, with commas between them.')
  if (rootsFile === undefined)
    refuse(
      'TSA_ROOTS_FILE is required together with TSA_URLS: a PEM file with the roots of these authorities.',
    )
  return { kind: 'configured', urls, rootsFile: resolve(projectFolder, rootsFile ?? '') }
}

function readSigning(
  value: (name: string) => string | undefined,
  projectFolder: string,
  refuse: Refuse,
): SigningSettings {
  const rpId = value('SIGNING_RP_ID')
  const rootsFile = value('SIGNING_ATTESTATION_ROOTS_FILE')
  const qualifiedFile = value('SIGNING_QUALIFIED_ROOTS_FILE')
  const host = URL.parse(value('PUBLIC_URL') ?? '')?.hostname
  if (rpId !== undefined && host !== rpId && host?.endsWith(`.${rpId}`) !== true)
    refuse('SIGNING_RP_ID must be the host of PUBLIC_URL or a domain above it, in lower case.')
  return {
    rpId,
    attestationRootsFile: rootsFile === undefined ? undefined : resolve(projectFolder, rootsFile),
    qualifiedRootsFile: qualifiedFile === undefined ? undefined : resolve(projectFolder, qualifiedFile),
    allowLoopback: readAllowLoopback('SIGNING_ALLOW_LOOPBACK', value, refuse),
  }
}

function readPrivateHosts(text: string | undefined, refuse: Refuse): readonly string[] {
  const hosts = listOf(text).map((host) => host.toLowerCase())
  if (!hosts.every((host) => isIP(host) !== 0 || /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(host)))
    refuse('REVOCATION_PRIVATE_HOSTS must be names or addresses of hosts, with commas between them.')
  return hosts
}

function readLogOriginHost(text: string | undefined, refuse: Refuse): string {
  const host = text ?? 'beding.local'
  if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/.test(host) || host.length > 200)
    refuse('LOG_ORIGIN_HOST must be a host name in lower case without a scheme, port or path.')
  return host
}

function readTrustedProxies(text: string | undefined, refuse: Refuse): readonly string[] {
  const ranges = listOf(text)
  const isRange = (range: string): boolean => {
    const [address = '', bits] = range.split('/')
    return (
      isIP(address) !== 0 &&
      (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (isIP(address) === 4 ? 32 : 128)))
    )
  }
  if (!ranges.every(isRange))
    refuse('TRUSTED_PROXIES must be addresses or ranges such as 10.0.0.0/8, with commas between them.')
  return ranges
}

function readMetricsToken(text: string | undefined, refuse: Refuse): string | undefined {
  if (text !== undefined && !/^[A-Za-z0-9\-._~+/]{16,200}$/.test(text))
    refuse('METRICS_TOKEN must be 16 to 200 letters, digits or -._~+/ (what a Bearer token may hold).')
  return text
}

function readAllowLoopback(
  name: string,
  value: (name: string) => string | undefined,
  refuse: Refuse,
): boolean {
  const text = value(name)
  if (text !== undefined && text !== 'true' && text !== 'false') refuse(`${name} must be true or false.`)
  if (text === 'true' && value('PUBLIC_URL')?.startsWith('https:'))
    refuse(`${name} is for tests and development, not for a service with an https PUBLIC_URL.`)
  return text === 'true'
}

/** What stands between commas. */
function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function readLogLevel(text: string | undefined, refuse: Refuse): LogLevel {
  const level = logLevels.find((known) => known === (text ?? 'info'))
  if (level === undefined) refuse(`LOG_LEVEL must be one of ${logLevels.join(', ')}.`)
  return level ?? 'info'
}
