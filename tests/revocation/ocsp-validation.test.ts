import t from 'tap'
import { addMilliseconds, der, derTags, readDer, toInstant } from '#core'
import { readCertificate } from '../../src/revocation/certificate.ts'
import { certificateIdOf, ocspRequest, readOcspRequest } from '../../src/revocation/ocsp-request.ts'
import { validateOcsp, type Question } from '../../src/revocation/ocsp-validation.ts'
import { RevocationRefusal } from '../../src/revocation/revocation.ts'
import { anOcspAnswer, aSingleAnswer, type OcspAnswerWishes } from '../support/revocation-answers.ts'
import {
  aPkiCertificate,
  aRevocationPki,
  pkiExtension,
  type PkiCertificate,
} from '../support/revocation-pki.ts'

const now = toInstant('2026-11-21T08:00:00.000Z')
const minute_ms = 60_000
const later = (minutes: number) => addMilliseconds(now, minutes * minute_ms)
const pki = aRevocationPki({ now })
const nonce = Buffer.from('00112233445566778899aabbccddeeff', 'hex')
const question: Question = {
  certificate: readCertificate(pki.seal.der),
  issuer: readCertificate(pki.intermediate.der),
  nonce,
  now,
}
const usual: OcspAnswerWishes = {
  certificate: pki.seal,
  issuer: pki.intermediate,
  responder: pki.responder,
  at: now,
  nonce,
}

/** Why an answer is refused, or what it says. */
function judged(bytes: Buffer, asked: Question = question): string {
  try {
    return validateOcsp(bytes, asked).status.kind
  } catch (error) {
    if (error instanceof RevocationRefusal) return error.reason
    throw error
  }
}

const another = (wishes: Partial<Parameters<typeof aPkiCertificate>[0]>): PkiCertificate =>
  aPkiCertificate({ name: 'Another', use: 'responder', issuer: pki.intermediate, from: later(-90_000), until: later(90_000), ...wishes }) // prettier-ignore
const about = (wishes: Partial<OcspAnswerWishes>): Buffer => aSingleAnswer({ ...usual, ...wishes })
const unknownExtension = (critical: boolean): Buffer => pkiExtension('1.2.3.4', critical, der(derTags.null))

const accepted: [string, Partial<OcspAnswerWishes>][] = [
  ['an ordinary answer', {}],
  ['a responder named by its name', { namedBy: 'name' }],
  ['SHA-256 in the certificate id', { hash: 'sha256' }],
  ['the issuer as the responder', { responder: pki.intermediate }],
  [
    'the issuer as the responder, brought along',
    { responder: pki.intermediate, certificates: [pki.intermediate] },
  ],
  ['no nonce, as of one who answers in advance', { nonce: undefined }],
  ['no nextUpdate, 59 minutes ago', { at: later(-59), nextUpdate: null }],
  ['nextUpdate at this very moment', { at: later(-60), nextUpdate: now }],
  ['a clock that is five minutes ahead', { at: later(5) }],
  ['other certificates answered for as well', { others: [about({ certificate: pki.tsa }), about({ certificate: pki.tsa, status: 'unknown' })] }], // prettier-ignore
  ['other certificates brought along', { certificates: [pki.tsa, pki.responder, pki.root] }],
  ['extensions that are not critical', { extensions: [unknownExtension(false)], singleExtensions: [unknownExtension(false)] }], // prettier-ignore
  ['a responder with P-384', { responder: another({ kind: 'p384' }) }],
  ['a responder with RSA', { responder: another({ kind: 'rsa' }) }],
]

