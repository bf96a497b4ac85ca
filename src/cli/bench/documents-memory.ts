import { fileURLToPath } from 'node:url'
import type { OrganisationId } from '#core'
import { openServingDatabase } from '#database'
import { createRenderPool, loadSealKey, sealDocument } from '#documents'
import { createPlatform, readConfig } from '#platform'
import { exampleEdition } from './document-samples.ts'
import { median } from './turns.ts'

/**
 * Renders and seals documents as a publication does, with two threads, and prints the memory of this process around each
 * of the marks: the median over the last tenth before it, because it goes up and down between collections.
 */
const [organisation, ...marks] = process.argv.slice(2)
const organisationId = organisation as OrganisationId
const config = readConfig(process.env, fileURLToPath(new URL('../../..', import.meta.url)))
const platform = createPlatform(config)
const { home } = config
const { database, stop } = await openServingDatabase({ config: config.database, home, secrets: platform.secrets, log: platform.log }) // prettier-ignore
const pool = createRenderPool({ threads: 2 })
const input = exampleEdition()
const samples: number[] = []
const last = Number(marks.at(-1))
let started = 0

async function client(): Promise<void> {
  while (started++ < last) {
    const { bytes } = await pool.render(input)
    const key = await database.readInOrganisation(organisationId, (trx) => loadSealKey(platform, trx, organisationId)) // prettier-ignore
    await sealDocument(key, { bytes }, { at: platform.clock(), name: 'Voorbeeld & Zonen B.V.' })
    samples.push(process.memoryUsage.rss())
  }
}

await Promise.all(Array.from({ length: 4 }, client))
const around = marks.map(Number).map((mark) => median(samples.slice(mark - mark / 10, mark)) / 1e6)
process.stdout.write(JSON.stringify(around))
await pool.close()
await stop()
