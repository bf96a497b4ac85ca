import { createPublicKey, generateKeyPairSync, verify, X509Certificate } from 'node:crypto'
import * as asn1 from 'asn1js'
import * as pkijs from 'pkijs'
import t from 'tap'
import { sha256, toInstant } from '#core'
import { keyObjectSigner, sealBytes } from '#documents'
import { renderDocument } from '../../src/documents/document-rendering.ts'
import { aPolicyEdition, aReceipt } from '../support/documents-samples.ts'
import { aSeal } from '../support/documents-seal.ts'

const at = toInstant('2026-11-21T08:00:00.123Z')
const seal = aSeal()
const name = 'Jansen & Zn. Zorg B.V.'

/** What stands between the two halves of the byte range, and what the seal covers. */
function takeSealApart(bytes: Buffer) {
  const range = /\/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]/.exec(bytes.toString('latin1'))!
  const [start, first, second, rest] = range.slice(1).map(Number) as [number, number, number, number]
  const contents = bytes.subarray(first, second).toString('latin1')
  const covered = Buffer.concat([bytes.subarray(start, first), bytes.subarray(second, second + rest)])
  const room = Buffer.from(contents.slice(1, -1), 'hex')
  const { offset } = asn1.fromBER(new Uint8Array(room).buffer)
  return {
    contents,
    covered,
    cms: room.subarray(0, offset),
    padding: room.subarray(offset),
    end: second + rest,
  }
}

function signedDataOf(cms: Buffer): pkijs.SignedData {
  const info = new pkijs.ContentInfo({ schema: asn1.fromBER(new Uint8Array(cms).buffer).result })
  return new pkijs.SignedData({ schema: info.content })
}

t.test(
  'D6: the rendered file is the unchanged beginning, and the last byte is the line feed after EOF',
  async (t) => {
    for (const input of [aPolicyEdition(), aReceipt(), aReceipt({ language: 'en' })]) {
      const rendered = await renderDocument(input)
      const sealed = await sealBytes(rendered.bytes, seal.signer, { at, name })
      t.ok(sealed.bytes.subarray(0, rendered.bytes.length).equals(rendered.bytes))
      t.equal(sealed.renderedLength, rendered.bytes.length)
      t.ok(sealed.renderedSha256.equals(rendered.sha256))
      t.ok(sealed.sha256.equals(sha256(sealed.bytes)))
      t.ok(sealed.bytes.toString('latin1').endsWith('\n%%EOF\n'))
      t.equal(sealed.level, 'B-B')
    }
  },
)

t.test('D7: the seal covers all but its own bytes, in lower-case hex with zeros behind', async (t) => {
  const { bytes } = await sealBytes((await renderDocument(aPolicyEdition())).bytes, seal.signer, { at, name })
  const { contents, padding, end } = takeSealApart(bytes)
  t.match(contents, /^<[0-9a-f]+>$/)
  t.ok(padding.every((byte) => byte === 0))
  t.ok(padding.length > 0)
  t.equal(end, bytes.length)
})

