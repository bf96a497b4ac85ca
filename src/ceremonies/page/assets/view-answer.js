/**
 * The choices with their exact sentences, the reason, and the step in which the person confirms.
 *
 * @import { Choice, OfferedChoice, Presentation } from '../page-contract.ts'
 * @import { Words } from './words-nl.js'
 *
 * @typedef {{ choice: Choice | null, reason: string }} Draft
 * @typedef {{ message: string, field: string | null }} Mistake
 */
import { button, element, fingerprint } from './elements.js'

const reasonLength = 2000

/**
 * The form writes into `draft` as the person goes, so nothing typed is lost when the view is drawn again.
 *
 * @param {{ words: Words, presentation: Presentation, draft: Draft, mistakes: readonly Mistake[],
 *   onContinue: () => void }} parts
 * @returns {HTMLElement}
 */
export function answerForm({ words, presentation, draft, mistakes, onContinue }) {
  const textLanguage = presentation.language === words.language ? null : presentation.language
  const reasonSlot = element('div', { class: 'reason-slot' })

  const drawReason = () => {
    const offered = presentation.choices.find((one) => one.choice === draft.choice)
    const field = offered && asksReason(offered) ? reasonField(words, offered, draft, mistakes) : null
    reasonSlot.replaceChildren(...(field === null ? [] : [field]))
  }
  const options = presentation.choices.map((offered) =>
    option(offered, draft.choice === offered.choice, textLanguage, () => {
      draft.choice = offered.choice
      drawReason()
    }),
  )
  drawReason()

  const choiceMistake = mistakes.find((one) => one.field === 'choice')
  const form = element(
    'form',
    { novalidate: true, class: 'answer' },
    mistakes.length > 0 ? mistakeSummary(words, mistakes) : null,
    element(
      'fieldset',
      { 'aria-describedby': choiceMistake ? 'choice-mistake' : null },
      element('legend', {}, words.choose),
      element('p', { class: 'hint' }, words.chooseHint),
      choiceMistake ? mistakeText('choice-mistake', words, choiceMistake.message) : null,
      ...options,
    ),
    reasonSlot,
    element('p', { class: 'hint' }, words.nothingYet),
    element('button', { type: 'submit', class: 'button button-primary' }, words.continue),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    onContinue()
  })
  return form
}

/** @param {OfferedChoice} offered @returns {boolean} a person who refuses can say why, even where it is not asked */
export function asksReason(offered) {
  return offered.reasonRequired || offered.choice === 'not-agreed' || offered.choice === 'declined'
}

/**
 * @param {OfferedChoice} offered @param {boolean} chosen @param {string | null} textLanguage @param {() => void} onChoose
 * @returns {HTMLElement}
 */
function option(offered, chosen, textLanguage, onChoose) {
  const id = `choice-${offered.choice}`
  const radio = element('input', {
    type: 'radio',
    name: 'choice',
    id,
    value: offered.choice,
    checked: chosen,
  })
  radio.addEventListener('change', onChoose)
  return element(
    'div',
    { class: 'option' },
    radio,
    element(
      'label',
      { for: id, lang: textLanguage },
      element('span', { class: 'option-label' }, offered.label),
      ' ',
      element('span', { class: 'option-statement' }, offered.statement),
    ),
  )
}

/**
 * @param {Words} words @param {OfferedChoice} offered @param {Draft} draft @param {readonly Mistake[]} mistakes
 * @returns {HTMLElement}
 */
function reasonField(words, offered, draft, mistakes) {
  const mistake = mistakes.find((one) => one.field === 'reason')
  const area = /** @type {HTMLTextAreaElement} */ (
    element('textarea', {
      id: 'reason',
      rows: 4,
      maxlength: reasonLength,
      required: offered.reasonRequired,
      'aria-invalid': mistake ? 'true' : null,
      'aria-describedby': mistake ? 'reason-hint reason-mistake' : 'reason-hint',
    })
  )
  area.value = draft.reason
  area.addEventListener('input', () => {
    draft.reason = area.value
  })
  return element(
    'div',
    { class: 'field' },
    element('label', { for: 'reason' }, offered.reasonRequired ? words.reason : words.reasonOptional),
    element('p', { class: 'hint', id: 'reason-hint' }, words.reasonHint(reasonLength)),
    mistake ? mistakeText('reason-mistake', words, mistake.message) : null,
    area,
  )
}

