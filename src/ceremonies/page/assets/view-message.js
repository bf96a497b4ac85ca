/**
 * A page that says one thing and offers one or two ways on.
 *
 * @typedef {{ title: string, text: readonly string[] }} Message
 * @typedef {{ text: string, kind: 'primary' | 'quiet', onPress: () => void }} WayOn
 */
import { button, element, icon, paragraphs } from './elements.js'

/**
 * @param {{ message: Message, drawing: 'stop' | 'clock' | 'done', waysOn: readonly WayOn[], aside?: HTMLElement | null,
 *   quote?: { text: string, language: string | null } | null }} parts
 * @returns {HTMLElement}
 */
export function messageView({ message, drawing, waysOn, aside = null, quote = null }) {
  return element(
    'div',
    { class: 'sheet sheet-narrow' },
    element('div', { class: `emblem emblem-${drawing}` }, icon(drawing)),
    element('h1', { tabindex: -1 }, message.title),
    ...paragraphs(message.text),
    quote === null
      ? null
      : element('blockquote', { class: 'statement', lang: quote.language }, element('p', {}, quote.text)),
    aside,
    waysOn.length === 0
      ? null
      : element('div', { class: 'actions' }, ...waysOn.map((way) => button(way.text, way.kind, way.onPress))),
    element('p', { class: 'sending', id: 'sending', role: 'status' }),
  )
}

/**
 * Counts down and then acts. The seconds are not read out one by one; the sentence around them says it once.
 *
 * @param {number} seconds @param {(seconds: number) => string} sentence @param {() => void} then
 * @returns {{ line: HTMLElement, stop: () => void }}
 */
export function countdown(seconds, sentence, then) {
  let left = seconds
  const line = element('p', { class: 'waiting-line' }, sentence(left))
  const timer = setInterval(() => {
    left -= 1
    line.textContent = sentence(Math.max(left, 0))
    if (left <= 0) {
      clearInterval(timer)
      then()
    }
  }, 1000)
  return { line, stop: () => clearInterval(timer) }
}
