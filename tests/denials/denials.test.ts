import { randomUUID } from 'node:crypto'
import t from 'tap'
import { parseEntry, remainingFacts } from '#evidence'
import { anAgreement, execute } from '../support/annexes.ts'
import { warningBody } from '../support/letters-samples.ts'
import { published } from '../support/story.ts'
import { testService } from '../support/service.ts'

const service = await testService(t)
const { own, other, send, adminQuery } = service
const { lawyer, auditor } = own.keys
const publisher = own.keys['hr-publisher']
const words = 'Ik heb hier nooit op geklikt; mijn telefoon lag die dag bij de reparateur.'
const denial = { ground: 'not-me', words, language: 'nl' }
const letter = { ground: 'not-me', words: 'Cliënt betwist de handtekening.', channel: 'letter', receivedOn: '2026-11-20', recorder: { name: 'mr. A. de Wit', role: 'advocaat' } } // prettier-ignore
const judgment = { finding: 'attributed', final: true, court: 'Rechtbank Voorbeeld', reference: 'ECLI:NL:RBVOO:2026:1', decidedOn: '2026-11-20', judgmentSha256: 'ab'.repeat(32), recorder: { name: 'mr. B.', role: 'advocaat' } } // prettier-ignore

const deny = (link: string, body: object = denial) => send('POST', '/v1/acts/current/denials', { as: link, body }) // prettier-ignore
const takeBack = (link: string) => send('POST', '/v1/acts/current/denial-withdrawals', { as: link, body: { words: 'Ik was het toch.', language: 'nl' } }) // prettier-ignore
const statusOf = async (assignmentId: string) => (await send('GET', `/v1/assignments/${assignmentId}`, { as: publisher })).body.act.status // prettier-ignore

t.test(
  'D1: the person denies their act: it is denied wherever it is read, and act and receipt stay',
  async (t) => {
    const { agreed } = await anAgreement(service, { prefix: 'D' })
    const { link, actId, assignmentId } = agreed[0]!
    const before = (await send('GET', '/v1/acts/current', { as: link })).body
    t.equal(before.status, 'undisputed')
    const made = await deny(link)
    t.equal(made.status, 201, JSON.stringify(made.body))
    t.match(made.body, { actId, stepNumber: 1, kind: 'denied', status: 'denied' })
    t.equal(await statusOf(assignmentId), 'denied')
    t.equal((await send('GET', `/v1/assignments/${assignmentId}/act`, { as: lawyer })).body.status, 'denied')
    const after = (await send('GET', '/v1/acts/current', { as: link })).body
    t.same({ ...after, status: 'undisputed' }, before, 'nothing else of the act changed')
    t.equal((await send('GET', '/v1/acts/current/receipt-document', { as: link })).status, 200)
    const { entry, disclosures } = made.body.receipt
    t.equal(parseEntry(entry).kind, 'act-denied')
    t.match(remainingFacts(disclosures), {
      actId,
      words,
      ground: 'not-me',
      saidBy: 'person',
      method: 'one-time-link',
      assurance: 'mailbox-employer',
      statusAfter: 'denied',
      actEntryIndex: before.receipt.entryIndex,
    })
    t.same(parseEntry(entry).refs, [before.receipt.entryIndex], 'it points at the entry of the act')
  },
)

t.test('D1: said again in the same words it is said once; in other words it is another step', async (t) => {
  const { agreed } = await anAgreement(service, { prefix: 'E' })
  const { link, actId } = agreed[0]!
  const first = await deny(link)
  const again = await deny(link)
  t.equal(again.status, 200)
  t.same(again.body, first.body)
  const pressed = await deny(link, { ...denial, ground: 'under-pressure' })
  t.match(pressed, { status: 201, body: { stepNumber: 2, status: 'denied' } })
  const told = await send('GET', `/v1/acts/${actId}/denials`, { as: lawyer })
  t.match(told.body, {
    actId,
    status: 'denied',
    steps: [
      {
        ground: 'not-me',
        burden: 'who-relies-on-the-act',
        saidBy: 'person',
        words,
        assurance: 'mailbox-employer',
      },
      { ground: 'under-pressure', burden: 'who-denies-it', saidBy: 'person' },
    ],
  })
  t.same((await send('GET', '/v1/acts/current/denials', { as: link })).body, told.body, 'the person reads the same') // prettier-ignore
  const raced = await Promise.all(Array.from({ length: 4 }, () => deny(agreed[1]!.link)))
  t.same(raced.map(({ status }) => status).toSorted(), [200, 200, 200, 201], 'whatever races')
})