t.test('D7: the CMS has exactly the four signed attributes of PAdES B-B and verifies', async (t) => {
  const { bytes } = await sealBytes((await renderDocument(aReceipt())).bytes, seal.signer, { at, name })
  const { cms, covered } = takeSealApart(bytes)
  const signedData = signedDataOf(cms)
  const signer = signedData.signerInfos[0]!
  t.equal(signedData.signerInfos.length, 1)
  t.equal(signer.unsignedAttrs, undefined)
  t.equal(signedData.encapContentInfo.eContent, undefined, 'detached')
  t.same(signer.signedAttrs!.attributes.map((attribute) => attribute.type).sort(), [
    '1.2.840.113549.1.9.16.2.47',
    '1.2.840.113549.1.9.3',
    '1.2.840.113549.1.9.4',
    '1.2.840.113549.1.9.52',
  ])
  t.equal(signer.digestAlgorithm.algorithmId, '2.16.840.1.101.3.4.2.1')
  t.notOk(signer.digestAlgorithm.algorithmParams)
  t.equal(signer.signatureAlgorithm.algorithmId, '1.2.840.10045.4.3.2')
  t.notOk(signer.signatureAlgorithm.algorithmParams)
  t.same(signedData.certificates!.length, 1, 'the chain without the root')
  t.ok(cms.includes(seal.leaf))
  t.notOk(cms.includes(seal.root))
  const trusted = new pkijs.Certificate({ schema: asn1.fromBER(new Uint8Array(seal.root).buffer).result })
  const verdict = await signedData.verify({
    signer: 0,
    data: new Uint8Array(covered).buffer,
    trustedCerts: [trusted],
    checkChain: true,
    checkDate: new Date(at),
    extendedMode: true,
  })
  t.equal(verdict.signatureVerified, true)
  t.equal(verdict.signerCertificateVerified, true)
  const tampered = new Uint8Array(covered)
  tampered[1_000]! ^= 1
  const broken = await signedData.verify({ signer: 0, data: tampered.buffer }).catch(() => false)
  t.equal(broken, false)
})

t.test('D7: the attributes name the certificate, the digest and the algorithms', async (t) => {
  const { bytes } = await sealBytes((await renderDocument(aReceipt())).bytes, seal.signer, { at, name })
  const { cms, covered } = takeSealApart(bytes)
  t.ok(cms.includes(sha256(covered)), 'message-digest')
  t.ok(cms.includes(sha256(seal.leaf)), 'signing-certificate-v2')
  t.notOk(bytes.includes('/Cert '))
  const text = bytes.toString('latin1')
  t.match(text, '/SubFilter /ETSI.CAdES.detached')
  t.match(text, '/M (D:20261121080000Z)')
  t.match(text, `/Name <${Buffer.from(`\ufeff${name}`, 'utf16le').swap16().toString('hex')}>`)
})

t.test(
  'the update changes the catalog and the first page and adds three objects, nothing else',
  async (t) => {
    const rendered = (await renderDocument(aPolicyEdition())).bytes
    const { bytes } = await sealBytes(rendered, seal.signer, { at, name, reason: 'Publicatie (versie 3)' })
    const update = bytes.subarray(rendered.length).toString('latin1')
    const size = Number(/\/Size (\d+)/.exec(rendered.subarray(-400).toString('latin1'))![1])
    const numbers = [...update.matchAll(/^(\d+) 0 obj$/gm)].map((match) => Number(match[1]))
    t.equal(numbers.length, 5)
    t.same(
      numbers.filter((number) => number >= size),
      [size, size + 1, size + 2],
    )
    t.match(update, /\/Annots \[(\d+ 0 R )+\d+ 0 R\]/, 'the links of page one are still there')
    t.match(update, `/Prev ${/startxref\n(\d+)/.exec(rendered.subarray(-60).toString('latin1'))![1]}\n`)
    const [before, after] = [rendered, bytes].map((file) =>
      /\/ID \[<(\w+)> <(\w+)>\]\n(?:\/Prev \d+\n)?>>\nstartxref\n\d+\n%%EOF\n$/.exec(
        file.toString('latin1'),
      )!,
    )
    t.equal(after![1], before![1], 'the document keeps its identifier')
    t.not(after![2], before![2], 'the revision has its own')
    const text = bytes.toString('latin1')
    for (const [number, offset] of offsetsOf(update)) t.ok(text.startsWith(`${number} 0 obj\n`, offset))
  },
)

/** Object number and offset of every entry of the update's table. */
function offsetsOf(update: string): [number, number][] {
  const table = update.slice(update.indexOf('\nxref\n') + 6, update.indexOf('\ntrailer\n')).split('\n')
  const found: [number, number][] = []
  let next = 0
  for (const line of table) {
    const entry = /^(\d{10}) 00000 n $/.exec(line)
    if (entry === null) next = Number(line.split(' ')[0])
    else found.push([next++, Number(entry[1])])
  }
  return found
}

