import t from 'tap'
import { isAccepted, verifyFile } from '#verification'
import type { Report } from '#verification'
import { aDossier, anOrganisation, entryFolder } from '../support/verification-dossier.ts'
import type { DossierWishes } from '../support/verification-dossier.ts'
import { policyId } from '../support/verification-log.ts'
import { namesWith, notPassed } from '../support/verification-reports.ts'

const person = 'person’s entries'

function report(wishes: DossierWishes): Report {
  const organisation = anOrganisation()
  return verifyFile(aDossier(organisation, wishes), 'dossier.zip', organisation.trust)
}

function factsOf(found: Report): Map<string, string> {
  return new Map(found.facts.map(({ name, value }) => [name, value]))
}

/** Acts of one person, numbered as they are, each naming the one before it. */
function acts(count: number): Record<string, number | null>[] {
  return Array.from({ length: count }, (_, position) => ({
    personEntryNumber: position + 1,
    previousPersonEntry: position === 0 ? null : position,
  }))
}

t.test('V9: what was erased is ERASED where an entry says so, and the dossier is accepted', async (t) => {
  const found = report({ hidden: { 1: [] }, erasures: [{ refs: [1], fields: [] }] })
  t.same(notPassed(found), [])
  const facts = factsOf(found)
  t.match(facts.get(`${entryFolder(1)} content`), /^all of 30 facts ERASED; /)
  t.match(facts.get('entries'), '4, of which 1 with ERASED and 0 with WITHHELD content')
  t.notOk(facts.has(`${entryFolder(1)} who`))
  t.match(
    facts.get(`${entryFolder(3)} erasure`),
    /^of entries 1, facts \[\], on 2026-11-22T09:00:00\.000Z: retention/,
  )
})

t.test('V9: what no entry calls erased is WITHHELD, and says so', async (t) => {
  const about = { subject: { id: policyId, kind: 'policy' } }
  const found = report({ ...about, hidden: { 1: [] } })
  t.same(notPassed(found), [])
  t.match(factsOf(found).get(`${entryFolder(1)} content`), /^all of 30 facts WITHHELD; /)
  t.match(found.limits.join('\n'), /WITHHELD content exists/)
  const other = report({ ...about, hidden: { 1: [] }, erasures: [{ refs: [2], fields: [] }] })
  t.match(factsOf(other).get(`${entryFolder(1)} content`), /WITHHELD/, 'the erasure was of another entry')
  const silent = report({ ...about, hidden: { 1: [], 3: [] }, erasures: [{ refs: [1], fields: [] }] })
  t.match(
    factsOf(silent).get(`${entryFolder(1)} content`),
    /WITHHELD/,
    'an erasure that is hidden erased nothing',
  )
})

t.test('V9: single facts are erased by name, and the others of them are withheld', async (t) => {
  const found = report({
    hidden: { 1: ['address', 'personName', 'userAgent'] },
    erasures: [{ refs: [1], fields: ['address', 'userAgent'] }],
  })
  t.same(notPassed(found), [])
  const facts = factsOf(found)
  const content = facts.get(`${entryFolder(1)} content`)
  t.match(content, /^2 of 30 facts ERASED, 1 of 30 facts WITHHELD \(address, personName, userAgent\)/)
  t.match(facts.get(`${entryFolder(1)} who`), /^\(not disclosed\) \(1001, \(not disclosed\)\)/)
})

t.test('V9: facts of a kind without a list of names are ERASED if enough names are', async (t) => {
  const hide = (fields: readonly string[]): Report =>
    report({ hidden: { 0: ['versionNumber'] }, erasures: [{ refs: [0], fields }] })
  t.match(factsOf(hide(['versionNumber'])).get(`${entryFolder(0)} content`), /^1 of 3 facts ERASED/)
  t.match(factsOf(hide(['documents'])).get(`${entryFolder(0)} content`), /^1 of 3 facts WITHHELD/)
})

