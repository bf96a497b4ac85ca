import t from 'tap'
import type { OrganisationId } from '#core'
import { gathering } from '#database'
import { markUnknownOutcome } from '../../src/database/database-errors.ts'

const one = 'one' as OrganisationId
const other = 'other' as OrganisationId

/** A gathering whose rounds are answered by hand. */
function byHand(answer: (ask: number) => PromiseSettledResult<string> = (ask) => said(ask)) {
  const rounds: { organisationId: string; asks: number[]; go: () => void; fail: (error: Error) => void }[] =
    []
  const ask = gathering<number, string>(
    (organisationId, asks) =>
      new Promise((resolve, reject) => {
        rounds.push({ organisationId, asks: [...asks], go: () => resolve(asks.map(answer)), fail: reject })
      }),
  )
  return { ask, rounds }
}

const said = (ask: number) => ({ status: 'fulfilled', value: `answer ${ask}` }) as const
const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve))))

t.test('what is asked while two rounds are under way goes together in the next', async (t) => {
  const { ask, rounds } = byHand()
  const answers = [ask(one, 1)]
  await turn()
  answers.push(ask(one, 2))
  await turn()
  answers.push(ask(one, 3), ask(one, 4), ask(one, 5))
  await turn()
  t.same(
    rounds.map(({ asks }) => asks),
    [[1], [2]],
    'a lone request waits for nobody',
  )
  rounds[0]!.go()
  await turn()
  t.same(rounds[2]!.asks, [3, 4, 5])
  rounds[1]!.go()
  rounds[2]!.go()
  t.same(await Promise.all(answers), ['answer 1', 'answer 2', 'answer 3', 'answer 4', 'answer 5'])
})

t.test('what arrives in one turn goes together, each organisation for itself', async (t) => {
  const { ask, rounds } = byHand()
  const answers = [ask(one, 1), ask(other, 2), ask(one, 3)]
  await turn()
  t.same(
    rounds.map(({ organisationId, asks }) => [organisationId, asks]),
    [
      ['one', [1, 3]],
      ['other', [2]],
    ],
  )
  for (const { go } of rounds) go()
  await Promise.all(answers)
})

t.test('one that is wrong is told so, and its neighbours get their answers', async (t) => {
  const wrong = new Error('wrong')
  const { ask, rounds } = byHand((each) => (each === 2 ? { status: 'rejected', reason: wrong } : said(each)))
  const answers = Promise.allSettled([ask(one, 1), ask(one, 2), ask(one, 3)])
  await turn()
  rounds[0]!.go()
  t.same(await answers, [said(1), { status: 'rejected', reason: wrong }, said(3)])
})

t.test('what fails together is done one by one', async (t) => {
  const { ask, rounds } = byHand()
  const answers = Promise.allSettled([ask(one, 1), ask(one, 2)])
  await turn()
  rounds[0]!.fail(new Error('of one of them'))
  await turn()
  t.same(
    rounds.slice(1).map(({ asks }) => asks),
    [[1], [2]],
  )
  rounds[1]!.fail(new Error('always'))
  rounds[2]!.go()
  t.match(await answers, [{ status: 'rejected', reason: { message: 'always' } }, said(2)])
})

t.test('where nobody knows what was kept nothing is done again', async (t) => {
  const { ask, rounds } = byHand()
  const answers = Promise.allSettled([ask(one, 1), ask(one, 2)])
  await turn()
  const lost = markUnknownOutcome(new Error('lost'))
  rounds[0]!.fail(lost)
  t.same(await answers, [
    { status: 'rejected', reason: lost },
    { status: 'rejected', reason: lost },
  ])
  t.equal(rounds.length, 1)
  const next = ask(one, 3)
  await turn()
  rounds[1]!.go()
  t.equal(await next, 'answer 3', 'and the line goes on')
})
