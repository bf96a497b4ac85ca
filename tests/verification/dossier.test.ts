import t from 'tap'
import { isAccepted, noTrust, readTrust, verifyFile } from '#verification'
import {
  aDossier,
  anOrganisation,
  aPolicyEdition,
  aReceipt,
  entryFolder,
  storedZip,
} from '../support/verification-dossier.ts'
import type { DossierFiles, DossierWishes } from '../support/verification-dossier.ts'
import { placesIn, placesThatMayChange, seededNumbers } from '../support/verification-flips.ts'
import { actFacts, anEd25519Key, anEntry, digestOf, TestLog } from '../support/verification-log.ts'
import { namesWith, notPassed } from '../support/verification-reports.ts'
import { pemOf, sealKeys } from '../support/verification-seal.ts'

/** Verifies a dossier made by a fresh organisation, its first entry at index 0. */
function report(wishes: DossierWishes = {}): ReturnType<typeof verifyFile> {
  const organisation = anOrganisation()
  return verifyFile(aDossier(organisation, wishes), 'dossier.zip', organisation.trust)
}

function edit(name: string, from: string | RegExp, to: string): (files: DossierFiles) => void {
  return (files) => {
    const before = files.get(name)?.toString('utf8') ?? ''
    const after = before.replace(from, to)
    if (after === before) throw new Error(`${name} has no ${String(from)}`)
    files.set(name, Buffer.from(after))
  }
}

function swap(left: string, right: string): (files: DossierFiles) => void {
  return (files) => {
    const kept = files.get(left) as Buffer
    files.set(left, files.get(right) as Buffer)
    files.set(right, kept)
  }
}

function documentIn(files: DossierFiles): string {
  return [...files.keys()].find((name) => name.startsWith('documents/')) ?? ''
}

const first = entryFolder(0)
const act = entryFolder(1)

t.test('a dossier is accepted, and says who did what', async (t) => {
  const accepted = report()
  t.same(notPassed(accepted), [])
  t.ok(isAccepted(accepted))
  const facts = new Map(accepted.facts.map(({ name, value }) => [name, value]))
  t.match(facts.get(`${act} who`), 'Şükrü Çağlar Yıldız')
  t.match(facts.get(`${entryFolder(2)} answer`), 'agreed')
  t.match(facts.get('entries'), '3, of which 0 with ERASED and 0 with WITHHELD content')
  t.match(accepted.limits.join('\n'), /after the highest number shown cannot be missed/)
})

t.test('V3: any byte of a dossier matters, its structure byte by byte', async (t) => {
  const organisation = anOrganisation()
  const bytes = aDossier(organisation)
  const text = bytes.toString('latin1')
  const random = seededNumbers(4)
  const directory = text.indexOf('PK\u0001\u0002')
  const headers = [...text.slice(0, directory).matchAll(/PK../gs)]
    .filter(({ 0: found }) => found === 'PK\u0003\u0004')
    .flatMap(({ index }) => Array.from({ length: 46 }, (_, at) => index + at))
    .filter(() => random(5) === 0)
  const signature = text.indexOf('SHA256SUMS.sig') + 'SHA256SUMS.sig'.length
  const places = [
    ...placesIn(bytes.length, 200, random),
    ...headers,
    ...Array.from({ length: 64 }, (_, at) => signature + at),
    // Every seventh byte of the directory, and all of its end.
    ...Array.from({ length: Math.floor((bytes.length - directory) / 7) }, (_, at) => directory + 7 * at),
    ...Array.from({ length: 22 }, (_, at) => bytes.length - 22 + at),
  ]
  t.same(placesThatMayChange(bytes, organisation.trust, places, random), [])
})

