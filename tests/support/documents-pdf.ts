import { inflateSync } from 'node:zlib'

/** A file of our renderer taken apart for tests: its objects, and the text that a reader of the file gets out. */
export type OpenedPdf = {
  readonly objects: ReadonlyMap<number, string>
  /** The text of each page, pieces in the order in which they were drawn, one line each. */
  readonly pages: readonly string[]
  readonly text: string
}

/** Opens the first revision of a file. Streams are in latin1, unpacked where they are deflated. */
export function openPdf(bytes: Buffer): OpenedPdf {
  return opened(readObjects(bytes))
}

/** Opens a file as its updates left it: the newest state of each object stands where `offsets` says. */
export function openUpdated(bytes: Buffer, offsets: ReadonlyMap<number, number>): OpenedPdf {
  const file = bytes.toString('latin1')
  return opened(
    new Map(Array.from(offsets, ([number, offset]) => [number, readObject(bytes, file, offset)] as const)),
  )
}

function opened(objects: ReadonlyMap<number, string>): OpenedPdf {
  const pages = [...objects.values()]
    .filter((object) => /\/Type \/Page\n/.test(object))
    .map((page) => textOfPage(page, objects))
  return { objects, pages, text: pages.join('\n') }
}

/** The members of a stream object before and after `stream`. */
export function streamOf(object: string): string {
  const start = object.indexOf('stream\n') + 'stream\n'.length
  return object.slice(start, object.lastIndexOf('\nendstream'))
}

/** The attached file of this name. */
export function attachmentOf(pdf: OpenedPdf, name: string): Buffer {
  const spec = [...pdf.objects.values()].find((object) => object.includes(`/UF (${name})`))
  const file = pdf.objects.get(Number(/\/EF <<\n\/F (\d+) 0 R/.exec(spec ?? '')?.[1]))
  return Buffer.from(streamOf(file ?? ''), 'latin1')
}

function readObjects(bytes: Buffer): Map<number, string> {
  const file = bytes.toString('latin1')
  const objects = new Map<number, string>()
  const startxref = Number(/startxref\n(\d+)\n%%EOF/.exec(file.slice(0, file.indexOf('%%EOF') + 6))?.[1])
  const size = Number(/^xref\n0 (\d+)\n/.exec(file.slice(startxref, startxref + 30))?.[1])
  const first = file.indexOf('\n', startxref + 5) + 1
  for (let number = 1; number < size; number += 1) {
    const offset = Number(file.slice(first + number * 20, first + number * 20 + 10))
    objects.set(number, readObject(bytes, file, offset))
  }
  return objects
}

function readObject(bytes: Buffer, file: string, offset: number): string {
  const head = file.indexOf('\n', offset) + 1
  const plainEnd = file.indexOf('\nendobj', head)
  const stream = file.indexOf('>>\nstream\n', head)
  if (stream === -1 || stream > plainEnd) return file.slice(head, plainEnd)
  const dictionary = file.slice(head, stream + 2)
  const start = stream + '>>\nstream\n'.length
  const content = bytes.subarray(start, start + Number(/\/Length (\d+)/.exec(dictionary)?.[1]))
  const plain = dictionary.includes('/Filter /FlateDecode') ? inflateSync(content) : content
  return `${dictionary}\nstream\n${plain.toString('latin1')}\nendstream`
}

function textOfPage(page: string, objects: ReadonlyMap<number, string>): string {
  const reference = (text: string, name: string): string =>
    objects.get(Number(new RegExp(`/${name} (\\d+) 0 R`).exec(text)?.[1])) ?? ''
  const resources = reference(page, 'Resources')
  const fonts = new Map<string, string[]>()
  for (const [, name, number] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g))
    fonts.set(name!, readCmap(streamOf(reference(objects.get(Number(number)) ?? '', 'ToUnicode'))))
  const lines: string[] = []
  let font: readonly string[] = []
  for (const [, name, shown] of streamOf(reference(page, 'Contents')).matchAll(
    /\/(F\d+) [\d.]+ Tf|\[(.*)\] TJ/g,
  )) {
    if (name !== undefined) font = fonts.get(name) ?? []
    else lines.push((shown!.match(/(?<=<)[0-9a-f]+(?=>)/g) ?? []).map((hex) => decode(hex, font)).join(''))
  }
  return lines.join('\n')
}

function decode(hex: string, font: readonly string[]): string {
  return (hex.match(/.{4}/g) ?? []).map((code) => font[Number.parseInt(code, 16)] ?? '\ufffd').join('')
}

function readCmap(cmap: string): string[] {
  return [...cmap.matchAll(/<[0-9a-f]+> <[0-9a-f]+> \[(.*)\]/g)].flatMap(([, entries]) =>
    [...entries!.matchAll(/<([0-9a-f ]*)>/g)].map(([, units]) =>
      String.fromCharCode(...units!.split(' ').map((unit) => Number.parseInt(unit, 16))),
    ),
  )
}
