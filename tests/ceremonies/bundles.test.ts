import t from 'tap'
import { sha256Hex } from '#core'
import { remainingFacts } from '#evidence'
import { annexBody, warningBody } from '../support/letters-samples.ts'
import { aBundle, aMainBody, made, offered, referringWords, shownStatementOf } from '../support/ceremonies.ts'
import { testService } from '../support/service.ts'
import { assigned, imported, published, shown, somePeople } from '../support/story.ts'

t.setTimeout(240_000)

const service = await testService(t)
const { own, other, send, adminQuery } = service
const people = somePeople(6)
const ids = await imported(service, own, people)
const publisher = own.keys['hr-publisher']
const addressOf = (index: number): string => people[index]!.workEmail

const offer = (body: object) => send('POST', '/v1/ceremonies', { as: publisher, body })
const act = (link: string, body: object) => send('POST', '/v1/acts', { as: link, body })

async function factsOf(kind: string): Promise<ReturnType<typeof remainingFacts>[]> {
  const rows = await adminQuery<{ disclosures: (string | null)[] }>(
    `select disclosures from beding.entry_disclosure join beding.ledger_entry using (organisation_id, entry_id)
     where kind = '${kind}' order by entry_index`,
  )
  return rows.map(({ disclosures }) => remainingFacts(disclosures))
}

t.test(
  'a bundle is shown whole: documents, references, and each statement with its own sentences',
  async (t) => {
    const { link, bundleSha256, assignmentId } = await offered(service, own, await aBundle(service, own, ids[0]!), addressOf(0)) // prettier-ignore
    const opened = await send('POST', '/v1/openings', { as: link, body: { language: 'en' } })
    t.match(opened.body, {
      state: 'open',
      assignmentId,
      language: 'nl',
      purpose: 'contract-term',
      policy: null,
      references: [{ text: referringWords, page: 1 }],
      requirement: { assurance: 'mailbox-employer', known: 'mailbox-employer', met: true },
    })
    t.same(opened.body.documents.map((each: { role: string; mark: string | null }) => [each.role, each.mark]), [['main', null], ['annex', 'B']]) // prettier-ignore
    const [main, clause] = opened.body.statements
    t.match(main.choices[0].statement, /^Ik ga akkoord met ‘Bijlage A.*’ van Voorbeeld & Zonen B\.V\., met de bijlage ‘Annex B/) // prettier-ignore
    t.match(clause.choices[0].statement, /^Ik ga apart akkoord met ‘Relatiebeding’ in ‘Bijlage A/)
    for (const each of opened.body.documents) {
      const path = `/v1/openings/current/document?language=nl&documentId=${each.documentId}`
      const file = await send('GET', path, { as: link })
      t.equal(sha256Hex(file.bytes), each.sha256)
      t.equal(file.bytes.length, each.byteLength)
    }
    const answer = await act(
      link,
      await shownStatementOf(service, link, 'relations', 'not-agreed', 'Te ruim.'),
    )
    t.match(answer.body, { choice: 'not-agreed', statementId: 'relations', assignmentId })
    const half = await send('GET', `/v1/ceremonies/${assignmentId}`, { as: own.keys['hr-reader'] })
    t.match(half.body, { state: 'open', statements: [{ statementId: 'main', act: null }, { act: { choice: 'not-agreed' } }] }) // prettier-ignore
    t.equal((await act(link, await shownStatementOf(service, link, 'relations', 'agreed'))).body.code, 'already-acted') // prettier-ignore
    t.equal((await act(link, await shownStatementOf(service, link, 'main', 'agreed'))).status, 201)
    const whole = await send('GET', `/v1/ceremonies/${assignmentId}`, { as: own.keys['hr-reader'] })
    t.match(whole.body, { state: 'acted', bundle: { manifestSha256: bundleSha256 } })
    const facts = (await factsOf('act')).at(-1)!
    t.equal(sha256Hex(String(facts['bundleManifest'])), bundleSha256)
    t.match(facts, { purpose: 'contract-term', statementId: 'main', policyId: null, versionNumber: null, requiredAssurance: 'mailbox-employer', deliveryChannel: 'local-outbox' }) // prettier-ignore
    const receipt = await send('GET', '/v1/acts/current/receipt-document?statementId=relations', { as: link })
    t.equal(receipt.bytes.subarray(0, 5).toString(), '%PDF-')
    const held = await send('GET', `/v1/assignments/${assignmentId}/act?statementId=relations`, { as: own.keys['hr-reader'] }) // prettier-ignore
    t.match(held.body, { statementId: 'relations', choice: 'not-agreed' })
  },
)