t.test('V9: an empty line where a fact belongs elsewhere is refused', async (t) => {
  const shift = (from: RegExp, to: string): string[] => {
    const change = (files: Map<string, Buffer>): void => {
      const name = `${entryFolder(1)}/disclosures.txt`
      files.set(name, Buffer.from((files.get(name)?.toString() ?? '').replace(from, to)))
    }
    return namesWith(report({ hidden: { 1: ['actId'] }, change }), 'FAILED')
  }
  t.same(shift(/$/, '\n'), [`${entryFolder(1)} disclosures`], 'a line more')
  t.same(shift(/^\n/, ''), [`${entryFolder(1)} disclosures`], 'a line less')
  t.same(shift(/^\n([^\n]+\n)/, '$1\n'), [`${entryFolder(1)} disclosures`], 'in another place')
})

t.test('V12: the acts of a person are numbered without a gap', async (t) => {
  const whole = report({ acts: acts(4) })
  t.same(notPassed(whole), [])
  t.match(whole.checks.find(({ name }) => name === person)?.sentence, /^4 acts of the person/)
  const cases: readonly (readonly [what: string, wishes: DossierWishes, sentence: RegExp])[] = [
    ['the middle', { acts: acts(4), leftOut: [2, 3] }, /withheld record: 2 of the person’s acts 2, 3 /],
    ['the first', { acts: acts(2), leftOut: [1] }, /withheld record: 1 of the person’s acts 1 /],
    ['one twice', { acts: [acts(1)[0]!, acts(1)[0]!] }, /entry 2 is act 1 of the person, after act 1/],
    [
      'another before',
      { acts: [acts(1)[0]!, { personEntryNumber: 2, previousPersonEntry: 0 }] },
      /entry 2 names entry 0 as the person’s act before, not 1/,
    ],
    [
      'none before',
      { acts: [acts(1)[0]!, { personEntryNumber: 2, previousPersonEntry: null }] },
      /names entry null/,
    ],
    ['a withheld one', { acts: acts(3), hidden: { 2: [] } }, /withheld record: 1 of the person’s acts 2 /],
  ]
  for (const [what, wishes, sentence] of cases) {
    const found = report(wishes)
    t.same(namesWith(found, 'FAILED'), [person], what)
    t.match(notPassed(found).join('\n'), sentence, what)
  }
  t.ok(
    isAccepted(report({ acts: acts(4), leftOut: [4] })),
    'the last: nobody can miss it, and the limit says so',
  )
})

t.test('V12: erased acts fill a gap exactly or not at all', async (t) => {
  const erased = (index: number): DossierWishes => ({
    acts: acts(4),
    hidden: { [index]: [] },
    erasures: [{ refs: [index], fields: [] }],
  })
  for (const index of [1, 2, 3, 4]) t.same(notPassed(report(erased(index))), [], `act ${index}`)
  const number = report({
    acts: acts(3),
    hidden: { 2: ['personEntryNumber'] },
    erasures: [{ refs: [2], fields: ['personEntryNumber'] }],
  })
  t.same(notPassed(number), [], 'only its number was erased')
  const short = report({ ...erased(2), leftOut: [3] })
  t.match(notPassed(short).join(), /withheld record: 1 of the person’s acts 2, 3 are not among/)
  const stranger = { personEntryNumber: 7, previousPersonEntry: null }
  const more = report({ ...erased(2), acts: [acts(1)[0]!, stranger, { personEntryNumber: 2, previousPersonEntry: 1 }] }) // prettier-ignore
  t.match(notPassed(more).join(), /before act 2 of the person stand 1 erased acts for 0 numbers/)
})

t.test('V10: a bundle of one act is about that act', async (t) => {
  const actId = '0190a000-0000-7000-8000-0000000000ee'
  const one = { acts: [{}], anchors: [{ size: 0, times: ['20261123090000Z'] }] }
  const right = report({ ...one, subject: { id: actId, kind: 'act' }, anchors: [] })
  t.same(namesWith(right, 'FAILED'), [])
  const wrong = report({ ...one, subject: { id: actId.replace('ee', 'ef'), kind: 'act' }, anchors: [] })
  t.match(notPassed(wrong).join(), /the act is about another act than the dossier/)
  t.same(namesWith(report({ ...one, subject: { id: actId, kind: 'team' } }), 'FAILED'), ['manifest'])
})
