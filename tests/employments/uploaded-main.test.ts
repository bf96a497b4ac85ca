import t from 'tap'
import { isAccepted, readTrust, verifyFile } from '#verification'
import { fileNames } from '../support/archive.ts'
import { made, offered, shownStatementOf } from '../support/ceremonies.ts'
import { aForeignPdf, contractText, sendContractFile } from '../support/contract-files.ts'
import { annexBody } from '../support/letters-samples.ts'
import { testService } from '../support/service.ts'
import { imported, somePeople } from '../support/story.ts'
import { byPython, pythonMissing, temporaryFolder } from '../support/verification-three.ts'

t.setTimeout(280_000)

t.test(
  'EM11: what was agreed about an uploaded contract is proven by its hash, and a dossier holds the file without a seal',
  async (t) => {
    const service = await testService(t)
    const { own, send } = service
    const people = somePeople(1)
    const [personId] = await imported(service, own, people)
    const bytes = await aForeignPdf(contractText)
    const { documentId, sha256 } = (await sendContractFile(service, own, personId!, bytes)).body
    const annex = await made(service, own, annexBody(personId!))
    const bundle = (text: string, page: number) => ({
      personId,
      purpose: 'contract-term',
      language: 'nl',
      dueDate: '2026-12-05',
      main: { documentId },
      annexes: [{ documentId: annex, mark: 'B', references: [{ text, page }] }],
      subject: 'de arbeidsovereenkomst',
      clauses: [],
    })
    const words = 'De afspraken over relaties staan in Bijlage B'
    const refused = await send('POST', '/v1/ceremonies', {
      as: own.keys['hr-publisher'],
      body: bundle(words, 1),
    })
    t.equal(refused.body.code, 'annex-not-referred-to', 'not on that page')
    const { link } = await offered(service, own, bundle(words, 2), people[0]!.workEmail)
    const shown = await send('GET', `/v1/openings/current/document?language=nl`, { as: link })
    t.ok(shown.bytes.equals(bytes), 'the person sees the bytes that were uploaded')
    const act = await send('POST', '/v1/acts', { as: link, body: await shownStatementOf(service, link, 'main', 'agreed') }) // prettier-ignore
    t.equal(act.status, 201, JSON.stringify(act.body))

    const keys = (await send('GET', `/v1/organisations/${own.organisationId}/verification-keys`)).body
    const trustFiles = [
      { name: 'log.vkey', bytes: Buffer.from(`${keys.logVkey}\n`) },
      { name: 'dossier.pem', bytes: Buffer.from(keys.dossierPem) },
      { name: 'root.pem', bytes: Buffer.from(keys.rootPem) },
      { name: 'tsa-roots.pem', bytes: Buffer.from(keys.tsaRootsPem) },
    ]
    const trust = readTrust(trustFiles)
    const receipt = await send('GET', '/v1/acts/current/receipt-document', { as: link })
    t.ok(isAccepted(verifyFile(receipt.bytes, 'receipt.pdf', trust)))
    const asked = await send('POST', '/v1/dossiers', { as: own.keys.lawyer, body: { subject: { personId }, purpose: 'Zaak 9' } }) // prettier-ignore
    await service.runJobs()
    const dossier = (await send('GET', `/v1/dossiers/${asked.body.dossierId}/content`, { as: own.keys.lawyer })).bytes // prettier-ignore
    const report = verifyFile(dossier, 'dossier.zip', trust)
    t.same(report.checks.filter((check) => check.outcome !== 'PASSED'), []) // prettier-ignore
    t.ok(isAccepted(report))
    const names = fileNames(dossier)
    t.ok(names.includes(`documents/${sha256}.pdf`))
    t.ok(dossier.includes(bytes), 'the bytes that were uploaded')
    const missing = pythonMissing()
    if (missing !== false) return t.comment(missing)
    t.same(await byPython(temporaryFolder(t), trustFiles, [{ name: 'dossier.zip', bytes: dossier }]), [true])
  },
)