t.test('an annex that the main document does not refer to is refused (ECLI:NL:HR:2017:364)', async (t) => {
  const body = (await aBundle(service, own, ids[1]!)) as { annexes: object[]; main: { documentId: string } }
  const annexed = (references: object[]) => ({ ...body, annexes: [{ ...body.annexes[0], references }] })
  const cases: [object[], string][] = [
    [[], 'reference-missing'],
    [[{ text: 'Bijlage C hoort hierbij.', page: 1 }], 'reference-not-found'],
    [[{ text: referringWords, page: 2 }], 'reference-not-found'],
    [[{ text: referringWords, page: 99 }], 'reference-not-found'],
  ]
  for (const [references, code] of cases) {
    const answer = await offer(annexed(references))
    t.equal(answer.status, 422)
    t.match(answer.body, { code: 'annex-not-referred-to', errors: [{ code }] })
  }
  t.equal((await offer(annexed([{ text: `  ${referringWords.replace(' ', '\n')} `, page: 1 }]))).status, 201, 'white space is no difference') // prettier-ignore
})

t.test('what does not make a bundle is refused at its place, and nothing is sent', async (t) => {
  const body = await aBundle(service, own, ids[1]!)
  const foreign = await made(service, own, aMainBody(ids[2]!))
  const version = await published(service, own, { legalNature: 'instruction' })
  const warning = await made(service, own, warningBody(ids[1]!, version))
  const count = async () =>
    (await adminQuery<{ n: number }>('select count(*)::int as n from beding.delivery'))[0]!.n
  const before = await count()
  const cases: [object, string, string?][] = [
    [{ main: { documentId: foreign }, annexes: [] }, 'document-not-found', '/main/documentId'],
    [{ language: 'en' }, 'bundle-unfit', '/language'],
    [{ purpose: 'warning' }, 'bundle-unfit', '/purpose'],
    [{ main: { documentId: warning }, annexes: [], clauses: [] }, 'bundle-unfit', '/purpose'],
    [{ purpose: 'notice' }, 'bundle-unfit', '/clauses'],
    [{ clauses: [{ statementId: 'main', subject: 'x' }] }, 'bundle-unfit', '/clauses/0/statementId'],
    [{ dueDate: '2026-11-20' }, 'due-date-past'],
    [{ replaces: ids[0] }, 'assignment-not-found'],
  ]
  for (const [changes, code, pointer] of cases) {
    const answer = await offer({ ...body, ...changes })
    t.match(answer.body, { code, ...(pointer === undefined ? {} : { errors: [{ pointer }] }) })
  }
  t.equal(await count(), before)
  const elsewhere = await send('POST', '/v1/ceremonies', { as: other.keys['hr-publisher'], body })
  t.equal(elsewhere.body.code, 'person-not-found')
})

t.test('a warning can be seen and not agreed with; it is never offered for agreement', async (t) => {
  const version = await published(service, own, { legalNature: 'instruction' })
  const documentId = await made(service, own, warningBody(ids[2]!, version))
  const body = { personId: ids[2], purpose: 'warning', language: 'nl', dueDate: '2026-12-05', main: { documentId }, annexes: [], subject: 'Officiële waarschuwing', clauses: [] } // prettier-ignore
  const { link } = await offered(service, own, body, addressOf(2))
  const opened = await send('POST', '/v1/openings', { as: link, body: { language: null } })
  const choices = opened.body.choices as { choice: string; statement: string }[]
  t.same(
    choices.map(({ choice }) => choice),
    ['seen', 'not-agreed', 'declined'],
  )
  t.match(choices[0]!.statement, /gezien\. Hiermee zeg ik niet dat het klopt of dat ik het ermee eens ben\.$/)
  t.equal((await act(link, await shownStatementOf(service, link, 'main', 'seen'))).status, 201)
})

t.test(
  'a covenant is shown to whoever holds the link, and refused below the level of its purpose',
  async (t) => {
    const body = await aBundle(service, own, ids[3]!, { purpose: 'covenant' })
    const { link } = await offered(service, own, body, addressOf(3))
    const opened = await send('POST', '/v1/openings', { as: link, body: { language: null } })
    t.match(opened.body.requirement, { assurance: 'passkey-bound', met: false, suffices: ['passkey-bound', 'passkey-bound-attested', 'qualified'] }) // prettier-ignore
    const refused = await act(link, await shownStatementOf(service, link, 'main', 'agreed'))
    t.equal(refused.status, 403)
    t.match(refused.body, { code: 'assurance-too-low', errors: [{ message: 'passkey-bound' }] })
    const declined = await act(
      link,
      await shownStatementOf(service, link, 'main', 'declined', 'Eerst advies.'),
    )
    t.equal(declined.status, 201)
    const after = await send('POST', '/v1/openings', { as: link, body: { language: null } })
    t.equal(after.body.state, 'declined')
    const clause = await act(
      link,
      await shownStatementOf(service, link, 'relations', 'declined', 'Ook niet.'),
    )
    t.equal(clause.body.code, 'ceremony-ended', 'declining the whole ended it')
  },
)

