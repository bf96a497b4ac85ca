// Checks of rendered and sealed files with programs of others: qpdf, poppler-utils, mupdf-tools, libnss3-tools, openssl.
// Not part of `npm test`. Numbers such as A4 are those of the acceptance list in src/documents/README.md.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { canonicalJson, sha256Hex, toInstant } from '#core'
import type { DocumentInput } from '#documents'
import { createRenderPool, sealBytes } from '#documents'
import { renderDocument } from '../../src/documents/document-rendering.ts'
import {
  aDossierReport,
  aComposedAnnex,
  anAnnex,
  aWarning,
  personNames,
} from '../support/documents-letters.ts'
import { anExitLetter } from '../support/documents-exit-letter.ts'
import { aPolicyContent, aPolicyEdition, aReceipt } from '../support/documents-samples.ts'
import { aSeal } from '../support/documents-seal.ts'
import { linkReferences, type QpdfJson } from '../support/external-signatures.ts'

const folder = mkdtempSync(join(tmpdir(), 'beding-documents-'))
t.teardown(() => rmSync(folder, { recursive: true }))
const path = (name: string): string => join(folder, name)

/** What a program writes to standard output; it must end well. */
function run(program: string, ...args: string[]): string {
  return execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}

const hostileName = 'Jansen & Zn. <B.V.>'
const hostile = aPolicyEdition({
  organisationName: hostileName,
  content: aPolicyContent({ title: { nl: 'Code “A & B” <script>', en: 'x' } }),
})
const samples: Readonly<Record<string, DocumentInput>> = {
  'edition-nl': aPolicyEdition(),
  'edition-en': aPolicyEdition({ language: 'en' }),
  hostile,
  'receipt-nl': aReceipt(),
  'receipt-en': aReceipt({
    language: 'en',
    facts: { reason: 'First the works council.', choice: 'declined' },
  }),
  'receipt-code': {
    ...aReceipt(),
    verificationUrl: 'https://beding.example/check#receipt=1041&size=1056&root=AAAA&log=beding.local/log/1',
  },
  'annex-nl': anAnnex(),
  'composed-annex-nl': aComposedAnnex(),
  'composed-annex-en': aComposedAnnex({ language: 'en', concept: true }),
  'relation-list': aComposedAnnex({ clauses: [] }),
  'annex-en': anAnnex({ language: 'en', person: { name: hostileName, externalId: null, jobTitle: null } }),
  'warning-nl': aWarning(),
  'warning-en': aWarning({ language: 'en', organisationName: hostileName }),
  'exit-letter-nl': anExitLetter(),
  'exit-letter-en': anExitLetter({ language: 'en', organisationName: hostileName }),
  'report-nl': aDossierReport(120),
  'report-en': aDossierReport(40, { language: 'en' }),
}

const seal = aSeal(hostileName)
writeFileSync(path('root.pem'), new X509Certificate(seal.root).toString())
for (const [name, input] of Object.entries(samples)) {
  const { bytes } = await renderDocument(input)
  const sealed = await sealBytes(bytes, seal.signer, {
    at: toInstant('2026-11-21T08:00:00.123Z'),
    name: hostileName,
  })
  writeFileSync(path(`${name}.unsigned.pdf`), bytes)
  writeFileSync(path(`${name}.pdf`), sealed.bytes)
}
mkdirSync(path('nss'))
run('certutil', '-N', '-d', 'sql:nss', '--empty-password')
run('certutil', '-A', '-d', 'sql:nss', '-n', 'root', '-t', 'CT,C,C', '-i', 'root.pem')

