import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { canonicalJson, ProblemError, sha256Hex } from '#core'
import type { DocumentInput } from '#documents'
import { documentTitle, findMissingGlyph, findUnshowable } from '#documents'
import { renderDocument } from '../../src/documents/document-rendering.ts'
import { attachmentOf, openPdf, streamOf, type OpenedPdf } from '../support/documents-pdf.ts'
import { aPolicyContent, aPolicyEdition, aReceipt } from '../support/documents-samples.ts'

const person = 'Şükrü Çağlar Yıldız'

async function freshProcess(input: DocumentInput): Promise<string> {
  const program = fileURLToPath(new URL('../support/documents-child.ts', import.meta.url))
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(input))
  return text(child.stdout)
}

async function refusal(input: DocumentInput): Promise<ProblemError> {
  try {
    await renderDocument(input)
  } catch (error) {
    if (error instanceof ProblemError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

/** Fifty documents of every sort, to leave traces behind in a thread that keeps any. */
async function renderFiftyOthers(): Promise<void> {
  const names = ['Łukasz Żółć', 'Ωμέγα Δ', 'Ĳsbrand ﬁ µ μ', 'Ńgũgĩ wa Thiong’o', 'Đặng Hữu Phúc i̇ ı']
  for (let index = 0; index < 50; index += 1) {
    const personName = `${names[index % names.length]} ${index}`
    if (index % 2 === 0) await renderDocument(aReceipt({ facts: { personName } }))
    else await renderDocument(aPolicyEdition({ organisationName: personName, language: 'en' }))
  }
}

t.test('D1: the same input gives the same bytes, again, and in a fresh process', async (t) => {
  for (const input of [aPolicyEdition(), aReceipt({ language: 'en' })]) {
    const first = await renderDocument(input)
    const again = await renderDocument(structuredClone(input))
    t.ok(first.bytes.equals(again.bytes))
    t.equal(sha256Hex(first.bytes), first.sha256.toString('hex'))
    t.equal(await freshProcess(input), first.sha256.toString('hex'))
  }
})

t.test(
  'D1, D4: fifty other documents before it change neither the bytes nor the extracted name',
  async (t) => {
    const input = aReceipt()
    const alone = await freshProcess(input)
    await renderFiftyOthers()
    const after = await renderDocument(input)
    t.equal(after.sha256.toString('hex'), alone)
    const { pages } = openPdf(after.bytes)
    t.equal(
      pages.join('\n').split(person).length - 1,
      3 + pages.length,
      'lead, row, last page, and each foot',
    )
  },
)

t.test('two inputs that differ in anything have different identifiers in the file', async (t) => {
  const identify = async (input: DocumentInput) =>
    /\/ID \[<([0-9a-f]{32})>/.exec((await renderDocument(input)).bytes.toString('latin1'))?.[1]
  const one = await identify(aPolicyEdition())
  const other = await identify(aPolicyEdition({ versionNumber: 4 }))
  t.match(one, /^[0-9a-f]{32}$/)
  t.not(one, other)
})

t.test('an edition shows every rule with its number, modality, scope and filled placeholders', async (t) => {
  const { text: shown } = openPdf((await renderDocument(aPolicyEdition())).bytes)
  const flat = shown.replaceAll('\n', ' ').replaceAll(/ +/g, ' ')
  for (const [index, rule] of aPolicyContent().rules.entries())
    t.ok(flat.includes(`${index + 1} ${rule.heading.nl}`), rule.id)
  t.ok(flat.includes('Mag niet · altijd · overal · met elk account'))
  t.ok(flat.includes('Gevolgen als u zich hier niet aan houdt: Personeelshandboek, hoofdstuk 7'))
  t.ok(flat.includes('Deze regel is informatie.'), 'a rule of another nature says so')
  t.ok(flat.includes('Bij Jansen & Zn. Zorg B.V. werken wij'))
  t.notMatch(flat, /\[[A-Z ]+\]/)
  t.ok(flat.includes('pagina 1 van 3'))
  const english = openPdf((await renderDocument(aPolicyEdition({ language: 'en' }))).bytes).text
  t.ok(english.includes('page 1 of 3'))
  t.notOk(english.includes('Privégebruik'))
})

t.test(
  'policy.json is the canonical JSON of the content, and a wrong contentSha256 is refused',
  async (t) => {
    const input = aPolicyEdition()
    const attached = attachmentOf(openPdf((await renderDocument(input)).bytes), 'policy.json')
    t.equal(attached.toString(), canonicalJson(input.content))
    t.equal(sha256Hex(attached), input.contentSha256)
    await t.rejects(renderDocument({ ...input, contentSha256: sha256Hex('other') }), TypeError)
    await t.rejects(
      renderDocument({ ...input, language: 'en', content: { ...input.content, languages: ['nl'] } }),
    )
  },
)

t.test('D5: a receipt says who, what, when and how, in full, and what it does not prove', async (t) => {
  for (const language of ['nl', 'en'] as const) {
    const input = aReceipt({
      language,
      facts: { reason: 'Eerst overleg.\nDaarna zien we verder.', choice: 'declined' },
    })
    const pdf = openPdf((await renderDocument(input)).bytes)
    const flat = pdf.text.replaceAll('\n', ' ').replaceAll(/ +/g, ' ')
    const { facts, evidence } = input
    for (const fact of [facts.personName, facts.personExternalId, facts.address, facts.organisationName])
      t.ok(flat.includes(fact!), `${language}: ${fact}`)
    t.ok(flat.includes(facts.statement), 'the statement, letter for letter')
    t.ok(flat.includes('Eerst overleg. Daarna zien we verder.'))
    for (const hash of [facts.documentSha256, input.checkpoint.root, sha256Hex(input.evidenceJson)])
      t.ok(pdf.text.split('\n').includes(hash), 'a hash stands whole on one line')
    for (const instant of [facts.deliveredAt, facts.openedAt, facts.actedAt]) t.ok(flat.includes(instant!))
    for (const part of [evidence.proves, evidence.doesNotProve, evidence.wouldLift]) t.ok(flat.includes(part))
    t.match(flat, language === 'nl' ? /bewijst op zichzelf niet wie er klikte/ : /does not prove who clicked/)
    t.equal(attachmentOf(pdf, 'evidence.json').toString(), input.evidenceJson)
  }
})

t.test('D3: a character without a glyph is refused by its name and place', async (t) => {
  const cases: readonly [DocumentInput, string, string][] = [
    [aReceipt({ facts: { personName: '王小明' } }), 'U+738B', '/facts/personName'],
    [aReceipt({ facts: { personName: 'Ben \u202eyelraH' } }), 'U+202E', '/facts/personName'],
    [aReceipt({ facts: { address: 'a\u200bb@example.nl' } }), 'U+200B', '/facts/address'],
    [aReceipt({ facts: { reason: 'goed 👍' } }), 'U+1F44D', '/facts/reason'],
    [aReceipt({ facts: { personName: 'محمد' } }), 'U+0645', '/facts/personName'],
    [aPolicyEdition({ organisationName: 'A\u0000B' }), 'U+0000', '/organisationName'],
    [aPolicyEdition({ content: aPolicyContent({ title: { nl: 'Tab\there', en: 'x' } }) }), 'U+0009', '/content/title/nl'],
  ] // prettier-ignore
  for (const [input, codePoint, pointer] of cases) {
    const error = await refusal(input)
    t.equal(error.code, 'character-without-glyph')
    t.equal(error.status, 422)
    t.match(error.detail, codePoint)
    t.match(error.errors, [{ pointer, message: new RegExp(codePoint.replace('+', '\\+')) }])
  }
})

t.test(
  'D3: what is not printed is not refused, and a user agent shows odd characters as code points',
  async (t) => {
    const english = aPolicyContent({ title: { nl: 'Code', en: 'Code 王' } })
    t.ok((await renderDocument(aPolicyEdition({ content: english }))).bytes.length > 10_000)
    const receipt = aReceipt({ facts: { userAgent: 'curl\t王' } })
    t.match(openPdf((await renderDocument(receipt)).bytes).text, 'curl‹U+0009›‹U+738B›')
  },
)

t.test('D3: rooms that take in names can ask for the first character that cannot be shown', async (t) => {
  for (const name of [
    person,
    'Łukasz',
    'Ĳsbrand',
    'François d’Œuvre',
    'Ωμέγα',
    'Иван',
    'e\u0301',
    'a\u00a0b',
    '😀',
  ])
    t.equal(findMissingGlyph(name), undefined, name)
  t.equal(findMissingGlyph('Li 王'), 'U+738B')
  t.same(findUnshowable('a\u00adb'), { index: 1, codePoint: 'U+00AD', why: 'hidden' })
  t.same(findUnshowable('שלום'), { index: 0, codePoint: 'U+05E9', why: 'no-glyph' })
  t.same(findUnshowable('❤\ufe0f')?.codePoint, 'U+FE0F')
})

t.test(
  'D5: the last page says the whole of a receipt, with a code where there is a public page',
  async (t) => {
    const url = 'https://beding.example/check#receipt=1041&size=1056&root=AAAA&log=beding.local/log/1'
    for (const language of ['nl', 'en'] as const) {
      const offline = aReceipt({ language })
      const last = (input: DocumentInput) =>
        renderDocument(input).then(({ bytes }) => ({
          pdf: openPdf(bytes),
          page: openPdf(bytes).pages.at(-1)!,
        }))
      const without = await last(offline)
      const withCode = await last({ ...offline, verificationUrl: url })
      const flat = withCode.page.replaceAll('\n', ' ').replaceAll(/ +/g, ' ')
      const { facts, evidence } = offline
      for (const part of [
        person,
        facts.documentTitle,
        facts.documentSha256,
        facts.actedAt,
        evidence.doesNotProve,
        evidence.wouldLift,
        offline.checkpoint.root,
        'E3',
        '1041',
        '1056',
        'https://beding.example/check',
      ])
        // prettier-ignore
        t.ok(flat.includes(part), `${language}: ${part}`)
      const figures = (pdf: OpenedPdf) => [...pdf.objects.values()].filter((object) => /\/S \/Figure\n/.test(object)) // prettier-ignore
      t.equal(figures(withCode.pdf).length, 1)
      t.match(figures(withCode.pdf)[0], /\/Alt \(.*https:\/\/beding\.example\/check/)
      t.match(figures(withCode.pdf)[0], /\/BBox \[/)
      t.equal(figures(without.pdf).length, 0, 'no code that leads nowhere')
      t.match(
        without.page.replaceAll('\n', ' '),
        language === 'nl' ? /zonder internet/ : /without the internet/,
      )
      t.equal(withCode.pdf.pages.length, 4, 'one page, not more')
    }
  },
)

t.test('D4: characters that share a glyph are extracted as what they are', async (t) => {
  const signs = '\u00b5 \u03bc - \u2010 \u2011 \u03a9 \u2126 \u0394 \u2206 i \u0131 \u0130'
  for (const order of [signs, signs.split(' ').toReversed().join(' ')]) {
    const { text: shown } = openPdf((await renderDocument(aReceipt({ facts: { personName: order } }))).bytes)
    t.ok(shown.replaceAll('\n', '').includes(order), order)
  }
})

t.test('D2: names with markup, brackets and every length leave the metadata well formed', async (t) => {
  const names = ['Jansen & Zn. <B.V.>', ']]></rdf:li><x>', `"'&amp;`, '(a) \\ ) <<>> %', 'Ł'.repeat(300), '€']
  for (const organisationName of names) {
    const { objects } = openPdf((await renderDocument(aPolicyEdition({ organisationName }))).bytes)
    const metadata = streamOf([...objects.values()].find((object) => object.includes('/Subtype /XML'))!)
    const packet = Buffer.from(metadata, 'latin1').toString('utf8')
    const creator = /<dc:creator>\s*<rdf:Seq>\s*<rdf:li>([^<]*)<\/rdf:li>/.exec(packet)?.[1] ?? ''
    const plain = creator.replaceAll(/&#(\d+);/g, (_all, code) => String.fromCharCode(Number(code)))
    t.equal(plain, organisationName)
    t.notMatch(creator, /[<>"']|&(?!#\d+;)/)
    t.match(packet, /<pdfuaid:part>1<\/pdfuaid:part>/)
    t.match(packet, /<pdfaid:part>3<\/pdfaid:part>\s*<pdfaid:conformance>A</)
    const openers = packet.match(/<(?![?/])[^>]*[^/]>/g)?.length
    t.equal(packet.match(/<\/[^>]+>/g)?.length, openers, 'as many elements end as begin')
  }
})

t.test('a word wider than the column is broken, and no text is lost', async (t) => {
  const word = 'Aansprakelijkheidswaardevaststellingsveranderingen'.repeat(6)
  const content = aPolicyContent({
    title: { nl: word, en: 'x' },
    introduction: [{ nl: `Begin ${word} eind`, en: 'x' }],
  })
  const { text: shown } = openPdf((await renderDocument(aPolicyEdition({ content }))).bytes)
  const flat = shown.replaceAll('\n', '')
  t.ok(flat.includes(`Begin ${word} eind`))
  t.equal(documentTitle(aPolicyEdition({ content })), word)
})

t.test(
  'long rules, reasons and lists go over pages without losing a word or leaving a heading behind',
  async (t) => {
    const sentence = (index: number) => `Zin ${index} van deze lange regel staat er helemaal. `
    const long = Array.from({ length: 60 }, (_, index) => sentence(index))
      .join('')
      .trim()
    const rules = Array.from({ length: 30 }, (_, index) => ({
      ...aPolicyContent().rules[index % 8]!,
      id: `rule-${index}`,
      heading: { nl: `Kop ${index}`, en: 'x' },
      text: { nl: index % 7 === 0 ? long : sentence(index).trim(), en: 'x' },
    }))
    const { pages } = openPdf(
      (await renderDocument(aPolicyEdition({ content: aPolicyContent({ rules }) }))).bytes,
    )
    t.ok(pages.length > 5)
    t.equal(
      pages.join(' ').replaceAll('\n', ' ').replaceAll(/ +/g, ' ').split('Zin 59 van deze').length - 1,
      5,
    )
    for (const page of pages) {
      const lines = page.split('\n').filter((line) => !/^pagina|^Jansen.*Versie/.test(line))
      t.notMatch(lines.at(-1), /^(Kop \d+|De regels|Uw rechten|Twijfelt u\?|Over dit document|Moet|Mag)$/)
    }
  },
)

t.test('a link is a Link element with words, on the page of its annotation', async (t) => {
  const { objects } = openPdf((await renderDocument(aPolicyEdition())).bytes)
  const pageOf = new Map<number, number>()
  for (const [number, object] of objects)
    for (const annotation of /\/Annots \[([^\]]*)\]/.exec(object)?.[1]?.match(/\d+(?= 0 R)/g) ?? [])
      pageOf.set(Number(annotation), number)
  const uris = [...objects.values()].flatMap((object) => /\/S \/URI\n\/URI \((.*)\)/.exec(object)?.[1] ?? [])
  t.ok(uris.includes('tel:+31201234567'))
  t.ok(uris.includes('mailto:meldpunt@jansen-zorg.example'))
  t.ok(uris.some((uri) => uri.startsWith('https://intranet.jansen-zorg.example/')))
  let references = 0
  for (const element of [...objects.values()].filter((object) => object.includes('/S /Link\n')))
    for (const [, annotation, page] of element.matchAll(/\/Type \/OBJR\n\/Obj (\d+) 0 R\n\/Pg (\d+) 0 R/g)) {
      references += 1
      t.equal(pageOf.get(Number(annotation)), Number(page))
      t.match(objects.get(Number(annotation)), /\/Contents \(.+\)/)
    }
  t.equal(references, pageOf.size)
})
