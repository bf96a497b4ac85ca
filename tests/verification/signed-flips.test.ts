import t from 'tap'
import { checkActEvidence } from '../../src/verification/act-evidence.ts'
import type { Facts } from '../../src/verification/disclosures.ts'
import { Findings } from '../../src/verification/findings.ts'
import { SigningEntries } from '../../src/verification/signing-entries.ts'
import { seededNumbers } from '../support/verification-flips.ts'
import { digestOf } from '../support/verification-log.ts'
import type { FactValue } from '../support/verification-log.ts'
import { attested } from '../support/verification-signed-cases.ts'
import { tellSigned } from '../support/verification-signed.ts'

// Every part of a signed act, one bit of one byte after the other, as if its log had committed to the changed one.
type Told = { readonly enrolment: Record<string, FactValue>; readonly act: Record<string, FactValue> }

const leafHash = digestOf('leaf').toString('hex')

function told(wishes = {}): Told {
  const entries: Record<string, FactValue>[] = []
  const add = (_: string, facts: Record<string, FactValue>) => ({
    index: entries.push(facts),
    leafSha256: leafHash,
  })
  tellSigned({ origin: 'log', document: digestOf('document').toString('hex'), add }, wishes)
  const [enrolment, act] = entries
  return { enrolment: enrolment!, act: act! }
}

/** Whether everything about the act and its key PASSED. */
function holds({ enrolment, act }: Told): boolean {
  const findings = new Findings()
  const entries = new SigningEntries()
  const kind = 'signing-credential-enrolled'
  const facts = (of: Record<string, FactValue>): Facts => new Map(Object.entries(of)) as Facts
  entries.see(findings, { index: 1, leafHash, kind, references: [], facts: facts(enrolment), whole: true })
  const around = {
    index: 2,
    logOrigin: 'log',
    entries,
    anchors: undefined,
    documents: undefined,
    whole: true,
    qualifiedRoots: [],
  }
  checkActEvidence(findings, facts(act), around)
  const { checks } = findings.collected
  return checks.length > 3 && checks.every(({ outcome }) => outcome === 'PASSED')
}

/** The text with one bit of one byte changed; undefined where that is no text any more. */
function flipped(text: string, place: number, bit: number): string | undefined {
  const bytes = Buffer.from(text, 'utf8')
  bytes[place]! ^= 1 << bit
  const changed = bytes.toString('utf8')
  return Buffer.from(changed, 'utf8').equals(bytes) ? changed : undefined
}

const random = seededNumbers(125)

for (const [name, wishes] of [
  ['a plain key', {}],
  ['a key whose maker vouches for it', attested()],
] as const) {
  t.test(`no byte of ${name}, its enrolment or its signature can change`, async (t) => {
    const honest = told(wishes)
    t.ok(holds(honest), 'as it was made')
    // What the device and the question say nothing of is only committed to; the moment is bound to within minutes. Client
    // data of a key that nobody vouches for is not signed: its type, challenge and origin count, and nothing else in it.
    const free = ['transports', 'userAgent', 'signingCredentialId', 'authentication', 'enrolledAt']
    if (honest.enrolment['attestationFormat'] === 'none') free.push('clientDataJson')
    for (const part of ['act', 'enrolment'] as const) {
      for (const fact of Object.keys(honest[part])) {
        const value = honest[part][fact]
        const bound = part === 'enrolment' ? !free.includes(fact) : fact === 'signing'
        if (!bound || typeof value !== 'string') continue
        const survivors: string[] = []
        for (let place = 0; place < Buffer.byteLength(value); place++) {
          const bit = random(8)
          const changed = flipped(value, place, bit)
          if (changed !== undefined && holds({ ...honest, [part]: { ...honest[part], [fact]: changed } }))
            survivors.push(`byte ${place} bit ${bit}`)
        }
        t.same(survivors, [], `${part} ${fact}`)
      }
    }
  })
}

t.test('what the act says of who, where and what is what was signed', async (t) => {
  const honest = told()
  const signed = ['organisationId', 'personId', 'personName', 'assignmentId', 'statementId', 'purpose', 'choice', 'statement', 'language', 'documentSha256'] // prettier-ignore
  for (const fact of signed) {
    const value = honest.act[fact] as string
    for (let place = 0; place < Buffer.byteLength(value); place++) {
      const changed = flipped(value, place, random(7))
      if (changed === undefined) continue
      if (holds({ ...honest, act: { ...honest.act, [fact]: changed } })) t.fail(`${fact}, byte ${place}`)
    }
  }
  t.notOk(holds({ ...honest, act: { ...honest.act, reason: 'Mits.' } }))
  t.notOk(holds({ ...honest, act: { ...honest.act, pageRelease: '00'.repeat(32) } }))
})
