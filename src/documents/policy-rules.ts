import { drawLabel, drawText, heightOf, setText, type SetText } from './document-blocks.ts'
import type { DocumentKit } from './document-kit.ts'
import { addElement, ensureRoom, pageRoom } from './document-kit.ts'
import type { DocumentRule } from './document-inputs.ts'
import { colours, styles } from './document-style.ts'
import type { EditionContext } from './policy-edition.ts'
import type { Segment } from './text-layout.ts'

const indent = 26
const spaceBetween = 9

const modalityColours: Readonly<Record<DocumentRule['modality'], string>> = {
  must: colours.must,
  'must-not': colours.mustNot,
  may: colours.may,
  advised: colours.advised,
}

/**
 * The numbered rules, as a list with a heading in each item. A rule that is shorter than half a page is never split;
 * a longer one begins with its heading, its labels and three lines of text together.
 */
export function addRules(kit: DocumentKit, context: EditionContext): void {
  const list = addElement(kit, kit.root, 'L')
  for (const [index, rule] of context.input.content.rules.entries()) {
    const heading = setText(kit, context.plain(rule.heading), styles.heading3, indent)
    const labels = setText(kit, labelsOf(rule, context), styles.label, indent)
    const parts = [
      setText(kit, context.segments(rule.text), styles.body, indent),
      ...notesOf(kit, rule, context),
    ]
    ensureRoom(kit, heightToKeep(heading, labels, parts))
    const item = addElement(kit, list, 'LI')
    drawLabel(kit, item, `${index + 1}`, { ...styles.heading3, colour: colours.muted })
    const body = addElement(kit, item, 'LBody')
    drawText(kit, addElement(kit, body, 'H3'), heading)
    drawText(kit, addElement(kit, body, 'P'), labels)
    for (const part of parts) drawText(kit, addElement(kit, body, 'P'), part)
    body.end()
    item.end()
    kit.y += spaceBetween
  }
  list.end()
}

function heightToKeep(heading: SetText, labels: SetText, parts: readonly SetText[]): number {
  const opening = heightOf(heading) + heightOf(labels)
  const whole = opening + parts.reduce((height, part) => height + heightOf(part), 0)
  return whole <= pageRoom / 2 ? whole : opening + 3 * styles.body.leading
}

function labelsOf(rule: DocumentRule, { texts }: EditionContext): Segment[] {
  const { edition } = texts
  const { time, place, account } = rule.scope
  const scope = [edition.time[time], edition.place[place], edition.account[account]]
  return [
    {
      text: edition.modality[rule.modality],
      weight: 'strong',
      colour: modalityColours[rule.modality],
    },
    { text: `  ·  ${scope.join('  ·  ')}` },
  ]
}

function notesOf(kit: DocumentKit, rule: DocumentRule, context: EditionContext): SetText[] {
  const { edition } = context.texts
  const notes: string[] = []
  if (rule.legalNature !== context.input.legalNature) notes.push(edition.ruleNature[rule.legalNature])
  if (rule.sanctionReference !== undefined) notes.push(edition.sanction(rule.sanctionReference))
  return notes.map((note) => setText(kit, note, styles.note, indent))
}
