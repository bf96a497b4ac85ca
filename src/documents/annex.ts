import { sha256Hex } from '#core'
import { addHeading, addParagraph } from './document-blocks.ts'
import { annexTextsOf, type AnnexTexts } from './annex-texts.ts'
import { addClauses, addDefinitions, type Clause } from './document-clauses.ts'
import { attachJson, finishDocument } from './document-finish.ts'
import { addGrid } from './document-grid.ts'
import type { DocumentKit } from './document-kit.ts'
import { openDocument } from './document-kit.ts'
import type { DocumentLanguage } from './document-inputs.ts'
import { addFacts, addRows, type Row } from './document-rows.ts'
import { colours, styles } from './document-style.ts'
import { dayInWords, momentInWords, textsOf } from './document-texts.ts'
import type { AnnexClause, AnnexInput, AnnexTable } from './letter-inputs.ts'
import type { Rendering } from './policy-edition.ts'

/** Makes the PDF of an annex: parties, the contract and its place in it, provisions, lists, and where signatures stand. */
export async function renderAnnex(input: AnnexInput, rendering: Rendering): Promise<Buffer> {
  const texts = annexTextsOf(input.language)
  const kit = openDocument({
    title: annexTitle(input),
    author: input.organisationName,
    language: input.language,
    identity: rendering.identity,
    createdAt: new Date(input.createdAt),
  })
  if (input.concept === true) addConcept(kit, texts)
  addParagraph(kit, texts.overline(input.annexMark), styles.overline)
  addHeading(kit, 1, input.title)
  addParagraph(kit, texts.subtitle(input.contract.title), styles.lead)
  addParties(kit, input, texts)
  addContract(kit, input, texts)
  addTexts(kit, texts.introduction, input.introduction)
  if (input.definitions.length > 0) addHeading(kit, 2, texts.definitions)
  addDefinitions(kit, input.definitions)
  if (input.clauses.length > 0) addHeading(kit, 2, texts.clauses, 70)
  addClauses(
    kit,
    input.clauses.map((clause) => withRemark(clause, input.language, texts)),
  )
  for (const table of input.tables) addTable(kit, table)
  addPolicies(kit, input, texts)
  addSigning(kit, input, texts)
  addAbout(kit, input, rendering, texts)
  attachJson(kit, { name: 'annex.json', description: texts.attachment, bytes: rendering.attachment })
  const foot = [
    ...(input.concept === true ? [texts.concept] : []),
    input.organisationName,
    texts.overline(input.annexMark),
    input.person.name,
  ]
  return finishDocument(kit, foot.join(' · '), textsOf(input.language).pageOf)
}

/** The title of an annex as readers and lists show it. */
export function annexTitle(input: Pick<AnnexInput, 'language' | 'annexMark' | 'title'>): string {
  return `${annexTextsOf(input.language).overline(input.annexMark)}: ${input.title}`
}

/** On top of the first page; the foot of every page begins with the word. */
function addConcept(kit: DocumentKit, texts: AnnexTexts): void {
  addParagraph(kit, texts.concept, { ...styles.heading2, colour: colours.mustNot })
  addParagraph(kit, texts.conceptText, styles.note)
}

/** A clause with its motivation below it: whole, or only who wrote it and when, where the paragraphs hold it. */
function withRemark(clause: AnnexClause, language: DocumentLanguage, texts: AnnexTexts): Clause {
  const { motivation, ...rest } = clause
  if (motivation === undefined) return rest
  const { text, functionRef, interests, author, writtenAt } = motivation
  // The moment in words; its second line is the same as an instant, which stands with the data about the file.
  const [moment = ''] = momentInWords(writtenAt, textsOf(language)).split('\n')
  const note = texts.writtenBy(author, moment)
  if (text === null) return { ...rest, remark: { heading: null, paragraphs: [], note } }
  const facts = texts.motivationFor(functionRef, interests.join('; '))
  return { ...rest, remark: { heading: texts.motivation, paragraphs: [facts, text], note } }
}

/** What version of which policy, by the hash of its file, because its name alone says nothing about its words. */
function addPolicies(kit: DocumentKit, input: AnnexInput, texts: AnnexTexts): void {
  const policies = input.policies ?? []
  if (policies.length === 0) return
  const days = textsOf(input.language)
  addHeading(kit, 2, texts.policies, 120)
  addParagraph(kit, texts.policiesText)
  for (const { name, versionNumber, effectiveFrom, documentSha256 } of policies)
    addRows(kit, [
      { name: texts.policy, value: `${name}, ${texts.version(versionNumber)}` },
      { name: texts.policyFrom, value: dayInWords(effectiveFrom, days) },
      { name: texts.policyHash, value: documentSha256, look: 'hash' },
    ])
}

