/**
 * What one visit knows, in the memory of this tab, and the one way to put a view on the page.
 *
 * @import { ActRequest, Language, Presentation } from '../page-contract.ts'
 * @import { DocumentCheck } from './document-panel.js'
 * @import { Draft } from './view-answer.js'
 * @import { Words } from './words-nl.js'
 */
import { Failure, connect } from './api.js'
import { drawFrame, showView } from './frame.js'
import { takeLink } from './link.js'
import { words as english } from './words-en.js'
import { words as dutch } from './words-nl.js'

/** @type {Record<Language, Words>} */
const dictionaries = { nl: dutch, en: english }

const link = takeLink()

/** The link endpoints, or null where this tab has no link. */
export const api = link === null ? null : connect(link)

/** Whether the focus goes to the heading of the new view or stays where it is. @typedef {'heading' | 'stay'} Focus */

export const visit = {
  words: dictionaries[languageOfBrowser()],
  /**
   * The language that was chosen here; until then the service, which knows the person's, says.
   *
   * @type {Language | null}
   */
  chosenLanguage: null,
  /** @type {Presentation | null} */
  presentation: null,
  /**
   * What was chosen and typed so far. It survives a change of language and a failure.
   *
   * @type {Draft}
   */
  draft: { choice: null, reason: '' },
  /**
   * The answer whose outcome is not known yet. Its key stays the same until it is.
   *
   * @type {{ key: string, act: ActRequest } | null}
   */
  attempt: null,
  /**
   * What was sent last, to recognise it in what stands.
   *
   * @type {ActRequest | null}
   */
  lastSent: null,
  /** Whether a request that records is under way. */
  sending: false,
  /** Whether the text or the confirm step is on show. */
  answering: false,
  /** Whether the person is at the confirm step. */
  confirming: false,
  /**
   * The check of the document on show.
   *
   * @type {DocumentCheck | null}
   */
  checked: null,
  /** Draws the present view again, in the present language. */
  redraw: () => {},
  /** Ends a countdown that is under way. */
  stopWaiting: () => {},
  /**
   * Switches the language; `opening.js` says how.
   *
   * @type {(language: Language) => void}
   */
  onSwitch: () => {},
}

/** @returns {Language} Dutch for who reads Dutch, English for everyone else */
function languageOfBrowser() {
  return navigator.languages.some((one) => one.toLowerCase().startsWith('nl')) ? 'nl' : 'en'
}

/** @param {Language} language */
export function useLanguage(language) {
  visit.words = dictionaries[language]
}

/** @param {HTMLElement} view @param {string} place @param {{ focus?: Focus, announce?: string }} [how] */
export function show(view, place, { focus = 'heading', announce = '' } = {}) {
  visit.stopWaiting()
  visit.stopWaiting = () => {}
  visit.answering = false
  const { words, presentation } = visit
  drawFrame(words, presentation?.organisationName ?? null, (language) => visit.onSwitch(language))
  const about = presentation === null ? words.brandFallback : presentation.policy.title
  showView(view, { title: words.documentTitle(place, about), focus, announce })
}

/** @returns {NonNullable<typeof api>} */
export function connected() {
  if (api === null) throw new Error('there is no link to connect with')
  return api
}

/** What is not a failure that `api.js` named is a mistake of ours. @param {unknown} error @returns {Failure} */
export function failureFrom(error) {
  if (error instanceof Failure) return error
  console.error(error)
  return new Failure('failed')
}
