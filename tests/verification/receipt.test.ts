import t from 'tap'
import { isAccepted, verifyFile } from '#verification'
import { anEvidenceFile, anOrganisation, aReceipt } from '../support/verification-dossier.ts'
import type { ReceiptWishes } from '../support/verification-dossier.ts'
import { actFacts, digestOf, organisationId, TestLog } from '../support/verification-log.ts'
import { aRendering, seal } from '../support/verification-pdf.ts'
import { namesWith, notPassed } from '../support/verification-reports.ts'
import { aCertificate } from '../support/verification-seal.ts'

const organisation = anOrganisation()
const { keys, trust } = organisation

function failures(bytes: Uint8Array): string[] {
  return namesWith(verifyFile(bytes, 'x.pdf', trust), 'FAILED')
}

/** A receipt under the seal of the organisation with this id. */
function sealedBy(serialNumber: string): Buffer {
  const leaf = aCertificate({ name: 'Voorbeeld B.V.', serialNumber, issuer: keys.middle })
  return aReceipt({ ...organisation, keys: { ...keys, leaf, chain: [leaf, keys.middle] } })
}

function list(evidence: Record<string, unknown>): unknown[] {
  return evidence['disclosures'] as unknown[]
}

function swap([first, second, ...rest]: unknown[]): unknown[] {
  return [second, first, ...rest]
}

t.test('V9: a receipt must disclose exactly what its entry commits to', async (t) => {
  const cases: readonly (readonly [what: string, wishes: ReceiptWishes, check: string])[] = [
    ['one missing', { evidence: (it) => ({ ...it, disclosures: list(it).slice(1) }) }, 'disclosures'],
    ['one more', { evidence: (it) => ({ ...it, disclosures: [...list(it), list(it)[0]] }) }, 'disclosures'],
    ['two in another order', { evidence: (it) => ({ ...it, disclosures: swap(list(it)) }) }, 'disclosures'],
    ['another format', { evidence: (it) => ({ ...it, format: 'beding-evidence/v2' }) }, 'evidence form'],
    ['a member more', { evidence: (it) => ({ ...it, zz: 1 }) }, 'evidence form'],
    ['another order of members', { evidence: ({ entry, ...rest }) => ({ ...rest, entry }) }, 'evidence form'],
    [
      'another entry than the proof',
      { evidence: (it) => ({ ...it, entry: `${String(it['entry'])} ` }) },
      'entry',
    ],
    ['another kind', { kind: 'dossier-made' }, 'act facts'],
    ['a fact that is no fact', { facts: { ...actFacts(), zodiacSign: 'Leo' } }, 'act facts'],
    ['an unknown choice', { facts: actFacts({ choice: 'maybe' }) }, 'act facts'],
    ['a hash in upper case', { facts: actFacts({ documentSha256: 'A'.repeat(64) }) }, 'act facts'],
    ['a time that does not exist', { facts: actFacts({ actedAt: '2026-13-01T00:00:00.000Z' }) }, 'act facts'],
  ]
  for (const [what, wishes, check] of cases) {
    t.same(failures(aReceipt(organisation, wishes)), [check], what)
  }
  const facts = actFacts()
  delete facts['statement']
  t.same(failures(aReceipt(organisation, { facts })), ['act facts'], 'a fact missing')
})

t.test('V9: disclosures are read in their one form', async (t) => {
  const forms: readonly (readonly [text: string, reason: RegExp])[] = [
    ['["AAAAAAAAAAAAAAAAAAAAAA", "a",1]', /canonical form/],
    ['["AAAA","a",1]', /no salt of 16 bytes/],
    ['["AAAAAAAAAAAAAAAAAAAAAB","a",1]', /not canonical/],
    ['["AAAAAAAAAAAAAAAAAAAAAA","a b",1]', /no name/],
    ['["AAAAAAAAAAAAAAAAAAAAAA","a",{}]', /value/],
    ['["AAAAAAAAAAAAAAAAAAAAAA","a",[1]]', /value/],
    ['["AAAAAAAAAAAAAAAAAAAAAA","a"]', /list of salt/],
    ['{}', /list of salt/],
  ]
  for (const [text, reason] of forms) {
    const disclosures = [Buffer.from(text).toString('base64url')]
    const commitment = digestOf(disclosures[0] as string).toString('base64url')
    const entry = `{"at":"2026-11-21T08:00:00.123Z","c":["${commitment}"],"kind":"act","v":1}`
    const log = new TestLog()
    const tlogProof = log.proof(log.add(entry))
    const bytes = Buffer.from(JSON.stringify({ disclosures, entry, format: 'beding-evidence/v1', tlogProof }))
    const receipt = seal(aRendering({ attachmentName: 'evidence.json', attachment: bytes }), keys)
    t.match(notPassed(verifyFile(receipt, 'x', trust)), [reason], text)
  }
})

t.test('V1: a receipt of a log that is not pinned is not accepted, however well sealed', async (t) => {
  const elsewhere = { ...organisation, log: new TestLog(`other.example/log/${organisationId}`, 'other') }
  const attachment = anEvidenceFile(elsewhere)
  const receipt = seal(aRendering({ attachmentName: 'evidence.json', attachment }), keys)
  const report = verifyFile(receipt, 'x', trust)
  t.same(namesWith(report, 'INDETERMINATE'), ['log signature'])
  t.notOk(isAccepted(report))
})

t.test('V8: one root stands above many organisations, and each may seal for itself only', async (t) => {
  t.same(failures(sealedBy(organisationId)), [])
  t.same(failures(sealedBy('0190a000-0000-7000-8000-0000000000ab')), ['seal owner'])
})

t.test('V9: an act at one organisation in the log of another is refused', async (t) => {
  const other = '0190a000-0000-7000-8000-0000000000ab'
  t.same(failures(aReceipt(organisation, { facts: actFacts({ organisationId: other }) })), ['act facts'])
})
