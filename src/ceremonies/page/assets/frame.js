/**
 * Everything around the view: header, language switch, footer, page title, what is announced, where the focus goes.
 *
 * @import { Language } from '../page-contract.ts'
 * @import { Words } from './words-nl.js'
 */
import { button, element } from './elements.js'

/** @type {readonly { language: Language, name: string }[]} */
const offered = [
  { language: 'nl', name: 'Nederlands' },
  { language: 'en', name: 'English' },
]

/** @param {string} id @returns {HTMLElement} */
function fixture(id) {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`the page has no #${id}`)
  return found
}

/**
 * Draws header and footer in a language. The focus stays on the language that was pressed.
 *
 * @param {Words} words @param {string | null} organisationName @param {(language: Language) => void} onSwitch
 */
export function drawFrame(words, organisationName, onSwitch) {
  document.documentElement.lang = words.language
  fixture('skip').textContent = words.skip
  const hadFocus = fixture('masthead').contains(document.activeElement)
  const choices = offered.map(({ language, name }) => {
    const choice = button(name, 'quiet', () => onSwitch(language))
    choice.lang = language
    if (language === words.language) choice.setAttribute('aria-current', 'true')
    return choice
  })
  fixture('masthead').replaceChildren(
    element(
      'div',
      { class: 'masthead-inner' },
      element('p', { class: 'brand' }, element('bdi', {}, organisationName ?? words.brandFallback)),
      element('nav', { class: 'languages', 'aria-label': words.languageSwitch }, ...choices),
    ),
  )
  fixture('colophon').replaceChildren(element('p', {}, words.colophon))
  if (hadFocus) choices.find((choice) => choice.hasAttribute('aria-current'))?.focus()
}

/**
 * While an answer is on its way nothing else can be pressed, and the page says why. The buttons keep the focus, so
 * they are marked and not disabled; `visit.sending` is what stops them.
 *
 * @param {string} text
 */
export function showSending(text) {
  fixture('sending').textContent = text
  for (const one of document.querySelectorAll('button')) one.setAttribute('aria-disabled', 'true')
}

/**
 * Puts a view on the page.
 *
 * @param {HTMLElement} view @param {{ title: string, focus: 'heading' | 'stay', announce?: string }} how
 */
export function showView(view, { title, focus, announce = '' }) {
  document.title = title
  fixture('main').replaceChildren(view)
  if (focus === 'heading') {
    window.scrollTo({ top: 0, behavior: 'instant' })
    view.querySelector('h1')?.focus({ preventScroll: true })
  }
  fixture('announcer').textContent = announce
}

/** The waiting page that the server sent, in one language. @param {Words} words */
export function showWaiting(words) {
  fixture('waiting').replaceChildren(
    element('h1', {}, words.brandFallback),
    element('p', { class: 'waiting-line' }, words.loading),
  )
}

/** The skip link moves the focus by hand, for the same reason as all links within the page. */
export function wireSkipLink() {
  fixture('skip').addEventListener('click', (event) => {
    event.preventDefault()
    fixture('main').focus()
    fixture('main').scrollIntoView()
  })
}
