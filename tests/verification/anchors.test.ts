import t from 'tap'
import { isAccepted, readTrust, verifyFile } from '#verification'
import type { Report } from '#verification'
import {
  aDossier,
  anchorFolder,
  anOrganisation,
  entryFolder,
  policyText,
  union,
  works,
} from '../support/verification-dossier.ts'
import type { DossierFiles, DossierWishes, TestOrganisation } from '../support/verification-dossier.ts'
import { placesThatMayChange, seededNumbers } from '../support/verification-flips.ts'
import { namesWith, notPassed } from '../support/verification-reports.ts'
import { pemOf } from '../support/verification-seal.ts'
import { anAuthority } from '../support/verification-timestamp.ts'
import { TestWitness } from '../support/verification-witness.ts'

function report(wishes: DossierWishes, organisation = anOrganisation()): Report {
  return verifyFile(aDossier(organisation, wishes), 'dossier.zip', organisation.trust)
}

/** Trust without some of the files, or with others in their place. */
function trustWith(
  organisation: TestOrganisation,
  changes: Record<string, string | undefined>,
): TestOrganisation {
  const kept = organisation.trustFiles.filter(({ name }) => !(name in changes))
  const added = Object.entries(changes).flatMap(([name, text]) =>
    text === undefined ? [] : [{ name, bytes: Buffer.from(text) }],
  )
  return { ...organisation, trust: readTrust([...kept, ...added]) }
}

function edit(name: string, change: (bytes: Buffer) => Buffer | string): DossierWishes {
  return {
    change: (files: DossierFiles) =>
      void files.set(name, Buffer.from(change(files.get(name) ?? Buffer.alloc(0)) as string)),
  }
}

const last = anchorFolder(4)
const cosigned = `${last}/cosigned`

t.test('V11: the time of an entry is its bracket, and open sides are said to be open', async (t) => {
  const whole = report({})
  const when = (found: Report, index: number): string | undefined =>
    found.facts.find(({ name }) => name === `${entryFolder(index)} when logged`)?.value
  t.match(when(whole, 0), /^not after 2026-11-20T09:00:00\.000Z, no trusted earlier moment; the server/)
  t.match(when(whole, 1), /^between 2026-11-20T09:00:00\.000Z and 2026-11-23T09:00:00\.000Z; the server/)
  const early = report({ anchors: [{ size: 2, times: ['20261121090000Z'] }] }, trustWith(anOrganisation(), { 'policy.txt': undefined })) // prettier-ignore
  t.same(notPassed(early), [])
  t.match(when(early, 1), /^not after 2026-11-21T09/)
  t.match(when(early, 2), /^not before 2026-11-21T09:00:00\.000Z, no trusted later moment/)
  t.match(early.limits.join('\n'), /no trusted time says by when they were there/)
  const bare = report({ anchors: [], unanchored: 'no authority answered' }, trustWith(anOrganisation(), { 'policy.txt': undefined })) // prettier-ignore
  t.same(notPassed(bare), [], 'no anchor is a limit, not a check')
  t.match(when(bare, 1), /^no trusted time; the server’s clock said/)
  t.match(bare.limits.join('\n'), /no trusted time: no authority answered/)
  t.match(bare.limits.join('\n'), /holds no anchor/)
})

t.test('V11: of several anchors the nearest on each side count', async (t) => {
  const anchors = ['20261120090000Z', '20261121090000Z', '20261122090000Z', '20261123090000Z']
  const sizes = anchors.map((at, position) => ({ size: position + 1, times: [at] }))
  const found = report({ anchors: sizes }, trustWith(anOrganisation(), { 'policy.txt': undefined }))
  t.same(notPassed(found), [])
  const when = new Map(found.facts.map(({ name, value }) => [name, value])).get(
    `${entryFolder(1)} when logged`,
  )
  t.match(when, /^between 2026-11-20T09:00:00\.000Z and 2026-11-21T09:00:00\.000Z/)
})

t.test('V11: a claimed time outside the bracket by more than five minutes fails', async (t) => {
  const claim = (at: string): string[] => namesWith(report({ times: [at] }), 'FAILED')
  t.same(claim('2026-11-20T08:55:00.000Z'), [])
  t.same(claim('2026-11-20T08:54:59.999Z'), [`${entryFolder(1)} time`])
  t.same(claim('2026-11-23T09:05:00.000Z'), [])
  t.same(claim('2026-11-23T09:05:00.001Z'), [`${entryFolder(1)} time`])
})

