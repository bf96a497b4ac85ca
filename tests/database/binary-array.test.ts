import { randomBytes } from 'node:crypto'
import t from 'tap'
import type { Instant } from '#core'
import { byteaArray, instantArray, textArray, uuidArray } from '#database'
import { testDatabase } from '../support/database.ts'
import { newId } from '../support/database-samples.ts'

const { database } = await testDatabase(t)

async function read(type: string, array: Buffer): Promise<unknown> {
  return database.withClient(async (client) => {
    // The parameter is of the type, so it is read in binary; what comes back is the text of each item.
    const text = `select array_to_json($1::${type})::text as items, cardinality($1::${type}) as count`
    const { rows } = await client.query<{ items: string; count: number }>(text, [array])
    const items = JSON.parse(rows[0]!.items) as unknown[]
    if (items.length !== rows[0]!.count) throw new Error('not a list of one dimension')
    return items
  })
}

t.test('arrays in binary say what the same arrays in text say', async (t) => {
  const ids = Array.from({ length: 5 }, newId)
  t.strictSame(await read('uuid[]', uuidArray(ids)), ids)
  const texts = ['', 'plain', 'with "quotes", {braces}, \\ and NULL', 'NULL', 'Şükrü — 𝄞', 'line\nend']
  t.strictSame(await read('text[]', textArray(texts)), texts)
  const bytes = [randomBytes(32), Buffer.alloc(0), randomBytes(1_000)]
  const inHex = bytes.map((each) => `\\x${each.toString('hex')}`)
  t.strictSame(await read('bytea[]', byteaArray(bytes)), inHex)
  t.strictSame(await read('bytea[]', byteaArray([bytes, [], bytes[0]!])), [
    `\\x${Buffer.concat(bytes).toString('hex')}`,
    '\\x',
    inHex[0],
  ])
})

t.test('moments come back to the millisecond, before and after 2000', async (t) => {
  const moments = ['2026-11-27T16:45:37.123Z', '1999-12-31T23:59:59.999Z', '0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'] as Instant[] // prettier-ignore
  const same = await database.withClient(async (client) => {
    const { rows } = await client.query('select $1::timestamptz[] = $2::timestamptz[] as same', [instantArray(moments), moments]) // prettier-ignore
    return rows[0].same
  })
  t.equal(same, true)
})

t.test('an empty array is one of no items, and what is no UUID is refused', async (t) => {
  t.strictSame(await read('uuid[]', uuidArray([])), [])
  t.strictSame(await read('text[]', textArray([])), [])
  t.strictSame(await read('bytea[]', byteaArray([])), [])
  for (const wrong of ['', 'a', newId().slice(1), `${newId()}0`.replace(/^./, 'g')])
    t.throws(() => uuidArray([wrong]), TypeError)
})
