import t from 'tap'
import { signedCopyJob } from '#agreements'
import { createRenderPool } from '#documents'
import { runDueJobs } from '#jobs'
import { isAccepted, readTrust, verifyFile } from '#verification'
import { aDeal, conclude, keysEnrolled, offered, ok, signedAll, type Deal, type Offered } from '../support/agreements.ts' // prettier-ignore
import { sheetTextOf } from '../support/documents-sheet.ts'
import { testService } from '../support/service.ts'

t.setTimeout(240_000)
const service = await testService(t)
const { own, send, database, platform } = service
const publisher = own.keys['hr-publisher']
const pool = createRenderPool({ threads: 1 })
t.teardown(() => pool.close())
const runJob = () => runDueJobs({ platform, database }, [signedCopyJob({ platform, database, pool })])
const contentOf = async (documentId: string) => (await send('GET', `/v1/documents/${documentId}/content`, { as: publisher })).bytes // prettier-ignore

async function concluded(
  prefix: string,
  options: Parameters<typeof aDeal>[2] = {},
): Promise<{ readonly deal: Deal; readonly open: Offered; readonly acts: readonly string[] }> {
  // prettier-ignore
  const deal = await aDeal(service, prefix, options)
  const open = await offered(service, deal)
  await keysEnrolled(service, deal, open)
  await signedAll(service, open.links.employee, deal.employee)
  await signedAll(service, open.links.representative, deal.representative)
  await ok(conclude(service, open.agreementId))
  const acts = await Promise.all(
    [open.links.employee, open.links.representative].map(
      async (link) => (await ok(send('GET', '/v1/acts/current', { as: link }))).actId,
    ),
  )
  return { deal, open, acts }
}

t.test(
  'what was concluded gets a signed copy of each document that was made here, by itself and once',
  async (t) => {
    const { deal, open, acts } = await concluded('C')
    await runJob()
    platform.advanceClock(301_000)
    await runJob()
    const { items } = await ok(send('GET', `/v1/executed-copies?actId=${acts[0]}`, { as: publisher }))
    t.equal(items.length, 1, 'the contract was made elsewhere and stays as it came')
    const [copy] = items
    const annex = await ok(send('GET', `/v1/annexes/${deal.annexId}`, { as: publisher }))
    t.match(copy, { versionId: null, bundleSha256: open.bundleSha256, edition: { documentId: annex.documentId, sha256: annex.documentSha256 } }) // prettier-ignore
    t.same(copy.parties.map((each: { capacity: string }) => each.capacity), ['employee', 'employer-representative']) // prettier-ignore
    const [shown, file] = [await contentOf(annex.documentId), await contentOf(copy.documentId)]
    const length = shown.length
    t.ok(file.subarray(0, length).equals(shown), 'it begins with exactly the bytes that each was shown')
    const text = sheetTextOf(file)
    for (const part of [
      ...acts,
      open.bundleSha256,
      annex.documentSha256,
      'Vertegenwoordiger van de werkgever',
    ])
      t.ok(text.includes(part.replaceAll(' ', '')), part)
    const { rootPem } = await ok(send('GET', `/v1/organisations/${own.organisationId}/verification-keys`))
    const report = verifyFile(
      file,
      'copy.pdf',
      readTrust([{ name: 'root.pem', bytes: Buffer.from(rootPem) }]),
    )
    t.ok(isAccepted(report), JSON.stringify(report.checks.filter(({ outcome }) => outcome !== 'PASSED')))
    for (const link of [open.links.employee, open.links.representative]) {
      const list = await ok(send('GET', '/v1/acts/current/executed-copies', { as: link }))
      t.match(list.items, [{ executedCopyId: copy.executedCopyId }])
      const own = await send('GET', `/v1/acts/current/executed-copies/${copy.executedCopyId}/content`, { as: link }) // prettier-ignore
      t.ok(own.bytes.equals(file), 'each party holds it')
    }
  },
)

t.test('what cannot be a signed copy of a bundle is refused with why', async (t) => {
  const { deal, acts, open } = await concluded('R')
  const capacities = ['employee', 'employer-representative']
  const parties = acts.map((actId, index) => ({ actId, capacity: capacities[index] }))
  const asked = (body: object) => send('POST', '/v1/executed-copies', { as: publisher, body })
  t.match(await asked({ parties }), { status: 409, body: { code: 'document-not-made-here' } })
  const other = await aDeal(service, 'Z')
  const { documentId } = await ok(send('GET', `/v1/annexes/${other.annexId}`, { as: publisher }))
  t.match(await asked({ parties, documentId }), { status: 404, body: { code: 'document-not-found', errors: [{ pointer: '/documentId' }] } }) // prettier-ignore
  const clause = await ok(send('GET', '/v1/acts/current?statementId=clause-1', { as: open.links.employee }))
  const annex = await ok(send('GET', `/v1/annexes/${deal.annexId}`, { as: publisher }))
  t.match(await asked({ parties: [{ ...parties[0], actId: clause.actId }, parties[1]], documentId: annex.documentId }), { status: 422, body: { code: 'parties-unfit' } }) // prettier-ignore
  const denial = { ground: 'not-me', words: 'Dat was ik niet.', language: 'nl' }
  t.equal(
    (await send('POST', '/v1/acts/current/denials', { as: open.links.employee, body: denial })).status,
    201,
  )
  await runJob()
  t.same((await ok(send('GET', `/v1/executed-copies?actId=${acts[0]}`, { as: publisher }))).items, [], 'a denied act stands on no copy') // prettier-ignore
})
