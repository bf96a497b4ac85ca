import t from 'tap'
import { addMilliseconds, certificateTime, der, derTags, toInstant } from '#core'
import { readCertificate } from '../../src/revocation/certificate.ts'
import { validateCrl } from '../../src/revocation/crl-validation.ts'
import type { Question } from '../../src/revocation/ocsp-validation.ts'
import { RevocationRefusal } from '../../src/revocation/revocation.ts'
import { aCrl, type CrlWishes } from '../support/revocation-answers.ts'
import { aPkiCertificate, aRevocationPki, pkiExtension } from '../support/revocation-pki.ts'

const now = toInstant('2026-11-21T08:00:00.000Z')
const later = (minutes: number) => addMilliseconds(now, minutes * 60_000)
const place = 'http://crl.example.nl/part-7.crl'
const pki = aRevocationPki({ now, crlUrl: () => place })
const question: Question = {
  certificate: readCertificate(pki.seal.der),
  issuer: readCertificate(pki.intermediate.der),
  now,
}
const usual: CrlWishes = {
  issuer: pki.intermediate,
  at: now,
  revoked: [{ certificate: pki.tsa, at: later(-9) }],
}

/** Why a list is refused, or what it says. */
function judged(bytes: Buffer, asked: Question = question): string {
  try {
    return validateCrl(bytes, asked).status.kind
  } catch (error) {
    if (error instanceof RevocationRefusal) return error.reason
    throw error
  }
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts)
const scope = (...parts: Buffer[]): Buffer => pkiExtension('2.5.29.28', true, sequence(...parts))
const urlOf = (text: string): Buffer => der(0xa0, der(0xa0, der(0x86, Buffer.from(text))))
const flag = (tag: number): Buffer => der(tag, Buffer.of(0xff))
const entry = (serial: Buffer, ...extensions: Buffer[]): Buffer =>
  sequence(serial, certificateTime(now), ...(extensions.length === 0 ? [] : [sequence(...extensions)]))
const keyOf = (bytes: Buffer): Buffer => pkiExtension('2.5.29.35', false, sequence(der(0x80, bytes)))
const unknownExtension = (critical: boolean): Buffer => pkiExtension('1.2.3.4', critical, der(derTags.null))
const stranger = der(0x02, Buffer.of(77))
const lists = aPkiCertificate({ name: 'No lists', use: 'authority', from: later(-99), until: later(99), keyUsage: [2, 0x04] }) // prettier-ignore

const accepted: [string, Partial<CrlWishes>][] = [
  ['a list with others on it', {}],
  ['an empty list', { revoked: [] }],
  ['a part that the certificate points to', { extensions: [scope(urlOf(place))] }],
  ['a list about users only', { extensions: [scope(flag(0x81))] }],
  ['that part, about users only', { extensions: [scope(urlOf(place), flag(0x81))] }],
  ['extensions that are not critical', { extensions: [unknownExtension(false)], entries: [entry(stranger, unknownExtension(false))] }], // prettier-ignore
  ['the key of an issuer that names none', { extensions: [keyOf(Buffer.alloc(20))] }],
  ['nextUpdate at this very moment', { at: later(-60), nextUpdate: now }],
]

