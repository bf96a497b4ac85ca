import { monitorEventLoopDelay } from 'node:perf_hooks'
import t from 'tap'
import { ProblemError } from '#core'
import { createRenderPool } from '#documents'
import { renderDocument } from '../../src/documents/document-rendering.ts'
import { aDossierReport } from '../support/documents-letters.ts'
import { aPolicyEdition, aReceipt } from '../support/documents-samples.ts'

t.test('D1: two threads give the same bytes as this one, whatever they rendered before', async (t) => {
  const pool = createRenderPool({ threads: 2 })
  t.teardown(() => pool.close())
  await pool.warm()
  const inputs = Array.from({ length: 12 }, (_, index) =>
    index % 2 === 0
      ? aReceipt({ facts: { personName: ['Łukasz', 'Ωμέγα', 'Yıldız'][index % 3]! } })
      : aPolicyEdition({ versionNumber: index }),
  )
  const rendered = await Promise.all([...inputs, ...inputs].map((input) => pool.render(input)))
  for (const [index, input] of inputs.entries()) {
    const here = await renderDocument(input)
    t.ok(rendered[index]!.bytes.equals(here.bytes))
    t.ok(rendered[index + inputs.length]!.bytes.equals(here.bytes))
    t.ok(rendered[index]!.sha256.equals(here.sha256))
  }
})

t.test(
  'D8: a full queue is refused with rendering-busy and a time to come back, and nothing else breaks',
  async (t) => {
    const pool = createRenderPool({ threads: 1, queueMax: 2 })
    t.teardown(() => pool.close())
    const answers = await Promise.allSettled(Array.from({ length: 6 }, () => pool.render(aReceipt())))
    const refused = answers.flatMap((answer) =>
      answer.status === 'rejected' ? [answer.reason as unknown] : [],
    )
    t.equal(refused.length, 3)
    for (const error of refused) {
      if (!(error instanceof ProblemError)) throw error
      t.match(error, { code: 'rendering-busy', status: 503, retryAfter_s: 2 })
    }
    t.ok((await pool.render(aReceipt())).bytes.length > 10_000, 'there is room again')
  },
)

t.test('D3: a refusal comes through the pool as the same problem, before anything waits', async (t) => {
  const pool = createRenderPool({ threads: 1, queueMax: 0 })
  t.teardown(() => pool.close())
  const input = aReceipt({ facts: { personName: 'Li 王' } })
  const waiting = pool.render(aReceipt())
  await t.rejects(pool.render(input), { code: 'character-without-glyph', detail: /U\+738B/ })
  await waiting
})

t.test(
  'D8: a thread that dies takes its own document with it and nothing else, and is replaced',
  async (t) => {
    const program = new URL('../support/documents-dying-worker.ts', import.meta.url)
    const pool = createRenderPool({ threads: 2, program })
    t.teardown(() => pool.close())
    const expected = await renderDocument(aReceipt())
    for (const way of ['exit', 'crash', 'exit']) {
      const dying = pool.render(aPolicyEdition({ organisationName: way }))
      const others = [aReceipt(), aReceipt(), aReceipt(), aReceipt()].map((input) => pool.render(input))
      await t.rejects(dying, { code: 'rendering-failed', status: 503, retryAfter_s: 2 }, way)
      for (const one of others) t.ok((await one).bytes.equals(expected.bytes), 'the others are as ever')
    }
    t.ok((await pool.render(aPolicyEdition())).bytes.length > 10_000, 'and the thread was replaced')
  },
)

t.test(
  'D8: a document that does not fit in the memory of its thread is refused, and the next one is made',
  async (t) => {
    const pool = createRenderPool({ threads: 1, memoryMax_MB: 40 })
    t.teardown(() => pool.close())
    const tooLarge = pool.render(aDossierReport(12_000))
    const waiting = pool.render(aReceipt())
    await t.rejects(tooLarge, { code: 'rendering-failed', status: 503 })
    t.ok((await waiting).bytes.length > 10_000, 'what waited behind it')
  },
)

t.test('D8: a thread that is never idle keeps no document that it has made', async (t) => {
  const pool = createRenderPool({ threads: 1, memoryMax_MB: 80 })
  t.teardown(() => pool.close())
  // Each leaves more than half a megabyte behind while the thread's event loop does not turn.
  for (let round = 0; round < 15; round += 1)
    await Promise.all(Array.from({ length: 10 }, () => pool.render(aPolicyEdition())))
  t.pass('150 documents, one after the other, in 80 MB')
})

t.test('a failure of the layout is an error, not a refusal that asks to come back', async (t) => {
  const pool = createRenderPool({ threads: 1 })
  t.teardown(() => pool.close())
  const receipt = aReceipt()
  const broken = { ...receipt, facts: { ...receipt.facts, statement: null as unknown as string } }
  await t.rejects(pool.render(broken), /could not be laid out/)
})

t.test('closing lets accepted documents end and takes no new ones', async (t) => {
  const pool = createRenderPool({ threads: 1 })
  const accepted = [pool.render(aReceipt()), pool.render(aPolicyEdition())]
  await pool.close()
  for (const one of accepted) t.ok((await one).bytes.length > 10_000)
  await t.rejects(pool.render(aReceipt()), { code: 'rendering-busy' })
})

t.test('D8: rendering keeps the event loop free', async (t) => {
  const pool = createRenderPool({ threads: 1 })
  t.teardown(() => pool.close())
  await pool.warm()
  // Compared with rendering on this thread in the same run, because the machine may be busy with other things.
  const inPool = await medianDelay(async () => {
    for (let index = 0; index < 12; index += 1) await pool.render(aReceipt())
  })
  const inThread = await medianDelay(async () => {
    for (let index = 0; index < 12; index += 1) {
      await renderDocument(aReceipt())
      await new Promise(setImmediate)
    }
  })
  t.comment(`median delay of the loop: ${inPool} ms with the pool, ${inThread} ms without`)
  t.ok(inPool < inThread / 2)
})

/** The median delay of the event loop beyond the 2 ms of the timer, in milliseconds. */
async function medianDelay(work: () => Promise<void>): Promise<number> {
  const delays = monitorEventLoopDelay({ resolution: 2 })
  delays.enable()
  await work()
  delays.disable()
  return delays.percentile(50) / 1e6
}