t.test('V10: what somebody changes in a finished dossier is found and named', async (t) => {
  const cases: readonly (readonly [
    what: string,
    tamper: (files: DossierFiles) => void,
    checks: readonly string[],
  ])[] = [
    ['a word of the readme', edit('README.txt', 'hand', 'foot'), ['checksums']],
    ['a file more', (files) => void files.set('more.txt', Buffer.from('x')), ['files']],
    ['a file less', (files) => void files.delete('README.txt'), ['files']],
    [
      'an entry less',
      (files) =>
        void [...files.keys()].filter((name) => name.startsWith(act)).forEach((name) => files.delete(name)),
      ['checksums', 'manifest'],
    ],
    ['half an entry', (files) => void files.delete(`${act}/entry.json`), ['files']],
    ['the checksums', edit('SHA256SUMS', '0', '1'), ['checksums', 'dossier signature']],
    ['a blank line in the checksums', edit('SHA256SUMS', /$/, '\n'), ['checksums', 'dossier signature']],
    ['the signature', (files) => void files.set('SHA256SUMS.sig', Buffer.alloc(64)), ['dossier signature']],
    [
      'the length of the signature',
      (files) => void files.set('SHA256SUMS.sig', Buffer.alloc(65)),
      ['dossier signature'],
    ],
    [
      'two folders, swapped',
      swap(`${act}/entry.json`, `${entryFolder(2)}/entry.json`),
      ['checksums', `${act} receipt.tlog-proof entry`],
    ],
    ['erased disclosures', (files) => void files.delete(`${act}/disclosures.txt`), ['checksums']],
  ]
  for (const [what, tamper, checks] of cases) {
    const failed = namesWith(report({ tamper }), 'FAILED')
    for (const check of checks) t.ok(failed.includes(check), `${what}: ${check} in ${failed.join()}`)
  }
})

t.test('V10: what the maker of a dossier gets wrong is found although it is signed', async (t) => {
  const other = anEntry('act', actFacts({ choice: 'agreed' }))
  const cases: readonly (readonly [what: string, change: (files: DossierFiles) => void, check: string])[] = [
    ['another size', edit('manifest.json', '"checkpointSize":4', '"checkpointSize":5'), 'checkpoint'],
    ['another organisation', edit('manifest.json', '0000000000aa', '0000000000ab'), 'checkpoint'],
    ['another person', edit('manifest.json', '0000000000bb', '0000000000bc'), `${act} manifest`],
    ['another kind', edit('manifest.json', '"kind":"act"', '"kind":"acts"'), `${act} manifest`],
    ['a manifest with spaces', edit('manifest.json', '{', '{ '), 'manifest'],
    ['another format', edit('manifest.json', 'dossier/v3', 'dossier/v1'), 'manifest'],
    ['an entry listed that is not there', edit('manifest.json', '"index":2', '"index":3'), 'manifest'],
    ['entries out of order', edit('manifest.json', '"index":0', '"index":9'), 'manifest'],
    ['a document under another name', edit('manifest.json', /documents\/./, 'documents/x'), 'manifest'],
    [
      'a checkpoint of another size',
      (files) =>
        void files.set('checkpoint', files.get(`${act}/receipt.tlog-proof`)?.subarray(-200) as Buffer),
      'checkpoint',
    ],
    [
      'a proof into another checkpoint',
      (files) =>
        void files.set(`${act}/dossier.tlog-proof`, files.get(`${act}/receipt.tlog-proof`) as Buffer),
      `${act} dossier.tlog-proof place`,
    ],
    [
      'another entry',
      (files) => void files.set(`${act}/entry.json`, Buffer.from(other.entry)),
      `${act} receipt.tlog-proof entry`,
    ],
    [
      'disclosures of another entry',
      (files) => void files.set(`${act}/disclosures.txt`, files.get(`${first}/disclosures.txt`) as Buffer),
      `${act} disclosures`,
    ],
    ['a disclosure without line end', edit(`${act}/disclosures.txt`, /\n$/, ''), `${act} disclosures.txt`],
    [
      'a document that is no PDF',
      (files) => void files.set(documentIn(files), Buffer.from('x')),
      `PDF structure`,
    ],
    [
      'a document that is not the one named',
      (files) => void files.set(documentIn(files), aPolicyEdition(anOrganisation())),
      'hash',
    ],
    [
      'a document with a byte behind it',
      (files) =>
        void files.set(
          documentIn(files),
          Buffer.concat([files.get(documentIn(files)) as Buffer, Buffer.from('\n')]),
        ),
      'PDF structure',
    ],
  ]
  for (const [what, change, check] of cases) {
    const failed = namesWith(report({ change }), 'FAILED')
    t.ok(
      failed.some((name) => name.endsWith(check)),
      `${what}: ${failed.join()}`,
    )
  }
  t.match(notPassed(report({ facts: { documentSha256: digestOf('x').toString('hex') } })), [
    /manifest ties document/,
    /manifest ties document/,
  ])
  t.match(notPassed(report({ facts: { organisationId: '0190a000-0000-7000-8000-0000000000ab' } })), [
    /another organisation/,
    /another organisation/,
  ])
})

