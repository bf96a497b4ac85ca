import t from 'tap'
import { guardLedger, importReceipts, openSuccessor } from '#continuity'
import { runDueJobs } from '#jobs'
import { erasureJob } from '#retention'
import { isAccepted, readTrust, verifyFile } from '#verification'
import { rewriteLog } from '../support/evidence-insider.ts'
import { testService } from '../support/service.ts'
import { assigned, imported, published, shown, somePeople } from '../support/story.ts'

const service = await testService(t)
const { own, send, platform, database } = service
const { organisationId } = own
const people = somePeople(2)
const [personId] = await imported(service, own, people)
const links = async () => assigned(service, own, await published(service, own), people.length)
const first = await links()
const second = await links()
const address = people[0]!.workEmail

const keysNow = async () => (await send('GET', `/v1/organisations/${organisationId}/verification-keys`)).body
const trustIn = (keys: Record<string, string>, logVkey: string) =>
  readTrust([
    { name: 'log.vkey', bytes: Buffer.from(`${logVkey}\n`) },
    { name: 'dossier.pem', bytes: Buffer.from(keys['dossierPem']!) },
    { name: 'root.pem', bytes: Buffer.from(keys['rootPem']!) },
    { name: 'tsa-roots.pem', bytes: Buffer.from(keys['tsaRootsPem']!) },
  ])

async function act(link: string) {
  return send('POST', '/v1/acts', { as: link, body: await shown(service, link, 'seen') })
}

async function aDossier(ledgerOrigin?: string) {
  const body = { subject: { personId }, purpose: 'Zaak 17', ...(ledgerOrigin === undefined ? {} : { ledgerOrigin }) } // prettier-ignore
  const made = await send('POST', '/v1/dossiers', { as: own.keys.lawyer, body })
  if (made.status !== 201) return made
  await service.runJobs()
  return send('GET', `/v1/dossiers/${made.body.dossierId}/content`, { as: own.keys.lawyer })
}

t.test('after a ledger was stopped and succeeded, both give dossiers, each under its own key', async (t) => {
  const before = await act(first.get(address)!)
  t.equal(before.status, 201)
  const old = await keysNow()
  const kept = await send('GET', '/v1/acts/current/receipt-document', { as: first.get(address)! })
  const oldOrigin = String(old.logVkey).split('+')[0]!
  await rewriteLog(service, { organisationId, origin: oldOrigin }, before.body.receipt.entryIndex, (facts) => ({ ...facts, networkClass: 'unknown' })) // prettier-ignore
  t.equal(await guardLedger({ platform, database }, organisationId), 'stopped-now')
  t.match(await act(second.get(address)!), { status: 503, body: { code: 'ledger-stopped' } })
  t.match((await send('GET', '/health/ready')).body, { status: 'degraded', stoppedLedgers: 1 })

  await openSuccessor({ platform, database }, organisationId, { incident: 'The database was put back.' })
  t.match((await send('GET', '/health/ready')).body, { status: 'ok', stoppedLedgers: 0 })
  const after = await act(second.get(address)!)
  t.equal(after.status, 201, 'the same link, the same answer, in the new ledger')
  const facts = new Map((after.body.receipt.disclosures as string[]).map((text) => (JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[]).slice(1) as [string, unknown])) // prettier-ignore
  t.same(
    [facts.get('personEntryNumber'), facts.get('previousPersonEntry')],
    [1, null],
    'numbers begin anew in it',
  )

  const keys = await keysNow()
  t.not(keys.logVkey, old.logVkey)
  t.same(keys.earlierLogVkeys, [old.logVkey])
  const open = await aDossier()
  t.same(verifyFile(open.bytes, 'dossier.zip', trustIn(keys, keys.logVkey)).checks.filter((each) => each.outcome !== 'PASSED'), []) // prettier-ignore
  const closed = await aDossier(oldOrigin)
  const report = verifyFile(closed.bytes, 'dossier.zip', trustIn(keys, old.logVkey))
  t.same(report.checks.filter((each) => each.outcome !== 'PASSED'), []) // prettier-ignore
  t.ok(isAccepted(report))

  const imported = await importReceipts({ platform, database }, organisationId, [{ name: 'receipt.pdf', bytes: kept.bytes }]) // prettier-ignore
  t.equal(imported.length, 1, 'what the employee kept of the true ledger is brought back')
  const held = () => send('GET', `/v1/persons/${personId}/data-export`, { as: own.keys.lawyer })
  t.match((await held()).body.importedReceipts, [
    { ledgerOrigin: oldOrigin, index: before.body.receipt.entryIndex },
  ])
  const asked = await send('POST', `/v1/persons/${personId}/erasure-requests`, { as: own.keys['hr-publisher'], body: { ground: 'Asked for.' } }) // prettier-ignore
  t.equal(asked.status, 201)
  await send('POST', `/v1/erasure-proposals/${asked.body.proposalId}/decisions`, { as: own.keys['hr-approver'], body: { decision: 'confirm', reason: 'No dispute.' } }) // prettier-ignore
  await runDueJobs({ platform, database }, [erasureJob({ platform, database })])
  const [left] = await service.adminQuery<{ count: number }>('select count(*)::int as count from beding.imported_disclosure') // prettier-ignore
  t.equal(left!.count, 0, 'and goes with the rest when the person is erased')
  t.match(await aDossier('beding.local/log/other'), { status: 404, body: { code: 'ledger-not-found' } })
})
