import type { Instant } from '#core'
import { readDictionary, readRevision, withEntries } from './pdf-revision.ts'
import { writeUpdate } from './pdf-update.ts'
import {
  fillByteRange,
  firstPageOf,
  pageWithWidget,
  signatureRoom,
  textString,
  widgetDictionary,
  type PreparedSignature,
} from './signature-field.ts'

/** What the seal says about itself in the file, besides the signature. */
export type SealStatement = {
  /** The moment the signer claims (`/M`); proof of time would be a timestamp, which B-B does not have. */
  readonly at: Instant
  /** Who seals. */
  readonly name: string
  readonly reason?: string
}

/**
 * Extends a rendered file with one incremental update (ISO 32000-1, 7.5.6) that has room for a signature of
 * `roomForCms` bytes. The bytes of the rendered file stay as they are (D6). The update adds a signature dictionary and
 * an invisible field for it, and rewrites nothing but the catalog and the first page.
 */
export function prepareSeal(
  rendered: Buffer,
  statement: SealStatement,
  roomForCms: number,
): PreparedSignature {
  const revision = readRevision(rendered)
  const [widget, form, signature] = [revision.size, revision.size + 1, revision.size + 2]
  const catalog = readDictionary(revision, revision.root)
  const firstPage = firstPageOf(revision)

  const objects = new Map<number, string>([
    [revision.root, sealedCatalog(catalog, form)],
    [firstPage, pageWithWidget(readDictionary(revision, firstPage), widget)],
    [widget, widgetDictionary({ name: 'Seal', label: statement.name }, firstPage, signature)],
    [form, `<<\n/Fields [${widget} 0 R]\n/SigFlags 3\n>>`],
    [signature, signatureDictionary(statement, roomForCms)],
  ])
  return fillByteRange(writeUpdate(revision, objects), rendered.length)
}

function sealedCatalog(catalog: string, form: number): string {
  return withEntries(catalog, {
    AcroForm: `${form} 0 R`,
    Extensions: '<< /ESIC << /BaseVersion /1.7 /ExtensionLevel 1 >> >>',
  })
}

function signatureDictionary(statement: SealStatement, roomForCms: number): string {
  return [
    '<<',
    '/Type /Sig',
    '/Filter /Adobe.PPKLite',
    '/SubFilter /ETSI.CAdES.detached',
    `/M (D:${statement.at.slice(0, 19).replace(/[-:T]/g, '')}Z)`,
    `/Name ${textString(statement.name)}`,
    ...(statement.reason === undefined ? [] : [`/Reason ${textString(statement.reason)}`]),
    ...signatureRoom(roomForCms),
    '>>',
  ].join('\n')
}
