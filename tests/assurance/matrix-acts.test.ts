import t from 'tap'
import { testService } from '../support/service.ts'
import { assigned, imported, published, shown, somePeople } from '../support/story.ts'

const service = await testService(t)
const { own, send, platform } = service
const people = somePeople(2)
await imported(service, own, people)
const links = await assigned(service, own, await published(service, own), 2)
const [link] = [...links.values()]

t.test(
  '5: from the day of a rule on, an act below its level is refused, and told what would be enough',
  async (t) => {
    const body = { purpose: 'contract-term', level: 'sso', minReadingSeconds: 0, effectiveFrom: '2026-11-22', reason: 'R' } // prettier-ignore
    t.equal((await send('POST', '/v1/assurance-rules', { as: own.keys['organisation-admin'], body })).status, 201) // prettier-ignore
    platform.advanceClock(86_400_000)
    const refused = await send('POST', '/v1/acts', { as: link!, body: await shown(service, link!, 'agreed') })
    t.match([refused.status, refused.body.code], [403, 'assurance-too-low'])
    const declined = await send('POST', '/v1/acts', {
      as: link!,
      body: await shown(service, link!, 'declined'),
    })
    t.equal(declined.status, 201, 'to say no takes no proof')
  },
)

t.test('on the day before, the same act is taken', async (t) => {
  platform.advanceClock(-86_400_000)
  const second = [...links.values()][1]!
  const taken = await send('POST', '/v1/acts', { as: second, body: await shown(service, second, 'agreed') })
  t.equal(taken.status, 201)
})