t.test('V11: an anchor that is not whole bounds nothing', async (t) => {
  const backdated = { times: ['2026-11-19T00:00:00.000Z'] }
  t.same(namesWith(report(backdated), 'FAILED'), [`${entryFolder(1)} time`])
  const organisation = trustWith(anOrganisation(), { 'tsa-roots.pem': undefined })
  const open = report(backdated, organisation)
  t.same(namesWith(open, 'FAILED'), [])
  const undecided = namesWith(open, 'INDETERMINATE')
  t.same(undecided.slice(0, 2), ['keys/tsa-roots.pem', `${anchorFolder(1)} 01.tsr certificate`])
  t.notOk(isAccepted(open))
  const other = report({}, trustWith(anOrganisation(), { 'tsa-roots.pem': pemOf(anAuthority().root) }))
  t.ok(namesWith(other, 'FAILED').includes('keys/tsa-roots.pem'))
  t.ok(namesWith(other, 'FAILED').includes(`${last} 02.tsr certificate`))
  const both = anOrganisation()
  const many = pemOf(anAuthority().root) + pemOf(both.authority.root)
  t.same(notPassed(report({}, trustWith(both, { 'tsa-roots.pem': many }))), [], 'one of several pinned roots')
})

t.test('V11: parts of anchors that were exchanged, replayed, cut or dropped are found', async (t) => {
  const swap = (left: string, right: string): DossierWishes => ({
    change: (files) => {
      const kept = files.get(left) as Buffer
      files.set(left, files.get(right) as Buffer)
      files.set(right, kept)
    },
  })
  const first = anchorFolder(1)
  const cases: readonly (readonly [what: string, wishes: DossierWishes, check: string])[] = [
    ['time-stamps of two anchors, exchanged', swap(`${first}/01.tsr`, `${last}/01.tsr`), `${first} 01.tsr imprint`],
    ['time-stamp and renewal, exchanged', swap(`${last}/01.tsr`, `${last}/02.tsr`), `${last} 01.tsr imprint`],
    ['checkpoints, exchanged', swap(`${first}/checkpoint`, `${last}/checkpoint`), `${first} checkpoint`],
    ['a time-stamp, cut', edit(`${first}/01.tsr`, (bytes) => bytes.subarray(0, -1)), `${first} 01.tsr form`],
    ['a renewal dropped', { change: (files) => void files.delete(`${last}/02.tsr`) }, 'manifest'],
    ['a first one dropped', { change: (files) => void files.delete(`${last}/01.tsr`) }, 'files'],
    ['an anchor without its proof', { change: (files) => void files.delete(`${last}/consistency`) }, 'files'],
    ['cosignatures dropped', { change: (files) => void files.delete(cosigned) }, 'manifest'],
    ['a checkpoint without its end', edit(`${last}/checkpoint`, (bytes) => bytes.subarray(0, -1)), `${last} checkpoint`],
    ['a wrong flag', edit('manifest.json', (bytes) => bytes.toString().replace('"development":false', '"development":true')), `${first} manifest`],
    ['an anchor listed that is not there', edit('manifest.json', (bytes) => bytes.toString().replace('"size":1', '"size":2')), 'manifest'],
    ['an anchor above the checkpoint', edit('manifest.json', (bytes) => bytes.toString().replace('"size":4', '"size":5')), 'manifest'],
    ['no reason', edit('manifest.json', (bytes) => bytes.toString().replace('"unanchored":null', '"unanchored":""')), 'manifest'],
    ['roots that are none', edit('keys/tsa-roots.pem', () => 'x'), 'keys/tsa-roots.pem'],
  ] // prettier-ignore
  for (const [what, wishes, check] of cases) {
    const failed = namesWith(report(wishes), 'FAILED')
    t.ok(failed.includes(check), `${what}: ${failed.join()}`)
  }
})

t.test('V1: witnesses count by the pinned policy, and the quorum must be reached', async (t) => {
  const anchor = (witnesses: readonly TestWitness[], size = 0): DossierWishes => ({
    anchors: [{ size, times: ['20261123090000Z'], witnesses }],
  })
  t.same(notPassed(report(anchor([works, union]))), [])
  const stranger = new TestWitness('stranger.example/witness')
  t.same(notPassed(report(anchor([works, stranger, union]))), [], 'an unknown witness is passed over')
  for (const witnesses of [[works], [stranger], [works, stranger]]) {
    t.match(notPassed(report(anchor(witnesses))), [/^INDETERMINATE witness quorum: no checkpoint/])
  }
  t.match(notPassed(report(anchor([works, union], 2))).join(), /up to size 2; 1 entries here are newer/)
  t.match(notPassed(report({ anchors: [] })), [/^INDETERMINATE witness quorum/])
  const any = anOrganisation()
  t.same(
    notPassed(report(anchor([works]), trustWith(any, { 'policy.txt': policyText(any.log, 'works') }))),
    [],
  )
  const none = anOrganisation()
  const free = report(anchor([stranger]), trustWith(none, { 'policy.txt': policyText(none.log, 'none') }))
  t.same(notPassed(free), [])
})

