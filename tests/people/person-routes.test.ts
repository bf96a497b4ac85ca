import t from 'tap'
import { testService } from '../support/service.ts'
import { somePeople } from '../support/story.ts'

const service = await testService(t)
const { own, other, send, adminQuery } = service
const hr = own.keys['hr-publisher']
const csv = (text: string) => ({ as: hr, body: text, headers: { 'content-type': 'text/csv' } })

async function persons(): Promise<number> {
  const [row] = await adminQuery<{ n: number }>('select count(*)::int as n from beding.person')
  return row!.n
}

t.test('1: an import says what it did, and the same import again changes nothing', async (t) => {
  const body = { persons: somePeople(5) }
  const first = await send('POST', '/v1/person-imports', { as: hr, body })
  t.match([first.status, first.body], [201, { created: 5, updated: 0, unchanged: 0 }])
  const again = await send('POST', '/v1/person-imports', { as: hr, body })
  t.same(again.body, { created: 0, updated: 0, unchanged: 5 })
  const moved = { persons: [{ ...somePeople(1)[0], department: 'Kantoor' }] }
  t.same((await send('POST', '/v1/person-imports', { as: hr, body: moved })).body, {
    created: 0,
    updated: 1,
    unchanged: 0,
  })
  t.equal(await persons(), 5, '2: nobody was removed')
})

t.test('the end of employment is taken over, and taken back when it is not stated any more', async (t) => {
  const [person] = somePeople(1, 'E')
  const state = (changes: object) =>
    send('POST', '/v1/person-imports', { as: hr, body: { persons: [{ ...person, ...changes }] } })
  const stated = async () => {
    const list = await send('GET', '/v1/persons?pageSize=200', { as: hr })
    return list.body.items.find((each: { externalId: string }) => each.externalId === 'E-0')?.employedUntil
  }
  t.same((await state({ employedUntil: '2026-11-30' })).body, { created: 1, updated: 0, unchanged: 0 })
  t.equal(await stated(), '2026-11-30')
  t.same((await state({ employedUntil: '2026-11-30' })).body, { created: 0, updated: 0, unchanged: 1 })
  t.same((await state({})).body, { created: 0, updated: 1, unchanged: 0 })
  t.equal(await stated(), null)
  t.equal((await state({ employedUntil: '2026-02-30' })).status, 400)
})

t.test('a CSV is another way of writing the same', async (t) => {
  const text =
    'externalId;givenName;familyName;workEmail;language\nC-1;Zoë;Jansen & Zn <B.V.>;zoe@voorbeeld.example;nl\n'
  const answer = await send('POST', '/v1/person-imports', csv(text))
  t.same(answer.body, { created: 1, updated: 0, unchanged: 0 })
  const list = await send('GET', '/v1/persons?pageSize=200', { as: hr })
  t.ok(list.body.items.some((each: { familyName: string }) => each.familyName === 'Jansen & Zn <B.V.>'))
})

t.test('1: bad input leaves nothing behind and is answered by place', async (t) => {
  const before = await persons()
  const [person] = somePeople(1, 'Q')
  const cases: [string, Parameters<typeof send>[2], number, string][] = [
    [
      'an unknown field',
      { as: hr, body: { persons: [{ ...person, bsn: '123456782' }] } },
      400,
      'input-invalid',
    ],
    ['a wrong type', { as: hr, body: { persons: [{ ...person, givenName: 7 }] } }, 400, 'input-invalid'],
    [
      'an unknown language',
      { as: hr, body: { persons: [{ ...person, language: 'de' }] } },
      400,
      'input-invalid',
    ],
    ['an emoji', { as: hr, body: { persons: [{ ...person, givenName: 'Anna 🧿' }] } }, 422, 'import-refused'],
    [
      'a glyph no font has',
      { as: hr, body: { persons: [{ ...person, familyName: '王' }] } },
      422,
      'import-refused',
    ],
    ['a hidden character', { as: hr, body: { persons: [{ ...person, familyName: 'de\u202eVries' }] } }, 422, 'import-refused'], // prettier-ignore
    ['one bad among good', { as: hr, body: { persons: [...somePeople(3, 'R'), { ...person, workEmail: 'xyz' }, { ...person, workEmail: 'anna@' }] } }, 422, 'import-refused'], // prettier-ignore
    ['a CSV with a bad language', csv('externalId,givenName,familyName,workEmail,language\nC-9,A,B,a@b.example,fr\n'), 400, 'csv-malformed'], // prettier-ignore
    ['a CSV with an unknown column', csv('externalId,salary\nC-9,1\n'), 400, 'csv-malformed'],
    ['a CSV with an open quote', csv('externalId,givenName,familyName,workEmail,language\nC-9,"A,B,a@b.example,nl\n'), 400, 'csv-malformed'], // prettier-ignore
    ['another media type', { as: hr, body: '<x/>', headers: { 'content-type': 'application/xml' } }, 415, 'media-type-unsupported'], // prettier-ignore
    ['no right', { as: own.keys.lawyer, body: { persons: [person] } }, 403, 'access-denied'],
  ]
  for (const [what, request, status, code] of cases) {
    const answer = await send('POST', '/v1/person-imports', request)
    t.match([answer.status, answer.body.code], [status, code], what)
    t.notMatch(answer.bytes.toString(), /123456782|王|🧿/u, 'what was sent is not repeated')
  }
  t.equal(await persons(), before)
  const named = await send('POST', '/v1/person-imports', {
    as: hr,
    body: { persons: [{ ...person, familyName: '王' }] },
  })
  t.match(named.body.errors, [
    { code: 'character-without-glyph', pointer: '/persons/0/familyName', message: /U\+738B/ },
  ])
})

t.test('4: persons are listed in pages, and those of another organisation do not exist', async (t) => {
  const first = await send('GET', '/v1/persons?pageSize=4', { as: hr })
  t.equal(first.body.items.length, 4)
  t.match(first.headers['link'], /rel="next"/)
  const second = await send('GET', `/v1/persons?pageSize=4&cursor=${first.body.nextCursor}`, { as: hr })
  const ids = [...first.body.items, ...second.body.items].map((each: { personId: string }) => each.personId)
  t.equal(new Set(ids).size, await persons())
  t.equal(second.body.nextCursor, null)
  const department = await send('GET', '/v1/persons?department=Kantoor', { as: hr })
  t.equal(department.body.items.length, 1)
  t.equal((await send('GET', `/v1/persons/${ids[0]}`, { as: hr })).status, 200)
  const foreign = await send('GET', `/v1/persons/${ids[0]}`, { as: other.keys['hr-publisher'] })
  t.match([foreign.status, foreign.body.code], [404, 'person-not-found'])
  t.same((await send('GET', '/v1/persons', { as: other.keys['hr-publisher'] })).body.items, [])
  const stolen = await send('GET', `/v1/persons?pageSize=4&cursor=${first.body.nextCursor}`, {
    as: other.keys['hr-publisher'],
  })
  t.match([stolen.status, stolen.body.code], [400, 'cursor-invalid'])
})
