import { BasicOCSPResponse, Certificate, CertificateRevocationList, OCSPResponse } from 'pkijs'
import t from 'tap'
import { toInstant } from '#core'
import {
  appendValidationData,
  keyObjectSigner,
  listSignatures,
  prepareTimestamp,
  sealBytes,
} from '#documents'
import { timestampTokenOf } from '#timestamps'
import { isAccepted, readTrust, verifyFile } from '#verification'
import { renderDocument } from '../../src/documents/document-rendering.ts'
import { parseOcspResponse } from '../../src/verification/ocsp-response.ts'
import { parseRevocationList } from '../../src/verification/revocation-list.ts'
import { aPolicyEdition } from '../support/documents-samples.ts'
import { placesIn, placesThatMayChange, seededNumbers } from '../support/verification-flips.ts'
import { OpensslAuthority, opensslMissing } from '../support/verification-openssl.ts'
import { notPassed } from '../support/verification-reports.ts'
import { byPython, pythonMissing, temporaryFolder } from '../support/verification-three.ts'

// The product's own writer, and openssl as every authority: neither shares anything with the verifier but the standards.
const skip = opensslMissing() || pythonMissing()

/** A sealed edition that grows to B-LTA and is followed by the data for its last time-stamp. */
async function aWrittenFile(
  authority: OpensslAuthority,
): Promise<Record<'sealed' | 'stamped' | 'known' | 'lasting' | 'whole', Buffer>> {
  const at = toInstant(new Date().toISOString())
  const signer = keyObjectSigner(authority.key('seal'), [authority.der('seal'), authority.der('issuing')])
  const rendered = await renderDocument(aPolicyEdition({ language: 'nl' }))
  const { bytes: sealed } = await sealBytes(rendered.bytes, signer, { at, name: 'Openssl seal' })
  const stamped = stamp(authority, sealed)
  const known = withData(authority, stamped, ['seal', 'tsa'])
  const lasting = stamp(authority, known)
  return { sealed, stamped, known, lasting, whole: withData(authority, lasting, ['tsa']) }
}

function stamp(authority: OpensslAuthority, file: Buffer): Buffer {
  const { digest, finish } = prepareTimestamp(file)
  const finished = finish(timestampTokenOf(authority.stamp(digest)))
  if (finished.kind !== 'finished') throw new Error('the token does not fit')
  return finished.bytes
}

function withData(authority: OpensslAuthority, file: Buffer, parts: readonly ('seal' | 'tsa')[]): Buffer {
  const key = listSignatures(file).at(-1)?.key ?? ''
  const data = {
    certificates: [authority.der('issuing'), authority.der('root')],
    ocsps: parts.map((part) => authority.answer(part)),
    crls: [authority.list('root')],
  }
  const bytes = appendValidationData(file, { ...data, vri: [{ ...data, key }] })
  if (bytes === undefined) throw new Error('there is nothing new')
  return bytes
}

function trustFilesOf(authority: OpensslAuthority) {
  return [
    { name: 'root.pem', bytes: authority.pem('root') },
    { name: 'tsa-roots.pem', bytes: authority.pem('root') },
  ]
}

for (const kind of ['EC', 'RSA'] as const) {
  t.test(
    `what the service writes with ${kind} keys reaches its level with every verifier`,
    { skip },
    async (t) => {
      const authority = new OpensslAuthority(temporaryFolder(t), kind)
      const files = await aWrittenFile(authority)
      const trustFiles = trustFilesOf(authority)
      const trust = readTrust(trustFiles)
      const expected = {
        sealed: 'B-B',
        stamped: 'B-T',
        known: 'B-LT',
        lasting: 'B-LTA',
        whole: 'B-LTA',
      } as const
      for (const [name, bytes] of Object.entries(files)) {
        const report = verifyFile(bytes, name, trust)
        t.same(notPassed(report), [], name)
        t.ok(isAccepted(report), name)
        t.equal(report.documents[0]?.level, expected[name as keyof typeof expected], name)
      }
      const named = Object.entries(files).map(([name, bytes]) => ({ name, bytes }))
      const tampered = { name: 'tampered', bytes: Buffer.concat([files.whole, Buffer.from('\n')]) }
      const verdicts = await byPython(temporaryFolder(t), trustFiles, [...named, tampered])
      t.same(verdicts, [true, true, true, true, true, false])
      const random = seededNumbers(21)
      const places = [
        ...placesIn(files.whole.length, 150, random),
        ...Array.from(
          { length: 250 },
          () => files.known.length + random(files.whole.length - files.known.length),
        ),
      ]
      t.same(placesThatMayChange(files.whole, trust, places, random), [])
    },
  )
}

t.test('a certificate that openssl says was revoked is not good to the verifier', { skip }, async (t) => {
  const authority = new OpensslAuthority(temporaryFolder(t), 'EC')
  const { stamped } = await aWrittenFile(authority)
  const certificates = [authority.der('issuing'), authority.der('root')]
  const data = { certificates, ocsps: [authority.answer('seal', true)], crls: [], vri: [] }
  const report = verifyFile(
    appendValidationData(stamped, data) ?? stamped,
    'x',
    readTrust(trustFilesOf(authority)),
  )
  t.match(notPassed(report), [/FAILED seal revocation: .*was revoked at .* \(key compromise\)/])
})

t.test(
  'what the verifier reads of OCSP responses and lists is what another library reads',
  { skip },
  async (t) => {
    const authority = new OpensslAuthority(temporaryFolder(t), 'EC')
    const issuing = Certificate.fromBER(Uint8Array.from(authority.der('issuing')))
    const answer = authority.answer('seal')
    const response = OCSPResponse.fromBER(Uint8Array.from(answer))
    const basic = BasicOCSPResponse.fromBER(
      response.responseBytes?.response.valueBlock.valueHexView as Uint8Array<ArrayBuffer>,
    )
    const seal = Certificate.fromBER(Uint8Array.from(authority.der('seal')))
    t.same(await basic.getCertificateStatus(seal, issuing), { isForCertificate: true, status: 0 })
    t.ok(await basic.verify({ trustedCerts: [issuing] }))
    const ours = parseOcspResponse(answer)
    t.equal(ours.status.kind, 'good')
    t.equal(ours.thisUpdate, basic.tbsResponseData.responses[0]?.thisUpdate.toISOString())
    t.equal(ours.producedAt, basic.tbsResponseData.producedAt.toISOString())
    const listed = authority.list('issuing')
    const list = CertificateRevocationList.fromBER(Uint8Array.from(listed))
    t.ok(await list.verify({ issuerCertificate: issuing }))
    const read = parseRevocationList(listed)
    t.equal(read.thisUpdate, list.thisUpdate.value.toISOString())
    t.equal(read.nextUpdate, list.nextUpdate?.value.toISOString())
    t.equal(read.revoked.size, 0)
  },
)
