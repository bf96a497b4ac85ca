import t from 'tap'
import { appendSheet, listSignatures, prepareTimestamp, sealBytes } from '#documents'
import { readRevision } from '../../src/documents/pdf-revision.ts'
import { renderDocument } from '../../src/documents/document-rendering.ts'
import { aPolicyEdition } from '../support/documents-samples.ts'
import { coveredDigests, stamped } from '../support/documents-revisions.ts'
import { anExecutedFile, aSheetParty, sealedAt } from '../support/documents-sheet.ts'

const file = await anExecutedFile()

/** The objects that the last update of a file writes: the text of each up to a stream, by number. */
function lastUpdate(bytes: Buffer): Map<number, string> {
  const { ends, offsets } = readRevision(bytes)
  const start = ends.at(-2)!
  const inUpdate = [...offsets].filter(([, offset]) => offset >= start)
  return new Map(
    inUpdate.map(([number, offset]) => {
      const text = bytes.subarray(offset).toString('latin1')
      return [number, text.slice(0, text.search(/\n(?:endobj|stream)\n/)).replace(/^\d+ 0 obj\n/, '')]
    }),
  )
}

function dictionaryOf(bytes: Buffer, number: number): string {
  const text = bytes.subarray(readRevision(bytes).offsets.get(number)!).toString('latin1')
  return text.slice(text.indexOf('\n') + 1, text.indexOf('\nendobj\n'))
}

t.test('D16: the copy begins with exactly the bytes that were shown', async (t) => {
  t.ok(file.executed.subarray(0, file.frozen.length).equals(file.frozen))
  t.ok(file.executed.subarray(0, file.grafted.length).equals(file.grafted))
})

t.test('D16: the same document and the same records give the same bytes', async (t) => {
  const sheet = (await renderDocument(structuredClone(file.input))).bytes
  t.ok(sheet.equals(file.sheet))
  t.ok(appendSheet(Buffer.from(file.frozen), sheet).equals(file.grafted))
})

t.test('D16: the sheet rewrites three objects, and each only grows at its end', async (t) => {
  const { size } = readRevision(file.frozen)
  const update = lastUpdate(file.grafted)
  const replaced = [...update.keys()].filter((number) => number < size)
  t.equal(replaced.length, 3)
  const grown = replaced.map((number) => [dictionaryOf(file.frozen, number), update.get(number)!] as const)
  for (const [before, after] of grown) {
    // What was an end of an array or a count may differ; every other line is there still, in order.
    const kept = before
      .split('\n')
      .filter((line) => !/^\/(Count|Kids|ParentTreeNextKey|K) |\/Limits/.test(line))
    let place = 0
    const lines = after.split('\n')
    for (const line of kept) place = lines.indexOf(line, place) + 1 || Number.NaN
    t.ok(place > 0, before.slice(0, 40))
  }
  const kids = (text: string) => /\/Kids \[(.*)\]/.exec(text)?.[1]
  const [before, after] = grown.find(([text]) => kids(text) !== undefined)!
  t.ok(kids(after)!.startsWith(`${kids(before)!} `), 'pages are only added behind those that were there')
})

t.test('D16: new objects follow those that were there, and none of them can do anything', async (t) => {
  const { size } = readRevision(file.frozen)
  const update = lastUpdate(file.grafted)
  const added = [...update.keys()].filter((number) => number >= size).sort((one, other) => one - other)
  t.same(
    added,
    Array.from(added, (_, index) => size + index),
    'numbers without a gap',
  )
  for (const number of added) {
    const text = update.get(number)!
    t.notMatch(text, /\/(Annots|AA|OpenAction|JS|JavaScript|EmbeddedFile|AF|XObject|URI|Action)\b/)
    const old = [...text.matchAll(/(\/\w+) (\d+) 0 R/g)].filter((match) => Number(match[2]) < size)
    t.ok(old.every(([, name]) => name === '/Parent' || name === '/P'))
  }
})

t.test('D16: keys of the parent tree and names of subsets differ from those of the document', async (t) => {
  const text = file.grafted.toString('latin1')
  const keysIn = (part: string) => [...part.matchAll(/\/StructParents? (\d+)\n/g)].map((match) => match[1]!)
  const known = new Set(keysIn(file.frozen.toString('latin1')))
  const added = keysIn(text.slice(file.frozen.length))
  t.equal(new Set(added).size, 2, 'one for each page')
  t.notOk(added.some((key) => known.has(key)))
  const subsets = [...text.matchAll(/\/FontName \/(\S+)\n/g)].map((match) => match[1])
  t.equal(new Set(subsets).size, subsets.length)
})

