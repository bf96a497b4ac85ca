import { CertificatePool } from './certificate-pool.ts'
import type { Certificate } from './certificate.ts'
import { parseCertificate } from './certificate.ts'
import { demandSealDigest, demandSealSignature, parseCmsSeal } from './cms-seal.ts'
import type { CmsSeal } from './cms-seal.ts'
import type { Findings } from './findings.ts'
import type { SealStep, Step, TimestampStep } from './pdf-history.ts'
import { cmsOf, digestOfSignedBytes } from './pdf-signature.ts'
import { readListEvidence, readOcspEvidence } from './revocation-evidence.ts'
import type { Evidence } from './revocation-evidence.ts'
import { parseDocumentToken } from './timestamp.ts'
import type { Timestamp } from './timestamp.ts'
import { checkTimestamp } from './timestamp-checks.ts'
import type { Trust } from './trust.ts'

/** A seal whose CMS could be read. `sound`: what it covers is what was sealed, by the key of its certificate. */
export type ReadSeal = { readonly step: SealStep; readonly cms: CmsSeal; readonly sound: boolean }

/** A time-stamp over the bytes that it covers, signed by the key of its certificate. */
export type ReadStamp = { readonly step: TimestampStep; readonly timestamp: Timestamp }

/** What the revisions of a document hold, before anybody asks whom to believe. */
export type DocumentSignatures = {
  readonly seals: readonly ReadSeal[]
  readonly stamps: readonly ReadStamp[]
  readonly evidence: readonly Evidence[]
  /** All certificates of the document, with the pinned roots. */
  readonly pool: CertificatePool
}

/** Where the checks of a step stand in the report: those of the first seal have no place in front of them. */
export function placeOf(findings: Findings, { number }: Step): Findings {
  return number === 1 ? findings : findings.under(`revision ${number}`)
}

/** Checks every signature by itself, and every piece of validation data. */
export function readSignatures(
  findings: Findings,
  trust: Trust,
  bytes: Buffer,
  steps: readonly Step[],
): DocumentSignatures {
  const seals: ReadSeal[] = []
  const stamps: ReadStamp[] = []
  for (const step of steps) {
    const inside = placeOf(findings, step)
    if (step.kind === 'seal') {
      const cms = checkSealForm(inside, bytes, step)
      if (cms !== undefined) seals.push(cms)
    } else if (step.kind === 'timestamp') {
      const timestamp = checkStampForm(inside, bytes, step)
      if (timestamp !== undefined) stamps.push({ step, timestamp })
    }
  }
  const stored = steps.map((step) => readCertificates(placeOf(findings, step), step))
  const pool = poolOf(trust, seals, stamps, stored.flat())
  for (const { step, timestamp } of stamps)
    checkVouchers(placeOf(findings, step), pool, timestamp.signed.others)
  for (const [position, step] of steps.entries())
    checkVouchers(placeOf(findings, step), pool, stored[position] ?? [])
  const evidence = steps.flatMap((step) => readEvidence(placeOf(findings, step), pool, step))
  return { seals, stamps, evidence, pool }
}

function checkSealForm(findings: Findings, bytes: Buffer, step: SealStep): ReadSeal | undefined {
  const { signature, end } = step
  const covered = findings.attempt(
    'seal coverage',
    () => digestOfSignedBytes(bytes, signature, end),
    () => 'the seal covers every byte up to the end of its revision but its own',
  )
  const cms = findings.attempt(
    'seal form',
    () => parseCmsSeal(cmsOf(bytes, signature)),
    ({ leaf }) => `one PAdES B-B signature by ${leaf.subjectText}`,
  )
  if (cms === undefined) return undefined
  const same =
    covered !== undefined &&
    findings.attempt(
      'sealed bytes',
      () => {
        demandSealDigest(cms, covered)
        return cms
      },
      () => 'the bytes are the ones that were sealed',
    )
  const signed = findings.attempt(
    'seal signature',
    () => {
      demandSealSignature(cms)
      return cms
    },
    ({ leaf }) => `made with the key of ${leaf.subjectText}`,
  )
  return { step, cms, sound: same !== undefined && same !== false && signed !== undefined }
}

function checkStampForm(findings: Findings, bytes: Buffer, step: TimestampStep): Timestamp | undefined {
  const { signature, end } = step
  const covered = findings.attempt(
    'coverage',
    () => digestOfSignedBytes(bytes, signature, end),
    () => 'the time-stamp covers every byte up to the end of its revision but its own',
  )
  if (covered === undefined) return undefined
  return checkTimestamp(findings, () => parseDocumentToken(cmsOf(bytes, signature)), covered)
}

function readCertificates(findings: Findings, step: Step): Certificate[] {
  if (step.kind !== 'validation-data') return []
  const streams = step.data.streams.filter(({ kind }) => kind === 'Certs')
  if (streams.length === 0) return []
  const read = findings.attempt(
    'certificates',
    () => streams.map((stream) => parseCertificate(stream.bytes)),
    ({ length }) => `${length} certificates, each in its one form`,
  )
  return read ?? []
}

function poolOf(
  trust: Trust,
  seals: readonly ReadSeal[],
  stamps: readonly ReadStamp[],
  stored: readonly Certificate[],
): CertificatePool {
  const pool = new CertificatePool([...trust.roots, ...trust.tsaRoots])
  for (const { cms } of seals) [cms.leaf, ...cms.otherCertificates].forEach((each) => pool.add(each))
  for (const { timestamp } of stamps) {
    const { signer, others } = timestamp.signed
    for (const each of [signer, ...others]) pool.add(each)
  }
  for (const each of stored) pool.add(each)
  return pool
}

/** A certificate that nothing vouches for could be changed without anybody noticing; one that PASSED is not listed. */
function checkVouchers(
  findings: Findings,
  pool: CertificatePool,
  certificates: readonly Certificate[],
): void {
  if (certificates.length === 0) return
  findings.attempt(
    'issuers',
    () => {
      for (const certificate of certificates) pool.demandVouchedFor(certificate)
      return certificates
    },
    () => 'every certificate is pinned or issued by another one here',
  )
}

function readEvidence(findings: Findings, pool: CertificatePool, step: Step): Evidence[] {
  if (step.kind !== 'validation-data') return []
  const streams = step.data.streams.filter(({ kind }) => kind !== 'Certs')
  if (streams.length === 0) return []
  const { number } = step
  const read = findings.attempt(
    'revocation data',
    () =>
      streams.map(({ kind, bytes }) =>
        kind === 'OCSPs' ? readOcspEvidence(bytes, pool, number) : readListEvidence(bytes, pool, number),
      ),
    ({ length }) => `${length} answers, each signed by who may say so, about certificates of this file`,
  )
  return read ?? []
}
