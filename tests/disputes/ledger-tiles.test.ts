import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import { newUuid } from '#core'
import { ledgerTileRoutes } from '#disputes'
import { parseTilePath, tilePath } from '#evidence'
import { openCheckpoint } from '../../src/evidence/checkpoint.ts'
import { testDatabase } from '../support/database.ts'
import { aLog, type TestLog } from '../support/evidence-log.ts'
import { sampleMoment } from '../support/evidence-samples.ts'
import { aCaller, aServer } from '../support/http-server.ts'
import { readWholeLog, type FetchTile } from '../support/tile-client.ts'

const db = await testDatabase(t)

/** The routes with callers of one log's organisation and of another one. */
async function aTiledLog() {
  const log = await aLog(db)
  const other = await aLog(db)
  const own = { ...aCaller(['ledger.read']), organisationId: log.organisationId }
  const callers = {
    own,
    elsewhere: { ...own, organisationId: other.organisationId },
    blind: { ...aCaller(['dossier.read']), organisationId: log.organisationId },
  }
  const server = aServer((scope) => ledgerTileRoutes(scope, { database: db.database }), callers)
  const get = (path: string, as = 'own', ledgerId: string = log.organisationId) =>
    server.inject({ url: `/v1/ledgers/${ledgerId}/${path}`, headers: { authorization: `Bearer ${as}` } })
  const fetchTile: FetchTile = async (path) => {
    const answer = await get(path)
    return answer.statusCode === 200 ? answer.rawPayload : undefined
  }
  return { log, get, fetchTile, server }
}

async function growTo(log: TestLog, size: number, from: number): Promise<void> {
  for (let at = from; at < size; at += Math.min(2000, size - at)) await log.grow(Math.min(2000, size - at))
}

t.test('a stranger rebuilds the signed root from tiles alone, at every kind of size', async (t) => {
  const { log, fetchTile } = await aTiledLog()
  let from = 1
  for (const size of [1, 2, 255, 256, 257, 511, 512, 700, 2_048, 5_000]) {
    await growTo(log, size, from)
    from = size
    const read = await readWholeLog(fetchTile)
    t.same(read.faults, [], `${size}`)
    t.equal(read.size, size)
    t.equal(read.root, read.statedRoot, `root of ${size}`)
    t.equal(read.entries.length, size)
  }
  const note = (await fetchTile('checkpoint'))!.toString('utf8')
  t.equal(openCheckpoint(note, log.verifier).size, 5_000, 'and the log’s key signed it')
})

t.test('tiles of a third level are there from entry 65,536 on', async (t) => {
  const { log, fetchTile, get } = await aTiledLog()
  await growTo(log, 65_900, 1)
  const read = await readWholeLog(fetchTile)
  t.same(read.faults, [])
  t.match(read, { size: 65_900, levels: 3, root: read.statedRoot })
  t.equal((await get('tile/1/000')).rawPayload.length, 8_192)
  t.equal((await get('tile/2/000.p/1')).rawPayload.length, 32)
  t.equal((await get('tile/1/001.p/1')).rawPayload.length, 32)
  for (const path of ['tile/1/001.p/2', 'tile/2/000.p/2', 'tile/2/000', 'tile/3/000.p/1', 'tile/0/257', 'tile/0/257.p/109']) t.equal((await get(path)).statusCode, 404, path) // prettier-ignore
})

t.test('a partial tile is the beginning of the full one, and stays after it', async (t) => {
  const { log, get } = await aTiledLog()
  await growTo(log, 100, 1)
  const [hashes, bundle] = [await get('tile/0/000.p/100'), await get('tile/entries/000.p/100')]
  await growTo(log, 600, 100)
  t.ok((await get('tile/0/000.p/100')).rawPayload.equals(hashes.rawPayload))
  t.ok((await get('tile/0/000')).rawPayload.subarray(0, 3_200).equals(hashes.rawPayload))
  t.ok((await get('tile/entries/000.p/100')).rawPayload.equals(bundle.rawPayload))
  t.ok(
    (await get('tile/entries/000')).rawPayload
      .subarray(0, bundle.rawPayload.length)
      .equals(bundle.rawPayload),
  )
  t.ok(
    (await get('tile/1/000.p/2')).rawPayload.subarray(0, 32).equals((await get('tile/1/000.p/1')).rawPayload),
  )
})