const refused: [string, string, Partial<CrlWishes>][] = [
  ['issuer', 'a list of the authority above', { issuer: pki.root }],
  [
    'signature',
    'the name of the issuer, the key of another',
    { issuer: { ...pki.intermediate, key: pki.root.key } },
  ],
  ['signature', 'a signature of something else', { breakSignature: true }],
  ['signature', 'SHA-1 under the signature', { sha1: true }],
  ['scope', 'a part that the certificate does not point to', { extensions: [scope(urlOf('http://crl.example.nl/part-8.crl'))] }], // prettier-ignore
  ['scope', 'a list about authorities only', { extensions: [scope(flag(0x82))] }],
  ['form', 'some reasons only', { extensions: [scope(der(0x83, Buffer.of(1, 0x06)))] }],
  ['form', 'an indirect list', { extensions: [scope(flag(0x84))] }],
  ['form', 'attribute certificates only', { extensions: [scope(flag(0x85))] }],
  ['form', 'users only, the flag written as FALSE', { extensions: [scope(der(0x81, Buffer.of(0)))] }],
  ['form', 'a delta', { extensions: [pkiExtension('2.5.29.27', true, der(0x02, Buffer.of(1)))] }],
  ['form', 'a critical extension', { extensions: [unknownExtension(true)] }],
  [
    'form',
    'an entry of another issuer',
    { entries: [entry(stranger, pkiExtension('2.5.29.29', true, sequence()))] },
  ],
  ['form', 'an entry with a critical extension', { entries: [entry(stranger, unknownExtension(true))] }],
  ['form', 'an entry twice', { entries: [entry(stranger), entry(stranger)] }],
  ['form', 'an entry that takes itself back', { entries: [entry(stranger, pkiExtension('2.5.29.21', false, der(0x0a, Buffer.of(8))))] }], // prettier-ignore
  ['form', 'no number', { number: null, extensions: [unknownExtension(false)] }],
  ['form', 'no extensions at all', { number: null }],
  ['form', 'no nextUpdate', { nextUpdate: null }],
  ['form', 'version 1', { version: null }],
  ['form', 'version 3', { version: 2 }],
  ['form', 'an end before the beginning', { nextUpdate: later(-1) }],
  ['future', 'six minutes ahead', { at: later(6) }],
  ['stale', 'nextUpdate a minute ago', { at: later(-60), nextUpdate: later(-1) }],
]

t.test('R1: what the standards allow is accepted', async (t) => {
  for (const [title, wishes] of accepted) t.equal(judged(aCrl({ ...usual, ...wishes })), 'good', title)
  const revoked = [{ certificate: pki.seal, at: later(-1), reason: 9 }]
  t.match(validateCrl(aCrl({ ...usual, revoked }), question), {
    status: { kind: 'revoked', revokedAt: later(-1), reason: 'privilegeWithdrawn' },
    evidence: { kind: 'crl', thisUpdate: now },
  })
})

t.test('R1: everything else is refused, with its reason', async (t) => {
  t.comment('reason    | what is wrong')
  for (const [reason, title, wishes] of refused) {
    t.equal(judged(aCrl({ ...usual, ...wishes })), reason, title)
    t.comment(`${reason.padEnd(9)} | ${title}`)
  }
  t.equal(judged(Buffer.alloc(2_097_153)), 'too-large')
})

t.test(
  'R1: an issuer that may not sign lists signs none, and a key that it names must be its own',
  async (t) => {
    const below = readCertificate(aPkiCertificate({ name: 'Below', use: 'seal', issuer: lists, from: now, until: later(9) }).der) // prettier-ignore
    t.equal(judged(aCrl({ ...usual, issuer: lists }), { ...question, certificate: below, issuer: readCertificate(lists.der) }), 'issuer') // prettier-ignore
    const own = Buffer.alloc(20, 3)
    const named = aPkiCertificate({ name: 'Named', use: 'authority', from: now, until: later(9), extraExtensions: [pkiExtension('2.5.29.14', false, der(0x04, own))] }) // prettier-ignore
    const about = { ...question, issuer: readCertificate(named.der) }
    t.equal(judged(aCrl({ ...usual, issuer: named, extensions: [keyOf(own)] }), about), 'good')
    t.equal(judged(aCrl({ ...usual, issuer: named, extensions: [keyOf(Buffer.alloc(20))] }), about), 'issuer')
  },
)

t.test('a list about authorities is about the certificate of one', async (t) => {
  const about = { ...question, certificate: readCertificate(pki.intermediate.der), issuer: readCertificate(pki.root.der) } // prettier-ignore
  t.equal(judged(aCrl({ ...usual, issuer: pki.root, extensions: [scope(flag(0x82))] }), about), 'good')
  t.equal(judged(aCrl({ ...usual, issuer: pki.root, extensions: [scope(flag(0x81))] }), about), 'scope')
})

t.test('R8: of all changes of one bit none passes', async (t) => {
  const list = aCrl({ ...usual, extensions: [scope(urlOf(place))] })
  const passed: number[] = []
  for (let bit = 0; bit < list.length * 8; bit += 1) {
    const changed = Buffer.from(list)
    changed[bit >> 3]! ^= 1 << (bit & 7)
    if (['good', 'revoked'].includes(judged(changed))) passed.push(bit >> 3)
  }
  t.same(passed, [], `${list.length * 8} changes`)
})
