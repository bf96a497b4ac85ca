import t from 'tap'
import { addMilliseconds, toInstant, type ClientId, type Instant, type PersonId, type PolicyId } from '#core'
import { lawyerSessionRights, roleNames, roleRights } from '#identity'
import { decideRead, isOpen, refuseGrant, type HeldAccess } from '../../src/staff/matter-decisions.ts'
import { routeReads, thingOf } from '../../src/staff/route-things.ts'
import { isAlive, needsStepUp, roleFromClaims, seenAt } from '../../src/staff/session-decisions.ts'
import { staffRights } from '../../src/staff/staff-authority.ts'
import { makeToken, readToken } from '../../src/staff/session-token.ts'

const at = toInstant('2026-11-27T10:00:00.000Z')
const later = (ms: number): Instant => addMilliseconds(at, ms)
const minute = 60_000

t.test('a session is over after 15 minutes of nothing, after 8 hours, when ended, and when blocked', (t) => {
  const session = { lastSeenAt: at, expiresAt: later(8 * 60 * minute), endedAt: null, blockedAt: null }
  const cases: [string, Partial<typeof session> | Record<string, Instant>, number, boolean][] = [
    ['at once', {}, 0, true],
    ['just before', {}, 15 * minute - 1, true],
    ['at 15 minutes', {}, 15 * minute, false],
    ['seen again', { lastSeenAt: later(10 * minute) }, 20 * minute, true],
    ['at 8 hours, however busy', { lastSeenAt: later(8 * 60 * minute - 1) }, 8 * 60 * minute, false],
    ['ended', { endedAt: at }, 0, false],
    ['blocked', { blockedAt: at }, 0, false],
  ]
  for (const [what, over, ms, expected] of cases)
    t.equal(isAlive({ ...session, ...over }, later(ms)), expected, what)
  t.equal(seenAt({ lastSeenAt: at }, later(minute - 1)), undefined)
  t.equal(seenAt({ lastSeenAt: at }, later(minute)), later(minute))
  t.equal(seenAt({ lastSeenAt: at }, later(-minute)), undefined)
  t.end()
})

t.test('what cannot be taken back needs a second factor of the last five minutes', (t) => {
  for (const right of [
    'policy.publish',
    'policy.withdraw',
    'dossier.create',
    'dossier.read',
    'person.export',
  ]) {
    t.ok(needsStepUp(right, null, at), right)
    t.notOk(needsStepUp(right, at, later(5 * minute - 1)), right)
    t.ok(needsStepUp(right, at, later(5 * minute)), right)
  }
  t.notOk(needsStepUp('policy.read', null, at))
  t.end()
})

t.test('claims give one role or none', (t) => {
  const provider = {
    roleClaim: 'groups',
    roleMapping: [
      { value: 'hr-write', role: 'hr-author' as const },
      { value: 'hr-write-2', role: 'hr-author' as const },
      { value: 'hr-publish', role: 'hr-publisher' as const },
    ],
  }
  const kind = (groups: unknown): string => roleFromClaims({ groups }, provider).kind
  t.equal(kind(['hr-write', 'other']), 'role')
  t.equal(kind('hr-publish'), 'role')
  t.equal(kind(['hr-write', 'hr-write-2']), 'role', 'two values of one role')
  t.equal(kind(['hr-write', 'hr-publish']), 'ambiguous')
  for (const nothing of [
    undefined,
    null,
    [],
    {},
    'HR-WRITE',
    ['hr-write '],
    'organisation-admin',
    [['hr-write']],
    1,
  ])
    t.equal(kind(nothing), 'none', JSON.stringify(nothing))
  t.equal(roleFromClaims({ groups: 'hr-write' }, { ...provider, roleClaim: null }).kind, 'none')
  t.equal(roleFromClaims({}, { ...provider, roleClaim: 'constructor' }).kind, 'none')
  t.end()
})

const access = (over: Partial<HeldAccess> = {}): HeldAccess => ({
  accessId: 'a',
  matterId: 'm',
  readableFrom: at,
  readableUntil: later(60 * minute),
  endedAt: null,
  subject: { kind: 'person', personId: 'p' as PersonId },
  ...over,
})