t.test('what is full may be kept for ever by its reader alone; what still changes is not kept', async (t) => {
  const { log, get } = await aTiledLog()
  await growTo(log, 300, 1)
  const kept = 'private, max-age=31536000, immutable'
  const cases = { 'tile/0/000': kept, 'tile/entries/000': kept, 'tile/0/001.p/44': 'no-store', 'tile/entries/001.p/44': 'no-store', 'tile/1/000.p/1': 'no-store', checkpoint: 'no-store' } // prettier-ignore
  for (const [path, expected] of Object.entries(cases)) {
    const { statusCode, headers } = await get(path)
    t.equal(statusCode, 200, path)
    t.equal(headers['cache-control'], expected, path)
    t.equal(headers['content-type'], path === 'checkpoint' ? 'text/plain; charset=utf-8' : 'application/octet-stream') // prettier-ignore
  }
  t.equal((await get('tile/0/009')).headers['cache-control'], 'no-store', 'an absence is not kept')
})

t.test(
  'a log is read by its organisation with the right to, and does not exist for anybody else',
  async (t) => {
    const { log, get, server } = await aTiledLog()
    await growTo(log, 300, 1)
    for (const path of ['checkpoint', 'tile/0/000', 'tile/0/001.p/1', 'tile/entries/000', 'tile/1/000.p/1']) {
      t.equal((await get(path)).statusCode, 200, path)
      t.equal((await get(path, 'own', log.logId)).statusCode, 200, `${path} by the id of the log`)
      t.equal((await get(path, 'blind')).statusCode, 403, path)
      t.equal((await get(path, 'nobody')).statusCode, 401, path)
      const foreign = await get(path, 'elsewhere')
      const unknown = await get(path, 'elsewhere', newUuid(sampleMoment))
      const without = (answer: typeof foreign) => ({ ...answer.json(), instance: '' })
      t.equal(foreign.statusCode, 404, path)
      t.same(without(foreign), without(unknown), 'the same as of a log that nobody has')
      t.equal((await get(path, 'elsewhere', log.logId)).statusCode, 404, path)
    }
    t.equal((await get('checkpoint', 'own', 'not-an-id')).statusCode, 400)
    t.notOk(server.captured.lines.some((line) => line.includes('undeclared problem')))
  },
)

t.test('paths have one spelling, and nothing beyond the log is looked for', async (t) => {
  const { log, get } = await aTiledLog()
  await growTo(log, 300, 1)
  const wrong = ['tile/0/0', 'tile/0/00', 'tile/0/0000', 'tile/0/x000/000', 'tile/00/000', 'tile/0/000.p/0', 'tile/0/000.p/256', 'tile/0/000.p/01', 'tile/0/000.p/', 'tile/0/000.p', 'tile/0/000/', 'tile/-1/000', 'tile/64/000', 'tile/100/000', 'tile/entries/x', 'tile/entry/000', 'tile/', 'tile/0', 'tile/0/000.p/44/1', 'tile/0/x999/x999/x999/x999/x999/999', 'tile/7/000.p/1', 'tile/6/x999/999', 'tile/0/001', 'tile/0/001.p/45', 'tile/entries/002.p/1', 'tile/0/000%00', 'tile/0/%30%30%30x'] // prettier-ignore
  for (const path of wrong) {
    const { statusCode, body } = await get(path)
    t.ok(statusCode === 404 || statusCode === 400, `${path} ${statusCode}`)
    t.match(JSON.parse(body), { status: statusCode })
  }
  t.equal((await get('tile/0/001.p/44')).statusCode, 200)
  t.same(parseTilePath('0/x001/x234/067'), { level: 0, index: 1_234_067, width: 256 })
  t.same(parseTilePath('entries/000.p/255'), { level: 'entries', index: 0, width: 255 })
  for (const index of [0, 1, 999, 1_000, 123_456, 999_999_999, 2 ** 45 - 1]) {
    t.same(parseTilePath(tilePath(0, index, 7).slice('tile/'.length)), { level: 0, index, width: 7 })
  }
  t.equal(parseTilePath(tilePath(0, 2 ** 45).slice('tile/'.length)), undefined, 'beyond 2^53-1 entries')
})

const vectors = resolve(process.env['BEDING_VECTORS'] ?? '../shared/vectors', 'tlog-tiles')
const withVectors = existsSync(vectors) ? {} : { skip: `no published vectors at ${vectors}` }

t.test(
  'the reader of these tests reads the published small log at each of its sizes',
  withVectors,
  async (t) => {
    for (let size = 1; size <= 15; size += 1) {
      const fetchTile: FetchTile = async (path) => {
        const file = join(vectors, path === 'checkpoint' ? `checkpoint.${size}` : path)
        if (path !== 'checkpoint') t.equal(tilePathOf(path), path, 'which names its files as we do')
        return existsSync(file) ? readFileSync(file) : undefined
      }
      const read = await readWholeLog(fetchTile)
      t.match(read, { size, root: read.statedRoot, faults: [] })
    }
  },
)

function tilePathOf(path: string): string {
  const { level, index, width } = parseTilePath(path.slice('tile/'.length))!
  return tilePath(level, index, width)
}
