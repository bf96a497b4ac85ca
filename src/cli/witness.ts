import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { systemClock } from '#platform'
import type { LogKey } from '#verification'
import { parseLogKey, Refusal } from '#verification'
import type { Witness } from '#witness'
import { openWitness, StateBrokenError, StateInUseError, StateUnknownError, witnessServer } from '#witness'

const usage = `usage: npm run witness -- --state FILE --log VKEY [--log VKEY…] [--port N] [--host H] [--name NAME]

A witness of Beding logs, for a works council, a union or a law firm. It signs how large a log is and what its checksum
is, only if nothing it saw before was changed or taken away. It sees no content. An employer who rewrites the log can no
longer get the signature of this witness, and what it signed before proves the rewriting.

  --state FILE  the key of this witness and what it saw last; made at the first start, readable by you only
  --log VKEY    the key of a log to witness, from the employer: name+hash+key (once for each log)
  --port N      where it listens; 7380 unless given
  --host H      127.0.0.1 unless given; put a web server with TLS in front of it to be reached from elsewhere
  --name NAME   the name in the key of this witness, such as or.example.nl/getuige; only at the first start

At the start it prints its key. Hand that to the employer and to everyone who is to rely on this witness; they put it into
their policy.txt. Tell them in person, not through the employer.

Keep FILE, and never put an older copy of it back: a witness that forgot can sign two histories. When FILE is lost, start
a new witness with a new file, and tell everyone its new key. One FILE serves one running witness.

Exit status: 0 stopped by a signal, 1 it could not go on, 2 wrong usage.
`

/** Ends the program with status 2. */
class UsageError extends Error {}

type Arguments = {
  readonly state: string
  readonly logs: readonly LogKey[]
  readonly port: number
  readonly host: string
  readonly name: string | undefined
}

function main(): void {
  const { state, logs, port, host, name } = readArguments()
  const witness = open(state, logs, name)
  const server = witnessServer(witness, {
    onError: (error) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
      if (error instanceof StateUnknownError) process.exitCode = stop(1)
    },
  })
  const stop = (status: number): number => {
    server.close(() => witness.close())
    server.closeIdleConnections()
    return status
  }
  server.on('error', (error) => {
    process.stderr.write(`${error.message}\n`)
    witness.close()
    process.exitCode = 1
  })
  server.listen(port, host, () => announce(witness, server.address() as AddressInfo, state))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop(0))
}

function open(statePath: string, logs: readonly LogKey[], name: string | undefined): Witness {
  try {
    return openWitness({ statePath, logs, clock: systemClock, ...(name === undefined ? {} : { name }) })
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message)
    throw error
  }
}

function announce(witness: Witness, address: AddressInfo, state: string): void {
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address
  const url = `http://${host}:${address.port}`
  const seen = witness.origins.map((origin) => {
    const size = witness.lastCosigned(origin)?.checkpoint.size
    return `  ${origin}: ${size === undefined ? 'nothing signed yet' : `signed up to size ${size}`}\n`
  })
  process.stdout.write(
    `Witness ${witness.name}\n` +
      `Key: ${witness.vkey}\n` +
      `Add-checkpoint: ${url}/add-checkpoint\n` +
      `Line for policy.txt: witness ${witness.name} ${witness.vkey} ${url}\n` +
      `State: ${state}\n` +
      `Logs:\n${seen.join('')}`,
  )
}

function readArguments(): Arguments {
  const options = {
    state: { type: 'string' },
    log: { type: 'string', multiple: true },
    port: { type: 'string', default: '7380' },
    host: { type: 'string', default: '127.0.0.1' },
    name: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  } as const
  const { values } = parse(() => parseArgs({ options }))
  if (values.help === true) {
    process.stdout.write(usage)
    process.exit(0)
  }
  const { state, log = [], port, host, name } = values
  if (state === undefined || state === '') throw new UsageError('--state FILE is missing')
  if (log.length === 0) throw new UsageError('--log VKEY is missing: a witness of nothing signs nothing')
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new UsageError('--port takes a number up to 65535')
  return { state, logs: log.map((vkey) => parse(() => parseLogKey(vkey))), port: Number(port), host, name }
}

function parse<Value>(read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    if (error instanceof Refusal) throw new UsageError(`--log: ${error.message}`)
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

try {
  main()
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\n${usage}`)
    process.exitCode = 2
  } else if (error instanceof StateInUseError || error instanceof StateBrokenError) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  } else {
    throw error
  }
}