t.test('D3: only the person takes it back', async (t) => {
  const { agreed } = await anAgreement(service, { prefix: 'F' })
  const { link, assignmentId } = agreed[0]!
  t.match(await takeBack(link), { status: 409, body: { code: 'act-not-denied' } })
  await deny(link)
  for (const key of Object.values(own.keys))
    t.equal((await send('POST', '/v1/acts/current/denial-withdrawals', { as: key, body: { words: 'Nee.', language: 'nl' } })).status, 401) // prettier-ignore
  t.match(await takeBack(link), {
    status: 201,
    body: { kind: 'denial-withdrawn', status: 'denial-withdrawn' },
  })
  t.equal(await statusOf(assignmentId), 'denial-withdrawn')
  t.match(await deny(link), { status: 201, body: { stepNumber: 3, status: 'denied' } }, 'and can deny again')
})

t.test(
  'D4: what came by letter is visibly what the employer wrote down, and the employer cannot remove it',
  async (t) => {
    const { agreed } = await anAgreement(service, { prefix: 'G' })
    const { link, actId, assignmentId } = agreed[0]!
    const path = `/v1/acts/${actId}/denials`
    const key = randomUUID()
    const made = await send('POST', path, { as: lawyer, body: letter, key })
    t.match(made, { status: 201, body: { kind: 'denial-recorded', status: 'denied' } })
    t.equal(parseEntry(made.body.receipt.entry).kind, 'act-denial-recorded')
    t.same((await send('POST', path, { as: lawyer, body: letter, key })).body, made.body, 'once for a key')
    t.equal(await statusOf(assignmentId), 'denied')
    t.match((await send('GET', path, { as: publisher })).body.steps, [{ saidBy: 'recorded-by-employer', channel: 'letter', assurance: null, recorder: { name: 'mr. A. de Wit' } }]) // prettier-ignore
    t.equal((await send('POST', path, { as: auditor, body: letter })).status, 403)
    t.match(await send('POST', path, { as: other.keys.lawyer, body: letter }), { status: 404, body: { code: 'act-not-found' } }) // prettier-ignore
    for (const method of ['DELETE', 'PATCH', 'PUT'])
      t.equal((await send(method, path, { as: lawyer })).status, 405)
    await t.rejects(adminQuery(`update beding.denial_step set status = 'undisputed'`), /append-only/)
    await t.rejects(adminQuery('delete from beding.denial_step'), /append-only/)
    t.match(await takeBack(link), { status: 201 }, 'the person can')
  },
)

t.test(
  'D5: a court is its own kind, only a lawyer records it, and only what is final changes the status',
  async (t) => {
    const { agreed } = await anAgreement(service, { prefix: 'H' })
    const { link, actId, assignmentId } = agreed[0]!
    const path = `/v1/acts/${actId}/court-findings`
    await deny(link)
    t.equal((await send('POST', path, { as: publisher, body: judgment })).status, 403)
    t.match(await send('POST', path, { as: lawyer, body: { ...judgment, final: false } }), { status: 201, body: { status: 'denied' } }) // prettier-ignore
    const final = await send('POST', path, { as: lawyer, body: judgment })
    t.match(final, { status: 201, body: { kind: 'court-finding', status: 'attributed-by-court' } })
    t.equal(parseEntry(final.body.receipt.entry).kind, 'court-finding-recorded')
    t.match(await deny(link, { ...denial, words: 'Het vonnis klopt niet.' }), { status: 201, body: { status: 'attributed-by-court' } }) // prettier-ignore
    t.equal(await statusOf(assignmentId), 'attributed-by-court')
  },
)

