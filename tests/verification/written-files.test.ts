import { sign } from 'node:crypto'
import t from 'tap'
import type { Instant } from '#core'
import { sha256Hex } from '#core'
import { createRenderPool } from '#documents'
import type { DocumentInput } from '#documents'
import { isAccepted, verifyFile } from '#verification'
import { dossierArchive } from '../../src/disputes/dossier-archive.ts'
import type { DossierEntry } from '../../src/disputes/dossier.ts'
import { aPolicyEdition, aReceipt, receiptFacts } from '../support/documents-samples.ts'
import { placesIn, placesThatMayChange, seededNumbers } from '../support/verification-flips.ts'
import { auditPath, consistencyPath, digestOf } from '../support/verification-log.ts'
import { notPassed } from '../support/verification-reports.ts'
import { WritingOrganisation } from '../support/verification-written.ts'

// The files here are made by the product's own writers, which share nothing with the verifier but the format.
const organisation = new WritingOrganisation()
const pool = createRenderPool({ threads: 1 })
t.teardown(() => pool.close())

t.test(
  'V3: a sealed edition and a receipt as the service writes them are accepted, and no byte may change',
  async (t) => {
    for (const language of ['nl', 'en'] as const) {
      const edition = await organisation.document(pool, aPolicyEdition({ language }))
      const plan = organisation.append([{ kind: 'act', facts: receiptFacts({ language }) }])
      const evidenceJson = organisation.evidenceFile(plan)
      const receipt = await organisation.document(pool, { ...aReceipt({ language }), evidenceJson })
      const proof = Buffer.from(plan.entries.at(-1)?.tlogProof ?? '')
      const random = seededNumbers(6)
      for (const bytes of [edition, receipt, proof]) {
        const report = verifyFile(bytes, 'file', organisation.trust)
        t.same(notPassed(report), [])
        t.ok(isAccepted(report))
        const cms = bytes.indexOf('<3082')
        const places = [
          ...placesIn(bytes.length, 200, random),
          ...Array.from({ length: cms < 0 ? 0 : 400 }, (_, at) => cms + 5 * at),
        ]
        t.same(placesThatMayChange(bytes, organisation.trust, places, random), [])
      }
    }
  },
)

t.test('V3: a dossier as the service writes it is accepted, and no byte may change', async (t) => {
  const writing = new WritingOrganisation()
  const input = aPolicyEdition() as DocumentInput & { contentSha256: string }
  const edition = await writing.document(pool, input)
  const hash = sha256Hex(edition)
  const rendered = edition.subarray(0, edition.indexOf('%%EOF\n') + '%%EOF\n'.length)
  const published = writing.append([
    { kind: 'log-opened', facts: { origin: writing.origin } },
    {
      kind: 'policy-version-published',
      facts: { contentSha256: input.contentSha256, documents: [`nl:${hash}`] },
    },
  ])
  const act = writing.append([{ kind: 'act', facts: receiptFacts({ documentSha256: hash }), refs: [1] }])
  const end = writing.append([{ kind: 'log-opened', facts: {} }]).checkpoint
  const made = [...published.entries, ...act.entries]
  const leaves = made.map(({ entry }) => Buffer.from(entry))
  const last = writing.lastEntry
  const entries = made.slice(1).map((entry): DossierEntry => {
    const path = auditPath(entry.entryIndex, [...leaves, last]).map((node) => `${node.toString('base64')}\n`)
    const head = entry.tlogProof.split('\n').slice(0, 3).join('\n')
    return {
      index: entry.entryIndex,
      kind: entry.kind,
      entry: entry.entry,
      disclosures: entry.disclosures,
      receiptProof: entry.tlogProof,
      dossierProof: `${head}\n${path.join('')}\n${end.note}`,
      consistency: consistencyPath(entry.treeSize, [...leaves, last]),
      documents: [hash],
    }
  })
  const bytes = await dossierArchive(
    {
      dossierId: '01931f00-0000-7000-8000-0000000000d0',
      subject: { kind: 'person', id: String(receiptFacts()['personId']) },
      treeSize: end.size,
      createdAt: '2026-11-24T08:00:00.000Z' as Instant,
      exportedBy: null,
      organisation: { id: writing.id, name: 'Jansen & Zn. Zorg B.V.' },
      checkpoint: end.note,
      entries,
      documents: [
        {
          sha256: hash,
          frozenLength: edition.length,
          title: 'Gedragscode',
          level: 'B-B',
          revisions: [
            { kind: 'rendered', length: rendered.length, sha256: sha256Hex(rendered) },
            { kind: 'seal', length: edition.length, sha256: hash },
          ],
          bytes: edition,
        },
      ],
      keys: {
        logVkey: writing.vkey,
        logPem: writing.logKey.pem,
        dossierPem: writing.dossierKey.pem,
        rootPem: writing.sealKeys.rootPem,
        earlierRootPems: [],
        tsaRootsPem: '',
      },
      anchors: [],
      unanchored: 'nobody was asked',
      policy: `log ${writing.vkey}\nquorum none\n`,
      verifiers: { html: '<!doctype html>', python: 'pass' },
    },
    async (sums) => sign(null, sums, writing.dossierKey.privateKey),
  )
  const report = verifyFile(bytes, 'dossier.zip', writing.trust)
  t.same(notPassed(report), [])
  t.equal(digestOf(edition).toString('hex'), hash)
  const random = seededNumbers(7)
  t.same(placesThatMayChange(bytes, writing.trust, placesIn(bytes.length, 200, random), random), [])
})
