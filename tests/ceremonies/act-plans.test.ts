import { createHash } from 'node:crypto'
import t from 'tap'
import type { ActSubmission } from '../../src/ceremonies/act-writer.ts'
import type { VersionId } from '#core'
import { sha256 } from '#core'
import { openDatabase } from '#database'
import { createActRecorder } from '../../src/ceremonies/act-recorder.ts'
import { benchToken, fillOrganisation } from '../../src/cli/bench/prepare-store.ts'
import { testService } from '../support/service.ts'
import { linkProof } from '../../src/ceremonies/act.ts'
import { published } from '../support/story.ts'

t.setTimeout(240_000)

const service = await testService(t)
const { own, platform, send } = service
const { organisationId } = own
const persons = 1_200
const batchSize = 20

t.test('the look-ups of an act read no more rows when there are more acts, on one connection', async (t) => {
  const version = await published(service, own)
  await fillOrganisation(platform, service.database, organisationId, version.versionId as VersionId, persons)
  const link = `${organisationId.replaceAll('-', '')}.${benchToken(organisationId, 0)}`
  const { body } = await send('POST', '/v1/openings', { as: link, body: { language: 'nl' } })
  const { statement } = body.choices.find((offer: { choice: string }) => offer.choice === 'seen')
  const submission = (index: number): ActSubmission => ({
    organisationId,
    tokenSha256: sha256(benchToken(organisationId, index)),
    idempotencyKey: `key-number-${String(index).padStart(8, '0')}`,
    fingerprint: createHash('sha256').update(String(index)).digest(),
    command: { statementId: 'main', choice: 'seen', reason: null, language: 'nl', documentSha256: body.document.sha256, statement, userAgent: 'test', networkClass: 'loopback' }, // prettier-ignore
    proof: linkProof(),
  })
  const readsOf = async (from: number, to: number): Promise<number> => {
    const before = await rowsRead()
    // Counters come in when a connection ends, so each part has a pool of one connection of its own.
    const database = openDatabase(service.targets.app, { poolSize: 1 })
    const { record } = createActRecorder({ platform, database })
    for (let index = from; index < to; index += batchSize) {
      const batch = Array.from({ length: batchSize }, (_, offset) => submission(index + offset))
      const results = await record(organisationId, batch)
      if (results.some(({ kind }) => kind !== 'recorded')) throw new Error('an act was not recorded')
    }
    await database.close()
    return ((await rowsRead()) - before) / (to - from)
  }
  const first = await readsOf(0, 600)
  const second = await readsOf(600, 1_200)
  t.comment(`index entries read for an act: ${first} with up to 600 acts, ${second} with up to 1200`)
  t.ok(first > 0, 'the counters count')
  t.ok(first <= 20, 'a few look-ups by whole keys, also by plans that were made when there were no acts')
  t.ok(second <= 20, 'twice as many acts, the same reads')
})

async function rowsRead(): Promise<number> {
  await service.adminQuery('select pg_stat_clear_snapshot()')
  const rows = await service.adminQuery<{ read: number }>(
    `select sum(idx_tup_read)::int as read from pg_stat_user_indexes
     where relname in ('act', 'ledger_entry', 'idempotency', 'link', 'opening', 'delivery_event', 'assignment', 'person')`,
  )
  return rows[0]!.read
}
