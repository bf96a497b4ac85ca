import t from 'tap'
import { appendValidationData, listSignatures, prepareTimestamp } from '#documents'
import type { NamedBytes, Trust } from '#verification'
import { isAccepted, readTrust, verifyFile } from '#verification'
import { anExecutedFile } from '../support/documents-sheet.ts'
import type { ExecutedFile } from '../support/documents-sheet.ts'
import { placesIn, placesThatMayChange, seededNumbers } from '../support/verification-flips.ts'
import { dataFor } from '../support/verification-long-term.ts'
import { notPassed } from '../support/verification-reports.ts'
import { pemOf } from '../support/verification-seal.ts'
import { byPython, pythonMissing, temporaryFolder } from '../support/verification-three.ts'
import { anAuthority, aTokenOf } from '../support/verification-timestamp.ts'

// An executed copy as the service writes it: the agreed document, a sheet with its parties, a second seal, and what follows.
const authority = anAuthority()
let file: ExecutedFile
let trustFiles: readonly NamedBytes[]
let trust: Trust

t.before(async () => {
  file = await anExecutedFile()
  const lines = file.seal.root.toString('base64').match(/.{1,64}/g) ?? []
  const root = `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
  trustFiles = [
    { name: 'root.pem', bytes: Buffer.from(root) },
    { name: 'tsa-roots.pem', bytes: Buffer.from(pemOf(authority.root)) },
  ]
  trust = readTrust(trustFiles)
})

function stamped(bytes: Buffer, at: string): Buffer {
  const { finish } = prepareTimestamp(bytes)
  // The digest alone does not tell the bytes: the token is made over what the range covers.
  const probe = finish(Buffer.of(0x30, 0x82, 0, 0))
  if (probe.kind !== 'finished') throw new Error('there is no room')
  const start = probe.bytes.lastIndexOf('/Contents <') + '/Contents '.length
  const end = probe.bytes.indexOf('>', start) + 1
  const covered = Buffer.concat([probe.bytes.subarray(0, start), probe.bytes.subarray(end)])
  const token = aTokenOf(authority, covered, { at })
  const again = prepareTimestamp(bytes).finish(token)
  if (again.kind !== 'finished') throw new Error('there is no room')
  return again.bytes
}

t.test('V7: an executed copy is accepted, and proven for both of its seals', async (t) => {
  const report = verifyFile(file.executed, 'x', trust)
  t.same(notPassed(report), [])
  t.ok(isAccepted(report))
  t.same(
    report.documents[0]?.revisions.map(({ kind }) => kind),
    ['rendered', 'seal', 'signature-sheet', 'seal'],
  )
  t.equal(report.documents[0]?.revisions[1]?.length, file.frozen.length, 'the agreed document is a prefix')
  t.equal(report.documents[0]?.level, 'B-B')
  const later = stamped(file.executed, '20261127121000Z')
  t.equal(verifyFile(later, 'x', trust).documents[0]?.level, 'B-T')
  const key = listSignatures(later).at(-1)?.key ?? ''
  const time = dataFor(authority, '20261127121100Z')
  const data = { certificates: time.certificates, ocsps: time.ocsps, crls: time.lists }
  const known = appendValidationData(later, { ...data, vri: [{ ...data, key }] }) ?? later
  const lasting = verifyFile(stamped(known, '20261127121200Z'), 'x', trust)
  t.same(notPassed(lasting), [])
  t.equal(lasting.documents[0]?.level, 'B-T', 'nothing is known of the certificate of the seals')
})

t.test('V3: any byte of an executed copy matters', async (t) => {
  const bytes = stamped(file.executed, '20261127121000Z')
  const random = seededNumbers(41)
  const places = placesIn(bytes.length, 120, random)
  t.same(placesThatMayChange(bytes, trust, places, random), [])
})

t.test('V7: a sheet may not act, replace, or stand anywhere else', { skip: pythonMissing() }, async (t) => {
  const { grafted, frozen, executed } = file
  const cases: readonly (readonly [what: string, bytes: Buffer, reason: RegExp])[] = [
    [
      'an annotation on its page',
      inSheet(grafted, '/Tabs /S\n', '/AA 1 0 R'.padEnd(9, '\n')),
      /page|no sheet needs/,
    ],
    ['another name', inSheet(grafted, '/ProcSet', '/PrucSet'), /no sheet needs/],
    ['a string of its own', inSheet(grafted, '(Adobe)', '(Adobf)'), /text outside its pages/],
    [
      'a smaller count',
      inSheet(grafted, '/Type /Pages\n/Count ', '/Type /Pages\n/CounT '),
      /\/CounT|another count|changes/,
    ],
    ['an old object in it', inSheet(grafted, '/S /Part\n', '/S /Port\n'), /not a part/],
    ['without the second seal', grafted, /no seal covers the signature sheet/],
    ['twice the second seal', Buffer.concat([executed, executed.subarray(grafted.length)]), /./],
    [
      'a time-stamp before the sheet',
      Buffer.concat([stamped(frozen, '20261127121000Z'), grafted.subarray(frozen.length)]),
      /./,
    ],
  ]
  const files = cases.map(([name, bytes]) => ({ name, bytes }))
  const python = await byPython(temporaryFolder(t), trustFiles, files)
  for (const [position, [what, bytes, reason]] of cases.entries()) {
    const report = verifyFile(bytes, what, trust)
    t.equal(python[position], isAccepted(report), `${what}: both verifiers`)
    t.notOk(isAccepted(report), what)
    t.match(notPassed(report).join(), reason, what)
  }
  t.same(await byPython(temporaryFolder(t), trustFiles, [{ name: 'honest', bytes: executed }]), [true])
})

/** Changes the sheet's update, at the same length. */
function inSheet(grafted: Buffer, from: string, to: string): Buffer {
  const text = grafted.toString('latin1')
  const at = text.indexOf(from, file.frozen.length)
  if (at < 0) throw new Error(`there is no ${from}`)
  return Buffer.from(text.slice(0, at) + to.padEnd(from.length) + text.slice(at + from.length), 'latin1')
}
