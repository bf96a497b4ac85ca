import t from 'tap'
import type { Assurance, Fitness, Purpose } from '#assurance'
import { assurances, defaultMatrix, fitnessOf, meets, purposes, startDecision } from '#assurance'

t.test('1: a ceremony starts at its level and above, and below says what would be enough', async (t) => {
  for (const required of assurances)
    for (const actual of assurances) {
      const decision = startDecision(required, actual, assurances)
      t.equal(decision.kind === 'allowed', meets(actual, required), `${actual} for ${required}`)
      if (decision.kind !== 'too-low') continue
      t.ok(decision.suffices.length > 0)
      t.ok(decision.suffices.every((each) => meets(each, required)))
    }
  const cases: [Assurance, Assurance, Assurance[], Assurance[]][] = [
    ['passkey-bound', 'mailbox-employer', ['mailbox-private', 'phone-otp'], []],
    ['phone-otp', 'mailbox-employer', ['phone-otp', 'mailbox-private'], ['mailbox-private', 'phone-otp']],
    ['passkey-bound', 'sso-mfa', ['qualified', 'passkey-bound', 'sso'], ['passkey-bound', 'qualified']],
    ['qualified', 'passkey-bound-attested', ['passkey-bound-attested'], []],
  ]
  for (const [required, actual, available, suffices] of cases)
    t.same(startDecision(required, actual, available), { kind: 'too-low', required, suffices })
})

t.test('2: the built-in matrix asks more of what binds more', async (t) => {
  t.same(Object.keys(defaultMatrix), [...purposes])
  const byLink: Purpose[] = ['information', 'instruction', 'contract-term', 'warning', 'notice']
  for (const purpose of purposes)
    t.equal(meets('mailbox-employer', defaultMatrix[purpose].level), byLink.includes(purpose), purpose)
  for (const purpose of ['penalty', 'covenant', 'settlement'] as const)
    t.equal(defaultMatrix[purpose].level, 'passkey-bound')
  t.equal(defaultMatrix['statutory-statement'].level, 'qualified')
})

t.test('3: an act says how weak it is for its purpose', async (t) => {
  const cases: [Purpose, Assurance, Fitness][] = [
    ['information', 'mailbox-employer', 'pass'],
    ['instruction', 'mailbox-employer', 'lawyer'],
    ['instruction', 'phone-otp', 'lawyer'],
    ['instruction', 'sso', 'lawyer'],
    ['instruction', 'sso-mfa', 'pass'],
    ['contract-term', 'mailbox-employer', 'fail'],
    ['contract-term', 'sso', 'fail'],
    ['contract-term', 'sso-mfa', 'lawyer'],
    ['contract-term', 'passkey-bound-attested', 'lawyer'],
    ['contract-term', 'qualified', 'pass'],
    ['covenant', 'sso-mfa', 'fail'],
    ['covenant', 'passkey-bound', 'lawyer'],
    ['covenant', 'qualified', 'pass'],
    ['statutory-statement', 'passkey-bound-attested', 'fail'],
    ['data-consent', 'sso', 'fail'],
    ['data-consent', 'passkey-bound', 'pass'],
  ]
  for (const [purpose, actual, fitness] of cases)
    t.equal(fitnessOf(purpose, actual), fitness, `${purpose} by ${actual}`)
  for (const purpose of purposes) t.equal(fitnessOf(purpose, 'qualified'), 'pass')
})
