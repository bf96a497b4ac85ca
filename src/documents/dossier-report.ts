import { sha256Hex } from '#core'
import { addHeading, addParagraph } from './document-blocks.ts'
import { attachJson, finishDocument } from './document-finish.ts'
import { addGrid } from './document-grid.ts'
import type { DocumentKit } from './document-kit.ts'
import { openDocument } from './document-kit.ts'
import { addFacts, addRows } from './document-rows.ts'
import { styles } from './document-style.ts'
import { momentInWords, textsOf, type DocumentTexts } from './document-texts.ts'
import type { DossierReportInput, ReportAnchor, ReportEntry } from './dossier-report-input.ts'
import { dossierReportTextsOf, type DossierReportTexts } from './dossier-report-texts.ts'
import type { Rendering } from './policy-edition.ts'

type Context = {
  readonly kit: DocumentKit
  readonly input: DossierReportInput
  readonly texts: DossierReportTexts
  readonly days: DocumentTexts
}

/** Makes the PDF of a dossier for people: what it is about, what is in it, what that proves, when, and every line of it. */
export async function renderDossierReport(input: DossierReportInput, rendering: Rendering): Promise<Buffer> {
  const texts = dossierReportTextsOf(input.language)
  const kit = openDocument({
    title: dossierReportTitle(input),
    author: input.organisationName,
    language: input.language,
    identity: rendering.identity,
    createdAt: new Date(input.frozenAt),
  })
  const context: Context = { kit, input, texts, days: textsOf(input.language) }
  addOpening(context, rendering)
  addContents(context)
  addLevels(context)
  addTime(context)
  addChecks(context)
  addHeading(kit, 2, texts.custodian, 90)
  for (const sentence of texts.custodianText(input.organisationName)) addParagraph(kit, sentence)
  addDocuments(context)
  addEntries(context)
  attachJson(kit, { name: 'report.json', description: texts.attachment, bytes: rendering.attachment })
  const foot = [input.organisationName, texts.title, input.subject.name]
  return finishDocument(kit, foot.join(' · '), context.days.pageOf)
}

/** The title of a report as readers and lists show it. */
export function dossierReportTitle(input: Pick<DossierReportInput, 'language' | 'subject'>): string {
  return `${dossierReportTextsOf(input.language).title}: ${input.subject.name}`
}

function addOpening({ kit, input, texts, days }: Context, { attachment }: Rendering): void {
  const { rows } = texts
  const { subject, ledger } = input
  addParagraph(kit, input.organisationName, styles.overline)
  addHeading(kit, 1, texts.title)
  addParagraph(kit, texts.subtitle(subject.name), styles.lead)
  addRows(kit, [
    { name: texts.subjects[subject.kind], value: subject.name },
    { name: rows.subjectId, value: subject.id },
    { name: rows.purpose, value: input.purpose },
    { name: rows.asked, value: momentInWords(input.createdAt, days) },
    { name: rows.frozen, value: momentInWords(input.frozenAt, days) },
    { name: rows.dossier, value: input.dossierId },
    { name: rows.ledger, value: ledger.origin },
    { name: rows.size, value: texts.lines(ledger.treeSize) },
    { name: rows.root, value: ledger.root, look: 'hash' },
    { name: rows.file, value: input.fileSha256, look: 'hash' },
    { name: rows.hash, value: sha256Hex(attachment), look: 'hash' },
  ])
}

function kindInWords(kind: string, { kinds }: DossierReportTexts): string {
  return Object.hasOwn(kinds, kind) ? (kinds[kind] ?? kind) : kind
}

function addContents({ kit, input, texts }: Context): void {
  const counts = new Map<string, number>()
  for (const { kind } of input.entries) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const [kind, count] = texts.contentsColumns
  addHeading(kit, 2, texts.contents, 90)
  addParagraph(kit, texts.contentsText(input.entries.length, input.documents.length))
  addGrid(kit, {
    columns: [
      { heading: kind, share: 0.8, header: true },
      { heading: count, share: 0.2, align: 'end' },
    ],
    rows: [...counts].map(([name, number]) => [kindInWords(name, texts), String(number)]),
  })
}

