import { problem } from '#core'

/** Most bytes an uploaded PDF may have: documents of ours have some hundred thousand, long reports some millions. */
export const uploadMax_bytes = 25 * 1024 * 1024

const others: readonly (readonly [start: string, detail: string])[] = [
  [
    'PK\u0003\u0004',
    'This is a ZIP, perhaps a dossier. A dossier is checked offline, with the page at GET /verify or with npm run verify; nothing has to be sent anywhere for it.',
  ],
  [
    'c2sp.org/tlog-proof@',
    'This is a tlog-proof. It is checked offline, with the page at GET /verify or with npm run verify.',
  ],
]

/** Refuses what does not begin as a PDF, and says what to do with what it seems to be. */
export function demandPdf(bytes: Buffer): void {
  if (bytes.length === 0)
    throw problem('document-not-a-pdf', { detail: 'The file is empty. Choose the PDF.' })
  const start = bytes.toString('latin1', 0, 32)
  if (start.startsWith('%PDF-')) return
  const known = others.find(([beginning]) => start.startsWith(beginning))
  throw problem('document-not-a-pdf', known === undefined ? {} : { detail: known[1] })
}