t.test('D6: no executed copy is made of a denied act, also not the one that exists', async (t) => {
  const { agreed } = await anAgreement(service, { prefix: 'J' })
  await deny(agreed[0]!.link)
  const refused = await execute(service, agreed)
  t.match(refused, { status: 409, body: { code: 'act-denied', errors: [{ pointer: '/parties/0/actId', message: new RegExp(agreed[0]!.actId) }] } }) // prettier-ignore
  await takeBack(agreed[0]!.link)
  t.equal((await execute(service, agreed)).status, 201, 'it can once it was taken back')
  await deny(agreed[1]!.link)
  t.match(await execute(service, agreed), { status: 409, body: { code: 'act-denied' } })
})

t.test(
  'D6: no warning cites what its person denies; of others it does, and so does one that does not rest on it',
  async (t) => {
    const { agreed, version } = await anAgreement(service, { prefix: 'K', choice: 'seen' })
    const [{ link, actId, personId: denier }, { personId: bystander }] = [agreed[0]!, agreed[1]!]
    const warn = (about: string, cited = version) => send('POST', '/v1/documents', { as: publisher, body: warningBody(about, cited) }) // prettier-ignore
    t.equal((await warn(denier)).status, 201)
    await deny(link)
    const documents = await adminQuery('select 1 from beding.document')
    t.match(await warn(denier), { status: 409, body: { code: 'act-denied', errors: [{ pointer: '/rules/0', message: new RegExp(actId) }] } }) // prettier-ignore
    t.equal((await adminQuery('select 1 from beding.document')).length, documents.length, 'nothing was made')
    t.equal((await warn(bystander)).status, 201)
    t.equal((await warn(denier, await published(service, own))).status, 201)
    await takeBack(link)
    t.equal((await warn(denier)).status, 201)
  },
)

t.test(
  'D7: others hear of it without a name, and the person and a dossier get the whole of it',
  async (t) => {
    const { agreed } = await anAgreement(service, { prefix: 'L' })
    const { link, actId, personId } = agreed[0]!
    await deny(link)
    const events = await adminQuery<{ body: string }>(`select body from beding.webhook_event where type = 'act.status-changed' and subject = '${actId}'`) // prettier-ignore
    t.same(JSON.parse(events[0]!.body).data, { actId, step: 'denied', status: 'denied' })
    const data = (await send('GET', `/v1/persons/${personId}/data-export`, { as: publisher })).body
    t.match(data.denials, [{ actId, kind: 'denied', status: 'denied', facts: /./ }])
    t.ok(data.denials[0].facts.some((fact: { name: string; value: string }) => fact.name === 'words' && fact.value === words)) // prettier-ignore
    t.ok(data.entries.some((entry: { kind: string }) => entry.kind === 'act-denied'))
    const dossier = await send('POST', '/v1/dossiers', { as: lawyer, body: { subject: { personId }, purpose: 'Betwisting' } }) // prettier-ignore
    await service.runJobs()
    const file = await send('GET', `/v1/dossiers/${dossier.body.dossierId}/content`, { as: lawyer })
    t.equal(file.status, 200)
    t.ok(file.bytes.includes('"kind":"act-denied"'), 'the manifest lists it')
  },
)

t.test('what cannot be printed, and what is no act, is refused', async (t) => {
  const { agreed } = await anAgreement(service, { prefix: 'M' })
  t.match(await deny(agreed[0]!.link, { ...denial, words: 'recht\u202eslinks' }), { status: 422, body: { code: 'words-unprintable', errors: [{ pointer: '/words' }] } }) // prettier-ignore
  t.match(await deny(agreed[0]!.link, { ...denial, ground: 'because' }), { status: 400 })
  t.match(await send('GET', `/v1/acts/${randomUUID()}/denials`, { as: lawyer }), { status: 404, body: { code: 'act-not-found' } }) // prettier-ignore
})
