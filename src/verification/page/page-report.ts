import { isAccepted } from '../report.ts'
import type { Check, Equivocation, Fact, Report } from '../report.ts'
import { printable } from '../strict-text.ts'
import { dutchCheckName } from './page-check-names.ts'
import type { Pin } from './page-pins.ts'
import { texts } from './page-texts.ts'
import type { Language } from './page-texts.ts'

type Content = string | Node | undefined

/** An element with attributes and children. Texts become text nodes: nothing that a file says becomes markup. */
export function element(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly Content[]
): HTMLElement {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children.filter((child) => child !== undefined))
  return made
}

/** The report on one file. `data-verdict` says `accepted` or `not-accepted`. */
export function reportElement(report: Report, language: Language): HTMLElement {
  const words = texts[language]
  const accepted = isAccepted(report)
  const { checks } = report
  const failed = checks.filter(({ outcome }) => outcome === 'FAILED')
  const open = checks.filter(({ outcome }) => outcome === 'INDETERMINATE')
  const sentence = accepted
    ? words.acceptedSentence(checks.length)
    : words.refusedSentence(failed.length, open.length, checks.length)
  return element(
    'article',
    { class: 'report', 'data-verdict': accepted ? 'accepted' : 'not-accepted', 'data-file': report.file },
    element('h3', {}, printable(report.file)),
    element('p', { class: 'verdict' }, `${accepted ? words.accepted : words.notAccepted}. ${sentence}`),
    accepted ? levelElement(report, language) : undefined,
    ...(accepted ? [] : [element('h4', {}, words.openChecks), checkList([...failed, ...open], language)]),
    ...report.equivocations.map((each) => equivocationElement(each, language)),
    factList(report.facts, accepted ? words.facts : words.factsUnreliable),
    accepted ? limitList(report.limits, words.limits) : undefined,
    element(
      'details',
      {},
      element('summary', {}, words.allChecks(checks.length)),
      checkList(checks, language),
    ),
  )
}

/** What level a sealed PDF reaches, in words. The documents of a dossier say theirs among its facts. */
function levelElement({ documents }: Report, language: Language): HTMLElement | undefined {
  const level = documents.find(({ place }) => place === '')?.level
  return level === undefined
    ? undefined
    : element('p', { class: 'level', 'data-level': level }, texts[language].levels[level])
}

/** Two signed notes side by side: the pair is what somebody takes to a judge. */
export function equivocationElement(
  equivocation: Equivocation,
  language: Language,
  heading: 'h3' | 'h4' = 'h4',
): HTMLElement {
  const words = texts[language]
  const { conclusive, sentence, first, second } = equivocation
  const sides = [first, second].map(({ source, note }) =>
    element('div', {}, element('p', {}, printable(source)), element('pre', {}, printableLines(note))),
  )
  return element(
    'div',
    { class: 'equivocation notice' },
    element(heading, {}, words.equivocation),
    element('p', {}, conclusive ? words.conclusive : words.notConclusive),
    element('p', { lang: 'en' }, printable(sentence)),
    element('div', { class: 'sides' }, ...sides),
  )
}

/** The keys that the reader relies on, with their fingerprints to be held against paper. */
export function pinList(pins: readonly Pin[], language: Language): HTMLElement {
  const words = texts[language]
  if (pins.length === 0) return element('p', {}, words.nothingPinned)
  const items = pins.map(({ kind, name, fingerprint }) =>
    element('li', {}, `${words.pinKinds[kind]} ${printable(name)} `, element('code', {}, fingerprint)),
  )
  return element('div', {}, element('h3', {}, words.pinnedTitle), element('ul', {}, ...items))
}

function checkList(checks: readonly Check[], language: Language): HTMLElement {
  const items = checks.map(({ name, outcome, sentence }) => {
    const shown = language === 'nl' ? dutchCheckName(name) : name
    return element(
      'li',
      {},
      element('span', { class: `outcome ${outcome}` }, texts[language].outcomes[outcome]),
      ' ',
      element('strong', {}, printable(shown)),
      ' ',
      element('span', { lang: 'en' }, printable(sentence)),
    )
  })
  return element('ul', { class: 'checks' }, ...items)
}

function factList(facts: readonly Fact[], title: string): HTMLElement | undefined {
  if (facts.length === 0) return undefined
  const items = facts.flatMap(({ name, value }) => [
    element('dt', { lang: 'en' }, printable(name)),
    element('dd', {}, printable(value)),
  ])
  const open = facts.length <= 60 ? { open: '' } : {}
  return element('details', open, element('summary', {}, title), element('dl', {}, ...items))
}

function limitList(limits: readonly string[], title: string): HTMLElement | undefined {
  if (limits.length === 0) return undefined
  const items = limits.map((limit) => element('li', { lang: 'en' }, printable(limit)))
  return element('div', {}, element('h4', {}, title), element('ul', { class: 'limits' }, ...items))
}

function printableLines(note: string): string {
  return note.split('\n').map(printable).join('\n')
}
