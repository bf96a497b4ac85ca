import { randomUUID } from 'node:crypto'
import t from 'tap'
import { openPdf } from '../support/documents-pdf.ts'
import { retentionService } from '../support/retention-service.ts'
import { imported, somePeople } from '../support/story.ts'
import { exitBody, openEmployment } from '../support/exits.ts'

const service = await retentionService(t)
const { own, send } = service
const [person, director] = await imported(service, own, somePeople(2))
const publisher = own.keys['hr-publisher']
const { employmentId } = await openEmployment(service, person!, director!)

const leave = (body: object, key?: string) =>
  send('POST', `/v1/employments/${employmentId}/exits`, {
    as: publisher,
    body: { ...exitBody(director!), ...body },
    ...(key === undefined ? {} : { key }),
  })

t.test('an employment with nothing agreed ends with a letter that says so', async (t) => {
  const preview = await send('POST', `/v1/employments/${employmentId}/exits/previews`, { as: publisher, body: exitBody(director!) }) // prettier-ignore
  t.equal(preview.status, 200, JSON.stringify(preview.body))
  const key = randomUUID()
  const made = await leave({}, key)
  t.equal(made.status, 201, JSON.stringify(made.body))
  t.equal(made.headers['location'], `/v1/exits/${made.body.exitId}`)
  t.same(preview.body.follows, made.body.follows)
  t.match(made.body, { replaces: null, replacedBy: null, legalCheckIds: [], follows: { claims: { claimed: [], notClaimed: [] }, lists: [], bill: { regime: 'nl-2026-01', inForceFrom: null } } }) // prettier-ignore
  const again = await leave({}, key)
  t.same(again.body, { ...made.body, follows: null }, 'what is kept under the key says nothing of the person')
  const file = await send('GET', `/v1/documents/${made.body.documentId}/content`, { as: own.keys.lawyer })
  t.equal(file.status, 200)
  t.match(openPdf(file.bytes).text.replaceAll('\n', ' '), /geen afspraken uit uw contract meer/)
})
