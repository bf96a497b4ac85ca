import t from 'tap'
import { sha256Hex } from '#core'
import { loadSealKey, sealBytes } from '#documents'
import { filesHandedOut, verifyUpload, withOneBitChanged } from '../support/recognition-uploads.ts'
import { testService } from '../support/service.ts'
import { anOrganisation, aPolicyEdition } from '../support/verification-dossier.ts'
import { aRendering, seal } from '../support/verification-pdf.ts'
import { sealKeys } from '../support/verification-seal.ts'

const service = await testService(t)
const { edition, receipt, personName } = await filesHandedOut(service)
const { organisationId } = service.own

type Check = { name: string; outcome: string; sentence: string }
function notPassed(checks: readonly Check[]): string[] {
  return checks.filter(({ outcome }) => outcome !== 'PASSED').map(({ name, outcome }) => `${name} ${outcome}`)
}

/** The length of the rendered file inside a sealed one. */
function renderedLength(bytes: Buffer): number {
  return bytes.indexOf('%%EOF\n') + 6
}

t.test('R1: a policy edition and a receipt, as served, are recognised and every check passes', async (t) => {
  const cases = [
    ['policy-edition', edition, 'Sociale media'],
    ['receipt', receipt, null],
  ] as const
  for (const [kind, bytes, title] of cases) {
    const { status, body } = await verifyUpload(service, bytes)
    t.equal(status, 200)
    t.equal(body.outcome, 'identical')
    t.same(body.file, { length: bytes.length, sha256: sha256Hex(bytes) })
    t.same(body.organisation, { organisationId, name: 'Voorbeeld & Zonen B.V.' })
    t.equal(body.document.kind, kind)
    t.equal(body.document.language, 'nl')
    if (title !== null) t.equal(body.document.title, title)
    t.same(body.revision, {
      number: 1,
      kind: 'seal',
      length: bytes.length,
      sha256: sha256Hex(bytes),
      level: 'B-B',
    })
    t.same(body.newestRevision, body.revision)
    t.equal(body.isNewest, true)
    t.same([body.verification.state, body.verification.accepted], ['done', true])
    t.same(notPassed(body.verification.checks), [])
    t.ok(body.verification.checks.length > 8)
  }
  const { body } = await verifyUpload(service, receipt)
  t.ok(JSON.stringify(body.verification.facts).includes(personName), 'what the receipt itself states')
})

t.test(
  'R2: the rendered file alone is an older revision without a seal, and a newer one is named',
  async (t) => {
    const rendered = edition.subarray(0, renderedLength(edition))
    const { body } = await verifyUpload(service, rendered)
    t.equal(body.outcome, 'no-organisation', 'nothing in it says whose it is')
    const asked = await verifyUpload(service, rendered, { query: `?organisationId=${organisationId}` })
    t.equal(asked.body.outcome, 'identical')
    t.match(asked.body.revision, { number: 0, level: null, length: rendered.length })
    t.match(asked.body.newestRevision, { number: 1, level: 'B-B' })
    t.equal(asked.body.isNewest, false)
    t.same(notPassed(asked.body.verification.checks), ['PDF structure FAILED'])
  },
)

t.test('R3: what changed is said: one byte, bytes behind, cut off, another end', async (t) => {
  const length = renderedLength(receipt)
  const { changed, place } = withOneBitChanged(receipt)
  const one = (await verifyUpload(service, changed)).body
  t.equal(one.outcome, 'altered')
  t.match(one.comparison, { kind: 'different', equalLength: place, differentBytes: 1, intactRevision: null })
  t.equal(one.comparison.changedInRevision.number, 0)
  t.equal(one.document.kind, 'receipt')
  t.equal(one.revision, null)
  t.equal(one.verification.accepted, false)
  t.ok(notPassed(one.verification.checks).includes('sealed bytes FAILED'))

  const longer = (await verifyUpload(service, Buffer.concat([receipt, Buffer.from('% and more\n')]))).body
  t.equal(longer.outcome, 'altered')
  t.match(longer.comparison, { kind: 'bytes-added', equalLength: receipt.length, addedLength: 11 })
  t.equal(longer.comparison.intactRevision.number, 1)
  t.same(notPassed(longer.verification.checks), ['PDF structure FAILED'])

  const shorter = (await verifyUpload(service, receipt.subarray(0, receipt.length - 100))).body
  t.equal(shorter.outcome, 'altered')
  t.match(shorter.comparison, { kind: 'cut-off', equalLength: receipt.length - 100 })
  t.equal(shorter.comparison.intactRevision.number, 0)

  const otherEnd = (await verifyUpload(service, Buffer.concat([receipt.subarray(0, length + 500), Buffer.from('other'), receipt.subarray(length + 505)]))).body // prettier-ignore
  t.equal(otherEnd.comparison.kind, 'different')
  t.equal(otherEnd.comparison.intactRevision.number, 0, 'what was rendered is whole')
  t.equal(otherEnd.comparison.changedInRevision.number, 1, 'the seal is not')
})