t.test('D2: the certificate carries hostile, long and non-ASCII names', async (t) => {
  for (const organisationName of [
    'Jansen & Zn. <B.V.>',
    'a, CN=x + "y" \\ #',
    'Ł'.repeat(300),
    '株式会社',
    "O'Neill; Ü/ß=1",
  ]) {
    const other = aSeal(organisationName)
    const certificate = new X509Certificate(other.leaf)
    const shown = certificate.toLegacyObject().subject as unknown as { O: string }
    const expected = organisationName.length > 64 ? `${organisationName.slice(0, 63)}…` : organisationName
    t.equal(shown.O, expected)
    t.ok(certificate.verify(new X509Certificate(other.root).publicKey))
    t.ok(certificate.checkIssued(new X509Certificate(other.root)))
    const rendered = (await renderDocument(aReceipt())).bytes
    const { bytes } = await sealBytes(rendered, other.signer, {
      at,
      name: organisationName,
      reason: ') >> endobj',
    })
    t.equal(
      bytes.toString('latin1').split('endobj').length,
      rendered.toString('latin1').split('endobj').length + 5,
    )
  }
})

t.test('a longer chain makes its own room', async (t) => {
  const chain = [seal.leaf, ...Array.from({ length: 12 }, () => aSeal('Tussenpersoon').leaf)]
  const signer = { ...seal.signer, chain }
  const { bytes } = await sealBytes((await renderDocument(aReceipt())).bytes, signer, { at, name })
  const { cms, padding } = takeSealApart(bytes)
  t.ok(cms.length > 4_096)
  t.ok(padding.every((byte) => byte === 0))
  t.equal(signedDataOf(cms).certificates!.length, 13)
})

t.test('a key that is not of the certificate, or not on P-256, seals nothing', async (t) => {
  const rendered = (await renderDocument(aReceipt())).bytes
  const other = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey
  await t.rejects(
    sealBytes(rendered, keyObjectSigner(other, [seal.leaf]), { at, name }),
    /do not belong together/,
  )
  await t.rejects(sealBytes(rendered, keyObjectSigner(seal.privateKey, []), { at, name }), TypeError)
  const p384 = generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey
  t.throws(() => keyObjectSigner(p384, [seal.leaf]), TypeError)
})

t.test('a file that our renderer did not write is not sealed', async (t) => {
  const rendered = (await renderDocument(aReceipt())).bytes
  const { bytes: sealed } = await sealBytes(rendered, seal.signer, { at, name })
  for (const strange of [
    sealed,
    rendered.subarray(0, -1),
    Buffer.concat([rendered, Buffer.from('x')]),
    Buffer.from('%PDF'),
  ])
    await t.rejects(sealBytes(strange, seal.signer, { at, name }), { name: 'PdfStructureError' })
})

t.test('the leaf is for seals only and the root for issuing only', async (t) => {
  const [leaf, root] = [new X509Certificate(seal.leaf), new X509Certificate(seal.root)]
  t.equal(leaf.ca, false)
  t.equal(root.ca, true)
  t.same(leaf.keyUsage, ['1.3.6.1.5.5.7.3.4', '1.3.6.1.5.5.7.3.36'])
  t.ok(root.verify(root.publicKey))
  t.not(leaf.serialNumber, root.serialNumber)
  t.match(leaf.subject, 'serialNumber=01931f00-0000-7000-8000-000000000001')
  const spki = createPublicKey(seal.privateKey).export({ format: 'der', type: 'spki' })
  t.ok(leaf.publicKey.export({ format: 'der', type: 'spki' }).equals(spki))
  const probe = Buffer.from('probe')
  t.ok(verify('sha256', probe, leaf.publicKey, await seal.signer.sign(probe)))
})
