import { addHeading, addParagraph } from './document-blocks.ts'
import { attachJson, finishDocument } from './document-finish.ts'
import type { DocumentKit } from './document-kit.ts'
import { openDocument } from './document-kit.ts'
import type { DocumentText, PolicyEditionInput } from './document-inputs.ts'
import { addRows } from './document-rows.ts'
import { styles } from './document-style.ts'
import { dayInWords, momentInWords, textsOf, type DocumentTexts } from './document-texts.ts'
import { fillSegments, fillText } from './placeholder-segments.ts'
import { addRules } from './policy-rules.ts'
import type { Segment } from './text-layout.ts'

/** A rendering of an input: who it is for the file, and the name that a reader sees. */
export type Rendering = { readonly identity: string; readonly attachment: Buffer }

/** What a part of the edition needs of the whole. */
export type EditionContext = {
  readonly input: PolicyEditionInput
  readonly texts: DocumentTexts
  /** A text of the content in the language of the edition, its placeholders filled in. */
  readonly segments: (text: DocumentText) => Segment[]
  readonly plain: (text: DocumentText) => string
}

/** Makes the PDF of one language of a published version. */
export async function renderPolicyEdition(input: PolicyEditionInput, rendering: Rendering): Promise<Buffer> {
  const context = editionContext(input)
  const { texts } = context
  const title = context.plain(input.content.title)
  const kit = openDocument({
    title,
    author: input.organisationName,
    language: input.language,
    identity: rendering.identity,
    createdAt: new Date(input.publishedAt),
  })
  addOpening(kit, context, title)
  addChange(kit, context)
  addHeading(kit, 2, texts.edition.rulesHeading, 90)
  addRules(kit, context)
  addSections(kit, context)
  addAbout(kit, context)
  attachJson(kit, {
    name: 'policy.json',
    description: texts.edition.attachment,
    bytes: rendering.attachment,
  })
  const foot = [input.organisationName, title, `${texts.edition.facts.version} ${input.versionNumber}`]
  return finishDocument(kit, foot.join(' · '), texts.pageOf)
}

function editionContext(input: PolicyEditionInput): EditionContext {
  const texts = textsOf(input.language)
  const { placeholders } = input.content
  return {
    input,
    texts,
    segments: (text) => fillSegments(text[input.language] ?? '', placeholders, texts),
    plain: (text) => fillText(text[input.language] ?? '', placeholders, texts),
  }
}

function versionLine({ input, texts }: EditionContext): string {
  return texts.edition.subtitle(input.versionNumber, dayInWords(input.effectiveFrom, texts))
}

function addOpening(kit: DocumentKit, context: EditionContext, title: string): void {
  const { input, texts } = context
  const { facts, legalNature } = texts.edition
  addParagraph(kit, input.organisationName, styles.overline)
  addHeading(kit, 1, title)
  addParagraph(kit, versionLine(context), styles.lead)
  addRows(kit, [
    { name: facts.policy, value: input.policyName },
    { name: facts.legalNature, value: legalNature[input.legalNature] },
    { name: facts.published, value: momentInWords(input.publishedAt, texts).split('\n')[0] ?? '' },
  ])
  for (const paragraph of input.content.introduction) addParagraph(kit, context.segments(paragraph))
}

function addChange(kit: DocumentKit, context: EditionContext): void {
  const summary = context.segments(context.input.content.changeSummary)
  if (summary.length === 0) return
  const { edition } = context.texts
  addHeading(kit, 2, edition.changeHeading)
  addParagraph(kit, summary)
  if (context.input.versionNumber > 1)
    addParagraph(kit, edition.materiality[context.input.content.materiality], styles.note)
}

function addSections(kit: DocumentKit, context: EditionContext): void {
  for (const section of context.input.content.sections) {
    addHeading(kit, 2, context.plain(section.heading))
    for (const paragraph of section.paragraphs) addParagraph(kit, context.segments(paragraph))
  }
}

function addAbout(kit: DocumentKit, { input, texts }: EditionContext): void {
  const { edition } = texts
  addHeading(kit, 2, edition.aboutHeading, 110)
  for (const sentence of edition.about('policy.json')) addParagraph(kit, sentence, styles.note)
  addRows(kit, [
    { name: edition.facts.contentSha256, value: input.contentSha256, look: 'hash' },
    { name: edition.facts.published, value: momentInWords(input.publishedAt, texts) },
  ])
}
