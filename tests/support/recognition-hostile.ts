import { deflateSync } from 'node:zlib'
import { aRendering, revision, seal } from './verification-pdf.ts'
import type { PdfObjects } from './verification-pdf.ts'
import { sealKeys } from './verification-seal.ts'

/** Puts a text in the place of an object. */
function put(id: number, text: string): (objects: PdfObjects) => void {
  return (objects) => void objects.set(id, Buffer.from(text, 'latin1'))
}

/** A file in the form of other programs: objects in an object stream, the table in a stream (PDF 1.5). */
function compressedFile(): Buffer {
  const members = '1 0 2 33 << /Type /Catalog /Pages 2 0 R >> << /Type /Pages /Kids [] /Count 0 >>'
  const packed = deflateSync(Buffer.from(members))
  const head = Buffer.from('%PDF-1.5\n%\xff\xff\xff\xff\n', 'latin1')
  const objects = Buffer.concat([
    Buffer.from(`3 0 obj\n<< /Type /ObjStm /N 2 /First 9 /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`),
    packed,
    Buffer.from('\nendstream\nendobj\n'),
  ])
  const table = deflateSync(Buffer.alloc(20))
  const at = head.length + objects.length
  return Buffer.concat([
    head,
    objects,
    Buffer.from(`4 0 obj\n<< /Type /XRef /Size 5 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode /Length ${table.length} >>\nstream\n`),
    table,
    Buffer.from(`\nendstream\nendobj\nstartxref\n${at}\n%%EOF\n`),
  ])
} // prettier-ignore

/** Text in the one way that the verifier reads, so that it gets as far as it can. */
function oneObject(text: string, trailer = ''): Buffer {
  const head = Buffer.from('%PDF-1.7\n%\xff\xff\xff\xff\n', 'latin1')
  const first = revision(head, new Map([[1, Buffer.from(text, 'latin1')]]), `/Size 2\n/Root 1 0 R${trailer}`, true)
  const previous = /startxref\n(\d+)\n%%EOF\n$/.exec(first.subarray(-60).toString('latin1'))?.[1]
  return revision(first, new Map([[2, Buffer.from('<<\n>>')]]), `/Size 3\n/Root 1 0 R\n/Prev ${previous}`)
} // prettier-ignore

function manyObjects(count: number): Buffer {
  const add = (objects: PdfObjects): void => {
    for (let id = 20; id < count; id++) objects.set(id, Buffer.from('<<\n/A [1 2 3]\n>>'))
  }
  return seal(aRendering({ change: add }), sealKeys())
}

function bomb(bytes: number): Buffer {
  const packed = deflateSync(Buffer.alloc(bytes), { level: 9 })
  const object = Buffer.concat([
    Buffer.from(`<<\n/Type /EmbeddedFile\n/Params <<\n/Size 13\n>>\n/Filter /FlateDecode\n/Length ${packed.length}\n>>\nstream\n`),
    packed,
    Buffer.from('\nendstream'),
  ])
  return seal(aRendering({ change: (objects) => void objects.set(6, object) }), sealKeys())
} // prettier-ignore

/** Files that were made to do harm, by what they are. */
export function hostileFiles(): Readonly<Record<string, Buffer>> {
  const whole = seal(aRendering(), sealKeys())
  return {
    'five bytes': Buffer.from('%PDF-'),
    'zeros': Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(100_000)]),
    'one line of a million signs': Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(1_000_000, '<')]),
    'encrypted': oneObject('<<\n/Type /Catalog\n>>', '\n/Encrypt 1 0 R'),
    'object and table streams': compressedFile(),
    'a script': seal(aRendering({ change: put(9, '<<\n/S /JavaScript\n/JS (app.alert\\(1\\))\n>>') }), sealKeys()),
    'an action on opening': seal(aRendering({ change: put(3, '<<\n/Type /Catalog\n/Pages 1 0 R\n/OpenAction 9 0 R\n>>') }), sealKeys()),
    'a tree of pages that holds itself': seal(aRendering({ change: put(1, '<<\n/Type /Pages\n/Count 1\n/Kids [1 0 R]\n>>') }), sealKeys()),
    'a table that follows itself': Buffer.from(whole.toString('latin1').replace(/\/Prev \d+/, (text) => `/Prev ${'0'.repeat(text.length - 6)}`), 'latin1'),
    'arrays in arrays': oneObject('['.repeat(500_000) + ']'.repeat(500_000)),
    'dictionaries in dictionaries': oneObject('<</A'.repeat(300_000) + ' 1' + '>>'.repeat(300_000)),
    'two million values': oneObject(`[${'1 '.repeat(2_000_000)}]`),
    'a text of ten million signs': oneObject(`(${'x'.repeat(10_000_000)})`),
    'a hundred thousand objects': manyObjects(100_000),
    'a hundred thousand ends': Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.from('%%EOF\n/ID [<'.repeat(100_000))]),
    'a bomb of 512 MB': bomb(512 * 1024 * 1024),
    'a seal whose CMS is deep': Buffer.from(whole.toString('latin1').replace(/<3082[0-9a-f]+>/, (hex) => `<${'3080'.repeat((hex.length - 2) / 4)}${'0'.repeat((hex.length - 2) % 4)}>`), 'latin1'),
  }
} // prettier-ignore
