import { sha256Hex } from '#core'
import { addHeading, addLead, addNumberedList, addParagraph, addQuote } from './document-blocks.ts'
import { withVisibleCodePoints } from './character-check.ts'
import { attachJson, finishDocument } from './document-finish.ts'
import type { DocumentKit } from './document-kit.ts'
import { openDocument } from './document-kit.ts'
import type { ReceiptFacts, ReceiptInput } from './document-inputs.ts'
import { addFacts, type Row } from './document-rows.ts'
import { styles } from './document-style.ts'
import { dayInWords, momentInWords, textsOf, wordFor, type DocumentTexts } from './document-texts.ts'
import type { Rendering } from './policy-edition.ts'
import { addProofPage } from './receipt-proof-page.ts'

/** The title of a receipt, as it stands on its first page and in its properties. */
export function receiptTitle(input: Pick<ReceiptInput, 'language' | 'facts'>): string {
  const { receipt } = textsOf(input.language)
  return receipt.title(wordFor(receipt.choices, input.facts.choice))
}

/** Makes the PDF that the person keeps: what was recorded, what it proves and what not, and how to check it. */
export async function renderReceipt(input: ReceiptInput, rendering: Rendering): Promise<Buffer> {
  const texts = textsOf(input.language)
  const title = receiptTitle(input)
  const kit = openDocument({
    title,
    author: input.facts.organisationName,
    language: input.language,
    identity: rendering.identity,
    createdAt: new Date(input.facts.actedAt),
  })
  addParagraph(kit, input.facts.organisationName, styles.overline)
  addHeading(kit, 1, title)
  addParagraph(kit, texts.receipt.subtitle(input.facts.personName, input.facts.organisationName), styles.lead)
  addChoice(kit, input, texts)
  addDocumentRows(kit, input, texts)
  addWho(kit, input, texts)
  addHow(kit, input, texts)
  addWorth(kit, input, texts)
  addLog(kit, input, texts)
  addCheck(kit, texts)
  addProofPage(kit, input, texts)
  attachJson(kit, {
    name: 'evidence.json',
    description: texts.receipt.attachment,
    bytes: rendering.attachment,
  })
  return finishDocument(kit, `${title} · ${input.facts.personName}`, texts.pageOf)
}

function addChoice(kit: DocumentKit, { facts }: ReceiptInput, { receipt }: DocumentTexts): void {
  addHeading(kit, 2, receipt.headings.choice, 110)
  addParagraph(kit, [{ text: wordFor(receipt.choiceMeanings, facts.choice), weight: 'strong' }])
  addLead(kit, receipt.statementLead)
  addQuote(kit, facts.statement)
  if (facts.reason === null) {
    addParagraph(kit, receipt.noReason)
    return
  }
  addLead(kit, receipt.reasonLead)
  addQuote(kit, facts.reason)
}

function addDocumentRows(kit: DocumentKit, { facts }: ReceiptInput, texts: DocumentTexts): void {
  const { headings, rows, languages } = texts.receipt
  addFacts(kit, headings.document, [
    { name: rows.title, value: facts.documentTitle },
    ...policyRows(facts, texts),
    { name: rows.language, value: wordFor(languages, facts.language) },
    { name: rows.documentSha256, value: facts.documentSha256, look: 'hash' },
    ...facts.otherEditionsSha256.map((edition) => otherEdition(edition, texts)),
    ...annexRows(facts, texts),
  ])
}

function policyRows(facts: ReceiptFacts, texts: DocumentTexts): Row[] {
  const { rows } = texts.receipt
  if (facts.policyName === null || facts.effectiveFrom === null) return []
  return [
    { name: rows.policy, value: facts.policyName },
    { name: rows.version, value: String(facts.versionNumber) },
    { name: rows.effectiveFrom, value: dayInWords(facts.effectiveFrom, texts) },
  ]
}

