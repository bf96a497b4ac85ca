/**
 * The course of a visit:
 *
 *   loading ─► open ─► confirm ─► sending ─► recorded
 *                ▲        │          │
 *                └────────┴──────────┴─► a message with a way on (no connection, busy, failed)
 *
 * and straight from loading to recorded, expired, withdrawn or an invalid link.
 */
import { showOpen } from './answering.js'
import { drawFrame, showWaiting, wireSkipLink } from './frame.js'
import { open, wireOpening } from './opening.js'
import { visit } from './visit.js'

// The browser's way back leaves the confirm step, as the button on the page does.
addEventListener('popstate', () => {
  if (visit.confirming && visit.attempt === null && visit.presentation !== null) {
    showOpen(visit.presentation, 'heading')
  }
})

// Another personal link in the same tab is another visit.
addEventListener('hashchange', () => {
  if (location.hash !== '') location.reload()
})

wireSkipLink()
wireOpening()
const { words } = visit
drawFrame(words, null, (language) => visit.onSwitch(language))
document.title = words.documentTitle(words.loadingTitle, words.brandFallback)
showWaiting(words)
await open('stay')
