/**
 * The document as readable text, with everything a person needs before answering.
 *
 * @import { Language, LegalNature, Presentation, PresentedPolicy, PresentedRule } from '../page-contract.ts'
 * @import { Words } from './words-nl.js'
 */
import { dayInWords } from './format.js'
import { element, icon, paragraphs } from './elements.js'

const wordsPerMinute = 180

/**
 * @param {{ words: Words, presentation: Presentation, notice: string | null, documentPanel: HTMLElement,
 *   answer: HTMLElement }} parts
 * @returns {HTMLElement}
 */
export function openView({ words, presentation, notice, documentPanel, answer }) {
  const { policy } = presentation
  const textLanguage = presentation.language === words.language ? null : presentation.language
  const chapters = [
    policy.introduction.length > 0 &&
      chapter('introduction', words.introduction, null, textBlock(policy.introduction, textLanguage)),
    policy.changeSummary !== '' &&
      chapter('changes', words.changes, null, textBlock([policy.changeSummary], textLanguage, 'callout')),
    chapter('rules', words.rules, null, ...rules(policy, words, textLanguage)),
    ...policy.sections.map((section) =>
      chapter(
        `section-${section.id}`,
        section.heading,
        textLanguage,
        textBlock(section.paragraphs, textLanguage),
      ),
    ),
    chapter('document', words.exactDocument, null, documentPanel),
    chapter('answer', words.yourAnswer, null, answer),
  ].filter((one) => one !== false)

  return element(
    'div',
    { class: 'layout' },
    outline(words, chapters),
    element(
      'div',
      { class: 'sheet' },
      notice === null
        ? null
        : element('p', { class: 'callout callout-stop', id: 'notice', role: 'alert', tabindex: -1 }, notice),
      opening(words, presentation, textLanguage),
      ...chapters,
    ),
  )
}

/**
 * @param {Words} words @param {Presentation} presentation @param {Language | null} textLanguage
 * @returns {HTMLElement}
 */
function opening(words, presentation, textLanguage) {
  const { policy } = presentation
  return element(
    'div',
    { class: 'opening' },
    element('p', { class: 'step step-1' }, words.step(1)),
    element('h1', { tabindex: -1, lang: textLanguage }, policy.title),
    element(
      'p',
      { class: 'lead' },
      `${words.from} `,
      element('bdi', {}, presentation.organisationName),
      ` ${words.to} `,
      element('bdi', {}, presentation.personName),
    ),
    element(
      'dl',
      { class: 'facts' },
      ...fact(words.version, String(policy.versionNumber)),
      ...fact(words.validFrom, dayInWords(policy.effectiveFrom, words.language)),
      ...fact(words.answerBy, dayInWords(presentation.dueDate, words.language)),
      ...fact(words.readingTime, words.minutes(minutesToRead(presentation))),
    ),
    textLanguage === null ? null : element('p', { class: 'callout' }, words.onlyIn(presentation.language)),
    element(
      'div',
      { class: 'asked' },
      element('h2', {}, words.asked),
      element('p', {}, words.askedOf[policy.legalNature]),
      element('p', {}, words.askedNext),
      element('p', { class: 'outline-stand-in' }, jump('answer', words.toAnswer, 'button button-quiet')),
    ),
  )
}

/** @param {string} term @param {string} description @returns {HTMLElement[]} */
function fact(term, description) {
  return [element('div', {}, element('dt', {}, term), element('dd', {}, description))]
}

/** @param {Presentation} presentation @returns {number} */
function minutesToRead({ policy }) {
  const texts = [
    ...policy.introduction,
    policy.changeSummary,
    ...policy.rules.flatMap((rule) => [rule.heading, rule.text]),
    ...policy.sections.flatMap((section) => [section.heading, ...section.paragraphs]),
  ]
  return Math.max(1, Math.round(texts.join(' ').split(/\s+/).length / wordsPerMinute))
}

/**
 * @param {string} id @param {string} heading @param {Language | null} language @param {...HTMLElement} content
 * @returns {HTMLElement}
 */
