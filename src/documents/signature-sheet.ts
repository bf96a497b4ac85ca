import { addHeading, addNumberedList, addParagraph } from './document-blocks.ts'
import { finishDocument } from './document-finish.ts'
import type { DocumentKit } from './document-kit.ts'
import { openDocument } from './document-kit.ts'
import type { SheetParty, SignatureSheetInput } from './document-inputs.ts'
import { addFacts, type Row } from './document-rows.ts'
import { styles } from './document-style.ts'
import { momentInWords, textsOf, wordFor } from './document-texts.ts'
import { sheetTextsOf, type SheetTexts } from './signature-sheet-texts.ts'

/** The title of the executed copy that the sheet is made for. In the file itself the title of the document stays. */
export function executedCopyTitle(input: Pick<SignatureSheetInput, 'language' | 'documentTitle'>): string {
  return sheetTextsOf(input.language).copyTitle(input.documentTitle)
}

/**
 * Makes the pages that go behind a document on which several parties agreed, as a file of its own: the document and its
 * hash, a block for each party, and what that does not prove. It has no links and no attachment, so that its pages and
 * their structure are all that has to be carried over (decision 0102).
 */
export async function renderSignatureSheet(input: SignatureSheetInput, identity: string): Promise<Buffer> {
  const sheet = sheetTextsOf(input.language)
  const kit = openDocument({
    title: sheet.title,
    author: input.organisationName,
    language: input.language,
    identity,
    createdAt: new Date(Math.max(...input.parties.map((party) => Date.parse(party.actedAt)))),
  })
  addParagraph(kit, input.organisationName, styles.overline)
  addHeading(kit, 1, sheet.title)
  addParagraph(kit, sheet.lead(input.documentTitle, input.versionNumber), styles.lead)
  addParagraph(kit, sheet.what)
  addDocument(kit, input, sheet)
  for (const party of input.parties) addParty(kit, input, party, sheet)
  addWorth(kit, input, sheet)
  addHeading(kit, 2, sheet.headings.check, 90)
  addNumberedList(kit, sheet.checkSteps(input.documentLength))
  return finishDocument(kit, `${input.organisationName} · ${input.documentTitle}`, sheet.pageOf)
}

function addDocument(
  kit: DocumentKit,
  input: SignatureSheetInput,
  { headings, rows, place }: SheetTexts,
): void {
  const bundle: Row[] =
    input.bundleSha256 === null ? [] : [{ name: rows.bundleSha256, value: input.bundleSha256, look: 'hash' }]
  addFacts(kit, headings.document, [
    { name: rows.title, value: input.documentTitle },
    { name: rows.organisation, value: input.organisationName },
    { name: rows.documentSha256, value: input.documentSha256, look: 'hash' },
    ...bundle,
    { name: rows.place, value: place(input.documentLength) },
  ])
}

const shortDigits = 16

/** The block that stands for a party where a signature stands on paper. */
function addParty(kit: DocumentKit, input: SignatureSheetInput, party: SheetParty, sheet: SheetTexts): void {
  const texts = textsOf(input.language)
  const { methods, assurances, entry } = texts.receipt
  const { rows } = sheet
  const capacity = sheet.capacities[party.capacity]
  const place = entry(party.entryIndex, party.checkpoint.treeSize)
  const line = party.entrySha256.slice(0, shortDigits).match(/.{4}/g) ?? []
  const block: Row[] = [
    { name: rows.person, value: [{ text: party.personName, weight: 'strong' }] },
    { name: rows.capacity, value: sheet.asStated(capacity) },
    { name: rows.acted, value: momentInWords(party.actedAt, texts) },
    { name: rows.statement, value: party.statement },
    {
      name: rows.method,
      value: `${wordFor(methods, party.method)}\n${wordFor(assurances, party.assurance)}`,
    },
    { name: rows.level, value: sheet.level(party.evidenceLevel) },
    { name: rows.actId, value: party.actId, look: 'hash' },
    { name: rows.log, value: `${party.checkpoint.origin}\n${place}` },
    { name: rows.line, value: sheet.short(line.join(' ')) },
    { name: rows.root, value: party.checkpoint.root, look: 'hash' },
  ]
  addFacts(kit, capacity, block)
}

function addWorth(kit: DocumentKit, input: SignatureSheetInput, sheet: SheetTexts): void {
  const assurances = new Set(input.parties.map((party) => party.assurance))
  addHeading(kit, 2, sheet.headings.worth, 90)
  for (const assurance of assurances)
    if (Object.hasOwn(sheet.limits, assurance)) addParagraph(kit, sheet.limits[assurance] ?? '')
  addParagraph(kit, sheet.capacityLimit)
  addParagraph(kit, sheet.sealLimit(input.organisationName))
}