t.test(
  'R3: an update that replaces the page is named by the verifier, and ours is known to be whole below it',
  async (t) => {
    const start = /startxref\n(\d+)\n%%EOF\n$/.exec(edition.toString('latin1'))?.[1]
    const [, root, info, id] = /\/Root (\d+) 0 R\n\/Info (\d+) 0 R\n\/ID \[(.*?)\]/.exec(edition.toString('latin1'))! // prettier-ignore
    const object = Buffer.from('9000 0 obj\n<<\n/Length 1\n>>\nstream\nx\nendstream\nendobj\n')
    const table = edition.length + object.length
    const update = Buffer.concat([
      object,
      Buffer.from(
        `xref\n9000 1\n${String(edition.length).padStart(10, '0')} 00000 n \ntrailer\n<<\n/Size 9001\n/Root ${root} 0 R\n/Info ${info} 0 R\n/ID [${id}]\n/Prev ${start}\n>>\nstartxref\n${table}\n%%EOF\n`,
      ),
    ])
    const { body } = await verifyUpload(service, Buffer.concat([edition, update]))
    t.equal(body.outcome, 'altered')
    t.match(body.comparison, { kind: 'bytes-added', addedLength: update.length })
    t.equal(body.comparison.intactRevision.number, 1)
    t.equal(body.verification.accepted, false)
  },
)

t.test('R4: nobody learns of a document that they do not hold', async (t) => {
  const { organisationId: elsewhere } = service.other
  const asked = await verifyUpload(service, edition, { query: `?organisationId=${elsewhere}` })
  t.equal(asked.body.outcome, 'unknown-document', 'another organisation does not see it')
  t.same([asked.body.document, asked.body.comparison, asked.body.newestRevision], [null, null, null])
  t.equal(
    asked.body.verification.accepted,
    true,
    'the same root issued both certificates, and it says whose it is',
  )
  t.ok(asked.body.verification.checks.some(({ sentence }: Check) => sentence.includes(organisationId)))

  const stranger = sealKeys({ serialNumber: organisationId })
  const forged = (await verifyUpload(service, seal(aRendering(), stranger))).body
  t.equal(
    forged.outcome,
    'unknown-document',
    'a seal that names the organisation is only a hint where to look',
  )
  t.equal(forged.document, null)
  t.ok(notPassed(forged.verification.checks).includes('seal certificate FAILED'))

  const foreign = (await verifyUpload(service, aPolicyEdition(anOrganisation()))).body
  t.equal(foreign.organisation, null)
  t.equal(foreign.verification.accepted, false)

  const nowhere = (await verifyUpload(service, seal(aRendering(), sealKeys({ serialNumber: '01931f00-0000-7000-8000-00000000dead' })))).body // prettier-ignore
  t.equal(nowhere.outcome, 'unknown-organisation')
  t.same(notPassed(nowhere.verification.checks), ['seal certificate INDETERMINATE'])
})

t.test('R5: a file sealed here that is not held is not known, and its seal still speaks', async (t) => {
  const rendered = edition.subarray(0, renderedLength(edition))
  const other = Buffer.from(rendered.toString('latin1').replace(/\/ID \[<[0-9a-f]{32}>/, `/ID [<${'0'.repeat(32)}>`), 'latin1') // prettier-ignore
  const sealed = await service.database.readInOrganisation(organisationId, async (trx) => {
    const { signer } = await loadSealKey(service.platform, trx, organisationId)
    return sealBytes(other, signer, { at: service.platform.clock(), name: 'Voorbeeld & Zonen B.V.' })
  })
  const { body } = await verifyUpload(service, sealed.bytes)
  t.equal(body.outcome, 'unknown-document')
  t.match(body.organisation, { organisationId })
  t.same([body.document, body.comparison], [null, null])
  t.equal(body.verification.accepted, true)
})
