import { createRenderPool } from '#documents'
import { peak_KiB } from './child-memory.ts'
import { exampleReport } from './document-samples.ts'

/** Renders one report of so many entries with a warm thread and prints its time, size and the most memory there was. */
const entries = Number(process.argv[2])
const pool = createRenderPool({ threads: 1 })
await pool.warm()
const input = exampleReport(entries)
const start = performance.now()
const { bytes } = await pool.render(input)
const seconds = (performance.now() - start) / 1_000
await pool.close()
process.stdout.write(JSON.stringify({ seconds, bytes: bytes.length, peak_KiB: peak_KiB() }))
