// A signed copy before the verifier that shares no code with its writer. What is changed here is sealed again with the
// organisation's own key: the signatures are right each time, and only the grammar of the update tells.
import t from 'tap'
import { sealBytes } from '#documents'
import { isAccepted, readTrust, verifyFile } from '#verification'
import { certificatePem } from '../../src/documents/pem.ts'
import { readRevision } from '../../src/documents/pdf-revision.ts'
import { writeUpdate } from '../../src/documents/pdf-update.ts'
import { aSeal } from '../support/documents-seal.ts'
import { anExecutedFile, sealedAt } from '../support/documents-sheet.ts'
import { stamped } from '../support/documents-revisions.ts'

const file = await anExecutedFile()
const stranger = aSeal('Kwaad & Co. B.V.', '01931f00-0000-7000-8000-0000000000ff')
const trust = readTrust(
  [file.seal, stranger].map(({ root }, index) => ({
    name: `${index}-root.pem`,
    bytes: Buffer.from(certificatePem(root)),
  })),
)
const judge = (bytes: Buffer) => verifyFile(bytes, 'document.pdf', trust)

/** Why a file is refused; undefined when it is accepted. */
function whyNot(bytes: Buffer): string | undefined {
  const report = judge(bytes)
  if (isAccepted(report)) return undefined
  return report.checks
    .filter(({ outcome }) => outcome !== 'PASSED')
    .map(({ name, sentence }) => `${name}: ${sentence}`)
    .join('; ')
}

type Objects = Map<number, string>

/** The objects of the sheet’s update, each with its stream. */
function objectsOf(grafted: Buffer): Objects {
  const { ends, offsets } = readRevision(grafted)
  const text = grafted.toString('latin1')
  const starts = [...offsets].filter(([, offset]) => offset >= ends.at(-2)!)
  return new Map(
    starts.map(([number, offset]) => {
      const head = `${number} 0 obj\n`.length
      const length = /^<<(?:(?!endobj)[^])*?\n\/Length (\d+)\n(?:(?!endobj)[^])*?>>\nstream\n/.exec(
        text.slice(offset + head, offset + 400),
      )
      const end = length === null ? offset : offset + head + length[0].length + Number(length[1])
      return [number, text.slice(offset + head, text.indexOf('\nendobj\n', end))]
    }),
  )
}

/** The copy with its sheet changed, sealed by the organisation. */
async function withSheet(change: (objects: Objects) => void): Promise<Buffer> {
  const objects = objectsOf(file.grafted)
  change(objects)
  const grafted = writeUpdate(readRevision(file.frozen), objects)
  return (await sealBytes(grafted, file.seal.signer, { at: sealedAt, name: 'Jansen' })).bytes
}

const edit = (objects: Objects, has: string, from: string | RegExp, to: string) => {
  const [number, text] = [...objects].find(([, object]) => object.includes(has))!
  if (text.replace(from, to) === text) throw new Error('nothing was changed')
  objects.set(number, text.replace(from, to))
}
const { size, root } = readRevision(file.frozen)
const firstPageOf = (objects: Objects) => /\/Kids \[(\d+) 0 R/.exec([...objects.values()].find((one) => one.includes('/Type /Pages'))!)![1]! // prettier-ignore

t.test(
  'the copy is accepted as it was made, with time-stamps behind it, and as the edition it begins with',
  async (t) => {
    t.equal(whyNot(file.executed), undefined)
    t.equal(whyNot(file.frozen), undefined)
    t.ok((await withSheet(() => undefined)).subarray(0, file.grafted.length).equals(file.grafted))
    t.equal(
      whyNot(await withSheet(() => undefined)),
      undefined,
      'the way of this test changes nothing by itself',
    )
    t.notMatch(
      whyNot(stamped(file.executed)) ?? '',
      /revision [123] /,
      'a time-stamp says nothing against what is under it',
    )
  },
)

const attacks: Readonly<Record<string, (objects: Objects) => void>> = {
  'a page of the document is drawn anew': (objects) => {
    const page = firstPageOf(objects)
    objects.set(
      Number(page),
      [...objects.values()].find((one) => one.includes('/Type /Page\n'))!,
    )
  },
  'the new page comes first': (objects) =>
    edit(objects, '/Type /Pages', /\/Kids \[(.*) (\d+ 0 R)\]/, '/Kids [$2 $1]'),
  'a page of the document is left out': (objects) =>
    edit(objects, '/Type /Pages', /\/Kids \[\d+ 0 R /, '/Kids ['),
  'the new page has an annotation': (objects) =>
    edit(objects, '/Type /Page\n', '/Tabs /S', '/Annots [<< /Type /Annot /Subtype /Link >>]\n/Tabs /S'),
  'the new page acts when it is opened': (objects) =>
    edit(
      objects,
      '/Type /Page\n',
      '/Tabs /S',
      '/AA << /O << /S /JavaScript /JS (app.alert\\(1\\)) >> >>\n/Tabs /S',
    ),
  'the new page shows what stands in the document': (objects) =>
    edit(objects, '/Type /Page\n', /\/Contents \d+ 0 R/, `/Contents ${firstPageOf(objects)} 0 R`),
  'the catalog opens something': (objects) => {
    const text = file.frozen.toString('latin1')
    const catalog = text.slice(text.lastIndexOf(`\n${root} 0 obj\n`) + `\n${root} 0 obj\n`.length)
    objects.set(root, catalog.slice(0, catalog.indexOf('\nendobj')).replace('/Type /Catalog', '/Type /Catalog\n/OpenAction << /S /URI /URI (https://example.org) >>')) // prettier-ignore
  },
  'an object is added that nothing needs': (objects) => void objects.set(Math.max(...objects.keys()) + 1, '<<\n/Type /Page\n>>'), // prettier-ignore
  'the structure of the document loses an element': (objects) =>
    edit(objects, '/S /Document', /\/K \[\d+ 0 R /, '/K ['),
  'the keys of the document name other elements': (objects) =>
    edit(objects, '/Type /StructTreeRoot', /0 \[(\d+ 0 R) (\d+ 0 R)/, '0 [$2 $1'),
  'no pages are added': (objects) => {
    for (const number of objects.keys()) if (number >= size) objects.delete(number)
    edit(objects, '/Type /Pages', /\/Count \d+\n\/Kids \[(.*) \d+ 0 R \d+ 0 R\]/, '/Count 3\n/Kids [$1]')
  },
}

for (const [name, attack] of Object.entries(attacks))
  t.test(`refused: ${name}`, async (t) => {
    const why = whyNot(await withSheet(attack))
    t.match(why, /grammar|structure/)
    t.comment(why)
  })

t.test('refused: any byte of the sheet, and anything behind the second seal', async (t) => {
  for (const at of [file.frozen.length + 400, file.grafted.length - 2_000, file.executed.length - 300]) {
    const changed = Buffer.from(file.executed)
    changed[at]! ^= 1
    t.ok(whyNot(changed), `byte ${at}`)
  }
  t.match(whyNot(Buffer.concat([file.executed, Buffer.from('\n')])), /./)
  const again = writeUpdate(readRevision(file.executed), objectsOf(file.grafted))
  t.match(whyNot(again), /grammar|structure/, 'a second sheet')
})

t.test('refused: a sheet that no second seal covers', async (t) => {
  t.match(whyNot(file.grafted), /./)
})

t.test('refused: a sheet sealed by another organisation', async (t) => {
  const foreign = await sealBytes(file.grafted, stranger.signer, {
    at: sealedAt,
    name: 'Jansen & Zn. Zorg B.V.',
  })
  t.match(whyNot(foreign.bytes), /./)
})
