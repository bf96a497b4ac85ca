/**
 * The states in which there is nothing to answer: no link, expired, withdrawn, no connection, busy, failed.
 *
 * @import { Failure } from './api.js'
 * @import { MessageName } from './words-nl.js'
 */
import { momentInWords } from './format.js'
import { countdown, messageView } from './view-message.js'
import { show, visit } from './visit.js'

/**
 * @param {MessageName} name @param {'stop' | 'clock' | 'done'} drawing
 * @param {{ onRetry?: () => void, wait_s?: number, extra?: () => string[] }} [options]
 */
export function showMessage(name, drawing, options = {}) {
  const { onRetry, wait_s = 0, extra = () => [] } = options
  const { words } = visit
  visit.redraw = () => showMessage(name, drawing, options)
  const message = words.messages[name]
  const counting = wait_s > 0 && onRetry !== undefined ? countdown(wait_s, words.retryIn, onRetry) : null
  const retryText = counting === null ? words.tryAgain : words.tryNow
  const view = messageView({
    message: { title: message.title, text: [...message.text, ...extra()] },
    drawing,
    aside: counting?.line ?? null,
    waysOn: onRetry === undefined ? [] : [{ text: retryText, kind: 'primary', onPress: onRetry }],
  })
  show(view, message.title)
  if (counting !== null) visit.stopWaiting = counting.stop
}

/** Nothing could be opened. @param {Failure} failure @param {() => void} again */
export function showOpenFailure(failure, again) {
  switch (failure.kind) {
    case 'invalid-link':
      return showMessage('invalidLink', 'stop')
    case 'expired':
      return showExpired()
    case 'withdrawn':
      return showWithdrawn()
    case 'busy':
      return showMessage('openBusy', 'clock', { onRetry: again, wait_s: failure.retryAfter_s })
    case 'network':
      return showMessage('openNetwork', 'stop', { onRetry: again })
    default:
      return showMessage('openFailed', 'stop', { onRetry: again })
  }
}

export function showExpired() {
  const { presentation } = visit
  if (presentation === null) return showMessage('expired', 'clock')
  const { expiresAt, policy, organisationName } = presentation
  showMessage('expired', 'clock', {
    extra: () => [
      visit.words.about(policy.title, organisationName),
      visit.words.expiredOn(momentInWords(expiresAt, visit.words.language)),
    ],
  })
}

export function showWithdrawn() {
  const { presentation } = visit
  if (presentation === null) return showMessage('withdrawn', 'stop')
  const { policy, organisationName } = presentation
  showMessage('withdrawn', 'stop', { extra: () => [visit.words.about(policy.title, organisationName)] })
}
