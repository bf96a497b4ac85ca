import { isObject, parseCanonicalJson } from './canonical-json.ts'
import type { Json } from './canonical-json.ts'
import type { Certificate } from './certificate.ts'
import { factText } from './disclosures.ts'
import { readSignatures } from './document-signatures.ts'
import type { ReadSeal } from './document-signatures.ts'
import type { Findings } from './findings.ts'
import { checkLongTerm, reportLongTerm } from './long-term-checks.ts'
import type { Level } from './long-term-level.ts'
import { demandNoActiveContent, readAttachment } from './pdf-attachment.ts'
import type { Attachment } from './pdf-attachment.ts'
import { readHistory } from './pdf-history.ts'
import type { Step } from './pdf-history.ts'
import { readRevisions } from './pdf-revision.ts'
import type { PdfRevision } from './pdf-revision.ts'
import { sha256 } from './primitives.ts'
import { checkReceiptEvidence } from './receipt-evidence.ts'
import type { ReceiptEvidence } from './receipt-evidence.ts'
import { demand, refuse } from './refusal.ts'
import type { DocumentReport, RevisionReport } from './report.ts'
import type { Trust } from './trust.ts'

/** What is attached to a sealed PDF. */
export type Held =
  | { readonly kind: 'policy edition'; readonly contentSha256: string }
  | { readonly kind: 'receipt'; readonly evidence: ReceiptEvidence | undefined }
  | { readonly kind: 'other' }

/** A sealed PDF: what it holds, and what its revisions prove. */
export type SealedPdf = { readonly held: Held | undefined; readonly report: DocumentReport }

export type PdfWishes = {
  /** Whose seal it must be. */
  readonly organisationId?: string | undefined
  readonly atLeast?: Level | undefined
}

/**
 * Checks a sealed PDF: its structure, what each of its revisions does, its seals and time-stamps, the chains to pinned roots,
 * what it knows of revocations, the level that all this reaches, and the file attached to it.
 */
export function checkSealedPdf(
  findings: Findings,
  trust: Trust,
  bytes: Buffer,
  { organisationId, atLeast }: PdfWishes = {},
): SealedPdf | undefined {
  const revisions = findings.attempt(
    'PDF structure',
    () => readRevisions(bytes),
    ([base, ...updates]) =>
      `a document of ${base.end} bytes and ${updates.length} updates to ${bytes.length}, every byte accounted for`,
  )
  if (revisions === undefined) return undefined
  const { steps, whole } = readHistory(findings, bytes, revisions)
  const lengths = revisionsOf(bytes, revisions[0], steps)
  reportRevisions(findings, bytes, lengths)
  const signatures = readSignatures(findings, trust, bytes, steps)
  const found = checkLongTerm(findings, trust, steps, signatures)
  const longTerm = whole ? found : undefined
  reportLongTerm(findings, longTerm, atLeast)
  const attachment = findings.attempt(
    'attachment',
    () => {
      demandNoActiveContent(revisions[0])
      return readAttachment(revisions[0])
    },
    ({ name }) => `the document carries ${name} and no other file, and nothing that can change what is shown`,
  )
  const held = attachment === undefined ? undefined : checkAttachment(findings, trust, attachment)
  const acted = held?.kind === 'receipt' ? held.evidence?.facts.get('organisationId') : undefined
  for (const { cms } of signatures.seals) checkSealOwner(findings, cms.leaf, organisationId ?? acted)
  checkSecondSealer(findings, signatures.seals)
  const report = {
    place: findings.place,
    revisions: lengths,
    level: longTerm?.level,
    provenAt: longTerm?.provenAt,
    protectedUntil: longTerm?.protectedUntil,
  }
  findings.collected.documents.push(report)
  return { held, report }
}

function revisionsOf(bytes: Buffer, base: PdfRevision, steps: readonly Step[]): RevisionReport[] {
  const rendered = { number: 0, kind: 'rendered' as const, end: base.end }
  return [rendered, ...steps].map(({ number, kind, end }) => ({
    number,
    kind,
    length: end,
    sha256: sha256(bytes.subarray(0, end)).toString('hex'),
  }))
}

function reportRevisions(findings: Findings, bytes: Buffer, revisions: readonly RevisionReport[]): void {
  findings.fact('SHA-256 of the file', sha256(bytes).toString('hex'))
  findings.fact('SHA-256 before sealing', revisions[0]?.sha256 ?? '')
  for (const { number, kind, length, sha256: hash } of revisions)
    findings.fact(`revision ${number}`, `${kind}, ${length} bytes, SHA-256 ${hash}`)
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

/**
 * A signature sheet is put behind a document by the organisation that sealed it, and by nobody else under the same root:
 * the two certificates name the same organisation, by its id where both have one, and else by its name.
 */
function checkSecondSealer(findings: Findings, [first, second]: readonly ReadSeal[]): void {
  if (first === undefined || second === undefined) return
  const name = `revision ${second.step.number} seal owner`
  const [one, other] = [first.cms.leaf, second.cms.leaf]
  const byId = one.subjectSerialNumber !== undefined && other.subjectSerialNumber !== undefined
  const same = byId
    ? one.subjectSerialNumber === other.subjectSerialNumber
    : one.subjectOrganisation !== undefined && one.subjectOrganisation === other.subjectOrganisation
  if (same) findings.passed(name, 'the sheet was sealed by the organisation that sealed the document')
  else
    findings.failed(name, `the sheet was sealed by ${other.subjectText}, the document by ${one.subjectText}`)
}

function checkAttachment(findings: Findings, trust: Trust, { name, bytes }: Attachment): Held | undefined {
  const contentSha256 = sha256(bytes).toString('hex')
  findings.fact(`SHA-256 of ${name}`, contentSha256)
  if (name === 'evidence.json') {
    return { kind: 'receipt', evidence: checkReceiptEvidence(findings, trust, bytes) }
  }
  const isEdition = name === 'policy.json'
  const read = findings.attempt(
    isEdition ? 'policy content' : 'document content',
    () => {
      demand(isEdition || Object.hasOwn(kinds, name), `the attached file ${name} has no meaning here`)
      const content = parseCanonicalJson(bytes)
      if (isEdition) return { content }
      const right = isObject(content) && content['kind'] === kinds[name]
      return right ? { content } : refuse(`${name} does not say that it is of the kind ${kinds[name]}`)
    },
    () => `${name} is canonical`,
  )
  if (isEdition) return { kind: 'policy edition', contentSha256 }
  return read === undefined ? undefined : { kind: 'other' }
}

/** What is attached to documents that are neither an edition nor a receipt, and the kind that each must name. */
const kinds: Readonly<Record<string, string>> = {
  'annex.json': 'annex',
  'warning.json': 'warning',
  'report.json': 'dossier-report',
  'exit-letter.json': 'exit-letter',
}
