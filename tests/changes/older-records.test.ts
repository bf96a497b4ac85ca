import t from 'tap'
import { employmentChangedJob } from '#changes'
import { runDueJobs } from '#jobs'
import { ok } from '../support/agreements.ts'
import { aForeignPdf, contractText, sendContractFile } from '../support/contract-files.ts'
import { anEmployment, functionFrom, sendContract, startedOn, wageFrom } from '../support/employments.ts'
import { soundClause } from '../support/law-cases.ts'
import { placesOf, retentionService } from '../support/retention-service.ts'
import { imported, somePeople } from '../support/story.ts'

const service = await retentionService(t)
const { own, send, ask, execute, platform, database, adminQuery } = service
const work = () => runDueJobs({ platform, database }, [employmentChangedJob({ platform, database })])
const [person] = (await imported(service, own, somePeople(1))) as [string]
const open = async () => (await ok(send('GET', `/v1/tasks?state=open&personId=${person}`, { as: own.keys.lawyer }))).items // prettier-ignore

const employmentId = await anEmployment(service, own, person, [
  startedOn('2024-01-31'),
  functionFrom('2024-01-31', 'assistent'),
  wageFrom('2024-01-31', 2_000),
])
const { documentId } = await ok(sendContractFile(service, own, person, await aForeignPdf(contractText)))
const fixed = {
  kind: 'fixed-term',
  startsOn: '2024-01-31',
  endsOn: '2025-01-30',
  documentId,
  provenance: 'uploaded',
}
const { contractId } = await ok(sendContract(service, own, employmentId, fixed))

t.test('a covenant of a fixed term that had no motivation is taken over for what it is', async (t) => {
  const taken = await send('POST', '/v1/agreements/imports', {
    as: own.keys['hr-publisher'],
    body: {
      employmentId,
      contractId,
      signedOn: '2024-01-31',
      signedHow: 'wet-ink',
      deliveredAt: null,
      documents: [{ documentId, mark: null }],
      references: [],
      statement: null,
      condition: null,
      clauses: [{ ...soundClause, motivation: null }],
      penalty: null,
    },
  })
  t.equal(taken.status, 201, JSON.stringify(taken.body))
  await work()
  t.same(await open(), [], 'nothing changed since')
})

t.test('the conversion of its contract mends nothing: it has to be agreed again', async (t) => {
  const conversion = {
    kind: 'indefinite',
    startsOn: '2025-01-31',
    follows: contractId,
    followKind: 'conversion',
  }
  await ok(sendContract(service, own, employmentId, conversion))
  await work()
  const [task, ...more] = await open()
  t.same(more, [])
  t.match(task, {
    kind: 're-motivate',
    reasons: [{ ruleId: 'nl.7-653.renewal-reaffirmed', result: 'fail', clauseId: 'cl-12' }],
    causes: [
      {
        subject: 'contract',
        says: { nl: 'Het contract is omgezet naar onbepaalde tijd per 31 januari 2025.' },
      },
    ],
    toDo: { en: /Agree it again in writing/ },
  })
})

t.test(
  'what was written about a task is given to its person, and goes with them; nothing of theirs is asked again',
  async (t) => {
    const [task] = await open()
    const secret = 'Kwikstaartmevrouw wil niet'
    const at = `/v1/tasks/${task.taskId}/closings`
    const body = { closer: 'Zandloperman', reason: secret }
    await ok(send('POST', at, { as: own.keys['hr-approver'], body }))
    const exported = await ask('GET', `/v1/persons/${person}/data-export`, { as: own.keys['hr-publisher'] })
    const records = exported.body.records.filter(({ room }: { room: string }) => room === 'changes')
    t.same(records.map(({ kind }: { kind: string }) => kind).toSorted(), ['legal-check-made', 'legal-check-made', 'task-closed', 'task-opened']) // prettier-ignore
    t.match(JSON.stringify(records), secret)
    const erasure = await ask('POST', `/v1/persons/${person}/erasure-requests`, { as: own.keys['hr-publisher'], body: { ground: 'Artikel 17 AVG.' } }) // prettier-ignore
    await ask('POST', `/v1/erasure-proposals/${erasure.body.proposalId}/decisions`, { as: own.keys['hr-approver'], body: { decision: 'confirm', reason: 'Akkoord.' } }) // prettier-ignore
    await execute()
    for (const word of [secret, 'Zandloperman']) t.same(await placesOf(service, word), [], `${word} is gone`)
    t.same(await adminQuery('select 1 from beding.agreement_watch'), [])
    t.match(await ok(send('GET', `/v1/tasks/${task.taskId}`, { as: own.keys.lawyer })), {
      state: 'closed',
      forWhom: { name: null },
      reasons: [{ ruleId: 'nl.7-653.renewal-reaffirmed', message: null }],
      closing: { how: 'dismissed', closer: null, reason: null },
    })
  },
)
