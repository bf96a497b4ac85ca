import type { ChildProcessByStdio } from 'node:child_process'
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { answerHead_bytes, Collected, questionFrame } from './frames.ts'

/** Why there is no answer: too long, too much memory, the process ended, or it said something that is no answer. */
export type StopReason = 'time' | 'memory' | 'crash' | 'answer'

export type RawExamination =
  | { readonly kind: 'answered'; readonly answer: unknown }
  | { readonly kind: 'stopped'; readonly because: StopReason }

export type ProcessLimits = {
  readonly deadline_ms: number
  readonly heapMax_MiB: number
  /** All memory of the process, looked at while it works, where the system tells it (Linux). */
  readonly residentMax_MiB: number
  readonly answerMax_bytes: number
}

export type ProcessProgram = {
  /** The module that calls `serveExaminations`. */
  readonly entry: URL
  /** Files and folders that it may read; a folder ends in a slash. */
  readonly sources: readonly URL[]
}

const memoryLook_ms = 100

// Empties the environment once more and then becomes the process: what wraps `spawn` (instrumentation, test runners) adds
// variables and flags of its own on the way.
const emptyEnvironment = ['/usr/bin/env', '-i'] as const

/**
 * Starts a process that may do next to nothing: it reads the named sources only, writes nothing, starts no process and no
 * thread, loads no binary, makes no code out of strings, and has no environment (decision 0093).
 */
export class ExaminingProcess {
  readonly #limits: ProcessLimits
  readonly #child: ChildProcessByStdio<Writable, Readable, null>
  readonly #received = new Collected()
  #wanted = answerHead_bytes
  #settle: ((outcome: RawExamination) => void) | undefined
  #killedBecause: StopReason | undefined
  /** Resolves when the process is gone. */
  readonly ended: Promise<void>

  constructor(program: ProcessProgram, limits: ProcessLimits) {
    this.#limits = limits
    const [command, ...before] = emptyEnvironment
    this.#child = spawn(command, [...before, process.execPath, ...argumentsOf(program, limits)], {
      cwd: '/',
      env: {},
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    this.#child.stdout.on('data', (part: Buffer) => this.#take(part))
    // A process that ended while bytes were on their way to it: its end is what counts.
    this.#child.stdin.on('error', () => undefined)
    this.ended = new Promise((resolve) => {
      const end = (because: StopReason): void => {
        this.#finish({ kind: 'stopped', because: this.#killedBecause ?? because })
        resolve()
      }
      this.#child.once('error', () => end('crash'))
      // V8 aborts when its heap is full; SIGKILL that was not ours is the system short of memory.
      this.#child.once('close', (_code, signal) =>
        end(signal === 'SIGABRT' || signal === 'SIGKILL' ? 'memory' : 'crash'),
      )
    })
  }

  /** False once it has ended or is being ended. */
  get usable(): boolean {
    return (
      this.#killedBecause === undefined && this.#child.exitCode === null && this.#child.signalCode === null
    )
  }

  /** Asks about one file. One question at a time; never rejects. */
  async ask(question: object, bytes: Uint8Array): Promise<RawExamination> {
    const deadline = setTimeout(() => this.kill('time'), this.#limits.deadline_ms)
    const memory = setInterval(() => void this.#lookAtMemory(), memoryLook_ms)
    try {
      return await new Promise((resolve) => {
        this.#settle = resolve
        this.#child.stdin.write(questionFrame(question, bytes.length))
        this.#child.stdin.write(bytes)
      })
    } finally {
      clearTimeout(deadline)
      clearInterval(memory)
    }
  }

  /** Ends it at once, whatever it is doing. */
  kill(because: StopReason = 'crash'): void {
    this.#killedBecause ??= because
    this.#child.kill('SIGKILL')
  }

  #take(part: Buffer): void {
    this.#received.add(part)
    // Something that nobody asked for: what it says next could be taken for the answer about another file.
    if (this.#settle === undefined) return this.kill('answer')
    if (this.#received.length < this.#wanted) return
    const length = this.#received.peek(answerHead_bytes).readUInt32BE(0)
    this.#wanted = answerHead_bytes + length
    if (length > this.#limits.answerMax_bytes || this.#received.length > this.#wanted)
      return this.kill('answer')
    if (this.#received.length < this.#wanted) return
    this.#received.take(answerHead_bytes)
    const text = this.#received.take(length).toString('utf8')
    this.#wanted = answerHead_bytes
    try {
      this.#finish({ kind: 'answered', answer: JSON.parse(text) })
    } catch {
      this.kill('answer')
    }
  }

  #finish(outcome: RawExamination): void {
    const settle = this.#settle
    this.#settle = undefined
    settle?.(outcome)
  }

  async #lookAtMemory(): Promise<void> {
    const { pid } = this.#child
    if (pid === undefined) return
    try {
      const status = await readFile(`/proc/${pid}/status`, 'latin1')
      const resident_KiB = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1])
      if (resident_KiB > this.#limits.residentMax_MiB * 1024) this.kill('memory')
    } catch {
      // Not Linux, or gone already: the limit of the heap and the deadline still hold.
    }
  }
}

function argumentsOf(program: ProcessProgram, { heapMax_MiB }: ProcessLimits): string[] {
  const entry = fileURLToPath(program.entry)
  const readable = program.sources.map((source) =>
    source.href.endsWith('/') ? `${fileURLToPath(source)}*` : fileURLToPath(source),
  )
  return [
    '--permission',
    ...[entry, ...readable].map((path) => `--allow-fs-read=${path}`),
    `--max-old-space-size=${heapMax_MiB}`,
    '--disallow-code-generation-from-strings',
    '--disable-proto=throw',
    entry,
  ]
}
