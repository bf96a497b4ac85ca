import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { auditLog } from '#evidence'
import { compareReports, isAccepted, readTrust, verifyFile } from '#verification'
import { rewriteLog } from '../support/evidence-insider.ts'
import type { TestService } from '../support/service.ts'
import { forgetfulService, testService } from '../support/service.ts'
import { assigned, imported, published, shown, somePeople } from '../support/story.ts'
import { pythonMissing } from '../support/verification-three.ts'

const verifierPath = fileURLToPath(new URL('../../src/verification/independent/verify.py', import.meta.url))
const service = await testService(t)
const { own, send, platform } = service
const people = somePeople(6)
await imported(service, own, people)
const version = await published(service, own)
const links = await assigned(service, own, version, people.length)
const linkOf = (index: number): string => links.get(people[index]!.workEmail)!
const keys = await send('GET', `/v1/organisations/${own.organisationId}/verification-keys`)
const pinned = {
  'log.vkey': Buffer.from(`${keys.body.logVkey}\n`),
  'dossier.pem': Buffer.from(keys.body.dossierPem),
  'root.pem': Buffer.from(keys.body.rootPem),
  'tsa-roots.pem': Buffer.from(keys.body.tsaRootsPem),
}
const trust = readTrust(Object.entries(pinned).map(([name, bytes]) => ({ name, bytes })))

async function aDossier({ send: ask, runJobs }: TestService) {
  const body = { subject: { policyId: version.policyId }, purpose: 'Zaak 17' }
  const made = await ask('POST', '/v1/dossiers', { as: own.keys.lawyer, body })
  if (made.status !== 201) return made
  await runJobs()
  return ask('GET', `/v1/dossiers/${made.body.dossierId}/content`, { as: own.keys.lawyer })
}

t.test(
  'an employer with every key turns a refusal into agreement, and what the employee holds exposes it',
  async (t) => {
    for (const index of people.keys()) {
      const choice = index === 2 ? 'not-agreed' : 'agreed'
      await send('POST', '/v1/acts', { as: linkOf(index), body: await shown(service, linkOf(index), choice) })
    }
    platform.advanceClock(3_600_000)
    await service.runJobs()
    const held = await send('GET', '/v1/acts/current/evidence-bundle', { as: linkOf(2) })
    t.equal(held.status, 200)
    const { entryIndex } = (await send('GET', '/v1/acts/current', { as: linkOf(2) })).body.receipt

    const origin = String(keys.body.logVkey).split('+')[0]!
    await rewriteLog(service, { organisationId: own.organisationId, origin }, entryIndex, (facts) => ({ ...facts, choice: 'agreed' })) // prettier-ignore
    const report = await service.database.readInOrganisation(own.organisationId, (trx) => auditLog(trx, own.organisationId)) // prettier-ignore
    t.same(report.findings, [], 'the complete internal audit passes')

    platform.advanceClock(3_600_000)
    t.match(await aDossier(service), { status: 503, body: { code: 'ledger-stopped' } }, 'the process that signed the true ledger signs nothing on top of the false one') // prettier-ignore
    const told = await aDossier(await forgetfulService(t, service))
    t.equal(told.status, 200, 'one that was made to forget does')

    const mine = verifyFile(held.bytes, 'anchored-receipt.zip', trust)
    const theirs = verifyFile(told.bytes, 'dossier.zip', trust)
    t.ok(isAccepted(mine), 'what the employee holds is good')
    t.ok(isAccepted(theirs), 'and so, by itself, is what the employer shows')
    const [proof] = compareReports([mine, theirs])
    t.match(
      proof!.sentence,
      /signed two roots for size|two leaves at index/,
      'together they prove two histories',
    )
    const times = mine.facts.filter((fact) => fact.name.endsWith('time')).map((fact) => fact.value)
    t.ok(times.some((value) => value.startsWith('2026-11-21T09:00:')), 'and which of them was there first: somebody else said when') // prettier-ignore

    await t.test('the second verifier says the same', { skip: pythonMissing() }, async (t) => {
      const folder = mkdtempSync(join(tmpdir(), 'beding-insider-'))
      t.teardown(() => rmSync(folder, { recursive: true, force: true }))
      for (const [name, bytes] of Object.entries({ ...pinned, 'mine.zip': held.bytes, 'theirs.zip': told.bytes })) writeFileSync(join(folder, name), bytes) // prettier-ignore
      const verify = (...files: string[]) => spawnSync('python3', [verifierPath, '--trust', folder, ...files.map((file) => join(folder, file))], { encoding: 'utf8' }) // prettier-ignore
      t.equal(verify('mine.zip').status, 0)
      t.equal(verify('theirs.zip').status, 0)
      const both = verify('mine.zip', 'theirs.zip')
      t.equal(both.status, 1)
      t.match(both.stdout, /two (roots|leaves|histories)|equivocation|contradict/i)
    })
  },
)
