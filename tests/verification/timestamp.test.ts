import t from 'tap'
import { Findings } from '../../src/verification/findings.ts'
import { noTrust } from '#verification'
import { parseTimestamp } from '../../src/verification/timestamp.ts'
import { checkTimestamps } from '../../src/verification/timestamp-checks.ts'
import { parseCertificate } from '../../src/verification/certificate.ts'
import { digestOf } from '../support/verification-log.ts'
import { aCertificate, der, extension } from '../support/verification-seal.ts'
import type { CertificateWishes } from '../support/verification-seal.ts'
import { anAuthority, aTimestamp } from '../support/verification-timestamp.ts'
import type { TestAuthority, TimestampWishes } from '../support/verification-timestamp.ts'

const subject = Buffer.from('a checkpoint\n')
const authority = anAuthority()

/** What the checks of answers came to, over one subject and with one root pinned. */
function outcomes(
  answers: readonly Buffer[],
  pinned: readonly TestAuthority[] = [authority],
): { open: string[]; trusted: ReturnType<typeof checkTimestamps> } {
  const findings = new Findings()
  const tsaRoots = pinned.map(({ root }) => parseCertificate(root.der))
  const files = answers.map((bytes, at) => ({ name: `0${at + 1}.tsr`, bytes }))
  const trusted = checkTimestamps(findings, { ...noTrust, tsaRoots }, subject, files)
  const open = findings.collected.checks
    .filter(({ outcome }) => outcome !== 'PASSED')
    .map(({ name, outcome, sentence }) => `${outcome} ${name}: ${sentence}`)
  return { open, trusted }
}

function open(wishes: TimestampWishes, by = authority): string[] {
  return outcomes([aTimestamp(by, subject, wishes)], [by]).open
}

t.test('V11: time-stamps with keys of each kind are accepted', async (t) => {
  for (const keyKind of ['P-256', 'P-384', 'RSA'] as const) {
    const one = anAuthority({ keyKind })
    const found = outcomes([aTimestamp(one, subject)], [one])
    t.same(found.open, [], keyKind)
    t.match(found.trusted, [
      { at: '2026-11-21T08:00:00.000Z', authority: 'CN=Test TSA 1', development: false },
    ])
  }
  t.same(open({ oldSigningCertificate: true }), [], 'named by SHA-1, as RFC 3161 first had it')
  t.same(open({ status: 1 }), [], 'granted with changes')
  t.equal(
    parseTimestamp(aTimestamp(authority, subject, { at: '20261121080000.1239Z' })).at,
    '2026-11-21T08:00:00.123Z',
  )
})

t.test('V11: an answer that is wrong in one place fails with the name of the place', async (t) => {
  const other = anAuthority()
  const cases: readonly (readonly [what: string, wishes: TimestampWishes, expected: RegExp])[] = [
    ['refused', { status: 2 }, /^FAILED 01\.tsr form: .*not grant/],
    ['another imprint', { imprint: digestOf('x') }, /^FAILED 01\.tsr imprint/],
    ['a short imprint', { imprint: digestOf('x').subarray(1) }, /^FAILED 01\.tsr form: .*imprint/],
    ['another version', { version: 2 }, /^FAILED 01\.tsr form: .*version 1/],
    ['a time without seconds', { at: '202611210800Z' }, /^FAILED 01\.tsr form: .*time/],
    ['a fraction that ends in zero', { at: '20261121080000.10Z' }, /^FAILED 01\.tsr form: .*time/],
    ['a time that does not exist', { at: '20261131080000Z' }, /^FAILED 01\.tsr form: .*not exist/],
    ['no time-stamp', { contentType: '1.2.840.113549.1.7.1' }, /^FAILED 01\.tsr form: .*not a time-stamp/],
    ['no digest', { leaveOut: ['1.2.840.113549.1.9.4'] }, /^FAILED 01\.tsr form: the signed digest/],
    ['no content type', { leaveOut: ['1.2.840.113549.1.9.3'] }, /^FAILED 01\.tsr form: the signed content/],
    [
      'no certificate named',
      { leaveOut: ['1.2.840.113549.1.9.16.2.47'] },
      /^FAILED 01\.tsr form: .*not name/,
    ],
    [
      'another one named',
      { namedCertificate: other.leaf.der },
      /^FAILED 01\.tsr form: .*another certificate/,
    ],
    ['no certificate', { certificates: [authority.middle.der] }, /^FAILED 01\.tsr form: .*not in the token/],
    ['a chain with a hole', { certificates: [authority.leaf.der] }, /^FAILED 01\.tsr certificate: no pinned/],
    ['before the certificates', { at: '20191231235959Z' }, /^FAILED 01\.tsr certificate: .*was valid from/],
    ['after the certificates', { at: '20400101000001Z' }, /^FAILED 01\.tsr certificate: .*was valid from/],
    [
      'another content than was signed',
      { content: (honest) => Buffer.concat([honest.subarray(0, -1), Buffer.of(43)]) },
      /^FAILED 01\.tsr signature: .*another content/,
    ],
    [
      'another signature',
      {
        signature: (honest) =>
          Buffer.concat([honest.subarray(0, -1), Buffer.of((honest.at(-1) as number) ^ 1)]),
      },
      /^FAILED 01\.tsr signature: .*does not match/,
    ],
  ]
  for (const [what, wishes, expected] of cases) {
    const found = open(wishes)
    t.equal(found.length, 1, what)
    t.match(found[0], expected, what)
  }
})

