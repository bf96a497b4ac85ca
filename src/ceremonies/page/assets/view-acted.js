/**
 * What was recorded, what it is worth, and the files to keep.
 *
 * @import { ActAnswer, Presentation } from '../page-contract.ts'
 * @import { Words } from './words-nl.js'
 *
 * @typedef {'now' | 'earlier' | 'refused-second'} ActedMoment
 * `refused-second`: an answer was sent now, but an earlier one stands.
 *
 * @typedef {{ name: string, explanation: string, fetchIt: () => Promise<void> }} KeepableFile
 */
import { button, element, icon } from './elements.js'
import { momentInWords } from './format.js'
import { codeView } from './view-code.js'

/**
 * @param {{ words: Words, presentation: Presentation, answer: ActAnswer, moment: ActedMoment,
 *   files: readonly KeepableFile[], copies: Promise<readonly KeepableFile[]>, code: Promise<{ text: string, rows: string[] }> }} parts
 * @returns {HTMLElement}
 */
export function actedView({ words, presentation, answer, moment, files, copies, code }) {
  return element(
    'div',
    { class: 'sheet sheet-narrow' },
    element('p', { class: 'step step-3' }, words.step(3)),
    element(
      'div',
      { class: moment === 'refused-second' ? 'outcome outcome-note' : 'outcome' },
      icon(moment === 'refused-second' ? 'stop' : 'done'),
      element(
        'div',
        {},
        element('h1', { tabindex: -1 }, words.actedTitle[moment]),
        element('p', {}, words.actedText[moment]),
      ),
    ),
    recorded(words, presentation, answer),
    keeping(words, files, copies),
    codeView(words, code),
    worth(words, answer),
  )
}

/** @param {Words} words @param {Presentation} presentation @param {ActAnswer} answer @returns {HTMLElement} */
function recorded(words, presentation, answer) {
  const textLanguage = answer.language === words.language ? null : answer.language
  return element(
    'section',
    { class: 'chapter', 'aria-labelledby': 'recorded-heading' },
    element('h2', { id: 'recorded-heading' }, words.recordedTitle),
    element('blockquote', { class: 'statement', lang: textLanguage }, element('p', {}, answer.statement)),
    element(
      'dl',
      { class: 'rows' },
      row(words.choiceIs, words.choice[answer.choice]),
      row(words.recordedAt, `${momentInWords(answer.actedAt, words.language)} ${words.dutchTime}`),
      row(words.by, presentation.personName),
      row(words.entry, words.entryNumber(answer.receipt.entryIndex, answer.receipt.treeSize)),
    ),
  )
}

/** @param {string} term @param {string} description @returns {HTMLElement} */
function row(term, description) {
  return element('div', {}, element('dt', {}, term), element('dd', {}, element('bdi', {}, description)))
}

/**
 * The files that are always there, and behind them those that are still being asked for.
 *
 * @param {Words} words @param {readonly KeepableFile[]} files @param {Promise<readonly KeepableFile[]>} copies
 * @returns {HTMLElement}
 */
function keeping(words, files, copies) {
  const list = element('ul', { class: 'files' }, ...files.map((file, index) => keepable(words, file, index)))
  void copies.then((found) =>
    list.append(...found.map((file, index) => keepable(words, file, files.length + index))),
  )
  return element(
    'section',
    { class: 'chapter', 'aria-labelledby': 'keep-heading' },
    element('h2', { id: 'keep-heading' }, words.keepTitle),
    element('p', {}, words.keepText),
    list,
    element('p', { class: 'callout' }, element('strong', {}, words.keepWhere), ` ${words.keepWhy}`),
  )
}

/** @param {Words} words @param {KeepableFile} file @param {number} index @returns {HTMLElement} */
function keepable(words, file, index) {
  const status = element('p', { class: 'file-status', role: 'status' })
  const saveButton = button(words.save, 'file', () => {
    status.textContent = words.saving
    file.fetchIt().then(
      () => status.replaceChildren(words.saved),
      (failure) =>
        status.replaceChildren(failure?.code === 'not-anchored-yet' ? words.notYet : words.saveFailed),
    )
  })
  saveButton.prepend(icon('save'))
  saveButton.setAttribute('aria-describedby', `file-${index}`)
  return element(
    'li',
    { class: 'file' },
    icon('file'),
    element(
      'div',
      { class: 'file-body' },
      element('p', { class: 'file-name', id: `file-${index}` }, file.name),
      element('p', { class: 'hint' }, file.explanation),
      saveButton,
      status,
    ),
  )
}

/** @param {Words} words @param {ActAnswer} answer @returns {HTMLElement} */
function worth(words, answer) {
  const { evidence } = answer
  const textLanguage = answer.language === words.language ? null : answer.language
  return element(
    'section',
    { class: 'chapter', 'aria-labelledby': 'worth-heading' },
    element('h2', { id: 'worth-heading' }, words.worthTitle),
    element('p', {}, words.assurance[evidence.assurance] ?? words.assuranceOther),
    element(
      'dl',
      { class: 'rows rows-stacked' },
      limit(words.proves, evidence.proves, textLanguage),
      limit(words.doesNotProve, evidence.doesNotProve, textLanguage),
      limit(words.wouldLift, evidence.wouldLift, textLanguage),
    ),
    element('p', { class: 'hint' }, words.level(evidence.evidenceLevel)),
  )
}

/** @param {string} term @param {string} text @param {string | null} language @returns {HTMLElement} */
function limit(term, text, language) {
  return element('div', {}, element('dt', {}, term), element('dd', { lang: language }, text))
}
