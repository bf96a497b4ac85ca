/**
 * Reading, choosing and confirming.
 *
 * @import { OfferedChoice, Presentation } from '../page-contract.ts'
 * @import { Mistake } from './view-answer.js'
 * @import { Focus } from './visit.js'
 */
import { checkDocument, documentPanel } from './document-panel.js'
import { startSending } from './sending.js'
import { answerForm, asksReason, confirmView, mistakesIn } from './view-answer.js'
import { openView } from './view-open.js'
import { connected, show, visit } from './visit.js'

/** The text with the answer form, or the confirm step where the person already is. @param {Presentation} shown @param {Focus} focus */
export function showPresentation(shown, focus) {
  const offered = chosen(shown)
  if (visit.confirming && offered !== undefined) showConfirm(shown, offered, focus)
  else showOpen(shown, focus)
}

/**
 * @param {Presentation} shown @param {Focus} focus
 * @param {{ mistakes?: readonly Mistake[], notice?: string | null }} [remarks] what is wrong with the answer, and what
 *   has to be said before the text; the focus goes there
 */
export function showOpen(shown, focus, remarks = {}) {
  const { mistakes = [], notice = null } = remarks
  const { words } = visit
  visit.confirming = false
  visit.redraw = () => showOpen(shown, 'stay', remarks)
  const answer = answerForm({
    words,
    presentation: shown,
    draft: visit.draft,
    mistakes,
    onContinue: () => review(shown),
  })
  const panel = documentPanel({
    words,
    presentation: shown,
    checked: documentCheck(shown).outcome,
    checkAgain: () => {
      visit.checked = null
      return documentCheck(shown).outcome
    },
  })
  const view = openView({ words, presentation: shown, notice, documentPanel: panel, answer })
  const hasRemarks = mistakes.length > 0 || notice !== null
  const announce = focus === 'stay' && !hasRemarks ? words.ready(shown.policy.title) : ''
  show(view, hasRemarks ? words.places.mistake : words.places.open, { focus, announce })
  visit.answering = true
  if (hasRemarks) document.getElementById(notice === null ? 'mistakes' : 'notice')?.focus()
}

/** The check of the document of this presentation, begun once. @param {Presentation} shown */
function documentCheck(shown) {
  const { sha256 } = shown.document
  if (visit.checked?.sha256 === sha256) return visit.checked
  const outcome = checkDocument(() => connected().document(shown.language), sha256)
  const begun = { sha256, outcome, differs: false }
  visit.checked = begun
  void outcome.then(({ state }) => {
    begun.differs = state === 'different'
  })
  return begun
}

/** Goes on to the confirm step, or says what is missing. @param {Presentation} shown */
function review(shown) {
  const mistakes = mistakesIn(visit.words, shown, visit.draft, visit.checked?.differs === true)
  const offered = chosen(shown)
  if (mistakes.length > 0 || offered === undefined) return showOpen(shown, 'stay', { mistakes })
  // A place of its own in the history of the tab, so that the browser's way back leads to the text.
  history.pushState({ step: 'confirm' }, '')
  showConfirm(shown, offered, 'heading')
}

/** @param {Presentation} shown @param {OfferedChoice} offered @param {Focus} focus */
function showConfirm(shown, offered, focus) {
  const { words } = visit
  const reason = reasonFor(offered)
  visit.confirming = true
  visit.redraw = () => showConfirm(shown, offered, 'stay')
  const view = confirmView({
    words,
    presentation: shown,
    offered,
    reason,
    onConfirm: () =>
      startSending({
        choice: offered.choice,
        ...(reason === null ? {} : { reason }),
        language: shown.language,
        documentSha256: shown.document.sha256,
        statement: offered.statement,
      }),
    onBack: () => {
      if (!visit.sending) history.back()
    },
  })
  show(view, words.places.confirm, { focus, announce: focus === 'stay' ? words.checkTitle : '' })
  visit.answering = true
}

/** @param {Presentation} shown @returns {OfferedChoice | undefined} */
function chosen(shown) {
  return shown.choices.find((one) => one.choice === visit.draft.choice)
}

/** A reason belongs to a refusal; one typed before another choice was made is not sent. @param {OfferedChoice} offered */
function reasonFor(offered) {
  // A tab comes in by pasting only, and no font has it.
  const reason = visit.draft.reason.replaceAll('\t', ' ').trim()
  return asksReason(offered) && reason !== '' ? reason : null
}
