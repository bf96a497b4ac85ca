import type { Mistake } from './ceremony-page.ts'
import type { ShownCeremony, ShownChoice, ShownStatement } from './ceremony-values.ts'
import { fingerprintGroups } from './format.ts'
import type { Page } from './page.ts'
import type { Words } from './words.ts'

/** The longest reason that is taken. */
export const reasonLengthMax = 2_000

export type Confirmation = {
  readonly ceremony: ShownCeremony
  readonly statement: ShownStatement
  readonly offer: ShownChoice
  /** What was typed in an attempt before. */
  readonly reason: string
  /** One for each time the form is drawn: whatever is sent with it is recorded once. */
  readonly key: string
  readonly mistakes: readonly Mistake[]
}

/** The hash that an act repeats: that of the one document, or of the main text of a bundle. */
export function mainDocumentOf(ceremony: ShownCeremony): ShownCeremony['documents'][number] | undefined {
  return ceremony.documents.find((document) => document.role === 'main') ?? ceremony.documents[0]
}

/**
 * The page on which a person confirms one answer. It repeats the exact sentence, so that what is confirmed is what is sent,
 * and asks for the reason or the condition where the choice has one. An agreement takes no remark: with one it would not be
 * an agreement (art. 6:225 BW).
 */
export function confirmPage(confirmation: Confirmation, w: Words): Page {
  const { ceremony, statement, offer, reason, key, mistakes } = confirmation
  const a = w.answering
  const path = `/my/ceremonies/${ceremony.ceremonyId}`
  const sign = ceremony.assurance.sign
  return {
    template: 'confirm',
    title: `${mistakes.length > 0 ? w.attention : a.confirmPlace} – ${ceremony.title}`,
    scripts: sign === null ? [] : ['passkey.js'],
    model: {
      step: w.reading.step(2, w.reading.steps),
      mistakes,
      subject: ceremony.statements.length === 1 ? ceremony.title : statement.subject,
      lang: ceremony.language === w.language ? '' : ` lang="${ceremony.language}"`,
      language: ceremony.language,
      offer,
      statementId: statement.statementId,
      documentSha256: mainDocumentOf(ceremony)?.sha256 ?? '',
      key,
      reason,
      sign,
      signing: `${path}/signing`,
      action: `${path}/acts`,
      back: `${path}#answer`,
      field: fieldOf(offer, mistakes, w),
      documents: ceremony.documents.map((document) => ({
        title: document.title,
        lang: document.language === w.language ? null : document.language,
        groups: fingerprintGroups(document.sha256),
      })),
      known: a.knownNow(w.assurance[ceremony.assurance.actual] ?? ceremony.assurance.actual),
    },
  }
}

function fieldOf(offer: ShownChoice, mistakes: readonly Mistake[], w: Words) {
  const a = w.answering
  if (offer.choice === 'agreed') return null
  const mistake = mistakes.find((one) => one.field === 'reason')?.text ?? null
  const hint = a.reasonHint(reasonLengthMax)
  if (offer.choice === 'agreed-conditionally')
    return { label: a.condition, hint: `${a.conditionHint} ${hint}`, required: true, mistake }
  return {
    label: offer.reasonRequired ? a.reason : a.reasonOptional,
    hint,
    required: offer.reasonRequired,
    mistake,
  }
}
