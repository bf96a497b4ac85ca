import { deflateSync } from 'node:zlib'
import { ContentInfo, SignedData } from 'pkijs'
import t from 'tap'
import { isAccepted, noTrust, readTrust, verifyFile } from '#verification'
import { anOrganisation, aPolicyEdition, aReceipt } from '../support/verification-dossier.ts'
import { placesIn, placesThatMayChange, seededNumbers } from '../support/verification-flips.ts'
import { actFacts, digestOf } from '../support/verification-log.ts'
import { aRendering, revision, seal } from '../support/verification-pdf.ts'
import type { PdfObjects, RenderingWishes, SealWishes } from '../support/verification-pdf.ts'
import { namesWith, notPassed } from '../support/verification-reports.ts'
import {
  aCertificate,
  aCms,
  attribute,
  der,
  extension,
  integer,
  oid,
  pemOf,
  sealKeys,
} from '../support/verification-seal.ts'
import type { SealKeys } from '../support/verification-seal.ts'

const organisation = anOrganisation()
const { keys, trust } = organisation

/** Changes the text of one object. */
function change(id: number, from: string, to: string): (objects: PdfObjects) => void {
  return (objects) => {
    const before = objects.get(id)?.toString('latin1') ?? ''
    if (!before.includes(from)) throw new Error(`object ${id} has no ${from}`)
    objects.set(id, Buffer.from(before.replace(from, to), 'latin1'))
  }
}

/** Puts another object in place. */
function put(id: number, text: string): (objects: PdfObjects) => void {
  return (objects) => void objects.set(id, Buffer.from(text))
}

function pin(made: SealKeys): typeof trust {
  return readTrust([{ name: 'root.pem', bytes: Buffer.from(pemOf(made.root)) }])
}

/** A rendering whose attached stream is these bytes. */
function withAttachment(bytes: Buffer, filter = '/Filter /FlateDecode'): RenderingWishes {
  const dictionary = `<<\n/Type /EmbeddedFile\n/Params <<\n/Size 13\n>>\n${filter}\n/Length ${bytes.length}\n>>\nstream\n`
  const object = Buffer.concat([Buffer.from(dictionary), bytes, Buffer.from('\nendstream')])
  return { change: (objects) => void objects.set(6, object) }
}

function failures(bytes: Uint8Array, pinned = trust): string[] {
  return namesWith(verifyFile(bytes, 'x.pdf', pinned), 'FAILED')
}

t.test('a policy edition and a receipt are accepted, and say what they hold', async (t) => {
  const edition = aPolicyEdition(organisation)
  const report = verifyFile(edition, 'edition.pdf', trust)
  t.same(notPassed(report), [])
  const [whole, rendered] = [edition, aRendering()].map((bytes) => digestOf(bytes).toString('hex'))
  t.same(report.facts, [
    { name: 'SHA-256 of the file', value: whole },
    { name: 'SHA-256 before sealing', value: rendered },
    { name: 'revision 0', value: `rendered, ${aRendering().length} bytes, SHA-256 ${rendered}` },
    { name: 'revision 1', value: `seal, ${edition.length} bytes, SHA-256 ${whole}` },
    { name: 'seal authority', value: 'CN=Test root' },
    { name: 'level', value: 'B-B' },
    { name: 'proven time', value: 'none, only the sealer’s claim' },
    { name: 'SHA-256 of policy.json', value: digestOf('{"title":"x"}').toString('hex') },
  ])
  const receipt = verifyFile(aReceipt(organisation), 'receipt.pdf', trust)
  t.same(notPassed(receipt), [])
  const facts = new Map(receipt.facts.map(({ name, value }) => [name, value]))
  t.match(facts.get('who'), 'Şükrü Çağlar Yıldız (1001, sukru@example.nl) at Voorbeeld & Zn. B.V.')
  t.match(facts.get('answer'), 'seen: "Ik heb dit gezien."')
  t.match(facts.get('how known'), 'mailbox-employer by one-time-link, evidence level E2')
  t.equal(facts.get('documentSha256'), digestOf('document').toString('hex'))
  for (const name of Object.keys(actFacts())) t.ok(facts.has(name), name)
  t.match(receipt.limits.join('\n'), /"seen" is not agreement/)
})