t.test('D17: both seals stand, each over the whole file of its time', async (t) => {
  const signatures = listSignatures(file.executed)
  t.same(
    signatures.map(({ kind, field }) => `${kind} ${field}`),
    ['seal Seal', 'seal Seal2'],
  )
  const digests = coveredDigests(file.executed)
  t.same(
    signatures.map(({ digest }) => digest.toString('hex')),
    digests.map((digest) => digest.toString('hex')),
  )
  const [, first, second, rest] = [
    ...file.executed.toString('latin1').matchAll(/\/ByteRange \[0 (\d+) (\d+) (\d+)\]/g),
  ]
    .at(-1)!
    .map(Number)
  t.ok(first! > file.grafted.length)
  t.equal(second! + rest!, file.executed.length)
})

t.test('D17: the second seal rewrites the form and the first page, and nothing of the catalog', async (t) => {
  const { size, root } = readRevision(file.grafted)
  const update = lastUpdate(file.executed)
  const replaced = [...update.keys()].filter((number) => number < size)
  t.equal(replaced.length, 2)
  t.notOk(replaced.includes(root))
  t.ok(
    replaced.some((number) =>
      /^<<\n\/Fields \[\d+ 0 R \d+ 0 R\]\n\/SigFlags 3\n>>$/.test(update.get(number)!),
    ),
  )
})

t.test('D17: there is no third seal, and no second one without a sheet', async (t) => {
  for (const bytes of [file.executed, file.frozen, stamped(file.frozen)])
    await t.rejects(sealBytes(bytes, file.seal.signer, { at: sealedAt, name: 'Jansen' }), {
      name: 'PdfStructureError',
    })
})

t.test('an executed copy takes time-stamps like every document', async (t) => {
  const twice = stamped(stamped(file.executed))
  t.ok(twice.subarray(0, file.executed.length).equals(file.executed))
  t.same(
    listSignatures(twice).map(({ field }) => field),
    ['Seal', 'Seal2', 'Timestamp1', 'Timestamp2'],
  )
  t.ok(prepareTimestamp(twice).digest.length === 32)
})

t.test('a file that is no sheet is not put behind a document', async (t) => {
  const edition = (await renderDocument(aPolicyEdition())).bytes
  t.throws(() => appendSheet(file.frozen, edition), { name: 'PdfStructureError' }, 'it has links')
  t.throws(() => appendSheet(file.frozen, file.frozen), { name: 'PdfStructureError' })
  t.throws(() => appendSheet(Buffer.from('%PDF-1.7\n%%EOF\n'), file.sheet), { name: 'PdfStructureError' })
  t.throws(() => appendSheet(file.grafted.subarray(0, -1), file.sheet), { name: 'PdfStructureError' })
})

t.test('a sheet of many pages, names of every script we print and ten parties', async (t) => {
  const names = ['Ĳsbrân Đỗ', 'Ωμέγα Ж', '<b>&amp;</b>', ')\\(<<>>', 'endstream endobj', 'Ş'.repeat(300)]
  const many = await anExecutedFile('en', {
    parties: Array.from({ length: 10 }, (_, index) =>
      aSheetParty('en', {
        capacity: index % 2 === 0 ? 'employee' : 'employer-representative',
        personName: names[index % names.length]!,
      }),
    ),
  })
  t.ok(many.executed.subarray(0, many.frozen.length).equals(many.frozen))
  t.ok((many.grafted.toString('latin1').match(/\/StructParents \d+\n/g) ?? []).length >= 6)
})

t.test('D3: a character that cannot be shown is refused with the party it stands with', async (t) => {
  const party = aSheetParty('nl', { personName: '王' })
  await t.rejects(renderDocument({ ...file.input, parties: [file.input.parties[0]!, party] }), {
    code: 'character-without-glyph',
    errors: [{ pointer: '/parties/1/personName' }],
  })
  await t.rejects(renderDocument({ ...file.input, parties: [party] }), TypeError)
})