const refused: [string, string, Partial<OcspAnswerWishes>][] = [
  ['status', 'malformedRequest', { responseStatus: 1 }],
  ['status', 'internalError', { responseStatus: 2 }],
  ['status', 'sigRequired', { responseStatus: 5 }],
  ['status', 'a status that does not exist', { responseStatus: 9 }],
  ['certificate-id', 'another number', { certificate: pki.tsa }],
  ['certificate-id', 'another issuer of that number', { issuer: pki.root, responder: pki.responder }],
  ['certificate-id', 'another key of the issuer', { issuer: { ...pki.intermediate, keyBits: pki.root.keyBits }, responder: pki.responder }], // prettier-ignore
  ['certificate-id', 'another name of the issuer', { issuer: { ...pki.intermediate, subject: pki.root.subject }, responder: pki.responder }], // prettier-ignore
  ['certificate-id', 'good and revoked at once', { others: [about({ status: { at: now } })] }],
  ['nonce', 'another nonce', { nonce: Buffer.alloc(16) }],
  ['nonce', 'the nonce cut short', { nonce: nonce.subarray(0, 15) }],
  ['signature', 'a signature of something else', { breakSignature: true }],
  ['signature', 'SHA-1 under the signature', { sha1: true }],
  ['signature', 'RSA of 1024 bits', { responder: another({ kind: 'short-rsa' }) }],
  ['signature', 'the issuer named, another signed', { responder: { ...pki.intermediate, key: pki.tsa.key } }],
  ['responder', 'a responder that is not brought', { certificates: [] }],
  ['responder', 'another than the named one brought', { certificates: [pki.tsa] }],
  ['responder', 'a certificate that is not for OCSP', { responder: pki.tsa }],
  ['responder', 'the certificate itself', { responder: pki.seal }],
  ['responder', 'a responder of the authority above', { responder: pki.rootResponder }],
  ['responder', 'a responder below another responder', { responder: another({ issuer: pki.responder }) }],
  ['responder', 'a responder that names the issuer but was not signed by it', { responder: another({ issuer: { ...pki.intermediate, key: pki.root.key } }) }], // prettier-ignore
  ['responder', 'a responder whose certificate is signed with SHA-1', { responder: another({ sha1: true }) }],
  ['responder', 'a responder whose key is for lists', { responder: another({ keyUsage: [1, 0x02] }) }],
  ['responder', 'a responder that needs an answer about itself', { responder: another({ noCheck: false }) }],
  ['responder-expired', 'a responder that has ended', { responder: another({ until: later(-1) }) }],
  ['responder-expired', 'a responder of tomorrow', { responder: another({ from: later(1) }) }],
  ['future', 'a clock that is more than five minutes ahead', { at: later(6) }],
  ['future', 'made later than now', { at: now, producedAt: later(6) }],
  ['stale', 'nextUpdate a minute ago', { at: later(-60), nextUpdate: later(-1) }],
  ['stale', 'no nextUpdate, 61 minutes ago', { at: later(-61), nextUpdate: null }],
  ['form', 'an end before the beginning', { at: now, nextUpdate: later(-1) }],
  ['unknown', 'unknown', { status: 'unknown' }],
  ['form', 'a reason that does not exist', { status: { at: now, reason: 7 } }],
  ['form', 'a critical extension', { extensions: [unknownExtension(true)] }],
  ['form', 'a critical extension of the single answer', { singleExtensions: [unknownExtension(true)] }],
  ['form', 'an extension twice', { extensions: [unknownExtension(false), unknownExtension(false)] }],
  ['form', 'nine certificates', { certificates: Array.from({ length: 9 }, () => pki.responder) }],
  [
    'form',
    'about 65 certificates',
    { others: Array.from({ length: 65 }, () => about({ certificate: pki.tsa })) },
  ],
]

t.test('R1: what the standards allow is accepted', async (t) => {
  for (const [title, wishes] of accepted)
    t.equal(judged(anOcspAnswer({ ...usual, ...wishes })), 'good', title)
  t.equal(judged(anOcspAnswer({ ...usual, status: { at: later(-9), reason: 6 } })), 'revoked')
})

t.test('R1: everything else is refused, with its reason', async (t) => {
  t.comment('reason            | what is wrong')
  for (const [reason, title, wishes] of refused) {
    t.equal(judged(anOcspAnswer({ ...usual, ...wishes })), reason, title)
    t.comment(`${reason.padEnd(17)} | ${title}`)
  }
  t.equal(judged(Buffer.alloc(65_537)), 'too-large')
  t.equal(judged(anOcspAnswer(usual), { ...question, nonce: undefined }), 'nonce', 'a nonce that nobody sent')
})

t.test('R8: of all changes of one bit none passes', async (t) => {
  const answer = anOcspAnswer(usual)
  const passed: string[] = []
  for (let bit = 0; bit < answer.length * 8; bit += 1) {
    const changed = Buffer.from(answer)
    changed[bit >> 3]! ^= 1 << (bit & 7)
    if (['good', 'revoked'].includes(judged(changed))) passed.push(`${bit >> 3}`)
  }
  t.same(passed, [], `${answer.length * 8} changes`)
})

t.test('R8: bytes that follow, lengths that are too long and answers cut off are refused', async (t) => {
  const answer = anOcspAnswer(usual)
  t.equal(judged(Buffer.concat([answer, Buffer.of(5, 0)])), 'form')
  for (let length = 0; length < answer.length; length += 1)
    if (judged(answer.subarray(0, length)) !== 'form') t.fail(`cut off after ${length}`)
  const [whole] = readDer(answer)
  const loose = Buffer.concat([Buffer.of(0x30, 0x84, 0, 0), Buffer.of(whole!.body.length >> 8, whole!.body.length & 255), whole!.body]) // prettier-ignore
  t.equal(judged(loose), 'form')
})

t.test('a request is small, and reads as it was written', async (t) => {
  for (const hash of ['sha1', 'sha256'] as const) {
    const id = certificateIdOf(question.certificate, question.issuer, hash)
    t.same(readOcspRequest(ocspRequest(id, nonce)), { id, nonce })
    t.same(readOcspRequest(ocspRequest(id)), { id, nonce: undefined })
    t.ok(ocspRequest(id).toString('base64').length < 255, 'RFC 5019 section 5: it fits a GET')
  }
  for (const [title, bytes] of [
    ['rubbish', Buffer.from('rubbish')],
    ['two certificates', doubled()],
  ] as const)
    t.throws(() => readOcspRequest(bytes), RangeError, title)
})

function doubled(): Buffer {
  const request = ocspRequest(certificateIdOf(question.certificate, question.issuer, 'sha1'))
  const list = readDer(readDer(readDer(request)[0]!.body)[0]!.body)[0]!.body
  return der(0x30, der(0x30, der(0x30, list, list)))
}
