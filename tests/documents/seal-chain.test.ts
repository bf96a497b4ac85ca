import t from 'tap'
import { toInstant } from '#core'
import { SealChainRefusal } from '#documents'
import { outsideTermOf, readSealChain } from '../../src/documents/seal-chain.ts'
import { aSealCertificate, aSealChain } from '../support/documents-chains.ts'
import { extension } from '../support/verification-seal.ts'

const whole = aSealChain()
const [leaf, middle, root] = whole.certificates as [Buffer, Buffer, Buffer]
const digitalSignatureOnly = [7, 0x80] as const
const nonRepudiationOnly = [6, 0x40] as const
const keyEnciphermentOnly = [5, 0x20] as const

t.test('a chain that may seal is taken, with the term in which all of it is valid', async (t) => {
  const chain = aSealChain({ from: '251101000000Z', until: '281231235959Z' }, { until: '271231235959Z' })
  t.match(readSealChain(chain.certificates), {
    notBefore: '2025-11-01T00:00:00.000Z',
    notAfter: '2027-12-31T23:59:59.000Z',
  })
  for (const [what, wishes] of [
    ['an RSA key of 3072 bits', { kind: 'rsa-3072' }],
    ['digitalSignature alone', { keyUsage: digitalSignatureOnly }],
    ['nonRepudiation alone', { keyUsage: nonRepudiationOnly }],
    ['no purpose at all', { purposes: null }],
    ['any purpose', { purposes: ['2.5.29.37.0'] }],
    ['the purpose that Adobe uses, and mail', { purposes: ['1.3.6.1.5.5.7.3.4', '1.2.840.113583.1.1.5'] }],
  ] as const)
    t.doesNotThrow(() => readSealChain(aSealChain(wishes).certificates), what)
  t.doesNotThrow(() => readSealChain(aSealChain({}, { kind: 'rsa-2048' }, { kind: 'p384' }).certificates))
  const direct = aSealCertificate({ issuer: whole.root })
  t.doesNotThrow(() => readSealChain([direct.der, root]), 'a leaf that the root itself issued')
})

t.test('a chain that may not seal is refused with the reason', async (t) => {
  const other = aSealChain()
  const unknown = extension('1.3.6.1.4.1.99999.1', true, Buffer.of(5, 0))
  const refused: [string, readonly Buffer[], RegExp][] = [
    ['nothing', [], /no certificate/],
    ['rubbish', [Buffer.from('rubbish')], /cannot be read/],
    ['the leaf alone', [leaf], /root above .* is missing/],
    ['no root', [leaf, middle], /root above .*Test seal authority is missing/],
    ['the root alone', [root], /is an authority/],
    ['another order', [leaf, root, middle], /is not issued by the certificate after it/],
    ['an authority that did not issue it', [leaf, other.middle.der, other.root.der], /is not issued by/],
    ['a leaf that is an authority', aSealChain({ authority: true }).certificates, /is an authority/],
    ['no key usage', aSealChain({ keyUsage: null }).certificates, /may not sign/],
    ['a key for encryption', aSealChain({ keyUsage: keyEnciphermentOnly }).certificates, /may not sign/],
    ['a purpose of servers', aSealChain({ purposes: ['1.3.6.1.5.5.7.3.1'] }).certificates, /not for documents/],
    ['a short key', aSealChain({ kind: 'rsa-2048' }).certificates, /may not seal/],
    ['another curve', aSealChain({ kind: 'p384' }).certificates, /may not seal/],
    ['an unknown critical extension', aSealChain({ extraExtensions: [unknown] }).certificates, /not known here/],
    ['SHA-1', aSealChain({ sha1: true }).certificates, /algorithm that does not count/],
    ['an issuer that is none', aSealChain({}, { authority: false }).certificates, /is not an authority that may issue/],
    ['an issuer that may not issue', aSealChain({}, { keyUsage: [1, 0x02] }).certificates, /is not an authority that may issue/],
    ['a root with nothing allowed between', aSealChain({}, {}, { pathLength: 0 }).certificates, /so many authorities/],
  ] // prettier-ignore
  for (const [what, certificates, reason] of refused) {
    const error = t.throws(() => readSealChain(certificates), SealChainRefusal, what)
    t.match((error as unknown as Error).message, reason, what)
  }
})

t.test('both ends of the term belong to it', async (t) => {
  const chain = readSealChain(aSealChain({ from: '261101000000Z', until: '271101000000Z' }).certificates)
  const outside = (at: string) => outsideTermOf(chain, toInstant(at))
  t.match(outside('2026-10-31T23:59:59.999Z'), 'not valid before 2026-11-01T00:00:00.000Z')
  t.equal(outside('2026-11-01T00:00:00.000Z'), undefined)
  t.equal(outside('2027-11-01T00:00:00.000Z'), undefined)
  t.match(outside('2027-11-01T00:00:00.001Z'), 'was valid until 2027-11-01T00:00:00.000Z')
})
