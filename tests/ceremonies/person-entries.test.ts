import t from 'tap'
import { testService } from '../support/service.ts'
import { assigned, imported, published, shown, somePeople } from '../support/story.ts'

const service = await testService(t)
const { own, send } = service
const people = somePeople(2)
await imported(service, own, people)

/** Publishes another policy, hands it to everybody and gives the links. */
async function anotherPolicy(): Promise<(index: number) => string> {
  const links = await assigned(service, own, await published(service, own), people.length)
  return (index) => links.get(people[index]!.workEmail)!
}

type Receipt = { entryIndex: number; disclosures: string[] }

async function act(link: string): Promise<{ index: number; number: number; previous: number | null }> {
  const answer = await send('POST', '/v1/acts', { as: link, body: await shown(service, link, 'seen') })
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  const { entryIndex, disclosures } = answer.body.receipt as Receipt
  const facts = new Map(disclosures.map((text) => (JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[]).slice(1) as [string, unknown])) // prettier-ignore
  return {
    index: entryIndex,
    number: facts.get('personEntryNumber') as number,
    previous: facts.get('previousPersonEntry') as number | null,
  }
}

t.test(
  'acts of a person are numbered and each names the one before, whatever others do between',
  async (t) => {
    const first = await anotherPolicy()
    const second = await anotherPolicy()
    const third = await anotherPolicy()
    const one = await act(first(0))
    const other = await act(first(1))
    const two = await act(second(0))
    const three = await act(third(0))
    t.same([one.number, one.previous], [1, null])
    t.same([other.number, other.previous], [1, null], 'another person has a row of their own')
    t.same([two.number, two.previous], [2, one.index])
    t.same([three.number, three.previous], [3, two.index])
  },
)

t.test('acts of one person that arrive together are numbered one after the other', async (t) => {
  const policies = [
    await anotherPolicy(),
    await anotherPolicy(),
    await anotherPolicy(),
    await anotherPolicy(),
  ]
  const acts = (await Promise.all(policies.map((linkOf) => act(linkOf(1))))).toSorted(
    (a, b) => a.number - b.number,
  )
  t.same(
    acts.map((each) => each.number),
    [2, 3, 4, 5],
  )
  t.same(
    acts.slice(1).map((each) => each.previous),
    acts.slice(0, -1).map((each) => each.index),
  )
})
