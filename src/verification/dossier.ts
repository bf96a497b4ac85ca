import { checkLogSignature } from './entry-proof.ts'
import { parseCheckpoint } from './checkpoint.ts'
import type { Checkpoint } from './checkpoint.ts'
import { checkDossierEntry } from './dossier-entry.ts'
import type { DossierEntry } from './dossier-entry.ts'
import { demandChecksums, demandSameContents, fileOf, parseManifest, readContents } from './dossier-files.ts'
import type { DossierContents, Manifest } from './dossier-files.ts'
import { checkBroughtKeys, checkDossierSignature, checkOneOwner } from './dossier-keys.ts'
import { reportLogLimits } from './act-facts.ts'
import type { Findings } from './findings.ts'
import { sha256 } from './primitives.ts'
import { demand, refuse } from './refusal.ts'
import { checkSealedPdf } from './sealed-pdf.ts'
import type { SealedPdf } from './sealed-pdf.ts'
import { decodeUtf8 } from './strict-text.ts'
import type { Trust } from './trust.ts'
import { readArchive } from './zip-archive.ts'
import type { Archive } from './zip-archive.ts'

/** Checks a dossier: the archive, its checksums and their signature, the keys, the manifest, every entry and document. */
export function checkDossier(findings: Findings, trust: Trust, bytes: Buffer): void {
  const files = checkArchive(findings, bytes)
  if (files === undefined) return
  const contents = findings.attempt(
    'files',
    () => readContents(files),
    ({ indexes, documents }) =>
      `${indexes.length} entries, ${documents.length} documents, nothing unknown or missing`,
  )
  if (contents === undefined) return
  findings.attempt(
    'checksums',
    () => {
      demandChecksums(files)
      return files
    },
    () => 'SHA256SUMS names every other file with its hash, and no other',
  )
  const dossierKey = checkDossierSignature(findings, trust, files)
  checkBroughtKeys(findings, trust, files)
  const manifest = checkManifest(findings, files, contents)
  const checkpoint = checkCheckpoint(findings, files, manifest)
  const logKey = checkpoint === undefined ? undefined : checkLogSignature(findings, trust, checkpoint)
  checkOneOwner(findings, logKey, dossierKey)
  const entries = contents.indexes.map((index) => checkDossierEntry(findings, trust, files, manifest, index))
  const organisationId = manifest?.organisation.id
  for (const hash of contents.documents)
    checkDocument(findings, trust, files, { hash, organisationId }, entries)
  if (manifest !== undefined) reportDossier(findings, manifest, entries)
}

function checkArchive(findings: Findings, bytes: Buffer): Archive | undefined {
  let files: Archive | undefined
  findings.attempt(
    'archive',
    () => {
      const read = readArchive(bytes)
      files = read.files
      demand(read.damage.length === 0, read.damage.join('; '))
      return read
    },
    (read) => `the canonical ZIP of its ${read.files.size} files, byte for byte`,
  )
  return files
}

function checkManifest(findings: Findings, files: Archive, contents: DossierContents): Manifest | undefined {
  return findings.attempt(
    'manifest',
    () => {
      const manifest = parseManifest(fileOf(files, 'manifest.json'))
      demandSameContents(manifest, contents)
      return manifest
    },
    ({ dossierId }) => `dossier ${dossierId} lists exactly the entries and documents that are there`,
  )
}

function checkCheckpoint(
  findings: Findings,
  files: Archive,
  manifest: Manifest | undefined,
): Checkpoint | undefined {
  return findings.attempt(
    'checkpoint',
    () => {
      const checkpoint = parseCheckpoint(decodeUtf8(fileOf(files, 'checkpoint')))
      if (manifest === undefined) return checkpoint
      demand(
        checkpoint.size === manifest.checkpointSize,
        'the checkpoint has another size than the manifest says',
      )
      const ours = checkpoint.origin.endsWith(`/${manifest.organisation.id}`)
      demand(ours, 'the checkpoint is that of another organisation’s log')
      return checkpoint
    },
    ({ origin, size }) => `${origin} at size ${size}, as the manifest says`,
  )
}

function checkDocument(
  outer: Findings,
  trust: Trust,
  files: Archive,
  { hash, organisationId }: { readonly hash: string; readonly organisationId: string | undefined },
  entries: readonly DossierEntry[],
): void {
  const name = `documents/${hash}.pdf`
  const findings = outer.under(name)
  const bytes = fileOf(files, name)
  findings.attempt(
    'hash',
    () => ({
      equal: sha256(bytes).toString('hex') === hash || refuse('the document is not the one its name says'),
    }),
    () => 'the document is the one its name says',
  )
  const document = checkSealedPdf(findings, trust, bytes, organisationId)
  const leaf = document?.kind === 'receipt' ? document.evidence?.proven.leafHash : undefined
  const naming = entries.filter((entry) => entry.documents.includes(hash) || entry.leafHash === leaf)
  checkPublishedContent(findings, document, naming)
  const erased = entries.filter((entry) => entry.erased).length
  if (naming.length > 0) findings.passed('named by an entry', 'the facts of an entry name this document')
  else if (erased > 0) {
    findings.indeterminate(
      'named by an entry',
      `no fact names this document; the content of ${erased} entries is erased`,
    )
  } else findings.failed('named by an entry', 'no entry of the dossier names this document')
}

/** An edition's attached content must be the one whose hash its publication put on record. */
function checkPublishedContent(
  findings: Findings,
  document: SealedPdf | undefined,
  naming: readonly DossierEntry[],
): void {
  const published = naming.map((entry) => entry.contentSha256).filter((hash) => hash !== undefined)
  if (document?.kind !== 'policy edition' || published.length === 0) return
  const name = 'published content'
  const same = published.every((hash) => hash === document.contentSha256)
  if (same) findings.passed(name, 'policy.json is the content that was published')
  else findings.failed(name, 'policy.json is not the content whose hash the publication put on record')
}

function reportDossier(findings: Findings, manifest: Manifest, entries: readonly DossierEntry[]): void {
  const { subject, organisation } = manifest
  const erased = entries.filter((entry) => entry.erased).length
  findings.fact(
    'dossier',
    `${manifest.dossierId} of ${organisation.name} about ${subject.kind} ${subject.id}`,
  )
  findings.fact('made', `${manifest.createdAt}, from the log at size ${manifest.checkpointSize}`)
  findings.fact('entries', `${entries.length}, of which ${erased} ERASED`)
  findings.limit('The organisation chose what to put into the dossier; nothing shows that it is complete.')
  reportLogLimits(findings)
}
