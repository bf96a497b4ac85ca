import t from 'tap'
import type { CivilDate, Instant } from '#core'
import { drawing } from '../../src/portal/act-page.ts'
import { hiddenIn, mistakeIn } from '../../src/portal/act-sending.ts'
import { deviceIn } from '../../src/portal/device-routes.ts'
import { enrolmentAnswerIn, signingAnswerIn } from '../../src/portal/device-answers.ts'
import { obligationsOn } from '../../src/portal/obligations.ts'
import type { PutToPerson } from '../../src/portal/obligations.ts'
import { groupOf } from '../../src/portal/obligations-page.ts'
import { pageRelease } from '../../src/portal/release.ts'
import { ownPath } from '../../src/portal/visitor.ts'
import { words } from '../../src/portal/words.ts'
import { acceptFields } from '#http'
import { createHash } from 'node:crypto'
import { Type } from 'typebox'
import { aServer } from '../support/http-server.ts'

const day = (text: string): CivilDate => text as CivilDate
const act = (choice: string) => ({ actId: 'a', choice, actedAt: '2026-01-01T00:00:00.000Z' as Instant })
const put = (over: Partial<PutToPerson>): PutToPerson => ({
  of: 'p',
  number: 1,
  from: day('2026-01-01'),
  until: null,
  title: 'T',
  lang: null,
  nature: 'contract-term',
  rules: [],
  act: null,
  ...over,
})

t.test('a term applies by agreement, an instruction by being given', async (t) => {
  const today = day('2026-06-01')
  const numbers = (all: PutToPerson[]) => obligationsOn(today, all).map((one) => one.versionNumber)
  t.same(numbers([put({ act: act('agreed') }), put({ number: 2, act: act('not-agreed') })]), [2, 1], 'refusing leaves the older agreement')
  t.same(numbers([put({ act: act('agreed') }), put({ number: 2, act: act('agreed') })]), [2], 'agreeing replaces it')
  t.same(numbers([put({ act: act('agreed') }), put({ number: 2, from: day('2026-06-02') })]), [1], 'what is not yet in force does not apply')
  t.same(numbers([put({ until: day('2026-06-01'), act: act('agreed') })]), [], 'nor what was withdrawn from today')
  t.same(numbers([put({ nature: 'instruction' }), put({ nature: 'instruction', number: 2 })]), [2])
  t.equal(groupOf({ nature: 'contract-term', act: act('agreed-conditionally') }), 'notAgreed')
  t.equal(groupOf({ nature: 'contract-term', act: null }), null)
  t.equal(groupOf({ nature: 'instruction', act: act('not-agreed') }), 'instructions')
}) // prettier-ignore

t.test('what was typed is taken, or the mistake is named', async (t) => {
  const { nl } = words
  const offer = (choice: string, reasonRequired = false) => ({
    choice,
    label: '',
    statement: '',
    reasonRequired,
  })
  t.equal(mistakeIn(offer('agreed'), '', nl), null)
  t.equal(mistakeIn(offer('not-agreed'), ' \n', nl), null)
  t.match(mistakeIn(offer('declined', true), ' \n', nl), { text: 'Schrijf uw reden op.' })
  t.match(mistakeIn(offer('agreed-conditionally', true), '', nl), { text: 'Schrijf uw voorwaarde op.' })
  t.equal(mistakeIn(offer('declined', true), 'x'.repeat(2_000), nl), null)
  t.match(mistakeIn(offer('declined', true), 'x'.repeat(2_001), nl), { field: 'reason' })
  t.equal(hiddenIn('Şükrü & zo'), null)
  t.equal(hiddenIn('a\u202eb'), 'U+202E', 'what cannot be seen is named')
  t.equal(hiddenIn('👍'), '👍')
})

t.test('nobody is led to another place than these pages', async (t) => {
  for (const path of ['/my', '/c', '/my/ceremonies/01940000-0000-7000-8000-00000000a551', '/my/acts/x?shown=now']) t.equal(ownPath(path), path)
  for (const path of ['//evil.example', 'https://evil.example/my', '/my//evil', '/my/../v1', '/myx', '/my#x', '/my/%2f', '/my?x=<b>', 5, undefined]) t.equal(ownPath(path), undefined)
}) // prettier-ignore

t.test('the release is what anybody computes from its files', async (t) => {
  const { release, assets } = pageRelease()
  const lines = assets.map(({ file, sha256 }) => `${sha256}  ${file}\n`).join('')
  t.equal(createHash('sha256').update(lines).digest('hex'), release)
  t.ok(assets.some(({ file }) => file === 'assets/passkey.js'))
  t.ok(assets.some(({ file }) => file === 'templates/confirm.eta'))
})

t.test('a form is read exactly, or refused', async (t) => {
  const shape = Type.Object({ a: Type.Optional(Type.String({ maxLength: 9 })), b: Type.Optional(Type.String({ maxLength: 9 })) }, { additionalProperties: false })
  const server = aServer((scope) => {
    acceptFields(scope, { bodyMax_bytes: 200, fieldsMax: 3 })
    scope.post('/form', { config: { access: 'public' }, schema: { body: { content: { 'application/x-www-form-urlencoded': { schema: shape } } } } }, async (request) => request.body)
  })
  const send = (payload: string | Buffer) => server.inject({ method: 'POST', url: '/form', headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload })
  t.same((await send('a=%C5%9E%26+x&b=1%0D%0A2')).json(), { a: 'Ş& x', b: '1\n2' })
  t.same((await send('a=&&b')).json(), { a: '', b: '' })
  for (const wrong of ['a=1&a=2', 'a=%E2%82', 'a=%zz', 'c=1', 'a=1&b=2&c=3&d=4', `a=${'x'.repeat(10)}`, Buffer.from([0x61, 0x3d, 0xff])]) t.equal((await send(wrong)).statusCode, 400)
  t.equal((await send(`a=${'x'.repeat(300)}`)).statusCode, 413)
}) // prettier-ignore

t.test('what a device answered is taken in its own form only', async (t) => {
  const id = '01940000-0000-7000-8000-00000000a551'
  const assertion = { challengeId: id, credentialId: 'AA', clientDataJson: 'AA', authenticatorData: 'AA', signature: 'AA' }
  t.match(signingAnswerIn(JSON.stringify(assertion)), { challengeId: id, response: { signature: 'AA' } })
  for (const wrong of ['', 'refused', '{}', JSON.stringify({ ...assertion, more: 1 }), JSON.stringify({ ...assertion, signature: 'A A' }), JSON.stringify({ ...assertion, challengeId: 'x' })]) t.equal(signingAnswerIn(wrong), undefined)
  t.equal(enrolmentAnswerIn(JSON.stringify(assertion)), undefined)
  t.equal(deviceIn('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604'), 'Safari, iPhone')
  t.match(drawing({ text: 'x\n', rows: ['10', '01'] }), { box: '-4 -4 10 10', path: 'M0 0h1v1h-1zM1 1h1v1h-1z', text: 'x' })
}) // prettier-ignore