t.test('V1: the policy in the dossier is a copy that decides nothing', async (t) => {
  const organisation = trustWith(anOrganisation(), { 'policy.txt': undefined })
  const found = report({}, organisation)
  t.same(notPassed(found), [])
  t.match(found.limits.join('\n'), /No witness policy is pinned for this log, so the cosignatures/)
  t.notOk(found.facts.some(({ name }) => name.endsWith('cosigned by')))
  t.notOk(found.checks.some(({ name }) => name === 'witness quorum'))
  const failed = (change: (text: string) => string): string[] =>
    namesWith(report(edit('policy.txt', (bytes) => change(bytes.toString()))), 'FAILED')
  t.same(
    failed((text) => text.replace('quorum both', 'quorum nobody')),
    ['policy.txt'],
  )
  t.same(
    failed((text) => text.replace(/log .*\n/, '')),
    ['policy.txt'],
  )
  t.same(
    failed((text) => text.replace('quorum both', 'quorum none')),
    [],
    'the pinned one counts',
  )
})

t.test('V3: a cosigned checkpoint has one form, and a wrong line of a known witness fails', async (t) => {
  const note = (bytes: Buffer): string => bytes.toString().split('\n').slice(0, 5).join('\n') + '\n'
  const lines = (bytes: Buffer): string[] => bytes.toString().split('\n').slice(5, 7)
  const changes: Record<string, (bytes: Buffer) => string> = {
    'no cosignature': note,
    'no line end': (bytes) => bytes.toString().slice(0, -1),
    'a line twice': (bytes) => `${bytes.toString()}${lines(bytes)[0]}\n`,
    'another checkpoint': (bytes) => bytes.toString().replace('\n4\n', '\n5\n'),
    'a blank line': (bytes) => `${bytes.toString()}\n`,
    'no dash': (bytes) => bytes.toString().replace('\u2014 works', '- works'),
    'a signature of another length': (bytes) => bytes.toString().replace(/=\n$/, 'AAAA=\n'),
    'over another time': (bytes) => note(bytes) + retimed(works.cosign(note(bytes)), 1),
    'at no time': (bytes) => note(bytes) + works.cosign(note(bytes), 0),
    'after the year 9999': (bytes) => note(bytes) + works.cosign(note(bytes), 253_402_300_800),
    'over another size': (bytes) => note(bytes) + works.cosign(note(bytes).replace('\n4\n', '\n3\n')),
  }
  for (const [what, change] of Object.entries(changes)) {
    const failed = namesWith(report(edit(cosigned, change)), 'FAILED')
    t.same(failed, [`${last} cosignatures`], what)
  }
})

/** The line with its time moved on, the signature as it was. */
function retimed(line: string, by: number): string {
  const [dash, name, encoded = ''] = line.trimEnd().split(' ')
  const bytes = Buffer.from(encoded, 'base64')
  bytes.writeUInt32BE(bytes.readUInt32BE(8) + by, 8)
  return `${dash} ${name} ${bytes.toString('base64')}\n`
}

t.test('V11: a development authority is named in every report', async (t) => {
  const development = (): TestOrganisation =>
    anOrganisation(anAuthority({ name: 'Beding development TSA: do not trust' }))
  const flag = edit('manifest.json', (bytes) =>
    bytes.toString().replaceAll('"development":false', '"development":true'),
  )
  const found = report(flag, development())
  t.same(notPassed(found), [])
  t.match(
    found.facts.find(({ name }) => name === `${last} time`)?.value,
    /\(a DEVELOPMENT time-stamping authority\)/,
  )
  t.match(found.limits.join('\n'), /is a development time-stamping authority: whoever runs the service/)
  t.ok(namesWith(report({}, development()), 'FAILED').includes(`${last} manifest`), 'the manifest hides it')
})

t.test(
  'V3: no byte of an anchor may change, and a dossier whose sums were made again fails too',
  async (t) => {
    const organisation = anOrganisation()
    const bytes = aDossier(organisation)
    const random = seededNumbers(11)
    const start = bytes.indexOf('anchors/0000000000000004/01.tsr')
    const end = bytes.indexOf('checkpoint', start + 4000)
    const places = Array.from({ length: 60 }, () => start + random(end - start))
    t.same(placesThatMayChange(bytes, organisation.trust, places, random), [])
    for (const part of ['checkpoint', 'consistency', 'cosigned', '01.tsr', '02.tsr']) {
      for (let round = 0; round < 12; round++) {
        const made = anOrganisation()
        const change = (files: DossierFiles): void => {
          const changed = Buffer.from(files.get(`${last}/${part}`) as Buffer)
          // The first bytes hold the status, which may be 0 or 1 and stands under the checksums only.
          if (changed.length > 0) changed[16 + random(changed.length - 16)]! ^= 1 << random(8)
          else changed.fill(0)
          files.set(`${last}/${part}`, changed.length > 0 ? changed : Buffer.from('A'))
        }
        const found = verifyFile(aDossier(made, { change }), 'x', made.trust)
        // A changed name of a witness makes it an unknown one: then the quorum is missed.
        t.notOk(isAccepted(found), part)
      }
    }
  },
)