t.test('a lawyer reads what is of the person or the policy of an open matter, and nothing else', (t) => {
  const policy = access({ subject: { kind: 'policy', policyId: 'x' as PolicyId } })
  const own = { persons: ['p'], policies: ['x'] }
  t.ok(decideRead(own, [access()], at))
  t.ok(decideRead(own, [policy], at))
  t.equal(decideRead({ persons: [], policies: [] }, [access(), policy], at), undefined, 'of nobody')
  t.equal(decideRead({ persons: ['q'], policies: [] }, [access(), policy], at), undefined, 'of another')
  t.equal(
    decideRead({ persons: ['x'], policies: ['p'] }, [access(), policy], at),
    undefined,
    'kinds are not mixed',
  )
  t.equal(decideRead(own, [], at), undefined)
  for (const [what, over, ms, open] of [
    ['before it begins', {}, -1, false],
    ['when it begins', {}, 0, true],
    ['just before its end', {}, 60 * minute - 1, true],
    ['at its end', {}, 60 * minute, false],
    ['after it was taken back', { endedAt: later(minute) }, minute, false],
  ] as const)
    t.equal(isOpen(access(over), later(ms)), open, what)
  t.end()
})

t.test('access is given by somebody else, to a lawyer, for a time that ends', (t) => {
  const wanted = { clientId: 'l' as ClientId, readableFrom: at, readableUntil: later(minute) }
  const facts = { granter: 'g' as ClientId, role: 'lawyer', moment: at }
  t.equal(refuseGrant(wanted, facts), undefined)
  t.equal(refuseGrant(wanted, { ...facts, granter: 'l' as ClientId }), 'matter-access-to-self')
  t.equal(refuseGrant(wanted, { ...facts, role: 'hr-publisher' }), 'staff-not-lawyer')
  for (const [readableFrom, readableUntil] of [
    [at, at],
    [later(minute), at],
    [later(-2 * minute), later(-minute)],
    [at, later(180 * 86_400_000 + 1)],
  ] as const)
    // prettier-ignore
    t.equal(refuseGrant({ ...wanted, readableFrom, readableUntil }, facts), 'matter-access-unfit')
  t.end()
})

t.test('a lawyer who signed in writes nothing but dossiers', (t) => {
  t.same([...staffRights('lawyer')].filter((right) => !right.endsWith('.read')).toSorted(), [
    'dossier.create',
    'person.export',
  ])
  for (const right of lawyerSessionRights)
    t.ok((roleRights.lawyer as readonly string[]).includes(right), right)
  for (const role of roleNames)
    if (role !== 'lawyer') t.same([...staffRights(role)].toSorted(), [...roleRights[role]].toSorted())
  // The two questions are asked by POST, and keep nothing.
  const reading = /^GET |^POST \/v1\/dossiers$|^POST \/v1\/persons\/:personId\/(contact|penalty)-questions$/
  for (const route of Object.keys(routeReads)) t.match(route, reading)
  t.end()
})

t.test('a request names its thing where the table says, as a text, or reads nothing', (t) => {
  const request = { params: {}, query: {}, body: undefined }
  t.equal(thingOf('GET /v1/unknown', request), undefined)
  t.equal(thingOf('GET /v1/me', request), 'open')
  t.equal(thingOf('GET /v1/assignments', request), undefined, 'a list of everybody')
  t.same(thingOf('GET /v1/assignments', { ...request, query: { personId: 'p' } }), {
    kind: 'person',
    id: 'p',
  })
  t.same(thingOf('POST /v1/dossiers', { ...request, body: { subject: { policyId: 'x' } } }), {
    kind: 'policy-whole',
    id: 'x',
  })
  t.equal(thingOf('POST /v1/dossiers', { ...request, body: null }), undefined)
  t.equal(thingOf('constructor', request), undefined)
  t.end()
})

t.test('a token names its organisation, and only in its exact form', (t) => {
  const organisationId = '01a21f0f-9272-718f-b4ea-89ec182ba0eb'
  const token = makeToken(organisationId as never, (length) => Buffer.alloc(length, 1))
  t.equal(readToken(token)!.organisationId, organisationId)
  for (const wrong of ['', token.slice(1), `${token}A`, token.replace('.', ':'), token.toUpperCase()])
    t.equal(readToken(wrong), undefined)
  t.end()
})