/** @param {string} id @param {Words} words @param {string} message @returns {HTMLElement} */
function mistakeText(id, words, message) {
  return element(
    'p',
    { class: 'mistake', id },
    element('span', { class: 'unseen' }, `${words.mistake}: `),
    message,
  )
}

/** @param {Words} words @param {readonly Mistake[]} mistakes @returns {HTMLElement} */
function mistakeSummary(words, mistakes) {
  return element(
    'div',
    { class: 'callout callout-stop mistakes', id: 'mistakes', role: 'alert', tabindex: -1 },
    element('h3', {}, words.mistakesTitle),
    element('ul', {}, ...mistakes.map((one) => element('li', {}, mistakeLink(one)))),
  )
}

/** @param {Mistake} mistake @returns {HTMLElement | string} */
function mistakeLink(mistake) {
  if (mistake.field === null) return mistake.message
  const link = element('a', { href: `#${mistake.field}` }, mistake.message)
  link.addEventListener('click', (event) => {
    event.preventDefault()
    const first = mistake.field === 'choice' ? 'input[name="choice"]' : '#reason'
    const field = /** @type {HTMLElement | null} */ (document.querySelector(first))
    field?.focus()
  })
  return link
}

/**
 * What is wrong with an answer before it is sent.
 *
 * @param {Words} words @param {Presentation} presentation @param {Draft} draft @param {boolean} documentDiffers
 * @returns {Mistake[]}
 */
export function mistakesIn(words, presentation, draft, documentDiffers) {
  if (documentDiffers) return [{ message: words.documentDiffersMistake, field: null }]
  const offered = presentation.choices.find((one) => one.choice === draft.choice)
  if (offered === undefined) return [{ message: words.choiceMissing, field: 'choice' }]
  if (offered.reasonRequired && draft.reason.trim() === '')
    return [{ message: words.reasonMissing, field: 'reason' }]
  return []
}

/**
 * @param {{ words: Words, presentation: Presentation, offered: OfferedChoice, reason: string | null,
 *   onConfirm: () => void, onBack: () => void }} parts
 * @returns {HTMLElement}
 */
export function confirmView({ words, presentation, offered, reason, onConfirm, onBack }) {
  const textLanguage = presentation.language === words.language ? null : presentation.language
  const confirm = button(words.confirm, 'primary', onConfirm)
  confirm.id = 'confirm'
  return element(
    'div',
    { class: 'sheet sheet-narrow' },
    element('p', { class: 'step step-2' }, words.step(2)),
    element('h1', { tabindex: -1 }, words.checkTitle),
    element('p', {}, words.checkIntroduction),
    element('blockquote', { class: 'statement', lang: textLanguage }, element('p', {}, offered.statement)),
    reason === null
      ? null
      : element(
          'div',
          { class: 'given-reason' },
          element('h2', {}, words.yourReason),
          element('p', { class: 'as-typed', dir: 'auto' }, reason),
        ),
    element('p', { class: 'callout' }, words.final),
    element('div', { class: 'actions' }, confirm, button(words.back, 'quiet', onBack)),
    element('p', { id: 'sending', class: 'sending', role: 'status' }),
    element(
      'div',
      { class: 'small-print' },
      element('h2', {}, words.recordedWhat),
      element('ul', {}, ...words.recordedList.map((one) => element('li', {}, one))),
      element(
        'p',
        {},
        `${words.fingerprintOf} `,
        element('span', { lang: textLanguage }, presentation.document.title),
      ),
      fingerprint(presentation.document.sha256),
      element('h2', {}, words.knownHow),
      element('p', { lang: textLanguage }, presentation.assuranceNote),
    ),
  )
}