t.test('a page kept open over a supersession is refused, and the new one takes the answer', async (t) => {
  const first = await offered(service, own, await aBundle(service, own, ids[4]!), addressOf(4))
  const kept = await shownStatementOf(service, first.link, 'main', 'agreed')
  const second = await offered(service, own, await aBundle(service, own, ids[4]!, { replaces: first.assignmentId }), addressOf(4)) // prettier-ignore
  const refused = await act(first.link, kept)
  t.match(refused.body, { status: 409, code: 'ceremony-ended', detail: /newer text/ })
  const opened = await send('POST', '/v1/openings', { as: first.link, body: { language: null } })
  t.match(opened.body, { state: 'superseded', supersededBy: second.assignmentId })
  t.equal(
    (await act(second.link, await shownStatementOf(service, second.link, 'main', 'agreed'))).status,
    201,
  )
  t.match((await factsOf('ceremonies-ended')).at(-1), { how: 'superseded', assignmentIds: [first.assignmentId], supersededBy: [second.assignmentId] }) // prettier-ignore
  const again = await offer(await aBundle(service, own, ids[4]!, { replaces: first.assignmentId }))
  t.equal(again.body.code, 'ceremony-ended')
})

t.test('a new version of a policy takes the place of the open one', async (t) => {
  const version = await published(service, own)
  const links = await assigned(service, own, version, people.length)
  const link = links.get(addressOf(5))!
  const kept = await shown(service, link, 'agreed')
  const newer = await published(service, own, { policyId: version.policyId, effectiveFrom: '2026-11-22' })
  const newLinks = await assigned(service, own, newer, people.length)
  t.equal((await act(link, kept)).body.code, 'ceremony-ended')
  t.equal((await act(newLinks.get(addressOf(5))!, await shown(service, newLinks.get(addressOf(5))!, 'agreed'))).status, 201) // prettier-ignore
  const facts = (await factsOf('ceremonies-ended')).at(-1)!
  t.equal((facts['assignmentIds'] as string[]).length, people.length)
})

t.test('who is not meant says so: the link closes, the ceremony goes on with another', async (t) => {
  const { link, assignmentId } = await offered(
    service,
    own,
    await aBundle(service, own, ids[5]!),
    addressOf(5),
  )
  const kept = await shownStatementOf(service, link, 'main', 'agreed')
  for (const _ of [1, 2]) t.equal((await send('POST', '/v1/openings/current/misdeliveries', { as: link })).status, 204) // prettier-ignore
  t.equal((await factsOf('ceremony-misdelivered')).length, 1)
  t.equal((await act(link, kept)).body.code, 'link-closed')
  t.equal((await send('POST', '/v1/openings', { as: link, body: { language: null } })).body.state, 'closed')
  const seen = await send('GET', `/v1/ceremonies/${assignmentId}`, { as: publisher })
  t.match(seen.body, { state: 'open', misdeliveredAt: /^2026/ })
  t.equal((await send('POST', `/v1/assignments/${assignmentId}/deliveries`, { as: publisher })).status, 202)
  const again = (await service.deliver(1)).get(addressOf(5))!
  t.equal((await act(again, await shownStatementOf(service, again, 'main', 'agreed'))).status, 201)
})

t.test('a message that came back is recorded once, and who said so', async (t) => {
  const { assignmentId } = await offered(service, own, await aBundle(service, own, ids[5]!), addressOf(5))
  const report = () => send('POST', `/v1/assignments/${assignmentId}/bounces`, { as: publisher, body: { detail: '550 5.1.1 unknown' } }) // prettier-ignore
  t.equal((await report()).status, 201)
  t.equal((await report()).body.code, 'delivery-not-found')
  t.match((await send('GET', `/v1/ceremonies/${assignmentId}`, { as: publisher })).body, { bouncedAt: /^2026/, deliveredAt: /^2026/ }) // prettier-ignore
  t.match((await factsOf('delivery-bounced')).at(-1), { assignmentId, channel: 'local-outbox' })
})

t.test('a withdrawn ceremony takes no answer, and says why in the ledger only', async (t) => {
  const { link, assignmentId } = await offered(
    service,
    own,
    await aBundle(service, own, ids[5]!),
    addressOf(5),
  )
  const kept = await shownStatementOf(service, link, 'main', 'agreed')
  const withdraw = () => send('POST', `/v1/ceremonies/${assignmentId}/withdrawals`, { as: publisher, body: { reason: 'Verkeerde bijlage.' } }) // prettier-ignore
  t.equal((await withdraw()).status, 201)
  t.equal((await withdraw()).body.code, 'ceremony-ended')
  t.match((await act(link, kept)).body, { code: 'ceremony-ended', detail: /withdrew/ })
  t.match((await factsOf('ceremonies-ended')).at(-1), { how: 'withdrawn', reason: 'Verkeerde bijlage.' })
  const list = await send('GET', '/v1/ceremonies?state=withdrawn', { as: publisher })
  t.match(list.body.items.at(-1), { assignmentId, state: 'withdrawn' })
  t.notMatch(JSON.stringify(list.body), new RegExp(link.split('.')[1]!), 'no link')
})

t.test('an annex alone can be the main document of a bundle without annexes', async (t) => {
  const documentId = await made(service, own, annexBody(ids[0]!))
  const body = { personId: ids[0], purpose: 'notice', language: 'en', dueDate: '2026-12-05', main: { documentId }, annexes: [], subject: 'Annex', clauses: [] } // prettier-ignore
  const { link } = await offered(service, own, body, addressOf(0))
  t.equal((await act(link, await shownStatementOf(service, link, 'main', 'not-agreed'))).status, 201)
})
