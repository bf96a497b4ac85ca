// Certificates of somebody's authority, its OCSP responder and lists, and its TSA: all servers on loopback.
import { X509Certificate } from 'node:crypto'
import t from 'tap'
import { registerSealKey } from '#documents'
import { preservationJob } from '#preservation'
import { obtainRevocation } from '#revocation'
import { httpAuthority } from '#timestamps'
import { readTrust, verifyFile } from '#verification'
import { testDatabase } from '../support/database.ts'
import { testPlatform } from '../support/platform.ts'
import { aPreservationBench, minute_ms } from '../support/preservation-bench.ts'
import { startRevocationServer } from '../support/revocation-server.ts'
import { revocationSources } from '../support/revocation-sources.ts'
import { startTimestampServer } from '../support/timestamps-server.ts'

const db = await testDatabase(t)

/** An organisation with a bought seal, a bought TSA, and the places that their certificates name. */
async function aBuyer(t: { teardown(work: () => unknown): void }, kind: 'p256' | 'rsa' = 'p256') {
  const platform = testPlatform()
  const revocation = await startRevocationServer(t, platform.clock, { kind })
  const { pki } = revocation
  const tsa = await startTimestampServer(t, platform.clock, pki.tsaKeys)
  const authority = httpAuthority({ name: 'tsa.example', url: tsa.url, roots: [pki.root.der] })
  const bench = await aPreservationBench(db, [authority], platform)
  await registerSealKey({ platform, database: db.database }, bench.organisationId, {
    kind: 'taken-in',
    certificates: pki.sealChain,
    privateKey: pki.seal.key,
  })
  const sources = await revocationSources(platform)
  const job = preservationJob({
    ...bench.deps,
    revocationOf: (chain, at) => obtainRevocation(platform, sources, chain, at),
  })
  const root = Buffer.from(new X509Certificate(pki.root.der).toString())
  const trust = readTrust([
    { name: 'root.pem', bytes: root },
    { name: 'tsa-roots.pem', bytes: root },
  ])
  return { platform, revocation, bench, trust, round: () => job.work(bench.organisationId) }
}

for (const kind of ['p256', 'rsa'] as const)
  t.test(
    `P3: with keys of kind ${kind} and OCSP, a file gets to B-LTA, and the verifier accepts every check`,
    async (t) => {
      const { bench, trust, round, revocation } = await aBuyer(t, kind)
      const documents = [await bench.store(), await bench.store(), await bench.store()]
      await round()
      for (const documentId of documents) {
        const { bytes, revision } = await bench.file(documentId)
        t.equal(revision.level, 'B-LTA', JSON.stringify(await bench.state(documentId)))
        const report = verifyFile(bytes, 'file.pdf', trust)
        t.same(
          report.checks.filter(({ outcome }) => outcome !== 'PASSED'),
          [],
        )
        t.equal(report.documents[0]?.level, 'B-LTA')
      }
      t.ok(
        revocation.requests.length < 2 * documents.length,
        `the seal, the TSA and the authority above both are asked about once: ${revocation.requests.join(', ')}`,
      )
    },
  )

t.test('P3: with OCSP down the lists do', async (t) => {
  const { bench, trust, round, revocation } = await aBuyer(t)
  revocation.setMood('down', 'good')
  const documentId = await bench.store()
  await round()
  const { bytes } = await bench.file(documentId)
  t.match(bytes.toString('latin1'), /\/CRLs \[/)
  const report = verifyFile(bytes, 'file.pdf', trust)
  t.same(
    report.checks.filter(({ outcome }) => outcome !== 'PASSED'),
    [],
  )
  t.equal(report.documents[0]?.level, 'B-LTA')
})

t.test('A15: with OCSP and lists down the file stays at B-T, and recovers as the same file', async (t) => {
  const { bench, trust, round, revocation, platform } = await aBuyer(t)
  revocation.setMood('500', 'down')
  const documentId = await bench.store()
  await round()
  const before = await bench.file(documentId)
  t.equal(before.revision.level, 'B-T')
  t.match(await bench.state(documentId), {
    step: 'validation-data',
    waiting_because: 'revocation-unavailable',
  })
  t.match((await bench.state(documentId)).waiting_detail, /http-status.*unreachable/)
  revocation.setMood('good')
  platform.advanceClock(minute_ms)
  await round()
  const after = await bench.file(documentId)
  t.ok(after.bytes.subarray(0, before.bytes.length).equals(before.bytes))
  t.equal(verifyFile(after.bytes, 'file.pdf', trust).documents[0]?.level, 'B-LTA')
})

t.test('A15: a revoked signer and a revoked TSA stay below, and say so', async (t) => {
  for (const [whose, because] of [
    ['seal', 'seal-revoked'],
    ['tsa', 'timestamp-authority-revoked'],
  ] as const) {
    const { bench, round, revocation, platform } = await aBuyer(t)
    revocation.revoke(revocation.pki[whose], { at: platform.clock(), reason: 1 })
    const documentId = await bench.store()
    await round()
    const { revision } = await bench.file(documentId)
    t.equal(revision.level, 'B-T')
    t.match(await bench.state(documentId), {
      level: 'B-T',
      step: 'validation-data',
      waiting_because: because,
    })
    t.match(await bench.events(), [{ documentId, level: 'B-T', because }])
  }
})
