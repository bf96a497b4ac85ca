import t from 'tap'
import { aDeal, offer, ok, referringToB, stateOf } from '../support/agreements.ts'
import { aForeignPdf, sendContractFile } from '../support/contract-files.ts'
import { clauseOf } from '../support/composed-annexes.ts'
import { testService } from '../support/service.ts'

t.setTimeout(240_000)
const service = await testService(t)
const { own, send } = service
const publisher = own.keys['hr-publisher']
const first = 'Arbeidsovereenkomst. De werknemer treedt in dienst op 1 november 2026.'

t.test(
  'ECLI:NL:HR:2017:364: a contract that calls attached what is not there cannot be offered',
  async (t) => {
    const marked = await aDeal(service, 'A', { pages: [first, `${referringToB} Bijlagen B t/m D maken deel uit van dit contract.`] }) // prettier-ignore
    t.match(await offer(service, marked.body), { status: 422, body: { code: 'annex-missing', errors: [{ code: 'annex-missing', message: /Page 2.*Bijlagen B t\/m D/ }, {}] } }) // prettier-ignore
    const unmarked = await aDeal(service, 'U', { pages: [first, `${referringToB} Het bijgevoegde personeelsreglement is van toepassing.`] }) // prettier-ignore
    t.match(await offer(service, unmarked.body), { status: 422, body: { code: 'annex-missing', errors: [{ code: 'attached-what' }] } }) // prettier-ignore
    const loose = await aDeal(service, 'L', { references: [{ text: 'Bijlage B hoort hierbij.', page: 1 }] })
    t.match(await offer(service, loose.body), { status: 422, body: { code: 'annex-not-referred-to' } })
  },
)

t.test(
  'refused before anybody is asked: no mandate, a minor, a fixed term without reasons, no identity',
  async (t) => {
    const mandate = await aDeal(service, 'M', { mandate: false })
    t.match(await offer(service, mandate.body), { status: 422, body: { code: 'mandate-missing' } })
    t.match(await offer(service, { ...mandate.body, representativeId: mandate.employee.personId }), { status: 422, body: { code: 'mandate-missing' } }) // prettier-ignore
    const blocked = async (prefix: string, options: object, ruleId: string) => {
      const answer = await offer(service, (await aDeal(service, prefix, options)).body)
      t.match(answer, { status: 422, body: { code: 'agreement-blocked' } }, ruleId)
      const codes = answer.body.errors?.map(({ code }: { code: string }) => code)
      t.ok(codes?.includes(ruleId), `${ruleId}: ${codes}`)
    }
    await blocked('Y', { birthDate: '2009-05-01' }, 'nl.7-653.1.adult')
    await blocked('I', { identity: false }, 'nl.6-227a.four-requirements')
    await blocked('O', { clauses: (templates: never) => [clauseOf(templates, 'relatiebeding', { months: 24 })] }, 'nl.7-653.scope-determinable') // prettier-ignore
    await t.rejects(aDeal(service, 'X', { contract: { kind: 'fixed-term', endsOn: '2027-10-31' } }), /annex-blocked/, 'it cannot even be composed') // prettier-ignore
  },
)

t.test('the same record from before is reported for what it is, and is never in force', async (t) => {
  const { employmentId, contractId, employee } = await aDeal(service, 'H')
  const main = await ok(sendContractFile(service, own, employee.personId, await aForeignPdf(['Overeenkomst. Het reglement (bijlage R) is aangehecht en maakt deel uit van dit contract.']))) // prettier-ignore
  const body = {
    employmentId,
    contractId,
    signedOn: '2026-11-10',
    signedHow: 'wet-ink',
    deliveredAt: null,
    documents: [{ documentId: main.documentId, mark: null }],
    references: [{ mark: 'R', text: 'Het reglement (bijlage R) is aangehecht', page: 1, attached: false, documentId: null }], // prettier-ignore
    statement: { text: 'Voor akkoord', expresses: 'agreement' },
    condition: '',
    clauses: [
      { id: 'R.1', kind: 'relatiebeding', language: 'nl', locatedIn: 'annex', months: 12, motivation: null },
    ],
    penalty: null,
  }
  const made = await send('POST', '/v1/agreements/imports', { as: publisher, body })
  t.match(made, { status: 201, body: { state: 'imported' } }, JSON.stringify(made.body.errors))
  const found = (ruleId: string) =>
    made.body.findings.find((each: { ruleId: string }) => each.ruleId === ruleId)
  t.match(found('nl.hr-2017-364.annex-in-same-bundle'), { result: 'fail', stops: true })
  t.match(found('nl.hr-bc0384.annex-incorporation'), { result: 'fail' })
  t.match(found('nl.7-653.1.written-signed'), { result: 'fail' })
  t.equal(await stateOf(service, made.body.agreementId), 'imported')
  t.match(await send('POST', `/v1/agreements/${made.body.agreementId}/conclusions`, { as: publisher }), { status: 409 }) // prettier-ignore
  t.equal(await stateOf(service, made.body.agreementId, '2030-01-01'), 'imported')
})