for (const [name, input] of Object.entries(samples)) {
  const file = `${name}.pdf`

  t.test(`${name}: A1 rendered again, the file is the same`, async (t) => {
    const again = (await renderDocument(structuredClone(input))).bytes
    t.ok(again.equals(readFileSync(path(`${name}.unsigned.pdf`))))
  })

  t.test(
    `${name}: A2 to A4 a tagged PDF 1.7 that claims PDF/A-3a and PDF/UA-1, fonts embedded`,
    async (t) => {
      const information = run('pdfinfo', file)
      t.match(information, /^Tagged: +yes$/m)
      t.match(information, /^Encrypted: +no$/m)
      t.match(information, /^PDF version: +1\.7$/m)
      const fonts = run('pdffonts', file)
        .split('\n')
        .slice(2)
        .filter((line) => line !== '')
      t.ok(fonts.length >= 2)
      for (const font of fonts) t.match(font, / yes yes yes +\d+ +0$/)
      const claims = run('pdfinfo', '-meta', file)
        .match(/pdf(a|ua)id:(part|conformance)>[^<\s]+/g)!
        .sort()
      t.same(claims, ['pdfaid:conformance>A', 'pdfaid:part>3', 'pdfuaid:part>1'])
    },
  )

  t.test(`${name}: A6 the attachment comes out as it went in`, async (t) => {
    run('pdfdetach', '-save', '1', '-o', 'attached.json', file)
    const expected = sha256Hex(attachedText(input))
    t.equal(
      createHash('sha256')
        .update(readFileSync(path('attached.json')))
        .digest('hex'),
      expected,
    )
    t.equal(run('qpdf', '--json', file).split('"/AFRelationship": "/Data"').length - 1, 1)
  })

  t.test(
    `${name}: A10 qpdf finds nothing, and the rendered file is the beginning of the sealed one`,
    async (t) => {
      const { status } = spawnSync('qpdf', ['--check', file], { cwd: folder })
      t.equal(status, 0)
      const rendered = readFileSync(path(`${name}.unsigned.pdf`))
      t.ok(readFileSync(path(file)).subarray(0, rendered.length).equals(rendered))
    },
  )

  t.test(`${name}: A12 every link reference names the page of its annotation`, async (t) => {
    const { links, wrong } = linkReferences(JSON.parse(run('qpdf', '--json=2', file)) as QpdfJson)
    t.equal(wrong, 0)
    if (input.kind === 'policy-edition') t.ok(links >= 5)
  })

  // A seal does not depend on the language, so the slow checks of it are made on one of each kind.
  if (name.endsWith('-en')) continue

  t.test(`${name}: A11 pdfsig and mutool call the signature valid and the document unchanged`, async (t) => {
    const verdict = run('pdfsig', '-no-ocsp', '-nssdir', 'sql:nss', file)
    t.match(verdict, 'Signature Type: ETSI.CAdES.detached')
    t.match(verdict, 'Signature Validation: Signature is Valid.')
    t.match(verdict, 'Certificate Validation: Certificate is Trusted.')
    t.match(verdict, 'Total document signed')
    t.match(
      spawnSync('mutool', ['sign', '-v', file], { cwd: folder, encoding: 'utf8' }).stdout,
      'unchanged since signing',
    )
  })

  t.test(`${name}: A13 the CMS has the four attributes and openssl verifies it`, async (t) => {
    const bytes = readFileSync(path(file))
    const range = /\/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]/
      .exec(bytes.toString('latin1'))!
      .slice(1)
      .map(Number)
    const [start, first, second, rest] = range as [number, number, number, number]
    t.equal(second + rest, bytes.length)
    writeFileSync(path('signed.bin'), Buffer.concat([bytes.subarray(start, first), bytes.subarray(second)]))
    // openssl reads the one DER value at the beginning and leaves the zeros.
    writeFileSync(path('seal.cms'), Buffer.from(bytes.toString('latin1', first + 1, second - 1), 'hex'))
    const shown = run('openssl', 'cms', '-cmsout', '-print', '-inform', 'DER', '-in', 'seal.cms')
    const signed = shown.slice(shown.indexOf('signedAttrs:'), shown.indexOf('unsignedAttrs:'))
    t.same(
      [...signed.matchAll(/object: .*\((1\.2\.840\.113549\.1\.9\.[\d.]+)\)/g)]
        .map((match) => match[1])
        .sort(),
      ['1.2.840.113549.1.9.16.2.47', '1.2.840.113549.1.9.3', '1.2.840.113549.1.9.4', '1.2.840.113549.1.9.52'],
    )
    const { stderr } = spawnSync(
      'openssl',
      ['cms', '-verify', '-inform', 'DER', '-in', 'seal.cms', '-content', 'signed.bin', '-binary', '-CAfile', 'root.pem', '-purpose', 'any', '-out', '/dev/null'],
      { cwd: folder, encoding: 'utf8' },
    ) // prettier-ignore
    t.match(stderr, /CMS Verification successful|Verification successful/)
  })
}

