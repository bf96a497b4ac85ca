import type { Instant } from '#core'
import {
  firstReference,
  readDictionary,
  readRevision,
  withEntries,
  withReference,
  type PdfRevision,
} from './pdf-revision.ts'
import { need, PdfStructureError } from './pdf-structure.ts'
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
 * Extends a file with one incremental update (ISO 32000-1, 7.5.6) that has room for a signature of `roomForCms` bytes.
 * The bytes of the file stay as they are (D6). The update adds a signature dictionary and an invisible field for it. On
 * a rendered file it rewrites nothing but the catalog, which gets a form, and the first page; on a file with a seal and
 * a signature sheet behind it nothing but that form and the first page. A third seal is refused.
 */
export function prepareSeal(
  rendered: Buffer,
  statement: SealStatement,
  roomForCms: number,
): PreparedSignature {
  const revision = readRevision(rendered)
  const catalog = readDictionary(revision, revision.root)
  const first = !catalog.includes('\n/AcroForm ')
  const firstPage = firstPageOf(revision)
  const [widget, signature] = [revision.size, revision.size + (first ? 2 : 1)]
  const name = first ? 'Seal' : 'Seal2'

  const objects = new Map<number, string>([
    ...(first ? newForm(revision, catalog, widget) : longerForm(revision, catalog, widget)),
    [firstPage, pageWithWidget(readDictionary(revision, firstPage), widget)],
    [widget, widgetDictionary({ name, label: statement.name }, firstPage, signature)],
    [signature, signatureDictionary(statement, roomForCms)],
  ])
  return fillByteRange(writeUpdate(revision, objects), rendered.length)
}

/** The form, behind the widget, and the catalog that names it. */
function newForm(revision: PdfRevision, catalog: string, widget: number): [number, string][] {
  const form = widget + 1
  return [
    [revision.root, sealedCatalog(catalog, form)],
    [form, `<<\n/Fields [${widget} 0 R]\n/SigFlags 3\n>>`],
  ]
}

/**
 * The form that the first seal made, with one field more. Refuses a file that has anything else behind the first seal
 * than a signature sheet: rendered, sealed, sheet, and no time-stamp or validation data among them.
 */
function longerForm(revision: PdfRevision, catalog: string, widget: number): [number, string][] {
  const form = firstReference(catalog, 'AcroForm')
  const dictionary = readDictionary(revision, form)
  need(/^<<\n\/Fields \[\d+ 0 R\]\n/.exec(dictionary), 'the form of a file with one seal')
  if (revision.ends.length !== 3 || catalog.includes('\n/DSS '))
    throw new PdfStructureError('only a sheet behind a sealed file takes a second seal')
  return [[form, withReference(dictionary, 'Fields', widget)]]
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
