import { randomBytes } from 'node:crypto'
import t from 'tap'
import type { ProblemError } from '#core'
import { sha256Hex } from '#core'
import { createExaminer } from '#examination'
import type { Examiner, ExaminerOptions } from '#examination'

type Said = { readonly said: string }

const program = {
  entry: new URL('../support/examination-program.ts', import.meta.url),
  sources: [
    new URL('../../package.json', import.meta.url),
    new URL('../../src/examination/', import.meta.url),
  ],
}

function accept(answer: unknown): Said | undefined {
  const { said } = answer as Partial<Said>
  return typeof said === 'string' ? { said } : undefined
}

function anExaminer(
  t: { teardown(work: () => unknown): void },
  options: Partial<ExaminerOptions<Said>> = {},
): Examiner<Said> {
  const examiner = createExaminer({ program, accept, ...options })
  t.teardown(() => examiner.close())
  return examiner
}

const file = Buffer.from('a file')

async function said(examiner: Examiner<Said>, attempt?: string, bytes = file): Promise<string> {
  const examination = await examiner.examine(attempt === undefined ? {} : { attempt }, bytes)
  return examination.kind === 'examined' ? examination.answer.said : `stopped: ${examination.because}`
}

t.test(
  'E1: whatever is sent comes to the process whole, of any length, and processes are reused',
  async (t) => {
    const examiner = anExaminer(t, { processes: 1 })
    for (const length of [0, 1, 65_536, 3_000_001]) {
      const bytes = randomBytes(length)
      t.equal(await said(examiner, undefined, bytes), sha256Hex(bytes))
    }
    t.equal(examiner.processCount(), 1)
  },
)

t.test('E2: a process reads nothing but its sources, and does nothing else', async (t) => {
  const examiner = anExaminer(t, { processes: 1 })
  for (const attempt of ['read a secret', 'write a file', 'start a process', 'start a thread']) {
    t.equal(await said(examiner, attempt), 'ERR_ACCESS_DENIED', attempt)
  }
  t.equal(await said(examiner, 'make code'), 'EvalError')
  t.equal(await said(examiner, 'environment'), '{}')
})

t.test(
  'E3: a file that hangs, fills the memory or breaks the program is named so, and the next one is examined',
  async (t) => {
    const examiner = anExaminer(t, {
      processes: 1,
      deadline_ms: 4_000,
      heapMax_MiB: 64,
      residentMax_MiB: 300,
      answerMax_bytes: 1024 * 1024,
    })
    const cases = {
      heap: 'memory',
      buffers: 'memory',
      throw: 'crash',
      exit: 'crash',
      chatter: 'answer',
      huge: 'answer',
      shape: 'answer',
    }
    for (const [attempt, because] of Object.entries(cases)) {
      t.equal(await said(examiner, attempt), `stopped: ${because}`, attempt)
      t.equal(await said(examiner), sha256Hex(file), `after ${attempt}`)
      t.equal(examiner.processCount(), 1, `no process is left of ${attempt}`)
    }
    const hasty = anExaminer(t, { processes: 1, deadline_ms: 1_500 })
    t.equal(await said(hasty), sha256Hex(file))
    t.equal(await said(hasty, 'hang'), 'stopped: time')
    t.equal(await said(hasty), sha256Hex(file))
    t.equal(hasty.processCount(), 1)
  },
)

t.test(
  'E4: others go on while one hangs, and a full queue refuses at once with a time to come back',
  async (t) => {
    const examiner = anExaminer(t, { processes: 2, queueMax: 2, deadline_ms: 3_000 })
    await said(examiner)
    const hanging = said(examiner, 'hang')
    t.equal(await said(examiner), sha256Hex(file), 'the other process is free')
    const second = said(examiner, 'hang')
    const waiting = [said(examiner), said(examiner)]
    const refusal = await said(examiner).then(
      () => undefined,
      (error: ProblemError) => error,
    )
    t.equal(refusal?.code, 'examination-busy')
    t.equal(refusal?.status, 503)
    t.ok((refusal?.retryAfter_s ?? 0) > 0)
    t.same(await Promise.all([hanging, second]), ['stopped: time', 'stopped: time'])
    t.same(await Promise.all(waiting), [sha256Hex(file), sha256Hex(file)])
  },
)

t.test('E5: who gives up while waiting leaves the queue', async (t) => {
  const examiner = anExaminer(t, { processes: 1, queueMax: 1, deadline_ms: 2_500 })
  const hanging = said(examiner, 'hang')
  const controller = new AbortController()
  const given = examiner.examine({}, file, controller.signal)
  controller.abort(new Error('gone'))
  await t.rejects(given, { message: 'gone' })
  const next = said(examiner)
  t.equal(await hanging, 'stopped: time')
  t.equal(await next, sha256Hex(file))
})

t.test('E6: closing ends every process, also one that hangs', async (t) => {
  const examiner = anExaminer(t, { processes: 2 })
  const hanging = said(examiner, 'hang')
  t.equal(examiner.processCount(), 1)
  await examiner.close()
  t.equal(examiner.processCount(), 0)
  t.match(await hanging, /stopped/)
  await t.rejects(said(examiner), { code: 'examination-busy' })
})
