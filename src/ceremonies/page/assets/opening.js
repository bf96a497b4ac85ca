/**
 * Asking for the presentation and showing what its state asks for.
 *
 * @import { Language } from '../page-contract.ts'
 * @import { Focus } from './visit.js'
 */
import { showOpen, showPresentation } from './answering.js'
import { showExpired, showMessage, showOpenFailure, showWithdrawn } from './messages.js'
import { showStanding } from './recorded.js'
import { wayBack } from './sending.js'
import { api, failureFrom, useLanguage, visit } from './visit.js'

/**
 * Opens the link. Only this counts as an opening; that the page was loaded does not.
 *
 * @param {Focus} focus @param {string | null} [notice] to show before the text
 */
export async function open(focus, notice = null) {
  if (api === null) return showMessage('invalidLink', 'stop')
  visit.stopWaiting()
  let presentation
  try {
    presentation = await api.open(visit.chosenLanguage)
  } catch (error) {
    return showOpenFailure(failureFrom(error), () => void open('heading', notice))
  }
  visit.presentation = presentation
  if (visit.chosenLanguage === null) useLanguage(presentation.language)
  switch (presentation.state) {
    case 'expired':
    case 'lapsed':
    case 'closed':
      return showExpired()
    case 'withdrawn':
    case 'superseded':
      return showWithdrawn()
    case 'acted':
    case 'declined':
      return showStanding('earlier', focus)
    case 'open':
      return notice === null
        ? showPresentation(presentation, focus)
        : showOpen(presentation, 'stay', { notice })
  }
}

/**
 * The words change at once; the texts of an open presentation are asked for in the new language. An answer that is
 * on its way stays in the language it was given in.
 *
 * @param {Language} language
 */
async function switchLanguage(language) {
  if (visit.sending || language === visit.words.language) return
  useLanguage(language)
  visit.chosenLanguage = language
  if (visit.answering) await open('stay')
  else visit.redraw()
}

/** Connects the parts that lead back here. */
export function wireOpening() {
  visit.onSwitch = (language) => void switchLanguage(language)
  wayBack.reopen = (notice) => void open('heading', notice)
  wayBack.mend = (mistake) => {
    if (visit.presentation !== null) showOpen(visit.presentation, 'stay', { mistakes: [mistake] })
  }
}
