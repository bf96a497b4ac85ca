import t from 'tap'
import type { RouteSummary } from '#http'
import { watchedPlatform } from '../support/impersonation-platform.ts'
import { nameOf, Recorder } from '../support/impersonation-recorder.ts'
import { everyRow, ownRows } from '../support/impersonation-rows.ts'
import { impersonationStory, watchMail } from '../support/impersonation-story.ts'
import { walk, type Document } from '../support/impersonation-walk.ts'
import { formsOf, LiveSecrets, type Leak } from '../support/live-secrets.ts'
import { testService } from '../support/service.ts'

/** Routes out of which nobody gets anything in the walk, and why. Each is tried as everybody all the same. */
const unreached: readonly (readonly [RegExp, string])[] = [
  [/ \/v1\/(act-challenges|signing-credentials)/, 'needs a passkey of the person: tests/signing'],
  [
    / \/my\/devices\/passkeys| \/my\/ceremonies\/:assignmentId\/signing/,
    'needs a passkey of the person: the journeys of the pages',
  ],
  [
    /^POST \/(my|c)\/| \/my\/ceremonies\/:assignmentId\//,
    'a page with a form of its own, in a ceremony that is open: the journeys of the pages',
  ],
  [/ \/(sign-in|staff)\/| \/v1\/sign-on-providers/, 'needs a provider of sign-on: tests/single-sign-on'],
  [/ \/v1\/(matters|staff-accounts)\//, 'needs somebody who signed in as staff: tests/staff'],
  [/ \/v1\/clause-templates\//, 'needs a template of a clause'],
  [/^POST \/v1\/legal-checks\/:/, 'needs a rule that failed: tests/legal-checks'],
  [/^POST \/v1\/ceremonies$/, 'needs documents of a bundle: tests/ceremonies'],
  [/ \/v1\/signing-providers| \/signing\/csc\/callback$/, 'needs a provider of signatures: tests/signing'],
  [/sign-on-rebindings/, 'needs an account of a provider of sign-on: tests/single-sign-on'],
  [
    / \/v1\/sign-in|session\/(authentications|private-mailbox|authenticators)| \/my\/sign-in/,
    'needs a code out of a mailbox or an authenticator: tests/authentication',
  ],
  [
    /private-mailbox-proposals$|^POST \/v1\/attestations$/,
    'needs more than a schema tells: tests/authentication, tests/ceremonies',
  ],
  [/ \/v1\/tasks\/:/, 'needs a change that asks for something: tests/changes'],
  [
    /^POST \/v1\/agreements\/:agreementId\/(conclusions|endings)$/,
    'needs the acts of both parties: tests/agreements',
  ],
  [
    /^POST \/v1\/persons\/:personId\/(contact|penalty)-questions$/,
    'needs a clause that both parties signed: tests/obligations',
  ],
  [/misdeliveries$/, 'the link of the actor has been answered'],
  [/^POST \/v1\/documents\/:documentId\/renewals$/, 'a document is renewed at B-LTA only, which takes a day'],
]

/** Routes of others: the files of the documentation page come with its library. */
const isOurs = ({ method, url }: RouteSummary): boolean =>
  !url.startsWith('/documentation') &&
  !(method === 'HEAD' && recorder.routes.some((each) => each.method === 'GET' && each.url === url))

// It sends some thousands of requests, on whatever else the machine has to do.
t.setTimeout(900_000)

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

/** Whether a route is for the person behind a link or a session, and for nobody else. */
const isPersonal = (access: unknown): boolean =>
  access === 'link' || access === 'person' || access === 'link-or-person'

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
    `counted: ${recorder.routes.length} routes, ${recorder.requests} requests, ${recorder.bytes} bytes of answers, ` +
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
  for (const route of recorder.routes.filter(isOurs)) {
    const reached = recorder.reachedBy(route).some((name) => legitimate.has(name) || name === 'somebody')
    if (!reached && !unreached.some(([pattern]) => pattern.test(nameOf(route))))
      wrong.push(`${nameOf(route)}: ${recorder.statusesOf(route).join(', ')}`)
  }
  t.same(wrong, [])
})

