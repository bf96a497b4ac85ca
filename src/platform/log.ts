import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino'
import type { LogLevel } from './config.ts'

export type Logger = PinoLogger

/** Members that hold a person, a credential or a message, at the top of a log line or up to two levels down. */
const redactedNames = [
  'address',
  'authorization',
  'body',
  'cookie',
  'displayName',
  'email',
  'externalId',
  'familyName',
  'givenName',
  'headers',
  'masterKey',
  'name',
  'password',
  'personName',
  'reason',
  'secret',
  'token',
  'workEmail',
]

const redactedPaths = redactedNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])

/**
 * Takes out of a finished line what no line may hold, wherever it stands: e-mail addresses, and texts long and dense
 * enough to be a token (40 or more base64url characters that are not plain hex, such as 256 bits in base64url).
 */
export function scrubLine(line: string): string {
  return line
    .replace(/[^\s"'<>()[\]{}:;,=\\/?&]+@[^\s"'<>()[\]{}:;,=\\/?&]+/g, '[e-mail]')
    .replace(/[A-Za-z0-9_-]{40,}/g, (run) => (/^[0-9a-f]+$/.test(run) ? run : '[token]'))
}

/**
 * What is logged of an error: kind, code, message, stack and the chain of causes. Of an error of the database neither
 * its detail nor quoted values, because those repeat the row.
 */
export function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return { type: typeof error }
  const { code, constraint, table } = error as Error & {
    code?: unknown
    constraint?: unknown
    table?: unknown
  }
  return {
    type: error.constructor.name,
    message: quotesInputOf(code) ? error.message.replace(/"[^"]*"/g, '"…"') : error.message,
    stack: stackFrames(error),
    ...(code === undefined ? {} : { code }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(table === undefined ? {} : { table }),
    ...(error.cause === undefined || depth >= 8 ? {} : { cause: describeError(error.cause, depth + 1) }),
  }
}

// SQLSTATE class 22 (data exception) repeats what was sent, between double quotes.
function quotesInputOf(code: unknown): boolean {
  return typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code)
}

// Without the first lines, which repeat the message.
function stackFrames(error: Error): string {
  const lines = error.stack?.split('\n') ?? []
  return lines.filter((line) => /^\s+at /.test(line)).join('\n')
}

/** A logger that writes one JSON line per event to standard output, or to the stream it is given. */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: redactedPaths, censor: '[redacted]' },
    serializers: {
      err: (error: unknown) => describeError(error),
      error: (error: unknown) => describeError(error),
    },
    hooks: { streamWrite: scrubLine },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}
