import PDFDocument from 'pdfkit'
import type { DocumentInput } from '#documents'
import { createRenderPool } from '#documents'
import { canonicalJson, sha256Hex } from '#core'
import { noTrust, verifyFile } from '#verification'
import { fillContent, templates } from '#policies/model'
import { median } from './bench-acts.ts'

export type DocumentFigures = {
  readonly documentsPerSecond: number
  readonly bareTime_ms: number
  /** Time of one full document to that of the same text by pdfkit alone, one at a time. */
  readonly timeToBare: number
}

/** Measures one document after the other in one thread, in turns with pdfkit alone on the same text. */
export async function benchDocuments(repeats: number, count: number): Promise<DocumentFigures> {
  const input = exampleEdition()
  const pool = createRenderPool({ threads: 1 })
  try {
    await pool.warm()
    await pool.render(input)
    await bareDocument(input)
    const full_ms: number[] = []
    const bare_ms: number[] = []
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      full_ms.push(await timed(count, () => pool.render(input)))
      bare_ms.push(await timed(count, () => bareDocument(input)))
    }
    const ratios = full_ms.map((full, index) => full / bare_ms[index]!)
    return {
      documentsPerSecond: 1000 / median(full_ms),
      bareTime_ms: median(bare_ms),
      timeToBare: median(ratios),
    }
  } finally {
    await pool.close()
  }
}

/** Verifications of a file in a second, with the checks that the command makes. */
export async function benchVerification(
  file: Buffer,
  name: string,
  repeats: number,
  count: number,
): Promise<number> {
  const times_ms: number[] = []
  for (let repeat = 0; repeat < repeats; repeat += 1)
    times_ms.push(await timed(count, () => verifyFile(file, name, noTrust)))
  return 1000 / median(times_ms)
}

async function timed(count: number, work: () => unknown): Promise<number> {
  const start = performance.now()
  for (let index = 0; index < count; index += 1) await work()
  return (performance.now() - start) / count
}

/** The starter template as an edition, with every placeholder filled. */
export function exampleEdition(): DocumentInput {
  const template = templates[0]!
  const content = fillContent({
    ...template.content,
    placeholders: template.content.placeholders.map((gap) => ({
      ...gap,
      value: gap.kind === 'date' ? '2027-01-01' : 'Voorbeeld',
    })),
  })
  return {
    kind: 'policy-edition',
    organisationName: 'Voorbeeld & Zonen B.V.',
    policyName: 'Sociale media',
    versionNumber: 1,
    legalNature: 'instruction',
    language: 'nl',
    effectiveFrom: '2026-12-01',
    content,
    contentSha256: sha256Hex(canonicalJson(content)),
    publishedAt: '2026-11-21T08:00:00.000Z',
  }
}

/** The same words with pdfkit and a built-in font: no tags, no embedding, no profile. */
function bareDocument(input: DocumentInput): Promise<Buffer> {
  if (input.kind !== 'policy-edition') throw new TypeError('only editions are compared')
  const document = new PDFDocument({ size: 'A4' })
  const chunks: Buffer[] = []
  document.on('data', (chunk: Buffer) => chunks.push(chunk))
  const done = new Promise<Buffer>((resolve) => document.on('end', () => resolve(Buffer.concat(chunks))))
  const { content } = input
  document.fontSize(20).text(content.title.nl ?? '')
  for (const text of content.introduction) document.fontSize(11).text(text.nl ?? '')
  for (const rule of content.rules)
    document
      .fontSize(13)
      .text(rule.heading.nl ?? '')
      .fontSize(11)
      .text(rule.text.nl ?? '')
  for (const section of content.sections) {
    document.fontSize(13).text(section.heading.nl ?? '')
    for (const text of section.paragraphs) document.fontSize(11).text(text.nl ?? '')
  }
  document.end()
  return done
}
