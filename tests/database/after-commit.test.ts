import t from 'tap'
import { afterCommit, AfterCommitError } from '#database'
import { anOrganisation, insertOrganisation, namesOf, newId } from '../support/database-samples.ts'
import { testDatabase } from '../support/database.ts'

const { database } = await testDatabase(t)

t.test('D13: registered work is done after COMMIT, in order, and before the answer', async (t) => {
  const id = newId()
  const seen: string[] = []
  const answer = await database.inOrganisation(id, async (trx) => {
    await insertOrganisation(trx, id, 'Bakkerij')
    afterCommit(trx, async () => {
      seen.push(...(await database.readInOrganisation(id, namesOf)))
    })
    afterCommit(trx, async () => void seen.push('second'))
    t.same(seen, [])
    return 'answer'
  })
  t.equal(answer, 'answer')
  t.same(seen, ['Bakkerij', 'second'], 'another connection sees what was committed')
})

t.test('D13: nothing is done after a rollback', async (t) => {
  const id = newId()
  let done = 0
  const failing = database.inOrganisation(id, async (trx) => {
    await insertOrganisation(trx, id)
    afterCommit(trx, async () => void (done += 1))
    throw new Error('no')
  })
  await t.rejects(failing, { message: 'no' })
  t.equal(done, 0)
})

t.test('D13: when it fails the answer is withheld, and what was committed stays', async (t) => {
  const id = newId()
  const full = new Error('the disk is full')
  const failing = database.inOrganisation(id, async (trx) => {
    await insertOrganisation(trx, id, 'Bakkerij')
    afterCommit(trx, () => Promise.reject(full))
    return 'answer'
  })
  await t.rejects(failing, AfterCommitError)
  t.equal((await failing.catch((error: Error) => error.cause)) as Error, full)
  t.same(await database.readInOrganisation(id, namesOf), ['Bakkerij'])
})

t.test('D13: a reading transaction takes no work for afterwards', async (t) => {
  const id = await anOrganisation(database)
  const asked = database.readInOrganisation(id, async (trx) => afterCommit(trx, async () => undefined))
  await t.rejects(asked, TypeError)
})
