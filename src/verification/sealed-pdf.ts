import { parseCanonicalJson } from './canonical-json.ts'
import type { Json } from './canonical-json.ts'
import { factText } from './disclosures.ts'
import type { Certificate } from './certificate.ts'
import { buildChain, demandChainMaySeal, demandValidAt } from './certificate-chain.ts'
import { demandSealDigest, demandSealSignature, parseCmsSeal } from './cms-seal.ts'
import type { CmsSeal } from './cms-seal.ts'
import type { Findings } from './findings.ts'
import { sha256 } from './primitives.ts'
import { demandNoActiveContent, readAttachment } from './pdf-attachment.ts'
import type { Attachment } from './pdf-attachment.ts'
import { readTwoRevisions } from './pdf-revision.ts'
import { cmsOf, digestOfSealedBytes, readSeal } from './pdf-seal.ts'
import type { PdfSeal } from './pdf-seal.ts'
import { checkReceiptEvidence } from './receipt-evidence.ts'
import type { ReceiptEvidence } from './receipt-evidence.ts'
import { reasonOf, refuse } from './refusal.ts'
import type { Trust } from './trust.ts'

/** What a sealed PDF turned out to hold. */
export type SealedPdf =
  | { readonly kind: 'policy edition'; readonly contentSha256: string }
  | { readonly kind: 'receipt'; readonly evidence: ReceiptEvidence | undefined }

/**
 * Checks a sealed PDF: its structure, its seal, the chain to a pinned root, and the file attached to it. With
 * `organisationId`, the seal must be that organisation's.
 */
export function checkSealedPdf(
  findings: Findings,
  trust: Trust,
  bytes: Buffer,
  organisationId?: string,
): SealedPdf | undefined {
  const digest = sha256(bytes).toString('hex')
  findings.fact('SHA-256 of the file', digest)
  const revisions = findings.attempt(
    'PDF structure',
    () => readTwoRevisions(bytes),
    ({ base, update }) =>
      `a document of ${base.end} bytes and one update of ${update.end - update.start}, every byte accounted for`,
  )
  if (revisions === undefined) return undefined
  const { base, update } = revisions
  findings.fact('SHA-256 before sealing', sha256(bytes.subarray(0, base.end)).toString('hex'))
  const seal = findings.attempt(
    'seal grammar',
    () => readSeal(base, update),
    () => 'the update adds a seal and nothing else',
  )
  const sealer = seal === undefined ? undefined : checkSeal(findings, trust, bytes, seal)
  const attachment = findings.attempt(
    'attachment',
    () => {
      demandNoActiveContent(base)
      return readAttachment(base)
    },
    ({ name }) => `the document carries ${name} and no other file, and nothing that can change what is shown`,
  )
  if (attachment === undefined) return undefined
  const found = checkAttachment(findings, trust, attachment)
  const acted = found?.kind === 'receipt' ? found.evidence?.facts.get('organisationId') : undefined
  checkSealOwner(findings, sealer, organisationId ?? acted)
  return found
}

function checkSeal(findings: Findings, trust: Trust, bytes: Buffer, seal: PdfSeal): Certificate | undefined {
  const covered = findings.attempt(
    'seal coverage',
    () => digestOfSealedBytes(bytes, seal),
    () => 'the seal covers every byte of the file but its own',
  )
  const cms = findings.attempt(
    'seal form',
    () => parseCmsSeal(cmsOf(bytes, seal)),
    ({ leaf }) => `one PAdES B-B signature by ${leaf.subjectText}`,
  )
  if (cms === undefined) return undefined
  if (covered !== undefined) {
    findings.attempt(
      'sealed bytes',
      () => {
        demandSealDigest(cms, covered)
        return cms
      },
      () => 'the bytes are the ones that were sealed',
    )
  }
  findings.attempt(
    'seal signature',
    () => {
      demandSealSignature(cms)
      return cms
    },
    ({ leaf }) => `made with the key of ${leaf.subjectText}`,
  )
  checkChain(findings, trust, cms, seal.claimedAt)
  return cms.leaf
}

function checkChain(findings: Findings, trust: Trust, cms: CmsSeal, claimedAt: string): void {
  const name = 'seal certificate'
  try {
    const chain = buildChain(cms.leaf, cms.otherCertificates, trust.roots)
    demandChainMaySeal(chain)
    demandValidAt(chain, claimedAt)
    if (chain.root !== undefined) {
      findings.passed(name, `issued under the pinned root ${chain.root.subjectText}`)
    } else if (trust.roots.length === 0) {
      findings.indeterminate(name, 'no root is pinned, so nothing says whose seal this is')
    } else refuse('no pinned root stands above the certificate of the seal')
    findings.passed(
      'seal time',
      `${claimedAt}, within the validity of every certificate; claimed by the sealer, no trusted time confirms it`,
    )
  } catch (error) {
    findings.failed(name, reasonOf(error))
  }
}

/**
 * One root can stand above many organisations, so a seal under it is not yet that of the right one. A certificate that
 * names its organisation by id must name this one; a bought certificate may name none, and then its subject speaks.
 */
function checkSealOwner(
  findings: Findings,
  sealer: Certificate | undefined,
  expected: Json | undefined,
): void {
  const owner = sealer?.subjectSerialNumber
  if (owner === undefined || expected === undefined) return
  if (owner === expected) findings.passed('seal owner', `the seal is that of organisation ${owner}`)
  else
    findings.failed('seal owner', `the seal is that of organisation ${owner}, not of ${factText(expected)}`)
}

function checkAttachment(findings: Findings, trust: Trust, attachment: Attachment): SealedPdf | undefined {
  const contentSha256 = sha256(attachment.bytes).toString('hex')
  findings.fact(`SHA-256 of ${attachment.name}`, contentSha256)
  findings.limit('The time of a seal is claimed by the sealer; no trusted time confirms it.')
  if (attachment.name === 'evidence.json') {
    const evidence = checkReceiptEvidence(findings, trust, attachment.bytes)
    return { kind: 'receipt', evidence }
  }
  findings.attempt(
    'policy content',
    () => {
      if (attachment.name !== 'policy.json')
        refuse(`the attached file ${attachment.name} has no meaning here`)
      return { content: parseCanonicalJson(attachment.bytes) }
    },
    () => 'policy.json is canonical',
  )
  return attachment.name === 'policy.json' ? { kind: 'policy edition', contentSha256 } : undefined
}