/** The annexes that lay in the same bundle, as its manifest names them: each was there when the person acted. */
function annexRows(facts: ReceiptFacts, texts: DocumentTexts): Row[] {
  const manifest = facts['bundleManifest']
  if (typeof manifest !== 'string') return []
  const { documents } = JSON.parse(manifest) as {
    documents: { role: string; title: string; sha256: string }[]
  }
  return documents
    .filter(({ role }) => role === 'annex')
    .map(({ title, sha256 }) => ({ name: texts.receipt.rows.annex(title), value: sha256, look: 'hash' }))
}

/** An edition in another language stands in the facts as `nl:<hash>`. */
function otherEdition(edition: string, { receipt }: DocumentTexts): Row {
  const [language = '', hash = ''] = edition.split(':')
  return {
    name: receipt.rows.otherEdition(wordFor(receipt.languages, language)),
    value: hash,
    look: 'hash',
  }
}

function addWho(kit: DocumentKit, { facts }: ReceiptInput, texts: DocumentTexts): void {
  const { headings, rows } = texts.receipt
  addFacts(kit, headings.who, [
    { name: rows.person, value: facts.personName },
    { name: rows.personExternalId, value: facts.personExternalId ?? texts.unknown },
    { name: rows.address, value: facts.address ?? texts.unknown },
    { name: rows.organisation, value: facts.organisationName },
  ])
}

function addHow(kit: DocumentKit, { facts }: ReceiptInput, texts: DocumentTexts): void {
  const { headings, rows, channels, methods, networks } = texts.receipt
  const moment = (instant: string | null) =>
    instant === null ? texts.unknown : momentInWords(instant, texts)
  addFacts(kit, headings.how, [
    { name: rows.delivered, value: moment(facts.deliveredAt) },
    {
      name: rows.channel,
      value: facts.deliveryChannel === null ? texts.unknown : wordFor(channels, facts.deliveryChannel),
    },
    { name: rows.opened, value: moment(facts.openedAt) },
    { name: rows.acted, value: moment(facts.actedAt) },
    { name: rows.method, value: wordFor(methods, facts.method) },
    { name: rows.network, value: wordFor(networks, facts.networkClass) },
    // The one text that a stranger's program chooses: shown with every odd character made visible, never refused.
    { name: rows.userAgent, value: withVisibleCodePoints(facts.userAgent) || texts.unknown },
  ])
  addParagraph(kit, texts.receipt.timeNote, styles.note)
}

function addWorth(kit: DocumentKit, { facts, evidence }: ReceiptInput, texts: DocumentTexts): void {
  const { headings, rows, assurances, assuranceLimits, levels } = texts.receipt
  const limit = assuranceLimits[facts.assurance]
  const facets: Row[] = [
    { name: rows.assurance, value: wordFor(assurances, facts.assurance) },
    { name: rows.level, value: levels(evidence.level) },
    { name: rows.proves, value: evidence.proves },
    { name: rows.doesNotProve, value: evidence.doesNotProve },
    { name: rows.wouldLift, value: evidence.wouldLift },
  ]
  addFacts(kit, headings.worth, facets, () => {
    if (limit !== undefined) addParagraph(kit, limit)
  })
}

function addLog(kit: DocumentKit, input: ReceiptInput, texts: DocumentTexts): void {
  const { headings, rows, entry, logLead } = texts.receipt
  const place: Row[] = [
    { name: rows.log, value: input.checkpoint.origin },
    { name: rows.entry, value: entry(input.entryIndex, input.treeSize) },
    { name: rows.root, value: input.checkpoint.root, look: 'hash' },
    { name: rows.actId, value: input.facts.actId },
    { name: rows.evidenceSha256, value: sha256Hex(input.evidenceJson), look: 'hash' },
  ]
  addFacts(kit, headings.log, place, () => addParagraph(kit, logLead))
}

function addCheck(kit: DocumentKit, { receipt }: DocumentTexts): void {
  addHeading(kit, 2, receipt.headings.check, 90)
  addParagraph(kit, receipt.checkLead)
  addNumberedList(kit, receipt.checkSteps)
}
