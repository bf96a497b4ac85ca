import { problem } from '#core'

/** Most bytes an uploaded PDF may have: documents of ours have some hundred thousand, long reports some millions. */
export const uploadMax_bytes = 25 * 1024 * 1024

/** What a file that is no PDF seems to be, by its first bytes. */
export type OtherKind = 'empty' | 'zip' | 'proof' | 'not-pdf'

const details: Readonly<Record<Exclude<OtherKind, 'not-pdf'>, string>> = {
  empty: 'The file is empty. Send the PDF.',
  zip: 'This is a ZIP, perhaps a dossier. A dossier is checked offline, with the page at GET /verify or with npm run verify; nothing has to be sent anywhere for it.',
  proof: 'This is a tlog-proof. It is checked offline, with the page at GET /verify or with npm run verify.',
}

/** Refuses what does not begin as a PDF, and says what to do with what it seems to be. */
export function demandPdf(bytes: Buffer): void {
  if (bytes.toString('latin1', 0, 5) === '%PDF-') return
  const kind = otherKindOf(bytes)
  throw problem('document-not-a-pdf', kind === 'not-pdf' ? {} : { detail: details[kind] })
}

/** Tells files that people may take for one of the PDFs. */
export function otherKindOf(bytes: Buffer): OtherKind {
  if (bytes.length === 0) return 'empty'
  const start = bytes.toString('latin1', 0, 20)
  if (start.startsWith('PK\u0003\u0004')) return 'zip'
  return start === 'c2sp.org/tlog-proof@' ? 'proof' : 'not-pdf'
}
