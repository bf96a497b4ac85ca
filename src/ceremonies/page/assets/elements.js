/**
 * Builds elements by the DOM only. Nothing here parses text as HTML, so whatever a policy, a name or a reason holds
 * is shown as text (the content security policy enforces the same).
 *
 * @typedef {Node | string | number | null | undefined | false} Child
 */

/**
 * @param {string} tag
 * @param {Record<string, string | number | boolean | null | undefined>} [attributes] `true` sets an empty attribute;
 *   false, null and undefined leave it out
 * @param {...Child} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue
    made.setAttribute(name, value === true ? '' : String(value))
  }
  made.append(...children.filter(isShown).map(asNode))
  return made
}

/** @param {Child} child @returns {child is Node | string | number} */
function isShown(child) {
  return child !== null && child !== undefined && child !== false
}

/** @param {Node | string | number} child @returns {Node} */
function asNode(child) {
  return child instanceof Node ? child : document.createTextNode(String(child))
}

/**
 * A button of this page. `kind` is how heavily it is drawn.
 *
 * @param {string} text
 * @param {'primary' | 'quiet' | 'file'} kind
 * @param {(event: Event) => void} onPress
 * @returns {HTMLButtonElement}
 */
export function button(text, kind, onPress) {
  const made = /** @type {HTMLButtonElement} */ (
    element('button', { type: 'button', class: `button button-${kind}` }, text)
  )
  made.addEventListener('click', onPress)
  return made
}

/**
 * A small drawing beside words that say the same, so it is hidden from assistive technology.
 *
 * @param {keyof typeof drawings} name
 * @returns {SVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('class', 'icon')
  svg.setAttribute('aria-hidden', 'true')
  svg.setAttribute('focusable', 'false')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('d', drawings[name])
  svg.append(path)
  return svg
}

const drawings = {
  must: 'M12 3v11M12 19.5v.5',
  'must-not': 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M6 6l12 12',
  may: 'm4 12.5 5.5 5.5L20 6.5',
  advised: 'M12 11v8M12 5.5v.5',
  done: 'm4 12.5 5.5 5.5L20 6.5',
  stop: 'M12 5v9M12 18.5v.5',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5.5l3.5 2',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  save: 'M12 4v11M7 10.5l5 5 5-5M5 20h14',
}

/**
 * A SHA-256 in hex, written in groups that are easy to compare by eye and still copy as one word.
 *
 * @param {string} hex
 * @returns {HTMLElement}
 */
export function fingerprint(hex) {
  const groups = hex.match(/.{1,8}/g) ?? []
  const parts = groups.flatMap((group) => [element('span', {}, group), element('wbr')])
  return element('code', { class: 'fingerprint', translate: 'no' }, ...parts)
}

/**
 * Paragraphs out of texts.
 *
 * @param {readonly string[]} texts
 * @param {string} [className]
 * @returns {HTMLElement[]}
 */
export function paragraphs(texts, className) {
  return texts.map((text) => element('p', { class: className }, text))
}