t.test('the seals of these tests are CMS to another library too', async (t) => {
  const bytes = Buffer.from('sealed')
  const content = ContentInfo.fromBER(Uint8Array.from(aCms(keys, bytes)))
  const signed = new SignedData({ schema: content.content })
  t.ok(await signed.verify({ signer: 0, data: Uint8Array.from(bytes).buffer as ArrayBuffer }))
})

t.test('V3: any byte of a sealed PDF matters, structure and signature byte by byte', async (t) => {
  const random = seededNumbers(3)
  for (const bytes of [aPolicyEdition(organisation), aReceipt(organisation)]) {
    const text = bytes.toString('latin1')
    const structural = [
      ...text.matchAll(/ obj\n|endobj|xref|trailer|startxref|%%EOF|ByteRange \[[0-9 ]+\]|\/Contents|\/Prev/g),
    ]
    const cms = text.indexOf('<3082')
    const places = [
      ...placesIn(bytes.length, 200, random),
      ...structural.flatMap(({ 0: found, index }) => Array.from(found, (_, at) => index + at)),
      ...Array.from({ length: 2200 }, (_, at) => cms + at),
      text.indexOf('>', cms),
    ]
    t.same(placesThatMayChange(bytes, trust, places, random), [])
  }
})

t.test('V4: a PDF cut off anywhere is refused, and bytes behind it too', async (t) => {
  const bytes = aPolicyEdition(organisation)
  for (let length = 5; length < bytes.length; length += 61) {
    t.not(failures(bytes.subarray(0, length)).length, 0, `${length} bytes`)
  }
  for (const tail of ['\n', ' ', '\0', '%', '%%EOF\n']) {
    t.same(failures(Buffer.concat([bytes, Buffer.from(tail)])), ['PDF structure'], JSON.stringify(tail))
  }
})

t.test('V7: an update that does more than seal is refused', async (t) => {
  const cases: Readonly<Record<string, SealWishes>> = {
    'replaces the text of the page': { changeUpdate: put(5, '<<\n/Length 1\n>>\nstream\nx\nendstream') },
    'points the page to other text': { changeUpdate: change(4, '/Contents 5 0 R', '/Contents 10 0 R') },
    'replaces the attached file': { changeUpdate: put(6, '<<\n/Type /EmbeddedFile\n>>') },
    'adds an annotation': { changeUpdate: change(4, '11 0 R]', '11 0 R 9 0 R]') },
    'drops an annotation': { changeUpdate: change(4, '8 0 R ', '') },
    'adds an object nobody names': { changeUpdate: put(13, '(hidden)') },
    'leaves the page alone': { changeUpdate: (objects) => void objects.delete(4) },
    'adds an action': { changeUpdate: change(3, '/AcroForm', '/OpenAction 9 0 R\n/AcroForm') },
    'points to other pages': { changeUpdate: change(3, '/Pages 1 0 R', '/Pages 12 0 R') },
    'shows a field': { changeUpdate: change(11, '[0 0 0 0]', '[0 0 99 99]') },
    'gives the field a look': { changeUpdate: change(11, '/F 132', '/F 132\n/AP 9 0 R') },
    'gives the field an action': { changeUpdate: change(11, '/F 132', '/F 132\n/A 9 0 R') },
    'has a second field': { changeUpdate: change(12, '[11 0 R]', '[11 0 R 8 0 R]') },
    'fills in a form': { changeUpdate: change(12, '/SigFlags 3', '/SigFlags 3\n/XFA (x)') },
    'brings a certificate outside of the signature': { changeUpdate: change(10, '/M (', '/Cert (x)\n/M (') },
    'is an older kind of signature': {
      changeUpdate: change(10, 'ETSI.CAdES.detached', 'adbe.pkcs7.detached'),
    },
    'has another handler': { changeUpdate: change(10, 'Adobe.PPKLite', 'Adobe.PPKMS') },
    'claims a local time': { time: "D:20261121080000+01'00'" },
    'claims a time that does not exist': { time: 'D:20261341080000Z' },
    'has another root': { trailer: '/Size 13\n/Root 4 0 R\n/Info 9 0 R\n/ID [<00> <00>]\n/Prev 1' },
    'adds an extension of somebody': {
      changeUpdate: change(3, '/AcroForm', '/Extensions <</ADBE <<>>>>\n/AcroForm'),
    },
  }
  for (const [what, wishes] of Object.entries(cases)) {
    const failed = failures(seal(aRendering(), keys, wishes))
    t.ok(failed.includes('seal grammar') || failed.includes('PDF structure'), `${what}: ${failed.join()}`)
  }
  const extension =
    '/Extensions <<\n/ESIC <<\n/Type /DeveloperExtensions\n/BaseVersion /1.7\n/ExtensionLevel 1\n>>\n>>\n/AcroForm'
  t.same(
    failures(seal(aRendering(), keys, { changeUpdate: change(3, '/AcroForm', extension) })),
    [],
    'the one extension of PAdES',
  )
})

