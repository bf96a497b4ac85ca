import { canonicalJson, sha256Hex } from '#core'
import type { ArchiveFile } from './canonical-zip.ts'
import { canonicalZip } from './canonical-zip.ts'
import { dossierReadme } from './dossier-readme.ts'
import type { DossierEntry, DossierMaterial } from './dossier.ts'

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
    text('keys/root.pem', material.keys.rootPem),
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

function entryFiles(entry: DossierEntry): ArchiveFile[] {
  const folder = entryFolder(entry.index)
  return [
    text(`${folder}/entry.json`, entry.entry),
    ...(entry.disclosures === null
      ? []
      : [text(`${folder}/disclosures.txt`, entry.disclosures.map((line) => `${line}\n`).join(''))]),
    text(`${folder}/receipt.tlog-proof`, entry.receiptProof),
    text(`${folder}/dossier.tlog-proof`, entry.dossierProof),
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
  const { dossier } = material
  return canonicalJson({
    checkpointSize: dossier.treeSize,
    createdAt: dossier.createdAt,
    documents: material.documents.map((document) => ({
      file: `documents/${document.sha256}.pdf`,
      sha256: document.sha256,
      title: document.title,
    })),
    dossierId: dossier.dossierId,
    entries: material.entries.map((entry) => ({
      documents: [...entry.documents],
      index: entry.index,
      kind: entry.kind,
    })),
    format: 'beding-dossier/v1',
    organisation: material.organisation,
    subject: {
      id: dossier.subject.kind === 'person' ? dossier.subject.personId : dossier.subject.policyId,
      kind: dossier.subject.kind,
    },
  })
}

function text(name: string, content: string): ArchiveFile {
  return { name, bytes: Buffer.from(content, 'utf8') }
}
