import t from 'tap'
import { anAgreement, execute } from '../support/annexes.ts'
import { documentFile, filesHandedOut, preserve, verifyUpload } from '../support/recognition-uploads.ts'
import { testService } from '../support/service.ts'

t.setTimeout(120_000)

const service = await testService(t)
const { edition, receipt } = await filesHandedOut(service)
await preserve(service)

type Check = { name: string; outcome: string; sentence: string }
function notPassed(checks: readonly Check[]): string[] {
  return checks
    .filter(({ outcome }) => outcome !== 'PASSED')
    .map(({ name, outcome, sentence }) => `${name} ${outcome}: ${sentence}`)
}

t.test(
  'R1, R2: every revision of a preserved document is recognised, with its level and the newest',
  async (t) => {
    for (const sealed of [edition, receipt]) {
      const { bytes, revisions, revision: newest } = await documentFile(service, sealed)
      t.ok(revisions.length >= 5, `${revisions.length} revisions`)
      t.equal(newest.level, 'B-LTA')
      for (const { number, kind, length, level } of revisions.slice(1)) {
        const { status, body } = await verifyUpload(service, bytes.subarray(0, length))
        t.equal(status, 200)
        t.equal(body.outcome, 'identical', `revision ${number}`)
        t.match(body.revision, { number, kind, length, level })
        t.match(body.newestRevision, { number: newest.number, length: bytes.length, level: 'B-LTA' })
        t.equal(body.isNewest, number === newest.number)
        t.same(notPassed(body.verification.checks), [], `revision ${number}: every check of the verifier`)
        service.platform.advanceClock(3_000)
      }
    }
  },
)

t.test('R3: what changed is told by revision', async (t) => {
  const { bytes, revisions, revision: newest } = await documentFile(service, edition)
  const [, seal, stamp] = revisions
  const behind = (await verifyUpload(service, Buffer.concat([bytes, Buffer.from('%%EOF\n')]))).body
  t.match(behind.comparison, {
    kind: 'bytes-added',
    addedLength: 6,
    intactRevision: { number: newest.number },
  })

  const unknown = (await verifyUpload(service, Buffer.concat([edition, Buffer.from('9000 0 obj\nnull\nendobj\n')]))).body // prettier-ignore
  t.equal(unknown.outcome, 'altered')
  t.equal(unknown.comparison.kind, 'different')
  t.equal(unknown.comparison.intactRevision.number, 1, 'the seal is intact, then unknown bytes follow')
  t.equal(unknown.comparison.changedInRevision.number, 2)

  const changed = Buffer.from(bytes)
  changed[stamp!.length - 40]! ^= 1
  const inStamp = (await verifyUpload(service, changed)).body
  t.match(inStamp.comparison, {
    kind: 'different',
    equalLength: stamp!.length - 40,
    differentBytes: 1,
    intactRevision: { number: 1, length: seal!.length, level: 'B-B' },
    changedInRevision: { number: 2, kind: 'timestamp' },
  })
  t.equal(inStamp.verification.accepted, false)

  const short = (await verifyUpload(service, bytes.subarray(0, stamp!.length + 100))).body
  t.match(short.comparison, { kind: 'cut-off', intactRevision: { number: 2, level: 'B-T' } })
})

t.test(
  'R1, R4: a copy that both signed is told from the document under it, though they share an identifier',
  async (t) => {
    const other = await testService(t)
    const { agreed } = await anAgreement(other)
    const made = await execute(other, agreed)
    t.equal(made.status, 201)
    const { executedCopyId } = made.body
    const path = `/v1/acts/current/executed-copies/${executedCopyId}/content`
    const copy = (await other.send('GET', path, { as: agreed[0]!.link })).bytes
    const sealed = copy.subarray(0, copy.indexOf('%%EOF\n', copy.indexOf('%%EOF\n') + 1) + 6)
    const ofCopy = (await verifyUpload(other, copy)).body
    t.match([ofCopy.outcome, ofCopy.document.kind], ['identical', 'executed-copy'])
    t.same(notPassed(ofCopy.verification.checks), [])
    const ofEdition = (await verifyUpload(other, sealed)).body
    t.match([ofEdition.outcome, ofEdition.document.kind], ['identical', 'policy-edition'])
    t.equal(ofEdition.isNewest, true, 'nothing is said of the copies that others signed')
    const changed = (await verifyUpload(other, Buffer.concat([sealed, Buffer.from('x')]))).body
    t.match([changed.outcome, changed.document.kind], ['altered', 'policy-edition'])
    const changedCopy = (await verifyUpload(other, Buffer.concat([copy, Buffer.from('x')]))).body
    t.match([changedCopy.outcome, changedCopy.document.kind, changedCopy.comparison.kind], ['altered', 'executed-copy', 'bytes-added']) // prettier-ignore
  },
)
