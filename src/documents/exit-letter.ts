import { sha256Hex, toCivilDate, toInstant } from '#core'
import { addHeading, addLead, addNumberedList, addParagraph, addQuote } from './document-blocks.ts'
import { attachJson, finishDocument } from './document-finish.ts'
import { addGrid } from './document-grid.ts'
import type { DocumentKit } from './document-kit.ts'
import { openDocument } from './document-kit.ts'
import { addFacts, addRows, type Row } from './document-rows.ts'
import { styles } from './document-style.ts'
import { dayInWords, momentInWords, textsOf, type DocumentTexts } from './document-texts.ts'
import type { ExitLetterInput, ExitList, ExitObligation } from './exit-letter-input.ts'
import { exitLetterTextsOf, type ExitLetterTexts } from './exit-letter-texts.ts'
import type { Rendering } from './policy-edition.ts'

type Context = {
  readonly kit: DocumentKit
  readonly input: ExitLetterInput
  readonly texts: ExitLetterTexts
  readonly days: DocumentTexts
}

/** Makes the PDF of an exit letter: in short, what still binds and until when, the lists, what is not asked, whom to ask. */
export async function renderExitLetter(input: ExitLetterInput, rendering: Rendering): Promise<Buffer> {
  const texts = exitLetterTextsOf(input.language)
  const kit = openDocument({
    title: exitLetterTitle(input),
    author: input.organisationName,
    language: input.language,
    identity: rendering.identity,
    createdAt: new Date(input.createdAt),
  })
  const context: Context = { kit, input, texts, days: textsOf(input.language) }
  addParagraph(kit, input.organisationName, styles.overline)
  addHeading(kit, 1, texts.title)
  addParagraph(kit, texts.subtitle(input.person.name), styles.lead)
  addRows(kit, openingRows(context))
  addShort(context)
  addOverview(context)
  for (const obligation of input.obligations) addObligation(context, obligation)
  for (const list of input.lists) addList(context, list)
  addNotClaimed(context)
  addHeading(kit, 2, texts.always, 70)
  addLead(kit, texts.alwaysLead)
  addNumberedList(kit, texts.alwaysItems)
  addQuestions(context)
  addAbout(context, rendering)
  attachJson(kit, { name: 'exit-letter.json', description: texts.attachment, bytes: rendering.attachment })
  const foot = [input.organisationName, texts.title, input.person.name]
  return finishDocument(kit, foot.join(' · '), context.days.pageOf)
}

/** The title of an exit letter as readers and lists show it. */
export function exitLetterTitle(input: Pick<ExitLetterInput, 'language' | 'lastDay'>): string {
  return `${exitLetterTextsOf(input.language).title}: ${dayInWords(input.lastDay, textsOf(input.language))}`
}

/** Throws for a day that is none, an obligation without its words, and a list that no part of the letter is about. */
export function checkExitLetter(input: ExitLetterInput): void {
  toInstant(input.createdAt)
  for (const day of [input.givenOn, input.lastDay]) toCivilDate(day)
  const marks = new Set(input.lists.map((list) => list.mark))
  for (const { until, text, listMark } of input.obligations) {
    if (until !== null && toCivilDate(until) < input.lastDay)
      throw new RangeError('an obligation that ended before the last day does not go on after it')
    if (text.length === 0) throw new TypeError('an obligation without its words')
    if (listMark !== null && !marks.has(listMark)) throw new TypeError('a list that is not in the letter')
  }
  for (const { relations } of input.lists)
    for (const { from } of relations)
      if (toCivilDate(from) > input.lastDay) throw new RangeError('a relation from after the last day')
}

function openingRows({ input, texts, days }: Context): Row[] {
  const { rows } = texts
  const { person, givenBy, organisationName, replaces } = input
  return [
    { name: rows.to, value: person.name },
    ...(person.jobTitle === null ? [] : [{ name: rows.jobTitle, value: person.jobTitle }]),
    ...(person.externalId === null ? [] : [{ name: rows.externalId, value: person.externalId }]),
    { name: rows.lastDay, value: dayInWords(input.lastDay, days) },
    { name: rows.endedBy, value: texts.endedBy[input.endedBy] },
    { name: rows.givenOn, value: dayInWords(input.givenOn, days) },
    { name: rows.givenBy, value: texts.signer(givenBy.name, givenBy.role, organisationName) },
    ...(replaces === null ? [] : [{ name: rows.replaces, value: replaces }]),
  ]
}

function addShort({ kit, input, texts, days }: Context): void {
  const ends = input.obligations.flatMap(({ until }) => (until === null ? [] : [until])).toSorted()
  const last = ends.at(-1)
  addHeading(kit, 2, texts.short, 70)
  const sentences = texts.shortText({
    organisation: input.organisationName,
    lastDay: dayInWords(input.lastDay, days),
    count: input.obligations.length,
    lastEnd: last === undefined ? null : dayInWords(last, days),
    endless: input.obligations.length - ends.length,
  })
  for (const sentence of sentences) addParagraph(kit, sentence)
}