t.test(
  'V7: a third revision that neither stamps nor adds validation data is refused, however harmless',
  async (t) => {
    const bytes = aPolicyEdition(organisation)
    const previous = /startxref\n(\d+)\n%%EOF\n$/.exec(bytes.toString('latin1'))?.[1]
    const trailer = `/Size 13\n/Root 3 0 R\n/Info 9 0 R\n/ID [<00112233445566778899aabbccddeeff> <00>]\n/Prev ${previous}`
    const shadow = revision(
      bytes,
      new Map([[5, Buffer.from('<<\n/Length 1\n>>\nstream\nx\nendstream')]]),
      trailer,
    )
    t.same(failures(shadow), ['revision 2 grammar'])
    const unsealed = aRendering()
    t.match(notPassed(verifyFile(unsealed, 'x', trust)), [/PDF structure: .*only one revision/])
  },
)

t.test('V7: the seal must cover everything but itself, and hide nothing', async (t) => {
  const cases: readonly (readonly [what: string, wishes: SealWishes, check: string])[] = [
    ['starts late', { changeRange: ([, ...rest]) => [1, ...rest] }, 'seal coverage'],
    ['stops early', { changeRange: ([a = 0, b = 0, c = 0, d = 0]) => [a, b, c, d - 1] }, 'seal coverage'],
    [
      'leaves out more than its hex string',
      { changeRange: ([a = 0, b = 0, c = 0, d = 0]) => [a, b, c + 1, d - 1] },
      'seal coverage',
    ],
    [
      'leaves out what stands before',
      { changeRange: ([a = 0, b = 0, c = 0, d = 0]) => [a, b - 9, c, d] },
      'seal coverage',
    ],
    [
      'runs over the end',
      { changeRange: ([a = 0, b = 0, c = 0, d = 0]) => [a, b, c, d + 1] },
      'seal coverage',
    ],
    ['is in upper case', { changeHex: (hex) => hex.toUpperCase() }, 'seal form'],
    ['hides a byte behind', { changeHex: (hex) => `${hex.slice(0, -2)}01` }, 'seal form'],
    ['is empty', { changeHex: (hex) => '0'.repeat(hex.length) }, 'seal form'],
    ['is over other bytes', { cms: { digest: digestOf('other') } }, 'sealed bytes'],
  ]
  for (const [what, wishes, check] of cases) {
    t.ok(failures(seal(aRendering(), keys, wishes)).includes(check), what)
  }
})

t.test('V8: the signature must have exactly the parts of PAdES B-B', async (t) => {
  const foreign = aCertificate({ name: 'Foreign' })
  const all = keys.chain.map((certificate) => certificate.der)
  const cases: readonly (readonly [what: string, cms: SealWishes['cms'] & object, check: string])[] = [
    [
      'with signing-time',
      { extraAttributes: [attribute('1.2.840.113549.1.9.5', der(0x17, Buffer.from('261121080000Z')))] },
      'seal form',
    ],
    ['without certificate attribute', { leaveOut: ['1.2.840.113549.1.9.16.2.47'] }, 'seal form'],
    ['without algorithm protection', { leaveOut: ['1.2.840.113549.1.9.52'] }, 'seal form'],
    ['naming another certificate', { namedCertificate: foreign.der }, 'seal form'],
    ['signing something else than data', { messageType: '1.2.840.113549.1.7.2' }, 'seal form'],
    [
      'with an unsigned attribute',
      { unsigned: der(0xa1, attribute('1.2.840.113549.1.9.5', integer(1))) },
      'seal form',
    ],
    ['without the certificates', { certificates: [foreign.der] }, 'seal form'],
    ['with a certificate too many', { certificates: [...all, foreign.der] }, 'seal certificate'],
    ['with the root', { certificates: [...all, keys.root.der] }, 'seal certificate'],
    ['without the authority between', { certificates: all.slice(0, 1) }, 'seal certificate'],
    ['with a certificate twice', { certificates: [...all, all[1] as Buffer] }, 'seal form'],
  ]
  for (const [what, cms, check] of cases) t.same(failures(seal(aRendering(), keys, { cms })), [check], what)
})