t.test('A5 hostile names leave well-formed metadata, and readers show the raw title', async (t) => {
  const packet = run('pdfinfo', '-meta', 'hostile.pdf')
  writeFileSync(path('packet.xml'), packet)
  run('python3', '-c', "import xml.dom.minidom; xml.dom.minidom.parse('packet.xml')")
  t.match(run('pdfinfo', 'hostile.pdf'), 'Code “A & B” <script>')
  t.match(run('pdfinfo', 'hostile.pdf'), hostileName)
})

t.test('A7 the structure has every sort of element that the documents use', async (t) => {
  const used = new Set<string>()
  for (const name of Object.keys(samples))
    for (const line of run('pdfinfo', '-struct', `${name}.pdf`).split('\n'))
      used.add(line.trim().split(/[ :(]/)[0]!)
  for (const element of [
    'Document',
    'H1',
    'H2',
    'H3',
    'L',
    'LI',
    'Lbl',
    'LBody',
    'Table',
    'TR',
    'TH',
    'TD',
    'Link',
    'P',
    'BlockQuote',
    'Figure',
  ])
    t.ok(used.has(element), element)
})

t.test('A8 the name of the employee comes out of the text, also with other signs around it', async (t) => {
  const shown = run('pdftotext', 'receipt-nl.pdf', '-')
  t.ok(shown.split('Şükrü Çağlar Yıldız').length - 1 >= 3)
  const signs = '\u00b5 \u03bc - \u2010 \u2011 \u03a9 \u2126 \u0394 \u2206 \u0131 \u0130 Łódź'
  writeFileSync(path('signs.pdf'), (await renderDocument(aReceipt({ facts: { personName: signs } }))).bytes)
  t.ok(run('pdftotext', 'signs.pdf', '-').includes(signs))
})

t.test('A8 fifty mixed documents in one worker leave no trace in the one after them', async (t) => {
  const pool = createRenderPool({ threads: 1 })
  t.teardown(() => pool.close())
  const inputs = Object.values(samples)
  for (let index = 0; index < 50; index += 1) await pool.render(inputs[index % inputs.length]!)
  const program = fileURLToPath(new URL('../support/documents-child.ts', import.meta.url))
  for (const name of ['annex-nl', 'warning-en', 'report-en']) {
    const { bytes } = await pool.render(samples[name]!)
    const fresh = spawnSync(process.execPath, [program], { input: JSON.stringify(samples[name]), encoding: 'utf8' }) // prettier-ignore
    t.equal(createHash('sha256').update(bytes).digest('hex'), fresh.stdout, name)
  }
})

t.test(
  'A8, A9 names of every sort come out of the text, or are refused by the name of a character',
  async (t) => {
    for (const [index, name] of [...personNames, 'Rene\u0301 g\u0303 ĳ Ĳsbrand', hostileName].entries()) {
      const file = `name-${index}.pdf`
      for (const input of [
        anAnnex({ person: { name, externalId: null, jobTitle: null } }),
        aWarning({ person: { name, externalId: null, jobTitle: null } }),
      ]) {
        // prettier-ignore
        writeFileSync(path(file), (await renderDocument(input)).bytes)
        const shown = run('pdftotext', file, '-').replaceAll(/\s+/g, ' ')
        t.ok(shown.includes(name), `${input.kind}: ${name}`)
      }
    }
    await t.rejects(renderDocument(aWarning({ subject: 'Over 王' })), { code: 'character-without-glyph', detail: /U\+738B/ }) // prettier-ignore
  },
)

/** The text of the file inside a document, worked out apart from the renderer. */
function attachedText(input: DocumentInput): string {
  if (input.kind === 'receipt') return input.evidenceJson
  return canonicalJson(input.kind === 'policy-edition' ? input.content : input)
}
