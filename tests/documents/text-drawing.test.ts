import t from 'tap'
import { addElement, openDocument, type DocumentKit } from '../../src/documents/document-kit.ts'
import { finishDocument } from '../../src/documents/document-finish.ts'
import { faceNames } from '../../src/documents/font-library.ts'
import { drawRun, type DrawnText } from '../../src/documents/text-drawing.ts'

t.test('text drawn from pairs of characters is, byte for byte, what pdfkit writes', async (t) => {
  const properties = { title: 'Proef', author: 'Proef', language: 'nl', identity: 'beding:proef', createdAt: new Date(0) } as const // prettier-ignore
  const texts = [
    'AVATAR To. ffi fl fj 1/2',
    ' 09:30:00.123Z  VA. ',
    '(c) \\ <x> [y] #%&',
    'Ĳsbrand van Żółć',
    'µ',
  ]
  texts.push(String.fromCharCode(...Array.from({ length: 95 }, (_, index) => 0x20 + index)))
  const whole = async (draw: (kit: DocumentKit, run: DrawnText) => void): Promise<Buffer> => {
    const kit = openDocument(properties)
    for (const face of faceNames)
      for (const [index, text] of texts.entries()) {
        const element = addElement(kit, kit.root, 'P')
        const run = { text, face, size: 9.4, colour: '#8f1d1d', x: 71.123_456_789 + index, baseline: 100 / 3 + 20 * index, width: 90 } // prettier-ignore
        element.add(() => draw(kit, run))
        element.end()
      }
    return finishDocument(kit, 'Proef', String)
  }
  const ours = await whole(drawRun)
  const theirs = await whole(({ pdf }, { text, face, size, colour, x, baseline, width }) => {
    const options = { lineBreak: false, baseline: 'alphabetic', textWidth: width, wordCount: 1 } as const
    pdf
      .font(face, size)
      .fillColor(colour)
      .text(text, x, baseline, options as PDFKit.Mixins.TextOptions)
  })
  t.ok(ours.equals(theirs))
})