t.test('V8: the chain must lead to a pinned root, and may be used for this', async (t) => {
  const check = (made: SealKeys, what: string, expected: RegExp): void => {
    const report = verifyFile(seal(aRendering(), made), 'x.pdf', pin(made))
    t.match(notPassed(report).join(), expected, what)
  }
  const leafCases: readonly (readonly [
    what: string,
    wishes: Parameters<typeof sealKeys>[0],
    reason: RegExp,
  ])[] = [
    ['a leaf not for documents', { purposes: ['1.3.6.1.5.5.7.3.4'] }, /not for documents/],
    ['a leaf that may not sign', { keyUsage: [5, 0x20] }, /may not be used to sign/],
    ['an authority as leaf', { authority: true, purposes: ['1.3.6.1.5.5.7.3.36'] }, /that of an authority/],
    ['a leaf not valid yet', { from: '270101000000Z' }, /was valid from/],
    ['a leaf no longer valid', { until: '260101000000Z' }, /was valid from/],
    [
      'a critical extension nobody knows',
      { extraExtensions: [extension('1.2.3.4', true, integer(1))] },
      /critical extension/,
    ],
    ['an extension twice', { extraExtensions: [extension('2.5.29.19', true, der(0x30))] }, /extension twice/],
  ]
  for (const [what, wishes, reason] of leafCases) check(sealKeys(wishes), what, reason)

  const harmless = sealKeys({ extraExtensions: [extension('1.2.3.4', false, integer(1))] })
  t.same(failures(seal(aRendering(), harmless), pin(harmless)), [])
  const root = aCertificate({ name: 'R', authority: true, pathLength: 0 })
  const middle = aCertificate({ name: 'M', authority: true, issuer: root })
  const leaf = aCertificate({ name: 'L', issuer: middle })
  check({ root, middle, chain: [leaf, middle], leaf }, 'too many authorities', /so many authorities/)
  const weak = aCertificate({ name: 'W', issuer: root })
  const below = aCertificate({ name: 'B', issuer: weak })
  check({ root, middle: weak, chain: [below, weak], leaf: below }, 'issued by a leaf', /is not an authority/)
  const direct = aCertificate({ name: 'D', issuer: root })
  const short = { root, middle: root, chain: [direct], leaf: direct }
  t.same(failures(seal(aRendering(), short), pin(short)), [], 'a leaf right below the root')
})

t.test('V1, V2: without a pinned root the seal decides nothing, with another root it fails', async (t) => {
  const bytes = aPolicyEdition(organisation)
  const open = verifyFile(bytes, 'x', noTrust)
  t.same(namesWith(open, 'FAILED'), [])
  t.same(namesWith(open, 'INDETERMINATE'), ['seal certificate'])
  t.notOk(isAccepted(open))
  const other = readTrust([{ name: 'root.pem', bytes: Buffer.from(pemOf(sealKeys().root)) }])
  t.same(failures(bytes, other), ['seal certificate'], 'a root of the same name with another key')
})

