import { qrRows } from '#documents'
import { splitProof } from '#evidence'

/** A QR code: its text, and its modules row by row, 1 for dark. */
export type ReceiptCode = { readonly text: string; readonly rows: string[] }

/**
 * The QR code of a receipt: origin, size and root of its checkpoint and the index of the entry, one a line. Small enough
 * to photograph, and enough to show later that the ledger signed this tree: a root cannot be made to fit another.
 */
export function receiptCode(receipt: {
  readonly entryIndex: number
  readonly tlogProof: string
}): ReceiptCode {
  const { checkpoint } = splitProof(receipt.tlogProof)
  const text = `${checkpoint.split('\n').slice(0, 3).join('\n')}\nindex ${receipt.entryIndex}\n`
  return { text, rows: qrRows(text) }
}
