import { Buffer } from 'node:buffer'

/** A file that somebody changed, and what a verifier should say of it. */
export type Tampering = { readonly name: string; readonly bytes: Buffer; readonly reason: RegExp }

/** Nine ways to change a file at B-LTA of which common viewers notice two. Done on the bytes, with no code of the product. */
export function tamperings(file: Buffer): Tampering[] {
  const text = file.toString('latin1')
  const objectText = (number: number): string => {
    const start = text.lastIndexOf(`\n${number} 0 obj\n`) + 1
    return text.slice(start, text.indexOf('\nendobj\n', start) + 8)
  }
  const last = (pattern: RegExp): number => Number([...text.matchAll(pattern)].at(-1)![1])
  const catalog = last(/\/Root (\d+) 0 R/g)
  const page = last(/\/Type \/Annot\n\/Subtype \/Widget[^]*?\/P (\d+) 0 R/g)
  const content = Number(/\/Contents (\d+) 0 R/.exec(objectText(page))![1])
  const attached = Number(/\/EF <<\n?\s*\/F (\d+) 0 R/.exec(text)![1])
  const update = (...objects: readonly string[]): Buffer => Buffer.concat([file, appended(text, objects)])
  const stream = (number: number, words: string): string =>
    `${number} 0 obj\n<<\n/Length ${words.length}\n>>\nstream\n${words}\nendstream\nendobj\n`
  const flipped = (offset: number): Buffer => {
    const bytes = Buffer.from(file)
    bytes[offset]! ^= 1
    return bytes
  }
  const insideStream = (number: number): number => text.indexOf('stream\n', text.indexOf(`\n${number} 0 obj\n`)) + 30 // prettier-ignore
  const ends = [...text.matchAll(/%%EOF\n/g)].map((match) => match.index + 6)
  const note = last(/\/Size (\d+)/g)
  const withNote = objectText(page).replace(/\/Annots \[/, `/Annots [${note} 0 R `)
  const noteObject = `${note} 0 obj\n<<\n/Type /Annot\n/Subtype /FreeText\n/Rect [50 50 300 90]\n/DA (/F1 12 Tf)\n/Contents (not agreed)\n>>\nendobj\n`
  const padding = text.lastIndexOf('0>', text.lastIndexOf('/SubFilter /ETSI.RFC3161') + 60_000)
  const hidden = Buffer.from(file)
  hidden.write('abcd', padding - 40, 'latin1')
  const unexpected = /revision \d+/
  return [
    { name: 'page-byte', bytes: flipped(insideStream(content)), reason: /sealed bytes|digest|PDF structure/ },
    { name: 'attachment-byte', bytes: flipped(insideStream(attached)), reason: /sealed bytes|digest|attachment/ }, // prettier-ignore
    { name: 'page-replaced', bytes: update(stream(content, 'BT ET')), reason: unexpected },
    { name: 'attachment-replaced', bytes: update(stream(attached, '{"agreed":false}')), reason: unexpected },
    { name: 'annotation-added', bytes: update(withNote, noteObject), reason: unexpected },
    { name: 'bytes-hidden', bytes: hidden, reason: /hidden|zero|padding/ },
    { name: 'cut-off', bytes: file.subarray(0, ends[2]), reason: /level/ },
    { name: 'bytes-behind', bytes: Buffer.concat([file, Buffer.from('% one more\n')]), reason: /PDF structure|end of the file|behind/ }, // prettier-ignore
    { name: 'validation-data-dropped', bytes: update(objectText(catalog).replace(/\/DSS \d+ 0 R\n/, '')), reason: unexpected }, // prettier-ignore
  ]
}

/** One more incremental update with these objects, correct in itself. */
function appended(text: string, objects: readonly string[]): Buffer {
  const trailers = text.slice(text.lastIndexOf('trailer\n'))
  const size = Number(/\/Size (\d+)/.exec(trailers)![1])
  const previous = /startxref\n(\d+)/.exec(trailers)![1]
  const numbered = objects.map((words) => ({ number: Number(words.split(' ')[0]), words })).toSorted((a, b) => a.number - b.number) // prettier-ignore
  let body = ''
  const table: string[] = []
  for (const { number, words } of numbered) {
    table.push(`${number} 1\n${String(text.length + body.length).padStart(10, '0')} 00000 n \n`)
    body += words
  }
  const trailer = trailers
    .slice(0, trailers.indexOf('>>'))
    .replace(/\/Size \d+/, `/Size ${Math.max(size, ...numbered.map(({ number }) => number + 1))}`)
    .replace(/\/Prev \d+/, `/Prev ${previous}`)
  return Buffer.from(`${body}xref\n${table.join('')}${trailer}>>\nstartxref\n${text.length + body.length}\n%%EOF\n`, 'latin1') // prettier-ignore
}
