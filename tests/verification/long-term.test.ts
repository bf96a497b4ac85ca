import t from 'tap'
import { isAccepted, verifyFile } from '#verification'
import { honestCases, trust } from '../support/verification-long-term-cases.ts'
import { formCases, tamperedCases } from '../support/verification-tampered-cases.ts'
import { evidenceCases, wrongCases } from '../support/verification-wrong-cases.ts'
import { notPassed } from '../support/verification-reports.ts'

t.test('a file reaches the level that its revisions prove, and no other', async (t) => {
  for (const each of honestCases) {
    const report = verifyFile(each.bytes(), each.name, trust)
    t.same(notPassed(report), [], each.name)
    t.ok(isAccepted(report), each.name)
    t.equal(report.documents[0]?.level, 'level' in each ? each.level : undefined, each.name)
  }
})

for (const [title, cases] of [
  ['A14, A17: each way to tamper is refused for its own reason', tamperedCases],
  ['V8, V17: what signatures and answers say must fit together', wrongCases],
  ['V17: revocation data counts only from those who may give it', evidenceCases],
  ['V7: validation data has one form and only grows', formCases],
] as const) {
  t.test(title, async (t) => {
    for (const each of cases) {
      if (!('check' in each)) continue
      const report = verifyFile(each.bytes(), each.name, trust)
      t.notOk(isAccepted(report), each.name)
      const found = report.checks.find(({ name, outcome }) => name === each.check && outcome !== 'PASSED')
      t.equal(
        found?.outcome,
        each.open === true ? 'INDETERMINATE' : 'FAILED',
        `${each.name}: ${notPassed(report).join()}`,
      )
      t.match(found?.sentence, each.reason, each.name)
    }
  })
}
