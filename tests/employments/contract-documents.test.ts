import t from 'tap'
import { sha256Hex } from '#core'
import { aForeignPdf, contractText, sendContractFile } from '../support/contract-files.ts'
import { anEmployment, sendContract } from '../support/employments.ts'
import { testService } from '../support/service.ts'
import { imported, somePeople } from '../support/story.ts'

t.test('EM11: an uploaded contract is kept byte for byte, and each of its pages can be read', async (t) => {
  const service = await testService(t)
  const [personId, otherId] = await imported(service, service.own, somePeople(2))
  const { keys } = service.own
  const bytes = await aForeignPdf(contractText)
  const key = 'upload-of-a-contract-1'
  const answer = await sendContractFile(service, service.own, personId!, bytes, { key })
  t.equal(answer.status, 201, JSON.stringify(answer.body))
  const { documentId } = answer.body
  t.match(answer.body, { sha256: sha256Hex(bytes), pages: 2, byteLength: bytes.length, personId })
  const again = await sendContractFile(service, service.own, personId!, bytes, { key })
  t.equal(again.headers['idempotent-replayed'], 'true')
  t.same(again.body, answer.body)
  const elsewhere = await sendContractFile(service, service.own, otherId!, bytes, { key })
  t.equal(elsewhere.body.code, 'idempotency-key-reused', 'the same key for another person is another request')

  const content = await service.send('GET', `/v1/documents/${documentId}/content`, { as: keys.lawyer })
  t.ok(content.bytes.equals(bytes), 'the bytes that were sent')
  t.equal(content.headers['document-level'], 'none', 'no seal of ours')
  const read = await service.send('GET', `/v1/contract-documents/${documentId}`, { as: keys.lawyer })
  t.match(read.body.pageTexts[1].replaceAll(/\s+/g, ' '), contractText[1])
  const list = await service.send('GET', `/v1/contract-documents?personId=${personId}`, {
    as: keys['hr-reader'],
  })
  t.same(list.body.documents, [answer.body])
  const foreign = await service.send('GET', `/v1/contract-documents/${documentId}`, { as: service.other.keys.lawyer }) // prettier-ignore
  t.equal(foreign.body.code, 'document-not-found')

  const twice = await sendContractFile(service, service.own, personId!, bytes)
  t.equal(twice.body.code, 'contract-document-known')
  t.match(twice.body.errors[0].message, documentId)
  const [row] = await service.adminQuery<{ seal_level: null }>('select seal_level from beding.document where document_id = $1', [documentId]) // prettier-ignore
  t.equal(row!.seal_level, null)
  const [entry] = await service.adminQuery<{ n: number }>(`select count(*)::int as n from beding.ledger_entry where kind = 'contract-uploaded'`) // prettier-ignore
  t.equal(entry!.n, 1)
})

t.test('EM11: a file whose text cannot be read is refused, page by page, and nothing is kept', async (t) => {
  const service = await testService(t)
  const [personId] = await imported(service, service.own, somePeople(1))
  const refusal = async (bytes: Buffer) =>
    (await sendContractFile(service, service.own, personId!, bytes)).body
  const scan = await refusal(await aForeignPdf(contractText, { blankPages: 2 }))
  t.equal(scan.code, 'contract-document-unreadable')
  t.same(
    scan.errors.map(({ code, parameter }: Record<string, string>) => `${code} ${parameter}`),
    ['no-text page 3', 'no-text page 4'],
  )
  t.match(await refusal(await aForeignPdf(contractText, { password: 'geheim' })), { code: 'contract-document-unreadable', errors: [{ code: 'encrypted' }] }) // prettier-ignore
  const whole = await aForeignPdf(contractText)
  t.match(await refusal(Buffer.from('%PDF-1.7\nniets')), { code: 'contract-document-unreadable', errors: [{ code: 'broken' }] }) // prettier-ignore
  t.match(await refusal(Buffer.from('PK\u0003\u0004 een zip')), { code: 'document-not-a-pdf' })
  t.match(await refusal(Buffer.alloc(0)), { code: 'document-not-a-pdf' }, 'an empty body')
  const [kept] = await service.adminQuery<{ n: number }>(`select count(*)::int as n from beding.document where kind = 'contract-upload'`) // prettier-ignore
  t.equal(kept!.n, 0)
  t.equal((await sendContractFile(service, service.own, personId!, whole)).status, 201)
})

t.test(
  'EM11: an uploaded contract can be offered as the main document, to its own person only',
  async (t) => {
    const service = await testService(t)
    const [personId, otherId] = await imported(service, service.own, somePeople(2))
    const { keys } = service.own
    const uploaded = await sendContractFile(service, service.own, personId!, await aForeignPdf(contractText))
    const offer = (to: string) =>
      service.send('POST', '/v1/ceremonies', {
        as: keys['hr-publisher'],
        body: {
          personId: to,
          purpose: 'contract-term',
          language: 'nl',
          dueDate: '2026-12-05',
          main: { documentId: uploaded.body.documentId },
          annexes: [],
          subject: 'de arbeidsovereenkomst',
          clauses: [],
        },
      })
    t.equal((await offer(otherId!)).body.code, 'document-not-found')
    const offered = await offer(personId!)
    t.equal(offered.status, 201, JSON.stringify(offered.body))
  },
)

t.test('EM10: a contract has the file that it says it has', async (t) => {
  const service = await testService(t)
  const [personId, otherId] = await imported(service, service.own, somePeople(2))
  const employmentId = await anEmployment(service, service.own, personId!)
  const { documentId, sha256 } = (await sendContractFile(service, service.own, personId!, await aForeignPdf(contractText))).body // prettier-ignore
  const ofOther = (await sendContractFile(service, service.own, otherId!, await aForeignPdf(contractText)))
    .body
  const send = (stated: object) => sendContract(service, service.own, employmentId, stated as never)
  t.match((await send({ provenance: 'uploaded' })).body.errors, [{ code: 'document-missing' }])
  t.equal((await send({ provenance: 'uploaded', documentId: ofOther.documentId })).body.code, 'document-not-found') // prettier-ignore
  t.match((await send({ documentId })).body.errors, [{ code: 'document-unfit' }, { code: 'provenance-differs' }]) // prettier-ignore
  t.match((await send({ documentId, provenance: 'made-here' })).body.errors, [{ code: 'provenance-differs' }])
  const made = await send({ documentId, provenance: 'uploaded' })
  t.equal(made.status, 201)
  t.equal(made.body.documentSha256, sha256)
})
