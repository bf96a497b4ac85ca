import qrcode from 'qrcode-generator'

const smallestVersion = 0
const correction = 'M'

/** The modules of the QR code of a text, row by row, 1 for dark. Level M: it can still be read with 15 % of it damaged. */
export function qrRows(text: string): string[] {
  const code = qrcode(smallestVersion, correction)
  code.addData(text, 'Byte')
  code.make()
  const places = Array.from({ length: code.getModuleCount() }, (_, index) => index)
  return places.map((row) => places.map((column) => (code.isDark(row, column) ? '1' : '0')).join(''))
}
