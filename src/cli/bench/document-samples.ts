import PDFDocument from 'pdfkit'
import type { DocumentInput, DossierReportInput } from '#documents'
import { canonicalJson, sha256Hex } from '#core'
import { fillContent, templates } from '#policies/model'

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
export function bareDocument(input: DocumentInput): Promise<Buffer> {
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

/** The report of a dossier with so many entries. */
export function exampleReport(entries: number): DossierReportInput {
  return {
    kind: 'dossier-report',
    language: 'nl',
    organisationName: 'Voorbeeld & Zonen B.V.',
    dossierId: '01931f00-0000-7000-8000-0000000000c1',
    subject: { kind: 'policy', id: '01931f00-0000-7000-8000-000000000003', name: 'Sociale media' },
    purpose: 'Zaak 2026-17',
    createdAt: '2026-11-21T08:00:00.000Z',
    frozenAt: '2026-11-21T08:00:04.000Z',
    ledger: { origin: 'beding.local/log/bench', treeSize: entries, root: sha256Hex('root') },
    unanchoredBecause: null,
    anchors: [{ size: entries, at: '2026-11-21T08:00:03.000Z', development: true, witnesses: 0 }],
    entries: Array.from({ length: entries }, (_, index) => ({
      index,
      recordedAt: new Date(Date.UTC(2026, 10, 1) + index * 61_000).toISOString(),
      kind: 'act',
      about: `Medewerker ${index} de Vries: gezien, versie 1`,
      level: 'E3',
      after: null,
      before: 1,
    })),
    documents: [{ title: 'Sociale media', sha256: sha256Hex('nl') }],
    levels: [
      { level: 'E3', acts: entries, proves: 'Deze keuze is vastgelegd.', doesNotProve: 'Wie er klikte.', wouldLift: 'Een inlog.' }, // prettier-ignore
    ],
    checks: [{ name: 'entries: inclusion', outcome: 'PASSED', count: entries }],
    fileSha256: sha256Hex('dossier.zip'),
  }
}