function untilInWords({ texts, days }: Context, until: string | null): string {
  return until === null ? texts.noEnd : texts.untilDay(dayInWords(until, days))
}

function addOverview(context: Context): void {
  const { kit, input, texts } = context
  if (input.obligations.length === 0) return
  const [agreement, source, until] = texts.overviewColumns
  addHeading(kit, 2, texts.overview, 90)
  addGrid(kit, {
    columns: [
      { heading: agreement, share: 0.46, header: true },
      { heading: source, share: 0.2 },
      { heading: until, share: 0.34 },
    ],
    rows: input.obligations.map((each) => [
      each.title,
      texts.annexMark(each.annex.mark),
      untilInWords(context, each.until),
    ]),
  })
}

function addObligation(context: Context, obligation: ExitObligation): void {
  const { kit, input, texts, days } = context
  const { rows } = texts
  const { annex, penalty, listMark } = obligation
  const euros = (cents: number): string => inEuros(cents, input.language)
  addHeading(kit, 2, obligation.title, 120)
  addParagraph(kit, texts.about[obligation.kind])
  addLead(kit, texts.wordsLead)
  for (const paragraph of obligation.text) addQuote(kit, paragraph)
  addRows(kit, [
    { name: rows.until, value: untilInWords(context, obligation.until) },
    ...(listMark === null
      ? []
      : [{ name: rows.list, value: texts.list(listMark, dayInWords(input.lastDay, days)) }]),
    ...(penalty === null
      ? []
      : [
          {
            name: rows.penalty,
            value: texts.penalty(
              euros(penalty.amountCents),
              penalty.perDayCents === null ? null : euros(penalty.perDayCents),
            ),
          },
        ]),
    { name: rows.source, value: texts.source(annex.mark, annex.title) },
    { name: rows.documentSha256, value: annex.documentSha256, look: 'hash' },
  ])
}

function addList({ kit, input, texts, days }: Context, list: ExitList): void {
  addHeading(kit, 2, texts.source(list.mark, list.title), 110)
  if (list.relations.length === 0) addParagraph(kit, texts.emptyList)
  else addLead(kit, texts.listLead(dayInWords(input.lastDay, days)))
  const [name, kind, from, reason] = texts.listColumns
  addGrid(kit, {
    columns: [
      { heading: name, share: 0.28, header: true },
      { heading: kind, share: 0.17 },
      { heading: from, share: 0.21 },
      { heading: reason, share: 0.34 },
    ],
    rows: list.relations.map((each) => [
      each.name,
      texts.relationKinds[each.kind],
      dayInWords(each.from, days),
      each.reason,
    ]),
  })
  addRows(kit, [{ name: texts.rows.documentSha256, value: list.documentSha256, look: 'hash' }])
}

function addNotClaimed({ kit, input, texts }: Context): void {
  if (input.notClaimed.length === 0) return
  const [agreement, why] = texts.notClaimedColumns
  addHeading(kit, 2, texts.notClaimed, 110)
  addLead(kit, texts.notClaimedLead(input.organisationName))
  addGrid(kit, {
    columns: [
      { heading: agreement, share: 0.36, header: true },
      { heading: why, share: 0.64 },
    ],
    rows: input.notClaimed.map((each) => [each.title, texts.why[each.why]]),
  })
}

function addQuestions({ kit, input, texts }: Context): void {
  const { name, reach, how } = input.contact
  const facts = [
    { name: texts.rows.contact, value: name },
    { name: texts.rows.reach, value: reach },
  ]
  addFacts(kit, texts.questions, facts, () => {
    addParagraph(kit, texts.questionsText)
    if (how !== null) addParagraph(kit, how)
  })
  addParagraph(kit, texts.seenNote, styles.note)
}

function addAbout({ kit, input, texts, days }: Context, { attachment }: Rendering): void {
  addHeading(kit, 2, texts.aboutLetter, 150)
  for (const sentence of texts.aboutText(input.organisationName)) addParagraph(kit, sentence, styles.note)
  addRows(kit, [
    { name: texts.rows.reference, value: input.reference },
    { name: texts.rows.madeAt, value: momentInWords(input.createdAt, days) },
    { name: texts.rows.hash, value: sha256Hex(attachment), look: 'hash' },
  ])
}

/** Whole euros without cents; thousands as the language groups them. */
function inEuros(cents: number, language: ExitLetterInput['language']): string {
  const [group, mark] = language === 'nl' ? ['.', ','] : [',', '.']
  const whole = String(Math.floor(cents / 100)).replaceAll(/\B(?=(\d{3})+$)/g, group)
  return cents % 100 === 0 ? whole : `${whole}${mark}${String(cents % 100).padStart(2, '0')}`
}