function chapter(id, heading, language, ...content) {
  return element(
    'section',
    { class: `chapter chapter-${id}`, 'aria-labelledby': `${id}-heading` },
    element('h2', { id: `${id}-heading`, tabindex: -1, lang: language }, heading),
    ...content,
  )
}

/**
 * @param {readonly string[]} texts @param {Language | null} language @param {string} [className]
 * @returns {HTMLElement}
 */
function textBlock(texts, language, className = 'prose') {
  return element('div', { class: className, lang: language }, ...paragraphs(texts))
}

/**
 * @param {PresentedPolicy} policy @param {Words} words @param {Language | null} textLanguage
 * @returns {HTMLElement[]}
 */
function rules({ rules: all, legalNature }, words, textLanguage) {
  const used = /** @type {const} */ (['must', 'must-not', 'may', 'advised']).filter((modality) =>
    all.some((rule) => rule.modality === modality),
  )
  return [
    element('p', {}, words.rulesCount(all.length)),
    element(
      'dl',
      { class: 'legend' },
      ...used.map((modality) =>
        element(
          'div',
          {},
          element('dt', {}, badge(modality, words)),
          element('dd', {}, words.modalityMeans[modality]),
        ),
      ),
    ),
    element('ol', { class: 'rules' }, ...all.map((rule) => ruleCard(rule, legalNature, words, textLanguage))),
  ]
}

/**
 * @param {PresentedRule} rule @param {LegalNature} policyNature @param {Words} words
 * @param {Language | null} textLanguage
 * @returns {HTMLElement}
 */
function ruleCard(rule, policyNature, words, textLanguage) {
  const { scope } = rule
  return element(
    'li',
    { class: 'rule' },
    element(
      'h3',
      {},
      element(
        'span',
        { class: 'rule-number' },
        element('span', { class: 'unseen' }, `${words.rule} `),
        rule.number,
      ),
      ' ',
      element('span', { lang: textLanguage }, rule.heading),
    ),
    badge(rule.modality, words),
    element('p', { lang: textLanguage }, rule.text),
    element(
      'p',
      { class: 'rule-scope' },
      words.applies(words.time[scope.time], words.place[scope.place], words.account[scope.account]),
      rule.legalNature === policyNature ? null : ` ${words.ruleNature[rule.legalNature]}`,
    ),
    rule.sanctionReference === null
      ? null
      : element(
          'p',
          { class: 'rule-scope' },
          `${words.sanction} `,
          element('span', { lang: textLanguage }, rule.sanctionReference),
        ),
  )
}

/** @param {PresentedRule['modality']} modality @param {Words} words @returns {HTMLElement} */
function badge(modality, words) {
  return element('span', { class: `badge badge-${modality}` }, icon(modality), words.modality[modality])
}

/** @param {Words} words @param {HTMLElement[]} chapters @returns {HTMLElement} */
function outline(words, chapters) {
  const links = chapters.map((one) => {
    const heading = /** @type {HTMLElement} */ (one.querySelector('h2'))
    const link = jump(heading.id.replace(/-heading$/, ''), heading.textContent ?? '')
    if (heading.lang !== '') link.lang = heading.lang
    return element('li', {}, link)
  })
  return element(
    'nav',
    { class: 'outline', 'aria-labelledby': 'outline-heading' },
    element('h2', { id: 'outline-heading' }, words.onThisPage),
    element('ol', {}, ...links),
  )
}

/**
 * A link within the page. It moves the focus by hand: following the fragment would put it where the personal link
 * may stand.
 *
 * @param {string} id of the chapter @param {string} text @param {string} [className]
 * @returns {HTMLElement}
 */
function jump(id, text, className) {
  const link = element('a', { href: `#${id}-heading`, class: className }, text)
  link.addEventListener('click', (event) => {
    event.preventDefault()
    const heading = document.getElementById(`${id}-heading`)
    heading?.focus({ preventScroll: true })
    heading?.scrollIntoView()
  })
  return link
}
