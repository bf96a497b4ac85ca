import { verify } from 'node:crypto'
import * as asn1 from 'asn1js'
import * as pkijs from 'pkijs'
import t from 'tap'
import { derOid, toInstant } from '#core'
import { keyObjectSigner, sealBytes } from '#documents'
import { renderDocument } from '../../src/documents/document-rendering.ts'
import { signatureOfPair } from '../../src/documents/seal-key-token.ts'
import { aSealChain } from '../support/documents-chains.ts'
import { aReceipt } from '../support/documents-samples.ts'

const at = toInstant('2026-11-21T08:00:00.123Z')
const rendered = (await renderDocument(aReceipt())).bytes
const statement = { at, name: 'Voorbeeld B.V.' }

/** The CMS of a seal, and the bytes that it is over. */
function takeApart(bytes: Buffer) {
  const range = /\/ByteRange \[0 (\d+) (\d+) (\d+)\]/.exec(bytes.toString('latin1'))!
  const [first, second, rest] = range.slice(1).map(Number) as [number, number, number]
  const room = Buffer.from(bytes.toString('latin1', first + 1, second - 1), 'hex')
  const { offset, result } = asn1.fromBER(new Uint8Array(room).buffer)
  const covered = Buffer.concat([bytes.subarray(0, first), bytes.subarray(second, second + rest)])
  const info = new pkijs.ContentInfo({ schema: result })
  return {
    cms: room.subarray(0, offset),
    covered,
    signedData: new pkijs.SignedData({ schema: info.content }),
  }
}

const kinds = [
  { kind: 'p256', oid: '1.2.840.10045.4.3.2', parameters: '' },
  { kind: 'rsa-3072', oid: '1.2.840.113549.1.1.11', parameters: '0500' },
] as const

for (const { kind, oid, parameters } of kinds)
  t.test(`D7: a seal of ${kind} names its algorithm once in each place, the same, and verifies`, async (t) => {
    const chain = aSealChain({ kind })
    const signer = keyObjectSigner(chain.leaf.key, chain.certificates.slice(0, -1))
    const { bytes } = await sealBytes(rendered, signer, statement)
    const { cms, covered, signedData } = takeApart(bytes)
    const [signerInfo] = signedData.signerInfos as [pkijs.SignerInfo]
    t.equal(signerInfo.signatureAlgorithm.algorithmId, oid)
    const named = Buffer.concat([derOid(oid), Buffer.from(parameters, 'hex')])
    t.equal(cms.toString('hex').split(named.toString('hex')).length - 1 >= 2, true, 'with its parameters')
    const protection = signerInfo.signedAttrs!.attributes.find((each) => each.type === '1.2.840.113549.1.9.52')
    const [, algorithm] = (protection!.values[0] as asn1.Sequence).valueBlock.value as [asn1.Sequence, asn1.Constructed]
    const inside = Buffer.from(algorithm.toBER()).subarray(2)
    t.ok(inside.equals(named), 'CMSAlgorithmProtection says what the SignerInfo says')
    t.equal(signedData.certificates!.length, 2, 'the chain without the root')
    const trusted = new pkijs.Certificate({ schema: asn1.fromBER(new Uint8Array(chain.root.der).buffer).result })
    const verdict = await signedData.verify({ signer: 0, data: new Uint8Array(covered).buffer, trustedCerts: [trusted], checkChain: true, checkDate: new Date(at), extendedMode: true }) // prettier-ignore
    t.match(verdict, { signatureVerified: true, signerCertificateVerified: true })
  }) // prettier-ignore

t.test('a key that signs with another algorithm than its certificate is for seals nothing', async (t) => {
  const [curve, rsa] = [aSealChain(), aSealChain({ kind: 'rsa-3072' })]
  const swapped = keyObjectSigner(rsa.leaf.key, curve.certificates.slice(0, -1))
  await t.rejects(sealBytes(rendered, swapped, statement), {
    name: 'TypeError',
    message: /another algorithm/,
  })
  const other = keyObjectSigner(aSealChain({ kind: 'rsa-3072' }).leaf.key, rsa.certificates.slice(0, -1))
  await t.rejects(sealBytes(rendered, other, statement), { name: 'SealKeyFailure' })
  for (const kind of ['rsa-2048', 'p384'] as const)
    t.throws(() => keyObjectSigner(aSealChain({ kind }).leaf.key, []), TypeError, kind)
})

t.test('a long chain is sealed with one signature: a key far away is asked once', async (t) => {
  const chain = aSealChain()
  const long = [chain.leaf.der, ...Array.from({ length: 12 }, () => chain.middle.der)]
  const local = keyObjectSigner(chain.leaf.key, long)
  let asked = 0
  const signer = { ...local, sign: (tbs: Buffer) => ((asked += 1), local.sign(tbs)) }
  const { bytes } = await sealBytes(rendered, signer, statement)
  t.ok(takeApart(bytes).cms.length > 4_096)
  t.equal(asked, 1)
})

t.test(
  'the raw pair of a token becomes DER that verifies, whatever bits its numbers begin with',
  async (t) => {
    const { leaf } = aSealChain()
    const message = Buffer.from('message')
    const local = keyObjectSigner(leaf.key, [leaf.der])
    for (let round = 0; round < 40; round += 1) {
      const signature = await local.sign(Buffer.concat([message, Buffer.of(round)]))
      const [r, s] = (asn1.fromBER(new Uint8Array(signature).buffer).result as asn1.Sequence).valueBlock.value as [asn1.Integer, asn1.Integer] // prettier-ignore
      const raw = [r, s].map((number) => Buffer.from(number.valueBlock.valueHexView).toString('hex').replace(/^00(?=..{63})/, '').slice(-64).padStart(64, '0')) // prettier-ignore
      t.ok(signatureOfPair(Buffer.from(raw.join(''), 'hex')).equals(signature))
    }
    const small = Buffer.concat([Buffer.alloc(31), Buffer.of(1), Buffer.of(0x80), Buffer.alloc(31)])
    t.equal(signatureOfPair(small).toString('hex'), `3026020101022100${'80'.padEnd(64, '0')}`)
    t.throws(() => signatureOfPair(Buffer.alloc(63)), { name: 'SealKeyFailure' })
    t.notOk(verify('sha256', message, leaf.key, Buffer.alloc(70)))
  },
)