t.test('V7: the document under the seal may hide nothing and do nothing', async (t) => {
  const bomb = deflateSync(Buffer.alloc(5 * 1024 * 1024))
  const content = Buffer.from('{"title":"x"}')
  const cases: readonly (readonly [what: string, wishes: RenderingWishes, check: string])[] = [
    ['a script', { change: change(9, '/Producer (test)', '/JS (app.alert)') }, 'attachment'],
    ['an action on opening', { change: change(3, '/Lang (nl)', '/OpenAction 9 0 R') }, 'seal grammar'],
    [
      'an action that starts a program',
      { change: change(8, '/Border [0 0 0]', '/A << /S /Launch >>') },
      'attachment',
    ],
    ['layers', { change: change(9, '/Producer (test)', '/OCProperties << >>') }, 'attachment'],
    [
      'a second attached file',
      { change: change(9, '/Producer (test)', '/Type /EmbeddedFile') },
      'attachment',
    ],
    [
      'an attached file under two names',
      { change: change(7, '/UF (policy.json)', '/UF (other.json)') },
      'attachment',
    ],
    ['an attached file not associated', { change: change(3, '/AF [7 0 R]', '/AF []') }, 'seal grammar'],
    ['another attached file', { attachmentName: 'other.json' }, 'document content'],
    ['policy.json not canonical', { attachment: Buffer.from('{"b":1,"a":1}') }, 'policy content'],
    ['an attached bomb', withAttachment(bomb), 'attachment'],
    [
      'bytes behind the packed file',
      withAttachment(Buffer.concat([deflateSync(content), Buffer.of(0)])),
      'attachment',
    ],
    [
      'a filter nobody needs',
      withAttachment(content, '/Filter [/ASCIIHexDecode /FlateDecode]'),
      'attachment',
    ],
    ['pages in a circle', { change: change(1, '[4 0 R]', '[1 0 R]') }, 'seal grammar'],
    ['a page that is not there', { change: change(1, '[4 0 R]', '[99 0 R]') }, 'seal grammar'],
    ['a form of its own', { change: change(3, '/Lang (nl)', '/AcroForm 9 0 R') }, 'seal grammar'],
    ['a key twice', { change: change(9, '/Producer (test)', '/A 1 /A 2') }, 'PDF structure'],
    [
      'a key twice by another spelling',
      { change: change(9, '/Producer (test)', '/A 1 /#41 2') },
      'PDF structure',
    ],
    ['a comment', { change: change(9, '(test)', '(test) % hidden\n') }, 'PDF structure'],
    [
      'values nested without end',
      { change: change(9, '(test)', `${'['.repeat(5000)}${']'.repeat(5000)}`) },
      'PDF structure',
    ],
    ['a number without end', { change: change(9, '(test)', '9'.repeat(5000)) }, 'PDF structure'],
    ['a string without end', { change: change(9, '(test)', '(((') }, 'PDF structure'],
    [
      'a stream longer than the file',
      { change: change(5, '/Length 16', '/Length 99999999') },
      'PDF structure',
    ],
    ['a reference out of range', { change: change(9, '(test)', '9999999 0 R') }, 'PDF structure'],
    [
      'more values than memory',
      { change: change(9, '(test)', `[${'0 '.repeat(1_100_000)}]`) },
      'PDF structure',
    ],
    [
      'a string of a megabyte',
      { change: change(9, '(test)', `(${'x'.repeat(1_000_000)})`) },
      'PDF structure',
    ],
    ['unknown words', { change: change(9, '(test)', 'maybe') }, 'PDF structure'],
  ]
  for (const [what, wishes, check] of cases) {
    const failed = failures(seal(aRendering(wishes), keys))
    t.ok(failed.includes(check), `${what}: ${failed.join()}`)
  }
})

t.test('V7: bytes between objects, and objects the table does not name, are refused', async (t) => {
  const honest = aRendering()
  const hidden = Buffer.from('7 0 obj\n(hidden)\nendobj\n')
  const at = honest.indexOf('9 0 obj')
  const moved = Buffer.concat([honest.subarray(0, at), hidden, honest.subarray(at)]).toString('latin1')
  const table = moved.lastIndexOf('xref\n0')
  const offset = String(at).padStart(10, '0')
  const shifted = moved
    .replace(`${offset} 00000`, `${String(at + hidden.length).padStart(10, '0')} 00000`)
    .replace(/startxref\n\d+/, `startxref\n${table}`)
  const report = verifyFile(seal(Buffer.from(shifted, 'latin1'), keys), 'x', trust)
  t.match(notPassed(report), [/PDF structure: bytes outside of any object stand before object 9/])
})

t.test('an object identifier of the tests is the published one', async (t) => {
  t.equal(oid('1.2.840.113549.1.9.16.2.47').toString('hex'), '060b2a864886f70d010910022f')
})
