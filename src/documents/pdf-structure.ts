/** A file that our own renderer did not write as expected. Nothing is sealed that was not understood. */
export class PdfStructureError extends Error {
  override readonly name = 'PdfStructureError'
}

/** The match, or a PdfStructureError that says what was not as expected. */
export function need(match: RegExpExecArray | null, what: string): RegExpExecArray {
  if (match === null) throw new PdfStructureError(`${what} is not as our renderer writes it`)
  return match
}
