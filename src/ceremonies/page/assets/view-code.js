/**
 * The QR code of the receipt: a photograph of it is a proof that needs no file.
 *
 * @import { Words } from './words-nl.js'
 */
import { element } from './elements.js'

/** Light modules around the code, without which readers do not find it (ISO/IEC 18004). */
const quietZone = 4

/**
 * Shows the code once it is there. Without it the page is whole: the files say the same.
 *
 * @param {Words} words @param {Promise<{ text: string, rows: string[] }>} code @returns {HTMLElement}
 */
export function codeView(words, code) {
  const section = element('section', { class: 'chapter', hidden: true })
  code.then(
    ({ text, rows }) => {
      section.append(
        element('h2', {}, words.codeTitle),
        element('p', {}, words.codeText),
        element('div', { class: 'code', role: 'img', 'aria-label': words.codeLabel }, drawing(rows)),
        element(
          'pre',
          { class: 'code-text', translate: 'no', tabindex: 0, 'aria-label': words.codeReads },
          text.trimEnd(),
        ),
      )
      section.hidden = false
    },
    () => section.remove(),
  )
  return section
}

/** @param {readonly string[]} rows @returns {SVGElement} */
function drawing(rows) {
  const side = rows.length + 2 * quietZone
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', `${-quietZone} ${-quietZone} ${side} ${side}`)
  svg.setAttribute('shape-rendering', 'crispEdges')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute(
    'd',
    rows
      .flatMap((row, y) => [...row].map((module, x) => (module === '1' ? `M${x} ${y}h1v1h-1z` : '')))
      .join(''),
  )
  svg.append(path)
  return svg
}