function addTexts(kit: DocumentKit, heading: string, paragraphs: readonly string[]): void {
  if (paragraphs.length > 0) addHeading(kit, 2, heading)
  for (const paragraph of paragraphs) addParagraph(kit, paragraph)
}

function employerLine({ employer }: AnnexInput, texts: AnnexTexts): string {
  const { name, seat, registration, representedBy } = employer
  return [
    name,
    ...(seat === null ? [] : [texts.seat(seat)]),
    ...(registration === null ? [] : [texts.registration(registration)]),
    ...(representedBy === null ? [] : [texts.representedBy(representedBy.name, representedBy.role)]),
  ].join(', ')
}

function employeeLine({ person }: AnnexInput, texts: AnnexTexts): string {
  const { name, externalId, jobTitle } = person
  return [name, jobTitle, externalId === null ? null : texts.externalId(externalId)]
    .filter((part) => part !== null)
    .join(', ')
}

function addParties(kit: DocumentKit, input: AnnexInput, texts: AnnexTexts): void {
  addFacts(kit, texts.parties, [
    { name: texts.employer, value: employerLine(input, texts) },
    { name: texts.employee, value: employeeLine(input, texts) },
  ])
}

function addContract(kit: DocumentKit, input: AnnexInput, texts: AnnexTexts): void {
  const days = textsOf(input.language)
  const { title, signedOn, place, quote } = input.contract
  addFacts(kit, texts.contract, [
    { name: texts.contract, value: title },
    { name: texts.contractDate, value: signedOn === null ? texts.undated : dayInWords(signedOn, days) },
    ...(place === null ? [] : [{ name: texts.place, value: place }]),
    ...(quote === null ? [] : [{ name: texts.quote, value: `‘${quote}’` }]),
    { name: texts.effectiveFrom, value: dayInWords(input.effectiveFrom, days) },
    ...(input.effectiveUntil === undefined
      ? []
      : [{ name: texts.effectiveUntil, value: dayInWords(input.effectiveUntil, days) }]),
    ...(input.replaces === undefined ? [] : replacedRows(input.replaces)),
  ])

  function replacedRows({ effectiveFrom, documentSha256 }: NonNullable<AnnexInput['replaces']>): Row[] {
    return [
      { name: texts.replaces, value: texts.replacedFrom(dayInWords(effectiveFrom, days)) },
      { name: texts.replacedHash, value: documentSha256, look: 'hash' },
    ]
  }
}

/** Amounts stand at the right and take less room than words. */
function addTable(kit: DocumentKit, table: AnnexTable): void {
  const weights = table.columns.map(({ kind, weight }) => weight ?? (kind === 'amount' ? 2 : 3))
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  addHeading(kit, 2, table.heading, 70)
  addGrid(kit, {
    columns: table.columns.map(({ heading, kind }, index) => ({
      heading,
      share: weights[index]! / whole,
      ...(kind === 'amount' ? { align: 'end' as const } : {}),
      ...(index === 0 ? { header: true } : {}),
    })),
    rows: table.rows,
  })
}

function addSigning(kit: DocumentKit, input: AnnexInput, texts: AnnexTexts): void {
  const { representedBy, name } = input.employer
  const forEmployer = representedBy === null ? name : `${representedBy.name}, ${name}`
  addFacts(
    kit,
    texts.signing,
    [
      { name: texts.employer, value: `${forEmployer}\n${texts.onSheet}` },
      { name: texts.employee, value: `${input.person.name}\n${texts.onSheet}` },
    ],
    () => texts.signingText.forEach((sentence) => addParagraph(kit, sentence)),
  )
}

function addAbout(kit: DocumentKit, input: AnnexInput, { attachment }: Rendering, texts: AnnexTexts): void {
  addHeading(kit, 2, texts.about, 120)
  addParagraph(kit, texts.aboutText('annex.json'), styles.note)
  addRows(kit, [
    { name: texts.reference, value: input.reference },
    { name: texts.madeAt, value: momentInWords(input.createdAt, textsOf(input.language)) },
    { name: texts.hash, value: sha256Hex(attachment), look: 'hash' },
  ])
}
