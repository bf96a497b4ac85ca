import t from 'tap'
import { recordEvent } from '#webhooks'
import { webhookBench } from '../support/webhooks-service.ts'

const { platform, database, adminQuery, anOrganisation } = await webhookBench(t)
const organisationId = await anOrganisation()

type EventRow = { event_id: string; type: string; body: string }
const events = () =>
  adminQuery<EventRow>('select event_id, type, body from beding.webhook_event order by event_id')

t.test('W1: an event is there exactly when its cause is', async (t) => {
  const failing = database.inOrganisation(organisationId, async (trx) => {
    await recordEvent(platform, trx, organisationId, { type: 'ledger.stopped', data: {} })
    throw new Error('the cause failed')
  })
  await t.rejects(failing, /the cause failed/)
  t.same(await events(), [])
  await database.inOrganisation(organisationId, (trx) =>
    recordEvent(platform, trx, organisationId, {
      type: 'ledger.stopped',
      subject: 'log',
      data: { size: 7, known: 9 },
    }),
  )
  const [event] = await events()
  t.same(JSON.parse(event!.body), {
    specversion: '1.0',
    id: event!.event_id,
    source: `urn:uuid:${organisationId}`,
    type: 'ledger.stopped',
    subject: 'log',
    time: platform.clock(),
    datacontenttype: 'application/json',
    data: { size: 7, known: 9 },
  })
  t.same(await adminQuery('select 1 from beding.work_due where kind = $1', ['webhook']), [], 'nobody listens')
})
