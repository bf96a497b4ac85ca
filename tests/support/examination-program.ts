// A program for an examining process that does what the question says: the hostile file is played by the question.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { runInThisContext } from 'node:vm'
import { Worker } from 'node:worker_threads'
import { serveExaminations } from '#examination/program'

const kept: unknown[] = []
/** A copy that is never let go of. */
function fill(make: (size: number) => unknown): never {
  for (;;) kept.push(make(1024 * 1024))
}

const attempts: Readonly<Record<string, () => unknown>> = {
  hang: () => {
    for (;;) kept.length = 0
  },
  heap: () => fill((size) => Array.from({ length: size / 8 }, (_, at) => `${at}`)),
  buffers: () => fill((size) => Buffer.alloc(size, 1)),
  throw: () => {
    throw new Error('a file that breaks the program')
  },
  exit: () => process.exit(0),
  chatter: () => process.stdout.write('x'.repeat(64)),
  huge: () => ({ text: 'x'.repeat(2 * 1024 * 1024) }),
  shape: () => ({ other: true }),
  'read a secret': () => refused(() => readFileSync('/etc/passwd')),
  'write a file': () => refused(() => writeFileSync('/tmp/examination-was-here', '')),
  'start a process': () => refused(() => spawnSync('true')),
  'start a thread': () => refused(() => new Worker('', { eval: true })),
  'make code': () => refused(() => runInThisContext('eval("1")')),
  environment: () => ({ said: JSON.stringify(process.env) }),
}

function refused(work: () => unknown): { said: string } {
  try {
    work()
    return { said: 'allowed' }
  } catch (error) {
    return { said: (error as { code?: string }).code ?? (error as Error).name }
  }
}

serveExaminations((question, bytes) => {
  const { attempt } = question as { attempt?: string }
  if (attempt !== undefined) return attempts[attempt]?.()
  return { said: createHash('sha256').update(bytes).digest('hex') }
})
