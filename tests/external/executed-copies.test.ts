// A signed copy judged by programs of others: cmp, qpdf, poppler-utils, mupdf-tools, libnss3-tools, openssl. Not part of
// `npm test`. Numbers such as A10 are those of the acceptance list in src/documents/README.md.
import { spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { listSignatures, sealBytes } from '#documents'
import { aSeal } from '../support/documents-seal.ts'
import { anExecutedFile, aSheetParty, sealedAt } from '../support/documents-sheet.ts'
import { stamped } from '../support/documents-revisions.ts'

const folder = mkdtempSync(join(tmpdir(), 'beding-executed-'))
t.teardown(() => rmSync(folder, { recursive: true }))

/** Whether a program ended well, and what it said. */
function run(program: string, ...args: string[]): { readonly ok: boolean; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' })
  return { ok: status === 0, said: `${stdout}${stderr}` }
}

const hostileNames = ['Jansen & Zn. <B.V.>', ')\\(<<>>/AA endobj', 'Ĳsbrân Ωμέγα Ж', 'Şükrü "Çağlar" Yıldız']
const samples = {
  nl: await anExecutedFile('nl'),
  en: await anExecutedFile('en'),
  hostile: await anExecutedFile('nl', {
    organisationName: hostileNames[0]!,
    parties: hostileNames.map((personName, index) =>
      aSheetParty('nl', { personName, capacity: index % 2 === 0 ? 'employee' : 'employer-representative' }),
    ),
  }),
}

for (const [name, { frozen, executed, seal, input }] of Object.entries(samples)) {
  const file = `${name}.pdf`
  writeFileSync(join(folder, file), executed)
  writeFileSync(join(folder, `${name}.frozen.pdf`), frozen)
  writeFileSync(join(folder, `${name}.pem`), new X509Certificate(seal.root).toString())

  t.test(
    `${name}: A10 cmp finds the bytes that were shown at the beginning, and qpdf nothing wrong`,
    async (t) => {
      t.ok(run('cmp', '-n', String(frozen.length), `${name}.frozen.pdf`, file).ok)
      t.notOk(run('cmp', `${name}.frozen.pdf`, file).ok, 'and something behind them')
      const checked = run('qpdf', '--check', file)
      t.ok(checked.ok, checked.said)
      t.match(checked.said, 'No syntax or stream encoding errors found')
    },
  )

  t.test(
    `${name}: A2 to A4 tagged as before, and every font embedded, a subset and with Unicode`,
    async (t) => {
      const information = run('pdfinfo', file).said
      t.match(information, /^Tagged: +yes$/m)
      t.equal(run('pdfinfo', '-meta', file).said, run('pdfinfo', '-meta', `${name}.frozen.pdf`).said)
      const fonts = run('pdffonts', file).said.split('\n').slice(2).filter(Boolean)
      for (const font of fonts) t.match(font, / yes yes yes +\d+ +0$/)
      const names = fonts.map((font) => font.split(' ')[0])
      t.equal(new Set(names).size, names.length, 'no two subsets share a name')
      t.ok(names.some((font) => font?.includes('SHEET+')))
    },
  )

  t.test(
    `${name}: A7 the sheet is the last part of the one document, with its headings and tables`,
    async (t) => {
      const { said } = run('pdfinfo', '-struct', file)
      t.notMatch(said, /Warning|Error/)
      t.equal(said.match(/^Document$/gm)?.length, 1)
      const part = said.slice(said.indexOf('\n  Part\n'))
      t.ok(part.length < said.length, 'a part')
      t.equal(part.match(/^ {4}H1/gm)?.length, 1)
      t.equal(part.match(/^ {4}Table/gm)?.length, input.parties.length + 1)
      t.notMatch(part, /\n {0,2}(?!Part)\S/, 'nothing stands behind it')
    },
  )

  t.test(`${name}: A8 the text of the sheet comes last, in the order in which it is read`, async (t) => {
    const pages = Number(/^Pages: +(\d+)$/m.exec(run('pdfinfo', `${name}.frozen.pdf`).said)![1])
    const before = run('pdftotext', '-l', String(pages), file, '-').said
    t.equal(before, run('pdftotext', `${name}.frozen.pdf`, '-').said, 'the document reads as it did')
    const text = run('pdftotext', '-f', String(pages + 1), file, '-').said.replaceAll(/\s+/g, ' ')
    let place = 0
    for (const part of [
      input.documentSha256,
      ...input.parties.flatMap((party) => [party.personName, party.actId]),
    ]) {
      const at = text.indexOf(part, place)
      t.ok(at >= place, part)
      place = at + part.length
    }
  })

  t.test(`${name}: A11 pdfsig calls both seals valid; the second covers the whole file`, async (t) => {
    const nss = join(folder, `${name}.nss`)
    mkdirSync(nss)
    run('certutil', '-N', '-d', `sql:${nss}`, '--empty-password')
    run('certutil', '-A', '-d', `sql:${nss}`, '-n', 'root', '-t', 'CT,C,C', '-i', `${name}.pem`)
    const { said } = run('pdfsig', '-no-ocsp', '-nssdir', `sql:${nss}`, file)
    const [, first = '', second = ''] = said.split(/Signature #\d+:/)
    for (const verdict of [first, second]) {
      t.match(verdict, 'Signature Type: ETSI.CAdES.detached')
      t.match(verdict, 'Signature Validation: Signature is Valid.')
    }
    // pdfsig 22.12 judges a certificate once: of a second signature under the same one it says that it cannot tell.
    t.match(first, 'Certificate Validation: Certificate is Trusted.')
    t.match(first, 'Not total document signed')
    t.match(second, 'Total document signed')
  })

  t.test(
    `${name}: A11b mutool sees that pages came after the first seal, and nothing after the second`,
    async (t) => {
      const verdicts = run('mutool', 'sign', '-v', file).said.split('Verifying signature').slice(1)
      t.equal(verdicts.length, 2)
      t.match(verdicts[0], 'The signature is valid but there have been edits since signing.')
      t.match(verdicts[1], 'The document is unchanged since signing.')
    },
  )

  t.test(`${name}: A13 openssl verifies both seals over what each covers`, async (t) => {
    const ranges = [...executed.toString('latin1').matchAll(/\/ByteRange \[0 (\d+) (\d+) (\d+)\]/g)]
    const signatures = listSignatures(executed)
    t.equal(signatures.length, 2)
    for (const [index, { cms }] of signatures.entries()) {
      const [start, end, rest] = ranges[index]!.slice(1).map(Number) as [number, number, number]
      writeFileSync(join(folder, 'seal.cms'), cms)
      writeFileSync(
        join(folder, 'covered'),
        Buffer.concat([executed.subarray(0, start), executed.subarray(end, end + rest)]),
      )
      const verify = [
        'cms',
        '-verify',
        '-inform',
        'DER',
        '-in',
        'seal.cms',
        '-binary',
        '-purpose',
        'any',
        '-out',
        'out',
      ]
      const outcome = run('openssl', ...verify, '-content', 'covered', '-CAfile', `${name}.pem`)
      t.ok(outcome.ok, outcome.said)
      t.match(outcome.said, 'CMS Verification successful')
      t.notOk(run('openssl', ...verify, '-content', `${name}.frozen.pdf`, '-CAfile', `${name}.pem`).ok)
    }
  })
}

t.test('A11 pdfsig trusts both seals where the second is under another certificate', async (t) => {
  const { grafted, seal } = samples.nl
  const later = aSeal('Jansen & Zn. Zorg B.V.')
  writeFileSync(
    join(folder, 'later.pdf'),
    (await sealBytes(grafted, later.signer, { at: sealedAt, name: 'Jansen' })).bytes,
  )
  const nss = join(folder, 'later.nss')
  mkdirSync(nss)
  run('certutil', '-N', '-d', `sql:${nss}`, '--empty-password')
  for (const [name, { root }] of Object.entries({ seal, later })) {
    writeFileSync(join(folder, 'one.pem'), new X509Certificate(root).toString())
    run('certutil', '-A', '-d', `sql:${nss}`, '-n', name, '-t', 'CT,C,C', '-i', 'one.pem')
  }
  const { said } = run('pdfsig', '-no-ocsp', '-nssdir', `sql:${nss}`, 'later.pdf')
  t.equal(said.match(/Certificate Validation: Certificate is Trusted\./g)?.length, 2, said)
})

t.test('a time-stamp on a signed copy leaves both seals valid', async (t) => {
  writeFileSync(join(folder, 'stamped.pdf'), stamped(samples.nl.executed))
  t.ok(run('qpdf', '--check', 'stamped.pdf').ok)
  const { said } = run('pdfsig', '-no-ocsp', 'stamped.pdf')
  t.equal(said.match(/Signature Validation: Signature is Valid\./g)?.length, 2)
})