t.test('V10: an edition that carries other content than was published is found', async (t) => {
  t.match(notPassed(report({ publishedContent: '{"title":"y"}' })), [
    /published content: policy.json is not the content/,
  ])
})

t.test('V10: a document that no entry names does not belong in a dossier', async (t) => {
  const organisation = anOrganisation()
  const stray = aReceipt({ ...organisation, log: new TestLog() })
  const hash = digestOf(stray).toString('hex')
  const change = (files: DossierFiles): void => {
    files.set(`documents/${hash}.pdf`, stray)
    const manifest = JSON.parse(files.get('manifest.json')?.toString() ?? '') as { documents: unknown[] }
    manifest.documents.push({ file: `documents/${hash}.pdf`, sha256: hash, title: 'Stray' })
    files.set('manifest.json', Buffer.from(JSON.stringify(manifest)))
  }
  const found = verifyFile(aDossier(organisation, { change }), 'x', organisation.trust)
  t.ok(namesWith(found, 'FAILED').includes(`documents/${hash}.pdf named by an entry`))
})

t.test('V1: the keys in a dossier count for nothing and may not differ from the pinned ones', async (t) => {
  const organisation = anOrganisation()
  const bytes = aDossier(organisation)
  const open = verifyFile(bytes, 'x', noTrust)
  t.same(namesWith(open, 'FAILED'), [])
  for (const name of [
    'dossier signature',
    'keys/log.vkey',
    'keys/log.pem',
    'keys/dossier.pem',
    'keys/root.pem',
    'log signature',
    `${act} receipt.tlog-proof log signature`,
  ]) {
    t.ok(namesWith(open, 'INDETERMINATE').includes(name), name)
  }
  const pins = {
    log: organisation.trustFiles[0],
    dossier: organisation.trustFiles[1],
    root: organisation.trustFiles[2],
  }
  const pinned = (files: readonly ({ name: string; bytes: Buffer } | undefined)[]): string[] =>
    namesWith(verifyFile(bytes, 'x', readTrust(files.filter((file) => file !== undefined))), 'FAILED')
  const otherDossier = { name: 'dossier.pem', bytes: Buffer.from(anEd25519Key('other').pem) }
  t.same(pinned([pins.log, otherDossier, pins.root]), ['dossier signature', 'keys/dossier.pem'])
  const otherRoot = { name: 'root.pem', bytes: Buffer.from(pemOf(sealKeys().root)) }
  t.match(pinned([pins.log, pins.dossier, otherRoot]), ['keys/root.pem', /seal certificate$/])
  const otherLog = { name: 'log.vkey', bytes: Buffer.from(new TestLog(undefined, 'other').vkey) }
  const failed = pinned([otherLog, pins.dossier, pins.root])
  t.ok(['keys/log.vkey', 'keys/log.pem', 'log signature'].every((name) => failed.includes(name)))

  const named = (log: string, dossier: string): string[] =>
    pinned([{ ...pins.log, name: log } as never, { ...pins.dossier, name: dossier } as never, pins.root])
  t.same(named('acme.vkey', 'acme.dossier.pem'), [])
  t.same(named('acme.vkey', 'bolt.dossier.pem'), ['one organisation'])
})