function addLevels({ kit, input, texts }: Context): void {
  const { rows } = texts
  if (input.levels.length === 0) {
    addHeading(kit, 2, texts.levels)
    addParagraph(kit, texts.noActs)
  }
  for (const { level, acts, proves, doesNotProve, wouldLift } of input.levels)
    addFacts(kit, `${texts.levels} · ${texts.levelHeading(level, acts)}`, [
      { name: rows.proves, value: proves },
      { name: rows.doesNotProve, value: doesNotProve },
      { name: rows.wouldLift, value: wouldLift },
    ])
}

function addTime({ kit, input, texts }: Context): void {
  addHeading(kit, 2, texts.time, 90)
  for (const sentence of texts.timeText) addParagraph(kit, sentence)
  if (input.unanchoredBecause !== null) addParagraph(kit, texts.unanchored(input.unanchoredBecause))
  const [number, size, at, by] = texts.anchorColumns
  addGrid(kit, {
    columns: [
      { heading: number, share: 0.08, align: 'end', header: true },
      { heading: size, share: 0.17, align: 'end' },
      { heading: at, share: 0.3 },
      { heading: by, share: 0.45 },
    ],
    rows: input.anchors.map((anchor, index) => [
      String(index + 1),
      String(anchor.size),
      anchor.at ?? texts.anchorWords.none,
      anchoredBy(anchor, texts),
    ]),
  })
}

function anchoredBy(anchor: ReportAnchor, { anchorWords }: DossierReportTexts): string {
  const { development, authority, witnesses } = anchorWords
  return [
    ...(anchor.at === null ? [] : [anchor.development ? development : authority]),
    ...(anchor.witnesses === 0 ? [] : [witnesses(anchor.witnesses)]),
  ].join('; ')
}

function addChecks({ kit, input, texts }: Context): void {
  const [name, outcome, count] = texts.checkColumns
  addHeading(kit, 2, texts.checks, 110)
  addParagraph(kit, texts.checksText)
  addGrid(kit, {
    columns: [
      { heading: name, share: 0.6, header: true },
      { heading: outcome, share: 0.25 },
      { heading: count, share: 0.15, align: 'end' },
    ],
    rows: input.checks.map((check) => [check.name, texts.outcomes[check.outcome], String(check.count)]),
  })
}

function addDocuments({ kit, input, texts }: Context): void {
  if (input.documents.length === 0) return
  const [title, hash] = texts.documentColumns
  addHeading(kit, 2, texts.documents, 70)
  addGrid(kit, {
    columns: [
      { heading: title, share: 0.36, header: true },
      { heading: hash, share: 0.64, look: 'hash' },
    ],
    rows: input.documents.map((each) => [each.title, each.sha256]),
  })
}

function addEntries({ kit, input, texts }: Context): void {
  const [index, recorded, what, level, stamps] = texts.entryColumns
  addHeading(kit, 2, texts.entries, 110)
  addParagraph(kit, texts.entriesText, styles.note)
  addGrid(kit, {
    columns: [
      { heading: index, share: 0.08, align: 'end', header: true },
      { heading: recorded, share: 0.25 },
      { heading: what, share: 0.4 },
      { heading: level, share: 0.09 },
      { heading: stamps, share: 0.18 },
    ],
    rows: rowsOf(input.entries, texts),
  })
}

function* rowsOf(entries: readonly ReportEntry[], texts: DossierReportTexts): Generator<string[]> {
  for (const { index, recordedAt, kind, about, level, after, before } of entries)
    yield [
      String(index),
      recordedAt.replace('T', ' '),
      about === '' ? kindInWords(kind, texts) : `${kindInWords(kind, texts)}\n${about}`,
      level ?? '',
      texts.bracket(after, before),
    ]
}