/** A link as it stands in a message. */
const linkForm = /[0-9a-f]{32}\.[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/

t.test(
  'nothing that has the form of a link stands in any answer, line or row, webhooks among them',
  async (t) => {
    const wrong = [
      ...recorder.recorded
        .filter(({ bytes }) => linkForm.test(bytes.toString('latin1')))
        .map(({ place }) => place),
      ...lines.filter((line) => linkForm.test(line.toString())).map(() => 'log'),
    ]
    const rows = await everyRow(service)
    for (const { place, text } of rows) if (linkForm.test(text)) wrong.push(place)
    t.same(wrong, [])
    t.ok(
      rows.some(({ place }) => place === 'webhook_event'),
      'events were recorded',
    )
    t.ok(linkForm.test(story.target.link), 'the form is that of a link')
  },
)

t.test(
  'no key of the employer acts, opens, enrols or signs in, with what it can read of a link',
  async (t) => {
    const { link, assignmentId } = story.target
    const [row] = await service.adminQuery<{ sha: string; delivery: string }>(
      `select encode(token_sha256, 'hex') as sha, delivery_id as delivery from beding.link where assignment_id = $1 limit 1`,
      [assignmentId],
    )
    const organisation = link.slice(0, 32)
    const readable = [row!.sha, row!.delivery, assignmentId, `${organisation}.${Buffer.from(row!.sha, 'hex').toString('base64url')}`] // prettier-ignore
    const personal = recorder.routes.filter(({ access }) => isPersonal(access))
    t.ok(personal.length > 10)
    const answered: string[] = []
    for (const bearer of [...readable, service.own.keys['hr-publisher']])
      for (const { method, url } of personal.filter((each) => each.method !== 'HEAD')) {
        const answer = await service.send(method, url.replaceAll(/:[A-Za-z]+/g, assignmentId), { as: bearer })
        if (answer.status < 400) answered.push(`${method} ${url} answered ${answer.status}`)
      }
    t.same(answered, [])
    t.same((await ownRows(service, story.persons)).counts, before.counts, 'and nothing came of it')
    for (const text of readable) {
      const visit = await service.send('POST', '/v1/visits', { body: { link: text }, headers: { host: 'localhost:80', origin: 'http://localhost:80', 'sec-fetch-site': 'same-origin' } }) // prettier-ignore
      t.equal(visit.status, 401, 'no visit')
    }
  },
)

t.test(
  'no operation of the employer takes a choice, an answer for many, or a mailbox of a person',
  async (t) => {
    const taken: string[] = []
    for (const [path, operations] of Object.entries(document.paths))
      for (const [method, operation] of Object.entries(operations)) {
        const route = recorder.routes.find((each) => nameOf(each) === `${method.toUpperCase()} /v1${path.replaceAll(/\{(\w+)\}/g, ':$1')}`) // prettier-ignore
        const words = new Set(membersOf(operation.requestBody, document))
        const personal = ['choice', 'privateEmail', 'privateMailbox', 'attestationObject', 'clientDataJson'].filter((word) => words.has(word)) // prettier-ignore
        if (personal.length > 0 && !isPersonal(route?.access))
          taken.push(`${method} ${path}: ${personal.join(', ')}`)
      }
    t.same(taken, [])
    const persons = [{ externalId: 'target-0', givenName: 'A', familyName: 'B', workEmail: 'a@b.example', language: 'nl', privateEmail: 'hr@evil.example' }] // prettier-ignore
    const refused = await service.send('POST', '/v1/person-imports', { as: service.own.keys['hr-publisher'], body: { persons } }) // prettier-ignore
    t.equal(refused.status, 400, 'an import cannot say where a person reads private mail')
  },
)

/** The names of all members that a schema speaks of, whatever it is made of. */
function membersOf(schema: unknown, { components }: Document): string[] {
  if (Array.isArray(schema)) return schema.flatMap((each) => membersOf(each, { components } as Document))
  if (typeof schema !== 'object' || schema === null) return []
  return Object.entries(schema).flatMap(([name, value]) => {
    if (name === '$ref') return membersOf(components.schemas[String(value).split('/').at(-1)!], { components } as Document) // prettier-ignore
    const own = name === 'properties' ? Object.keys(value as object) : []
    return [...own, ...membersOf(value, { components } as Document)]
  })
}
