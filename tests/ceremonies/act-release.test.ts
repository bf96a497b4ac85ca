import { randomUUID } from 'node:crypto'
import t from 'tap'
import { guardLedger } from '#continuity'
import type { OutsideHeads } from '#platform'
import { testService } from '../support/service.ts'
import { assigned, imported, published, shown, somePeople } from '../support/story.ts'

const service = await testService(t)
const { own, send, platform } = service
const people = somePeople(3)
await imported(service, own, people)
const version = await published(service, own)
const links = [...(await assigned(service, own, version, people.length)).values()]

const heads = platform.outsideHeads as { -readonly [Name in keyof OutsideHeads]: OutsideHeads[Name] }
const { keep } = heads

t.test(
  'an act whose checkpoint cannot be kept outside is answered without a receipt, and later with it',
  async (t) => {
    const link = links[0]!
    const body = await shown(service, link, 'agreed')
    const key = randomUUID()
    heads.keep = () => Promise.reject(new Error('the disk is full'))
    t.teardown(() => void (heads.keep = keep))
    const refused = await send('POST', '/v1/acts', { as: link, body, key })
    t.match(refused, { status: 503, body: { code: 'service-busy' } })
    t.notMatch(JSON.stringify(refused.body), /tlog-proof/)
    heads.keep = keep
    const answered = await send('POST', '/v1/acts', { as: link, body, key })
    t.equal(answered.status, 201)
    const { origin, size } = newestOf(answered.body.receipt.tlogProof)
    t.ok(heads.newest(origin)!.size >= size, 'its checkpoint lies outside now')
    const acts = await service.adminQuery<{ count: number }>('select count(*)::int as count from act')
    t.equal(acts[0]!.count, 1, 'it was recorded once')
  },
)

function newestOf(tlogProof: string): { origin: string; size: number } {
  const [origin = '', size = ''] = tlogProof.slice(tlogProof.indexOf('\n\n') + 2).split('\n')
  return { origin, size: Number(size) }
}

t.test(
  'while the ledger is stopped every act is refused at once, and what was given is still given',
  async (t) => {
    const [done, waiting] = [links[0]!, links[1]!]
    const body = await shown(service, waiting, 'agreed')
    const { organisationId } = own
    const known = { source: 'witness', origin: `beding.local/log/${organisationId}`, size: 9_999, root: null, note: null } // prettier-ignore
    t.equal(
      await guardLedger({ platform, database: service.database }, organisationId, [known]),
      'stopped-now',
    )
    const started = performance.now()
    const refused = await send('POST', '/v1/acts', { as: waiting, body })
    t.match(refused, { status: 503, body: { code: 'ledger-stopped' } })
    t.ok(performance.now() - started < 1_000, 'nobody waits for a log that will not come back')
    const draft = await send('POST', '/v1/dossiers', { as: own.keys.lawyer, body: { subject: { policyId: version.policyId }, purpose: 'Zaak 17' } }) // prettier-ignore
    t.match(draft, { status: 503, body: { code: 'ledger-stopped' } })
    const receipt = await send('GET', '/v1/acts/current/receipt-document', { as: done })
    t.equal(receipt.status, 200, 'reading does not ask the ledger’s leave')
    const other = await send('GET', '/v1/ledger/checkpoint', { as: own.keys.lawyer })
    t.equal(other.status, 200)
  },
)
