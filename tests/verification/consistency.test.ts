import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { compareReports, verifyFile } from '#verification'
import { demandConsistency, parseHashLines } from '../../src/verification/consistency-proof.ts'
import { aDossier, anchorFolder, anOrganisation, entryFolder } from '../support/verification-dossier.ts'
import type { DossierFiles } from '../support/verification-dossier.ts'
import { consistencyPath, digestOf, TestLog, treeHash } from '../support/verification-log.ts'
import { namesWith, notPassed } from '../support/verification-reports.ts'

const vectors = process.env['BEDING_VECTORS'] ?? '../shared/vectors'
const skip = existsSync(vectors) ? false : 'no published vectors here'

function holds(consistency: Parameters<typeof demandConsistency>[0]): boolean {
  try {
    demandConsistency(consistency)
    return true
  } catch {
    return false
  }
}

t.test('V5: the published RFC 6962 consistency vectors come out as published', { skip }, async (t) => {
  const folder = join(vectors, 'rfc6962/consistency')
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.json'),
  )
  t.equal(names.length, 98)
  for (const name of names) {
    const it = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, unknown>
    const bytes = (text: unknown): Buffer => Buffer.from((text as string | null) ?? '', 'base64')
    const consistency = {
      firstSize: it['size1'] as number,
      firstRoot: bytes(it['root1']),
      secondSize: it['size2'] as number,
      secondRoot: bytes(it['root2']),
      path: ((it['proof'] ?? []) as string[]).map(bytes),
    }
    t.equal(holds(consistency), it['wantErr'] !== true, name)
  }
})

t.test('V5: between all trees up to 40 leaves exactly the right proof is accepted', async (t) => {
  const leaves = Array.from({ length: 40 }, (_, index) => Buffer.from(`leaf ${index}`))
  const roots = leaves.map((_, index) => treeHash(leaves.slice(0, index + 1)))
  let accepted = 0
  let wrongAccepted = 0
  for (let secondSize = 1; secondSize <= leaves.length; secondSize++) {
    for (let firstSize = 1; firstSize <= secondSize; firstSize++) {
      const path = consistencyPath(firstSize, leaves.slice(0, secondSize))
      const [firstRoot, secondRoot] = [roots[firstSize - 1]!, roots[secondSize - 1]!]
      const honest = { firstSize, firstRoot, secondSize, secondRoot, path }
      if (holds(honest)) accepted++
      const wrongs = [
        { ...honest, firstRoot: digestOf('other') },
        { ...honest, secondRoot: digestOf('other') },
        { ...honest, path: [...path, digestOf('more')] },
        { ...honest, path: path.map((hash, at) => (at === 0 ? digestOf(hash) : hash)) },
        { ...honest, path: path.slice(1) },
        { ...honest, path: path.map((hash) => hash.subarray(1)) },
        { ...honest, firstSize: secondSize + 1 },
        { ...honest, firstSize: 0 },
      ]
      wrongAccepted += wrongs.filter(
        (wrong) => holds(wrong) && JSON.stringify(wrong) !== JSON.stringify(honest),
      ).length
    }
  }
  t.equal(accepted, 820)
  t.equal(wrongAccepted, 0)
})

t.test('V3: the hashes of a proof stand one a line, each in its one form', async (t) => {
  const line = `${digestOf('x').toString('base64')}\n`
  t.equal(parseHashLines(Buffer.from('')).length, 0)
  t.equal(parseHashLines(Buffer.from(line.repeat(107))).length, 107)
  for (const wrong of [
    line.trim(),
    `\n${line}`,
    `${line} `,
    'AAAA\n',
    line.repeat(108),
    line.replace('=', ''),
  ])
    t.throws(() => parseHashLines(Buffer.from(wrong)), JSON.stringify(wrong.slice(0, 60)))
})

t.test('V10: every receipt and anchor must be the beginning of the checkpoint of the dossier', async (t) => {
  for (const folder of [entryFolder(2), anchorFolder(1)]) {
    const name = `${folder}/consistency`
    const changes: Record<string, (text: string) => string> = {
      'a hash more': (text) => `${text}${digestOf('x').toString('base64')}\n`,
      'a hash less': (text) => text.slice(45),
      'two hashes, exchanged': (text) => text.slice(45) + text.slice(0, 45),
      'no line end': (text) => text.slice(0, -1),
    }
    for (const [what, edit] of Object.entries(changes)) {
      const organisation = anOrganisation()
      const change = (files: DossierFiles): void =>
        void files.set(name, Buffer.from(edit(files.get(name)?.toString() ?? '')))
      const found = verifyFile(aDossier(organisation, { change }), 'x', organisation.trust)
      t.ok(namesWith(found, 'FAILED').includes(`${folder} consistency`), `${name}: ${what}`)
      t.match(notPassed(found).at(-1), /^INDETERMINATE one history: 1 pairs? of signed checkpoints/)
      const [pair] = found.equivocations
      t.equal(pair?.conclusive, false)
      t.match([pair?.first.note, pair?.second.note], [/^beding\.local/, /^beding\.local/])
    }
  }
})

t.test('V6: an anchored checkpoint of a rewritten log is printed beside the other', async (t) => {
  const organisation = anOrganisation()
  const honest = aDossier(organisation)
  const rewriting = { ...organisation, log: new TestLog() }
  const rewritten = aDossier(rewriting, { acts: [{}, { choice: 'declined', personEntryNumber: 2, previousPersonEntry: 1 }] }) // prettier-ignore
  const reports = [honest, rewritten].map((bytes, at) => verifyFile(bytes, `file ${at}`, organisation.trust))
  for (const report of reports) t.same(namesWith(report, 'FAILED'), [], 'each alone is right')
  const found = compareReports(reports)
  t.match(found[0]?.sentence, /signed two roots for size/)
  t.match(found.map(({ sentence }) => sentence).join('\n'), /two leaves at index 2/)
  t.notSame(found[0]?.first.note, found[0]?.second.note)
  t.match(found[0]?.first.source, /^file 0/)
})

t.test('V6: an anchor of another history inside one dossier proves it', async (t) => {
  const organisation = anOrganisation()
  const other = new TestLog()
  other.add('{"at":"2026-11-19T08:00:00.000Z","c":[],"kind":"log-opened","v":1}')
  const change = (files: DossierFiles): void =>
    void files.set(`${anchorFolder(1)}/checkpoint`, Buffer.from(other.checkpoint()))
  const found = verifyFile(aDossier(organisation, { change }), 'x', organisation.trust)
  const failed = namesWith(found, 'FAILED')
  for (const name of ['consistency', '01.tsr imprint'])
    t.ok(failed.includes(`${anchorFolder(1)} ${name}`), name)
  t.ok(failed.includes('one history'), 'the receipt of entry 0 has the same size and another root')
  t.ok(found.equivocations.some(({ conclusive }) => conclusive))
})
