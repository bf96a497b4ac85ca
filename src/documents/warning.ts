import { sha256Hex } from '#core'
import { addHeading, addLead, addNumberedList, addParagraph, addQuote } from './document-blocks.ts'
import { attachJson, finishDocument } from './document-finish.ts'
import { addGrid } from './document-grid.ts'
import type { DocumentKit } from './document-kit.ts'
import { openDocument } from './document-kit.ts'
import { addFacts, addRows, type Row } from './document-rows.ts'
import { styles } from './document-style.ts'
import { dayInWords, momentInWords, textsOf, type DocumentTexts } from './document-texts.ts'
import type { WarningInput, WarningRule } from './letter-inputs.ts'
import type { Rendering } from './policy-edition.ts'
import { warningTextsOf, type WarningTexts } from './warning-texts.ts'

type Context = {
  readonly kit: DocumentKit
  readonly input: WarningInput
  readonly texts: WarningTexts
  readonly days: DocumentTexts
}

/** Makes the PDF of a warning: to whom, what happened, which rules, what was before, what is expected, how to respond. */
export async function renderWarning(input: WarningInput, rendering: Rendering): Promise<Buffer> {
  const texts = warningTextsOf(input.language)
  const kit = openDocument({
    title: warningTitle(input),
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
  addEvents(context)
  addHearing(context)
  addWarningRules(context)
  addEarlier(context)
  addDemands(context)
  addResponse(context)
  addAbout(context, rendering)
  attachJson(kit, { name: 'warning.json', description: texts.attachment, bytes: rendering.attachment })
  const foot = [input.organisationName, texts.title, input.person.name]
  return finishDocument(kit, foot.join(' · '), context.days.pageOf)
}

/** The title of a warning as readers and lists show it. */
export function warningTitle(input: Pick<WarningInput, 'language' | 'subject'>): string {
  return `${warningTextsOf(input.language).title}: ${input.subject}`
}

function openingRows({ input, texts, days }: Context): Row[] {
  const { rows } = texts
  const { person, givenBy, countsUntil, organisationName } = input
  return [
    { name: rows.to, value: person.name },
    ...(person.jobTitle === null ? [] : [{ name: rows.jobTitle, value: person.jobTitle }]),
    ...(person.externalId === null ? [] : [{ name: rows.externalId, value: person.externalId }]),
    { name: rows.givenOn, value: dayInWords(input.givenOn, days) },
    { name: rows.givenBy, value: texts.signer(givenBy.name, givenBy.role, organisationName) },
    { name: rows.subject, value: input.subject },
    ...(countsUntil === null
      ? []
      : [
          {
            name: rows.countsUntil,
            value: texts.countsUntilDay(dayInWords(countsUntil, days), organisationName),
          },
        ]),
  ]
}

function addEvents({ kit, input, texts, days }: Context): void {
  addHeading(kit, 2, texts.events, 90)
  addLead(kit, texts.eventsLead(input.organisationName))
  const [day, event] = texts.eventColumns
  addGrid(kit, {
    columns: [
      { heading: day, share: 0.24, header: true },
      { heading: event, share: 0.76 },
    ],
    rows: input.events.map((each) => [dayInWords(each.happenedOn, days), each.description]),
  })
}

function addHearing({ kit, input, texts, days }: Context): void {
  addHeading(kit, 2, texts.hearing, 70)
  if (input.hearing === null) {
    addParagraph(kit, texts.notHeard)
    return
  }
  addLead(kit, texts.heard(dayInWords(input.hearing.heardOn, days), input.organisationName))
  addQuote(kit, input.hearing.account)
}

function addWarningRules(context: Context): void {
  const { kit, input, texts } = context
  addHeading(kit, 2, texts.rules, 150)
  addParagraph(kit, texts.rulesNote, styles.note)
  for (const rule of input.rules) addRule(context, rule)
}

function addRule({ kit, texts, days }: Context, rule: WarningRule): void {
  const { rows } = texts
  addRows(kit, [
    { name: rows.policy, value: rule.policyName },
    { name: rows.version, value: texts.versionOf(rule.versionNumber, dayInWords(rule.effectiveFrom, days)) },
    rule.documentSha256 === null
      ? { name: rows.documentSha256, value: texts.noEdition }
      : { name: rows.documentSha256, value: rule.documentSha256, look: 'hash' },
    { name: rows.rule, value: `${rule.ruleNumber}. ${rule.heading}` },
  ])
  addLead(kit, texts.ruleText)
  addQuote(kit, rule.text)
}

function addEarlier({ kit, input, texts, days }: Context): void {
  addHeading(kit, 2, texts.earlier, 70)
  if (input.earlierWarnings.length === 0) {
    addParagraph(kit, texts.noEarlier)
    return
  }
  const [day, subject, place] = texts.earlierColumns
  addGrid(kit, {
    columns: [
      { heading: day, share: 0.2, header: true },
      { heading: subject, share: 0.4 },
      { heading: place, share: 0.4 },
    ],
    rows: input.earlierWarnings.map((each) => [
      dayInWords(each.givenOn, days),
      each.subject,
      each.documentSha256 === null ? texts.onlySaid : `SHA-256 ${each.documentSha256}`,
    ]),
  })
}

function addDemands({ kit, input, texts }: Context): void {
  addHeading(kit, 2, texts.expectations, 70)
  addLead(kit, texts.expectationsLead(input.organisationName))
  addNumberedList(kit, input.expectations)
  addHeading(kit, 2, texts.consequences, 70)
  if (input.consequences.length === 0) {
    addParagraph(kit, texts.noConsequences)
    return
  }
  addLead(kit, texts.consequencesLead(input.organisationName))
  addNumberedList(kit, input.consequences)
}

function addResponse({ kit, input, texts, days }: Context): void {
  const { contact, until, how } = input.response
  const facts: Row[] = [
    { name: texts.rows.contact, value: contact },
    {
      name: texts.rows.until,
      value: until === null ? texts.noUntil : texts.untilDay(dayInWords(until, days)),
    },
  ]
  addFacts(kit, texts.response, facts, () => addParagraph(kit, how))
  addParagraph(kit, texts.responseNote, styles.note)
}

function addAbout({ kit, input, texts, days }: Context, { attachment }: Rendering): void {
  addHeading(kit, 2, texts.about, 150)
  for (const sentence of texts.aboutText(input.organisationName)) addParagraph(kit, sentence, styles.note)
  addRows(kit, [
    { name: texts.rows.reference, value: input.reference },
    { name: texts.rows.madeAt, value: momentInWords(input.createdAt, days) },
    { name: texts.rows.hash, value: sha256Hex(attachment), look: 'hash' },
  ])
}
