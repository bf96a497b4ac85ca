import { type ChildProcess, spawn } from 'node:child_process'
import { Parser } from 'tap-parser'

/** What one test file did: its whole TAP as a subtest, with the line that closes it. */
export type FileResult = {
  readonly file: string
  readonly ok: boolean
  /** Whether it has no result at all. */
  readonly empty: boolean
  readonly tap: string
  readonly seconds: number
}

export type ProcessOptions = {
  readonly folder: string
  readonly jobs: number
  readonly environment: NodeJS.ProcessEnv
  /** After so long a file is told to end; a few seconds later it is killed. */
  readonly timeout_s: number
  readonly report: (result: FileResult, position: number) => void
}

export type TestProcesses = { readonly done: Promise<void>; readonly stop: () => void }

/**
 * Runs every file in a process of its own, in this order, so many at a time, and reports each when it has ended. A file
 * is fine only when its process ended with 0 and what it wrote is TAP without a failure: half a stream is a failure.
 * The files run on Node alone: the hooks of tap's own runner cost more than most files do (decision 0179).
 */
export function startTestProcesses(files: readonly string[], options: ProcessOptions): TestProcesses {
  const running = new Set<ChildProcess>()
  const waiting = [...files]
  let ended = 0
  const worker = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const result = await runFile(file, options, running)
      options.report(result, ++ended)
    }
  }
  return {
    done: Promise.all(Array.from({ length: options.jobs }, worker)).then(() => undefined),
    stop: () => {
      waiting.length = 0
      for (const child of running) child.kill()
    },
  }
}

async function runFile(
  file: string,
  options: ProcessOptions,
  running: Set<ChildProcess>,
): Promise<FileResult> {
  const started = performance.now()
  const child = spawn(process.execPath, [file], {
    cwd: options.folder,
    env: { ...options.environment, TAP: '1', TAP_TIMEOUT: String(options.timeout_s) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.add(child)
  const killer = setTimeout(() => child.kill('SIGKILL'), (options.timeout_s + 15) * 1000)
  const chunks: Buffer[] = []
  const parser = new Parser()
  const judged = new Promise<{ ok: boolean; count: number }>((resolve) => parser.once('complete', resolve))
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stdout.pipe(parser)
  const code = await new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status, signal) => resolve(signal ?? status))
  })
  clearTimeout(killer)
  running.delete(child)
  const { ok, count } = await judged
  const seconds = (performance.now() - started) / 1000
  const ending = code === 0 ? '' : `# ended with ${code}\n`
  return {
    file,
    ok: ok && code === 0,
    empty: count === 0,
    seconds,
    tap: Buffer.concat(chunks).toString() + ending,
  }
}

/** The result as tap's own runner writes it: the file as a subtest of the run. */
export function subtestOf({ file, ok, empty, tap, seconds }: FileResult, position: number): string {
  const body = tap.replace(/^TAP version 14\n/, '').replaceAll(/^(?=.)/gm, '    ')
  const remark = empty && ok ? 'SKIP no tests found' : `time=${Math.round(seconds * 1000)}ms`
  return `# Subtest: ${file}\n${body}${ok ? 'ok' : 'not ok'} ${position} - ${file} # ${remark}\n\n`
}
