import t from 'tap'
import { ProblemError } from '#core'
import { parsePersonCsv } from '../../src/people/person-csv.ts'
import { checkImport } from '../../src/people/person-decisions.ts'
import type { PersonStatement } from '../../src/people/person.ts'

function aPerson(changes: Partial<PersonStatement> = {}): PersonStatement {
  return {
    externalId: 'HR-1',
    givenName: 'Zoë',
    familyName: 'van den IJssel & Zn <test>',
    workEmail: 'zoe@example.org',
    language: 'nl',
    ...changes,
  }
}

const noneMissing = (): undefined => undefined
const header = 'externalId,givenName,familyName,workEmail,language,department,jobTitle'

t.test('1: everything that is wrong with an import is said at once, with its place', async (t) => {
  const errors = checkImport(
    [
      aPerson(),
      aPerson({ givenName: ' Zoë', workEmail: 'zoe' }),
      aPerson({ externalId: 'HR-2', department: 'a\u200bb' }),
    ],
    noneMissing,
  )
  t.same(
    errors.map(({ code, pointer }) => [code, pointer]),
    [
      ['duplicate-person', '/persons/1/externalId'],
      ['blank-edges', '/persons/1/givenName'],
      ['email-address', '/persons/1/workEmail'],
      ['unprintable-character', '/persons/2/department'],
    ],
  )
})

t.test('3: a name that no font can draw is refused by the name of the character', async (t) => {
  const missing = (text: string): string | undefined => (text.includes('王') ? 'U+738B' : undefined)
  const errors = checkImport([aPerson({ familyName: '王' })], missing)
  t.match(errors, [{ code: 'character-without-glyph', pointer: '/persons/0/familyName', message: /U\+738B/ }])
  t.equal(errors.length, 1)
})

t.test('a CSV gives the same statements as JSON', async (t) => {
  const { persons } = parsePersonCsv(
    `${header}\nHR-1,Zoë,"van den IJssel & Zn <test>",zoe@example.org,nl,,\r\n`,
  )
  t.same(persons, [aPerson()])
  const semicolons = parsePersonCsv(
    `\ufeff${header.replaceAll(',', ';')}\nHR-1;Zoë;X;zoe@example.org;nl;"Verkoop; Zuid";\n`,
  )
  t.equal(semicolons.persons[0]?.department, 'Verkoop; Zuid')
  const ended = parsePersonCsv(`${header},employedUntil\nHR-1,Zoë,X,zoe@example.org,nl,,,2026-11-30\n`)
  t.equal(ended.persons[0]?.employedUntil, '2026-11-30')
})

t.test('a CSV is refused by line, never mended', async (t) => {
  const cases: [string, RegExp][] = [
    [`${header},salary\nHR-1,Zoë,X,zoe@example.org,nl,,,1`, /line 1/],
    [`${header.replace('workEmail,', '')}\n`, /line 1/],
    [`${header}\nHR-1,Zoë,X,zoe@example.org\n`, /line 2/],
    [`${header}\nHR-1,"Zoë,X,zoe@example.org,nl,,\n`, /line/],
    ['', /line 1/],
  ]
  for (const [text, place] of cases) {
    try {
      parsePersonCsv(text)
      t.fail(`accepted: ${text}`)
    } catch (error) {
      t.ok(error instanceof ProblemError && error.code === 'csv-malformed', text)
      t.match((error as ProblemError).errors[0]?.parameter, place)
    }
  }
})
