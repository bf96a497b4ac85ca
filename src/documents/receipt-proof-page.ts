import { addHeading, addParagraph } from './document-blocks.ts'
import { addCode } from './document-figure.ts'
import type { ReceiptInput } from './document-inputs.ts'
import type { DocumentKit } from './document-kit.ts'
import { nextPage } from './document-kit.ts'
import { addRows, type Row } from './document-rows.ts'
import { colours, styles } from './document-style.ts'
import { momentInWords, wordFor, type DocumentTexts } from './document-texts.ts'

/**
 * The last page of a receipt: the whole of it at a glance, for who photographs or prints one page. It says no more than
 * the pages before it, and beside each thing how far it goes. With a public address of the service a QR code opens the page
 * on which anybody checks the file; without one it says how to check offline.
 */
export function addProofPage(kit: DocumentKit, input: ReceiptInput, texts: DocumentTexts): void {
  const { proofPage } = texts.receipt
  nextPage(kit)
  addHeading(kit, 2, proofPage.heading)
  addParagraph(kit, proofPage.lead)
  addRows(kit, rowsAtAGlance(input, texts))
  const url = input.verificationUrl
  if (url === null) {
    for (const sentence of proofPage.offline) addParagraph(kit, sentence)
    return
  }
  // The part behind # is for the code and the click; on paper the address of the page is enough.
  const page = url.replace(/#.*$/, '')
  addCode(kit, {
    text: url,
    alternative: proofPage.codeAlternative(page),
    beside: [
      [{ text: proofPage.codeTitle, weight: 'strong' }],
      proofPage.codeText,
      [{ text: page, link: url, colour: colours.accent }],
    ],
  })
  addParagraph(kit, proofPage.codeLimit, styles.note)
}

function rowsAtAGlance({ facts, evidence, checkpoint, ...place }: ReceiptInput, texts: DocumentTexts): Row[] {
  const { rows, proofPage, choiceMeanings, methods, levels, entry, assuranceLimits } = texts.receipt
  const version = facts.versionNumber === null ? '' : `, ${rows.version.toLowerCase()} ${facts.versionNumber}`
  const what = `${wordFor(choiceMeanings, facts.choice)}\n${facts.documentTitle}${version}`
  const limit = assuranceLimits[facts.assurance]
  const how = wordFor(methods, facts.method)
  return [
    { name: proofPage.who, value: `${facts.personName}, ${facts.organisationName}` },
    { name: proofPage.what, value: what },
    { name: rows.documentSha256, value: facts.documentSha256, look: 'hash' },
    { name: proofPage.when, value: `${momentInWords(facts.actedAt, texts)}\n${proofPage.whenLimit}` },
    { name: proofPage.how, value: limit === undefined ? how : `${how}. ${limit}` },
    { name: rows.level, value: levels(evidence.level) },
    { name: rows.doesNotProve, value: evidence.doesNotProve },
    { name: rows.wouldLift, value: evidence.wouldLift },
    { name: rows.log, value: checkpoint.origin },
    { name: rows.entry, value: entry(place.entryIndex, place.treeSize) },
    { name: rows.root, value: checkpoint.root, look: 'hash' },
  ]
}
