/**
 * Sending an answer until its outcome is known. Every try of one answer carries the same key, so it is recorded at
 * most once whatever happens to the connection.
 *
 * @import { ActRequest } from '../page-contract.ts'
 * @import { Failure } from './api.js'
 * @import { Mistake } from './view-answer.js'
 */
import { newIdempotencyKey } from './api.js'
import { showSending } from './frame.js'
import { showExpired, showMessage, showWithdrawn } from './messages.js'
import { showRecorded, showStanding } from './recorded.js'
import { countdown, messageView } from './view-message.js'
import { connected, failureFrom, show, visit } from './visit.js'

/**
 * Ways back into the text, given by `opening.js`: to mend the answer, or to open the link once more.
 *
 * @type {{ mend: (mistake: Mistake) => void, reopen: (notice: string | null) => void }}
 */
export const wayBack = { mend: () => {}, reopen: () => {} }

/** Sends a new answer. @param {ActRequest} act */
export function startSending(act) {
  if (visit.sending) return
  visit.attempt = { key: newIdempotencyKey(), act }
  visit.lastSent = act
  void send()
}

/** Sends the answer of this moment, for the first time or again. */
async function send() {
  const { attempt } = visit
  if (attempt === null || visit.sending) return
  visit.sending = true
  visit.stopWaiting()
  showSending(visit.words.sending)
  try {
    const answer = await connected().act(attempt.act, attempt.key)
    settle()
    showRecorded(answer, 'now', 'heading')
  } catch (error) {
    visit.sending = false
    await showFailure(failureFrom(error))
  }
}

/** The outcome is known: the next answer is another one. */
function settle() {
  visit.sending = false
  visit.attempt = null
  visit.confirming = false
}

/** @param {Failure} failure */
async function showFailure(failure) {
  if (failure.kind === 'network') return showUnsure('sendNetwork', 0)
  if (failure.kind === 'busy') return showUnsure('sendBusy', failure.retryAfter_s)
  if (failure.kind === 'failed') return showUnsure('sendFailed', 0)
  settle()
  const { words } = visit
  switch (failure.kind) {
    case 'already-acted':
      return showStanding('refused-second', 'heading')
    case 'expired':
      return showExpired()
    case 'withdrawn':
      return showWithdrawn()
    case 'invalid-link':
      return showMessage('invalidLink', 'stop')
    case 'changed':
      visit.draft.choice = null
      visit.checked = null
      return wayBack.reopen(words.textChanged)
    default:
      return wayBack.mend(mistakeOf(failure))
  }
}

/** @param {Failure} failure @returns {Mistake} */
function mistakeOf({ code, messages }) {
  const { words } = visit
  if (code === 'reason-required') return { message: words.reasonMissing, field: 'reason' }
  if (code === 'reason-unprintable') {
    return { message: words.reasonRefused(characterIn(messages)), field: 'reason' }
  }
  return { message: words.answerRefused, field: null }
}

/** The character that a refusal names as `U+1F44D`, as it was typed. @param {readonly string[]} messages @returns {string} */
function characterIn(messages) {
  const name = messages.join(' ').match(/U\+([0-9A-F]{4,6})/)
  return name?.[1] === undefined ? '?' : String.fromCodePoint(Number.parseInt(name[1], 16))
}

/**
 * The answer may or may not have been recorded. Sending the same attempt again is the way to know.
 *
 * @param {'sendNetwork' | 'sendBusy' | 'sendFailed'} name @param {number} wait_s
 */
function showUnsure(name, wait_s) {
  const { attempt, words } = visit
  if (attempt === null) return
  visit.redraw = () => showUnsure(name, wait_s)
  const again = () => void send()
  const counting = wait_s > 0 ? countdown(wait_s, words.retryIn, again) : null
  const view = messageView({
    message: words.messages[name],
    drawing: wait_s > 0 ? 'clock' : 'stop',
    quote: {
      text: attempt.act.statement,
      language: attempt.act.language === words.language ? null : attempt.act.language,
    },
    aside: counting?.line ?? null,
    waysOn: [
      { text: wait_s > 0 ? words.tryNow : words.tryAgain, kind: 'primary', onPress: again },
      { text: words.backToDocument, kind: 'quiet', onPress: leave },
    ],
  })
  show(view, words.messages[name].title)
  if (counting !== null) visit.stopWaiting = counting.stop
}

/** Back to the text without knowing. If the answer did arrive, opening again shows it. */
function leave() {
  if (visit.sending) return
  visit.stopWaiting()
  settle()
  wayBack.reopen(null)
}
