import { GrowingFile } from './verification-long-term.ts'
import type { DataWishes } from './verification-long-term.ts'
import { aLongTermFile, alone, good, keys } from './verification-long-term-cases.ts'
import type { LongTermCase } from './verification-long-term-cases.ts'
import { aRevocationList } from './verification-revocation.ts'

const otherFile = (): Buffer => aLongTermFile().bytes

/** The seven of the list of acceptance checks (A14), and A17. */
export const tamperedCases: readonly LongTermCase[] = [
  {
    name: 'a byte of the page changed',
    check: 'sealed bytes',
    reason: /not the ones that were sealed/,
    bytes: () => changed(otherFile(), 'BT (Hello)', 'BT (Hellp)'),
  },
  {
    name: 'the page replaced by an update',
    check: 'revision 5 grammar',
    reason: /replaces object 5, which has no place in it/,
    bytes: () => aLongTermFile().update(new Map([[5, stream('BT (Shadow) Tj ET')]])).bytes,
  },
  {
    name: 'the attachment replaced by an update',
    check: 'revision 5 grammar',
    reason: /replaces object 6, which has no place in it/,
    bytes: () => aLongTermFile().update(new Map([[6, stream('{"title":"y"}')]])).bytes,
  },
  {
    name: 'an annotation added by an update',
    check: 'revision 5 grammar',
    reason: /object \d+, which has no place in it/,
    bytes: () => {
      const file = aLongTermFile()
      const page = Buffer.from(
        `<<\n/Type /Page\n/Parent 1 0 R\n/MediaBox [0 0 612 792]\n/Contents 5 0 R\n/Annots [8 0 R 11 0 R ${file.size} 0 R]\n>>`,
      )
      const note = Buffer.from('<<\n/Type /Annot\n/Subtype /Text\n/Rect [0 0 9 9]\n/Contents (no)\n>>')
      return file.update(
        new Map([
          [4, page],
          [file.size, note],
        ]),
        file.size + 1,
      ).bytes
    },
  },
  {
    name: 'bytes hidden in the padding of the seal',
    check: 'seal form',
    reason: /hidden in the padding/,
    bytes: () => changed(otherFile(), '00>\n/M (D:', '01>\n/M (D:'),
  },
  {
    name: 'bytes behind the last %%EOF',
    check: 'PDF structure',
    reason: /bytes follow after the last %%EOF/,
    bytes: () => Buffer.concat([otherFile(), Buffer.from('% hidden\n')]),
  },
  {
    name: 'the validation data taken out of the catalog',
    check: 'revision 5 grammar',
    reason: /takes away or changes the validation data \(DSS\)/,
    bytes: () => {
      const catalog =
        '<<\n/Type /Catalog\n/Pages 1 0 R\n/Names 2 0 R\n/AF [7 0 R]\n/Lang (nl)\n/AcroForm 12 0 R\n>>'
      return aLongTermFile().update(new Map([[3, Buffer.from(catalog)]])).bytes
    },
  },
  {
    name: 'validation data that shrinks',
    check: 'revision 5 grammar',
    reason: /takes away from \/OCSPs of the validation data \(DSS\)/,
    bytes: () =>
      aLongTermFile().data({
        lists: [aRevocationList(keys.middle)],
        changeStore: (text) => text.replace(/\/OCSPs \[\d+ 0 R /, '/OCSPs ['),
      }).bytes,
  },
  {
    name: 'any object behind an old valid file',
    check: 'revision 2 grammar',
    reason: /brings object 13, which has no place in it/,
    bytes: () => new GrowingFile(keys).update(new Map([[13, Buffer.from('<<\n>>')]]), 14).bytes,
  },
]

function changed(bytes: Buffer, from: string, to: string): Buffer {
  const text = bytes.toString('latin1')
  if (!text.includes(from)) throw new Error(`there is no ${from}`)
  return Buffer.from(text.replace(from, to), 'latin1')
}

/** A stream object with these bytes. */
export function stream(text: string): Buffer {
  return Buffer.from(`<<\n/Length ${text.length}\n>>\nstream\n${text}\nendstream`)
}

/** Validation data in another form than its one. */
export const formCases: readonly LongTermCase[] = (
  [
    [
      'a wrong checksum in the trailer',
      /checksum of what stands before/,
      { changeTrailer: (text) => text.replace(/ <[0-9a-f]{32}>\]/, ` <${'0'.repeat(32)}>]`) },
    ],
    [
      'a trailer written otherwise',
      /one form/,
      { changeTrailer: (text) => text.replace('\n/Root', ' /Root') },
    ],
    [
      'a wrong size in the trailer',
      /wrong \/Size/,
      {
        changeTrailer: (text) =>
          text.replace(/\/Size (\d+)/, (_, size: string) => `/Size ${Number(size) + 1}`),
      },
    ],
    ['an empty list', /empty list/, { changeStore: (text) => text.replace('/Certs', '/CRLs []\n/Certs') }],
    [
      'a stream in two lists',
      /stands in two lists|names one object twice/,
      { changeStore: (text) => text.replace(/\/Certs \[(\d+ 0 R)/, '/CRLs [$1]\n/Certs [$1') },
    ],
    [
      'a stream in no list',
      /which has no place in it/,
      { changeStore: (text) => text.replace(/\/OCSPs \[[^\]]*\]\n/, '') },
    ],
    [
      'a stream twice in a list',
      /names one object twice/,
      { changeStore: (text) => text.replace(/\/Certs \[(\d+ 0 R)/, '/Certs [$1 $1') },
    ],
    [
      'another type',
      /not of the type DSS/,
      { changeStore: (text) => text.replace('/Type /DSS', '/Type /DST') },
    ],
    [
      'another name',
      /which has no place there/,
      { changeStore: (text) => text.replace('/Type /DSS', '/Type /DSS\n/TU (x)') },
    ],
    ['an entry for no signature', /key of no signature here/, { keys: ['0'.repeat(40)] }],
    [
      'a packed stream',
      /packed or described/,
      {
        changeUpdate: (objects) =>
          void objects.set(
            14,
            Buffer.from(
              objects.get(14)?.toString('latin1').replace('<<\n', '<<\n/Type /X\n') ?? '',
              'latin1',
            ),
          ),
      },
    ],
    [
      'the page written anew beside it',
      /which has no place in it/,
      { changeUpdate: (objects) => void objects.set(5, stream('BT (Shadow) Tj ET')) },
    ],
    [
      'the catalog changed beside it',
      /changes \/Lang of the catalog/,
      {
        changeUpdate: (objects) =>
          void objects.set(3, Buffer.from(objects.get(3)?.toString('latin1').replace('(nl)', '(en)') ?? '')),
      },
    ],
  ] as readonly (readonly [string, RegExp, DataWishes])[]
).map(([name, reason, wishes]) => ({
  name: `validation data with ${name}`,
  check: 'revision 2 grammar',
  reason,
  bytes: () => alone({ ocsps: [good()], ...wishes }),
}))
