import t from 'tap'
import { watchedPlatform } from '../support/impersonation-platform.ts'
import { nameOf, Recorder } from '../support/impersonation-recorder.ts'
import { everyRow, ownRows } from '../support/impersonation-rows.ts'
import { impersonationStory, watchMail } from '../support/impersonation-story.ts'
import { walk, type Document } from '../support/impersonation-walk.ts'
import { formsOf, LiveSecrets, type Leak } from '../support/live-secrets.ts'
import { testService } from '../support/service.ts'

/** Routes that the walk does not get anything out of, and why. */
const unreached: Readonly<Record<string, string>> = {}

const secrets = new LiveSecrets()
const lines: Buffer[] = []
const platform = watchedPlatform(secrets, lines)
const plain = await testService(t, { platform })
const recorder = new Recorder(plain)
const { service } = recorder
const story = await impersonationStory(recorder, secrets)
const before = await ownRows(service, story.persons)
const document: Document = (await service.send('GET', '/v1/openapi.json')).body
await walk(recorder, story.callers, document)
const after = await ownRows(service, story.persons)
watchMail(service.outbox, secrets)
for (const { caller, value } of recorder.cookies)
  if (value.length > 20) secrets.add(`cookie of ${caller} ${value.slice(-4)}`, value.slice(33), caller)

t.test('the search finds a secret in every form, and the walk would see it', async (t) => {
  const probe = new LiveSecrets()
  const token = 'q8Jx0LrT5vW2yZ4aB7cD9eF1gH3iK6lM8nO0pQ2rS4t'
  probe.add('token', token)
  for (const [form, bytes] of formsOf(Buffer.from(token)))
    t.equal(probe.find(Buffer.concat([Buffer.from('<'), bytes, Buffer.from('>')]), form).length, 1, form)
  for (const before of ['', 'x', 'xy', 'xyz'])
    for (const coding of ['base64', 'base64url'] as const)
      t.equal(probe.find(Buffer.from(Buffer.from(`${before}${token}zz`).toString(coding)), coding).length, 1)
  t.same(probe.find(Buffer.from(token.slice(1)), 'cut off'), [])
  probe.add('code', '48151623')
  t.equal(probe.find(Buffer.from('code 48151623.'), 'text').length, 1)
  t.same(probe.find(Buffer.from('a48151623b'), 'within a hash'), [])
})

t.test('no answer, no line of the log and no row holds a live secret', async (t) => {
  const leaks: Leak[] = []
  for (const { place, reader, bytes } of recorder.recorded) leaks.push(...secrets.find(bytes, `${place} as ${reader}`, reader)) // prettier-ignore
  for (const line of lines) leaks.push(...secrets.find(line, `log: ${line.toString().slice(0, 200)}`))
  const rows = await everyRow(service)
  let rowBytes = 0
  for (const { place, text } of rows) {
    rowBytes += text.length
    leaks.push(...secrets.find(Buffer.from(text), `table ${place}`))
  }
  t.same(leaks, [])
  t.ok(secrets.count > 20, 'there are secrets to look for')
  const logBytes = lines.reduce((sum, line) => sum + line.length, 0)
  t.comment(
    `${recorder.routes.length} routes, ${recorder.requests} requests, ${recorder.bytes} bytes of answers, ` +
      `${lines.length} log lines (${logBytes} bytes), ${rows.length} rows (${rowBytes} bytes), ` +
      `${secrets.count} live secrets in ${secrets.formCount} forms`,
  )
  t.ok(lines.length >= recorder.requests, 'every request has its line')
})

t.test('nobody did anything in the place of a person', async (t) => {
  t.same(after.unclassified, [], 'every table with a person says whether its rows are their own acts')
  t.same(after.counts, before.counts, 'no act, enrolment, session or confirmation came of the walk')
})

t.test('nothing that was asked met an error of ours', async (t) => {
  t.same(recorder.broken, [])
})

t.test('every route was reached by somebody who may, or it says why not', async (t) => {
  const legitimate = new Set(story.callers.filter((caller) => caller.legitimate).map((caller) => caller.name))
  const wrong: string[] = []
  for (const route of recorder.routes) {
    const reached = recorder.reachedBy(route).some((name) => legitimate.has(name) || name === 'somebody')
    if (!reached && unreached[nameOf(route)] === undefined) wrong.push(`${nameOf(route)}: ${recorder.statusesOf(route).join(', ')}`)
    if (reached && unreached[nameOf(route)] !== undefined) wrong.push(`${nameOf(route)} is reached after all`)
  }
  t.same(wrong, [])
})