t.test('V11: the certificate must be for time-stamps only, marked critical, under authorities', async (t) => {
  const timeStamping = '1.3.6.1.5.5.7.3.8'
  const withLeaf = (leaf: Partial<CertificateWishes>): string[] => open({}, anAuthority({ leaf }))
  const only = /^FAILED 01\.tsr certificate: .*for time-stamps only/
  t.match(withLeaf({ purposesCritical: false }), [only])
  t.match(withLeaf({ purposes: [timeStamping, '1.3.6.1.5.5.7.3.36'] }), [only])
  t.match(withLeaf({ purposes: ['1.3.6.1.5.5.7.3.36'] }), [only])
  t.match(withLeaf({ purposes: [] }), [only])
  t.match(withLeaf({ keyUsage: [5, 0x20] }), [/may not be used to sign/])
  t.match(withLeaf({ authority: true }), [/that of an authority/])
  t.match(withLeaf({ until: '261121075959Z' }), [/was valid from/])
  t.match(
    withLeaf({ extraExtensions: [extension('2.5.29.99', true, der(0x05))] }),
    [/^FAILED 01\.tsr form: .*not in the token/],
    'a certificate with an unknown critical extension is not read',
  )
  const strange = aCertificate({ name: 'No authority', issuer: authority.root })
  const leaf = aCertificate({ name: 'x', issuer: strange, purposes: [timeStamping], purposesCritical: true })
  t.match(open({}, { root: authority.root, middle: strange, leaf }), [/No authority may not issue/])
  const unpinned = outcomes([aTimestamp(authority, subject)], [])
  t.match(unpinned.open, [/^INDETERMINATE 01\.tsr certificate/])
  t.same(unpinned.trusted, [])
  t.match(outcomes([aTimestamp(authority, subject)], [anAuthority()]).open, [/^FAILED .*no pinned root/])
})

t.test('V11: a renewal is over the answer before it, in order and in time', async (t) => {
  const first = aTimestamp(authority, subject, { at: '20261121080000Z' })
  const renewal = (at: string, over: Buffer, by = authority): Buffer => aTimestamp(by, over, { at })
  const good = renewal('20301121080000Z', first)
  const third = renewal('20311121080000Z', good)
  const right = outcomes([first, good, third])
  t.same(right.open, [])
  t.equal(right.trusted.length, 3)
  t.match(outcomes([first, third]).open, [/^FAILED 02\.tsr imprint/], 'one left out')
  t.match(outcomes([good, first]).open, [/^FAILED 01\.tsr imprint/, /^FAILED 02\.tsr imprint/], 're-ordered')
  t.match(outcomes([first, first]).open, [/^FAILED 02\.tsr imprint/], 'replayed')
  t.match(outcomes([first, renewal('20261121075959Z', first)]).open, [/^FAILED 02\.tsr order: .*older/])
  const brief = anAuthority({ leaf: { until: '281121080000Z' } })
  const early = aTimestamp(brief, subject)
  const late = outcomes([early, renewal('20301121080000Z', early)], [brief, authority])
  t.match(late.open, [/^FAILED 02\.tsr order: what it renews ended at 2028-11-21/])
  const timely = outcomes([early, renewal('20271121080000Z', early)], [brief, authority])
  t.same(timely.open, [])
  t.match(
    outcomes([early, renewal('20271121080000Z', early)], [brief]).trusted,
    [],
    'an unpinned renewal ends it all',
  )
})

t.test('V3, V4: an answer has one form, and noise is refused', async (t) => {
  const honest = aTimestamp(authority, subject)
  const refused = (bytes: Buffer): string[] => outcomes([bytes]).open
  t.match(refused(Buffer.concat([honest, Buffer.of(0)])), [/01\.tsr form: bytes follow/])
  t.match(refused(honest.subarray(0, -1)), [/01\.tsr form: .*cut off/])
  t.match(refused(Buffer.alloc(70_000)), [/larger than 64 KiB/])
  const indefinite = Buffer.concat([Buffer.of(0x30, 0x80), honest.subarray(4), Buffer.of(0, 0)])
  t.match(refused(indefinite), [/01\.tsr form: .*definite/])
  // Bytes that no signature covers (the status, certificates) are pinned by the checksums of a dossier.
  const free = new Set<number>()
  for (let place = 0; place < honest.length; place++) {
    const changed = Buffer.from(honest)
    changed[place] = (changed[place] as number) ^ 1
    const found = refused(changed)
    if (found.length === 0) free.add(place)
    t.notOk(
      found.some((each) => each.includes('Error)')),
      `byte ${place}`,
    )
  }
  const status = honest.indexOf(Buffer.from('3003020100', 'hex')) + 4
  t.same([...free], [status], 'granted, or granted with changes')
})

t.test('V11: an authority for development is known by the names in its chain', async (t) => {
  for (const name of ['Beding development TSA: do not trust', 'A DEVELOPMENT root']) {
    const one = anAuthority({ name })
    t.match(outcomes([aTimestamp(one, subject)], [one]).trusted, [{ development: true }], name)
  }
})
