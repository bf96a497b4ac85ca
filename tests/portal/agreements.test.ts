import t from 'tap'
import { makeAuthentication, openPersonSession } from '#authentication'
import type { PersonId } from '#core'
import { aDeal, conclude, keysEnrolled, offered, ok, signedAll } from '../support/agreements.ts'
import { testService } from '../support/service.ts'

t.setTimeout(240_000)
const service = await testService(t)
const { own, send, platform, database } = service

async function pageOf(personId: string): Promise<string> {
  const who = { organisationId: own.organisationId, personId: personId as PersonId }
  const authentication = makeAuthentication(platform, { ...who, method: 'mailbox-code', assurance: 'mailbox-employer' }) // prettier-ignore
  const { cookie } = await database.inOrganisation(own.organisationId, (trx) =>
    openPersonSession(platform, trx, { ...who, authentication, userAgent: 'Test/1' }),
  )
  const headers = { cookie: `beding=${cookie}`, host: 'localhost:80', 'sec-fetch-site': 'same-origin' }
  const page = await send('GET', '/my/obligations', { headers })
  t.equal(page.status, 200)
  return String(page.body)
}

t.test(
  'what binds by an agreement stands on the page of its employee once both signed, and of nobody else',
  async (t) => {
    const deal = await aDeal(service, 'P')
    const open = await offered(service, deal)
    await keysEnrolled(service, deal, open)
    await signedAll(service, open.links.employee, deal.employee)
    const named = /Relatiebeding/i
    t.notMatch(await pageOf(deal.employee.personId), named, 'the employer has not signed')
    await signedAll(service, open.links.representative, deal.representative)
    await ok(conclude(service, open.agreementId))
    t.match(await pageOf(deal.employee.personId), named)
    t.notMatch(await pageOf(deal.representative.personId), named, 'who signs for the employer is not bound')
    const denial = { ground: 'not-me', words: 'Dat was ik niet.', language: 'nl' }
    t.equal((await send('POST', '/v1/acts/current/denials', { as: open.links.employee, body: denial })).status, 201) // prettier-ignore
    t.notMatch(await pageOf(deal.employee.personId), named, 'nothing rests on a denied act')
  },
)