t.test('V1: keys that the dossier brings wrongly are found although they are signed', async (t) => {
  const other = anEd25519Key('other')
  const cases: readonly (readonly [name: string, text: string])[] = [
    ['keys/log.vkey', new TestLog(undefined, 'other').vkey],
    ['keys/log.pem', other.pem],
    ['keys/dossier.pem', other.pem],
    ['keys/root.pem', pemOf(sealKeys().root)],
    ['keys/dossier.pem', 'no key'],
  ]
  for (const [name, text] of cases) {
    const failed = namesWith(report({ change: (files) => void files.set(name, Buffer.from(text)) }), 'FAILED')
    t.ok(failed.includes(name), `${name}: ${failed.join()}`)
  }
})

t.test('V6: a receipt of a rewritten log proves the rewriting, inside one dossier too', async (t) => {
  const organisation = anOrganisation()
  const rewritten = new TestLog()
  const change = (files: DossierFiles): void => {
    for (const { length } of [{ length: 3 }])
      for (let index = 0; index < length; index++)
        rewritten.add(files.get(`${entryFolder(index)}/entry.json`)?.toString() ?? '')
    rewritten.add('{"at":"2026-11-23T08:00:00.000Z","c":[],"kind":"log-opened","v":1}')
    // The receipt stands in a tree of the size of the dossier's checkpoint, but with another last leaf.
    files.set(`${act}/receipt.tlog-proof`, Buffer.from(rewritten.proof(1)))
  }
  const found = verifyFile(aDossier(organisation, { change }), 'x', organisation.trust)
  t.same(namesWith(found, 'FAILED'), [`${act} consistency`, 'one history'])
  t.match(found.equivocations, [{ sentence: /signed two roots for size 4/ }])
  t.not(found.equivocations[0]?.first.note, found.equivocations[0]?.second.note)
})

t.test('V3: an archive in another form than the canonical one is refused', async (t) => {
  const organisation = anOrganisation()
  const bytes = aDossier(organisation)
  const directory = bytes.indexOf('PK\u0001\u0002', 0, 'latin1')
  const variants: readonly (readonly [what: string, bytes: Buffer])[] = [
    ['a comment', Buffer.concat([bytes.subarray(0, -2), Buffer.of(1, 0, 0x41)])],
    [
      'bytes between files and directory',
      Buffer.concat([bytes.subarray(0, directory), Buffer.of(0), bytes.subarray(directory)]),
    ],
    ['bytes in front', Buffer.concat([Buffer.from('PK\u0003\u0004'), bytes])],
    ['cut off', bytes.subarray(0, -1)],
    ['two archives', Buffer.concat([bytes, bytes])],
    ['nothing but an end', Buffer.concat([Buffer.from('PK\u0003\u0004'), bytes.subarray(-22)])],
  ]
  for (const [what, variant] of variants) {
    t.same(namesWith(verifyFile(variant, 'x', organisation.trust), 'FAILED'), ['archive'], what)
  }
  const files: DossierFiles = new Map([
    ['b', Buffer.from('b')],
    ['a', Buffer.from('a')],
  ])
  t.ok(
    namesWith(verifyFile(storedZip(files, ['b', 'a']), 'x', noTrust), 'FAILED').includes('archive'),
    'order',
  )
})

t.test('V4: an archive that claims too much is refused quickly', async (t) => {
  const bytes = storedZip(new Map([['a', Buffer.from('a')]]))
  const random = seededNumbers(5)
  const started = performance.now()
  for (let round = 0; round < 500; round++) {
    const hostile = Buffer.from(bytes)
    for (let change = 0; change < 3; change++)
      hostile.writeUInt32LE(random(2 ** 32), 4 + random(bytes.length - 8))
    t.ok(namesWith(verifyFile(hostile, 'x', noTrust), 'FAILED').length > 0)
  }
  t.ok(performance.now() - started < 5000)
})
