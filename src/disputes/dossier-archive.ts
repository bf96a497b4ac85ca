import { canonicalJson, sha256Hex } from '#core'
import type { ArchiveFile } from './canonical-zip.ts'
import { canonicalZip } from './canonical-zip.ts'
import { dossierReadme } from './dossier-readme.ts'
import type { DossierAnchor, DossierDocument, DossierEntry, DossierMaterial } from './dossier.ts'

/**
 * The file of a dossier. The same material gives the same bytes: the signature is Ed25519, which has no randomness, and
 * the archive has one form. `sign` signs with the organisation's dossier key.
 */
export async function dossierArchive(
  material: DossierMaterial,
  sign: (bytes: Buffer) => Promise<Buffer>,
): Promise<Buffer> {
  const files: ArchiveFile[] = [
    text('README.txt', dossierReadme(material)),
    text('manifest.json', manifestOf(material)),
    text('checkpoint', material.checkpoint),
    text('keys/log.vkey', `${material.keys.logVkey}\n`),
    text('keys/log.pem', material.keys.logPem),
    text('keys/dossier.pem', material.keys.dossierPem),
    text('keys/root.pem', [material.keys.rootPem, ...material.keys.earlierRootPems].join('')),
    text('keys/tsa-roots.pem', material.keys.tsaRootsPem),
    text('policy.txt', material.policy),
    text('verify/verify.html', material.verifiers.html),
    text('verify/verify.py', material.verifiers.python),
    ...material.anchors.flatMap(anchorFiles),
    ...material.documents.map((document) => ({
      name: `documents/${document.sha256}.pdf`,
      bytes: document.bytes,
    })),
    ...material.entries.flatMap(entryFiles),
  ]
  const sums = text('SHA256SUMS', checksums(files))
  return canonicalZip([...files, sums, { name: 'SHA256SUMS.sig', bytes: await sign(sums.bytes) }])
}

/** The folder of an entry: its index in twelve digits, so that names sort as numbers do. */
export function entryFolder(index: number): string {
  return `entries/${String(index).padStart(12, '0')}`
}

function anchorFiles(anchor: DossierAnchor): ArchiveFile[] {
  const folder = `anchors/${String(anchor.size).padStart(16, '0')}`
  return [
    text(`${folder}/checkpoint`, anchor.note),
    text(`${folder}/consistency`, hashLines(anchor.consistency)),
    ...(anchor.cosigned === null ? [] : [text(`${folder}/cosigned`, anchor.cosigned)]),
    ...anchor.timestamps.map((bytes, position) => ({
      name: `${folder}/${String(position + 1).padStart(2, '0')}.tsr`,
      bytes,
    })),
  ]
}

function hashLines(hashes: readonly Buffer[]): string {
  return hashes.map((hash) => `${hash.toString('base64')}\n`).join('')
}

function entryFiles(entry: DossierEntry): ArchiveFile[] {
  const folder = entryFolder(entry.index)
  return [
    text(`${folder}/entry.json`, entry.entry),
    ...(entry.disclosures === null
      ? []
      : [text(`${folder}/disclosures.txt`, entry.disclosures.map((line) => `${line ?? ''}\n`).join(''))]),
    text(`${folder}/receipt.tlog-proof`, entry.receiptProof),
    text(`${folder}/dossier.tlog-proof`, entry.dossierProof),
    text(`${folder}/consistency`, hashLines(entry.consistency)),
  ]
}

/** One line per file as `sha256sum -c` reads it, in order of name. */
function checksums(files: readonly ArchiveFile[]): string {
  return files
    .map((file) => ({ name: file.name, line: `${sha256Hex(file.bytes)}  ${file.name}\n` }))
    .sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
    .map((each) => each.line)
    .join('')
}

function manifestOf(material: DossierMaterial): string {
  const { anchors, documents, entries, organisation, subject, unanchored } = material
  return canonicalJson({
    anchors: anchors.map(({ size, timestamps, cosigned, development }) => {
      return { size, timestamps: timestamps.length, cosigned: cosigned !== null, development }
    }),
    checkpointSize: material.treeSize,
    createdAt: material.createdAt,
    documents: documents.map(documentLine),
    dossierId: material.dossierId,
    entries: entries.map((entry) => ({
      documents: [...entry.documents],
      index: entry.index,
      kind: entry.kind,
    })),
    format: 'beding-dossier/v3',
    organisation,
    subject: { id: subject.id, kind: subject.kind },
    unanchored,
  })
}

/** Of a document: which part of its file people were shown, and every state that the file had. */
function documentLine({ sha256, title, frozenLength, level, revisions, bytes }: DossierDocument) {
  return {
    file: `documents/${sha256}.pdf`,
    frozenLength,
    length: bytes.length,
    level,
    revisions: revisions.map((revision) => ({ ...revision })),
    sha256,
    sha256OfFile: revisions.at(-1)!.sha256,
    title,
  }
}

function text(name: string, content: string): ArchiveFile {
  return { name, bytes: Buffer.from(content, 'utf8') }
}
