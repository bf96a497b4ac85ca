import { dutchCheckName } from '#verification/page'
import type { Comparison, Recognition, VerifierCheck } from '../recognition.ts'
import { html } from '#http'
import type { Markup } from '#http'
import type { PageTexts, Verdict } from './page-texts.ts'

/** How a verdict is drawn; the words say the same. */
type Tone = 'good' | 'open' | 'bad'

/** The verdict about a file, in words. What counts is the bytes first, then the checks. */
export function verdictOf(words: PageTexts, recognition: Recognition): Verdict & { readonly tone: Tone } {
  const { outcome, comparison, newest, verification } = recognition
  const accepted = verification.state === 'done' && verification.accepted
  const { verdicts } = words
  if (outcome === 'identical') {
    if (!accepted) return { ...verdicts.identicalOpen, tone: 'open' }
    const isNewest = comparison?.kind === 'identical' && comparison.revision.number === newest?.number
    return { ...(isNewest ? verdicts.identical : verdicts.older), tone: 'good' }
  }
  if (outcome === 'unknown-document' && accepted) return { ...verdicts.sealedUnknown, tone: 'open' }
  return { ...verdicts[outcome], tone: 'bad' }
}

/** The page about one file. `paper` is what the code on a printed receipt came to, if there was one. */
export function resultView(
  words: PageTexts,
  recognition: Recognition,
  paper: 'same' | 'other' | 'open' | null,
): Markup {
  const { organisation, document, comparison, verification } = recognition
  const verdict = verdictOf(words, recognition)
  const byOurs = document !== null && organisation !== null && recognition.outcome === 'identical'
  return html`<section class="sheet verdict verdict-${verdict.tone}">
      <h1>${verdict.title}</h1>
      ${verdict.text.map((text) => html`<p>${text}</p>`)}
      ${byOurs && html`<p>${words.by(organisation.name)}</p>`}
      ${verification.state === 'stopped' && html`<p>${words.stopped}</p>`}
      <p><a class="button" href="/check?language=${words.language}">${words.another}</a></p>
    </section>
    ${
      paper !== null &&
      html`<section class="sheet" aria-labelledby="paper-title">
        <h2 id="paper-title">${words.paperTitle}</h2>
        <p>${words.paper[paper]}</p>
      </section>`
    }
    ${comparison !== null && comparison.kind !== 'identical' && changeSection(words, comparison, recognition)}
    ${factsSection(words, recognition)} ${verification.state === 'done' && checksSection(words, verification)}`
}

function changeSection(
  words: PageTexts,
  comparison: Exclude<Comparison, { kind: 'identical' }>,
  { newest }: Recognition,
): Markup {
  return html`<section class="sheet" aria-labelledby="change-title">
    <h2 id="change-title">${words.changeTitle}</h2>
    <ul>
      ${changeSentences(words, comparison, newest?.number ?? 0).map((text) => html`<li>${text}</li>`)}
    </ul>
    <p>${words.change.advice}</p>
  </section>`
}

function changeSentences(
  { change }: PageTexts,
  comparison: Exclude<Comparison, { kind: 'identical' }>,
  newest: number,
): string[] {
  const { equalLength, intact } = comparison
  if (comparison.kind === 'bytes-added') return [change.added(comparison.addedLength)]
  const whole = intact === null ? [] : [intact.number === 0 ? change.renderedIntact : change.revisionIntact(intact.number, newest)] // prettier-ignore
  if (comparison.kind === 'cut-off') {
    // What is whole of a file that ends too early says nothing about another seal.
    return [change.cutOff, ...(intact !== null && intact.number > 0 ? whole : [])]
  }
  const { differentBytes } = comparison
  return [
    change.equal(equalLength),
    ...(differentBytes === null ? [] : [change.different(differentBytes)]),
    ...(intact === null ? [change.inDocument] : whole),
  ]
}

function factsSection(words: PageTexts, recognition: Recognition): Markup {
  const { organisation, document, comparison, newest, length, sha256 } = recognition
  const { names } = words
  const revision = comparison?.kind === 'identical' ? comparison.revision : null
  const groups = sha256.match(/.{8}/g) ?? []
  const rows: readonly (readonly [string, string | Markup])[] = [
    ...(organisation === null ? [] : [[names.organisation, organisation.name] as const]),
    ...(document === null
      ? []
      : [
          [names.kind, words.kinds[document.kind] ?? document.kind] as const,
          [names.documentTitle, html`<span lang="${document.language}">${document.title}</span>`] as const,
          [names.documentLanguage, words.languages[document.language] ?? document.language] as const,
        ]),
    ...(revision === null || newest === null
      ? []
      : [
          [names.step, words.step(revision.number, newest.number)] as const,
          [names.level, words.level(revision.level)] as const,
        ]),
    [names.size, words.bytes(length)],
    [names.sha256, html`<code translate="no">${groups.map((group) => html`${group}<wbr />`)}</code>`],
  ]
  return html`<section class="sheet" aria-labelledby="facts-title">
    <h2 id="facts-title">${words.factsTitle}</h2>
    <dl>
      ${rows.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </section>`
}

function checksSection(
  words: PageTexts,
  { accepted, checks, facts, limits }: Extract<Recognition['verification'], { state: 'done' }>,
): Markup {
  const open = checks.filter(({ outcome }) => outcome !== 'PASSED')
  return html`<section class="sheet" aria-labelledby="checks-title">
    <h2 id="checks-title">${words.checksTitle}</h2>
    <p>${words.checksResult(checks.length - open.length, checks.length)}</p>
    <p class="hint">${words.checksNote}</p>
    ${
      open.length > 0 &&
      html`<h3>${words.checksOpen}</h3>
        ${checkList(words, open)}`
    }
    <details>
      <summary>${words.checksAll(checks.length)}</summary>
      ${checkList(words, checks)}
    </details>
    ${
      facts.length > 0 &&
      html`<details>
        <summary>${words.statedTitle}</summary>
        ${!accepted && html`<p class="mistake">${words.statedUnreliable}</p>`}
        <dl>
          ${facts.map(
            ({ name, value }) =>
              html`<div>
                <dt lang="en">${name}</dt>
                <dd><bdi>${value}</bdi></dd>
              </div>`,
          )}
        </dl>
      </details>`
    }
    ${
      limits.length > 0 &&
      html`<h3>${words.limitsTitle}</h3>
        <ul lang="en">
          ${limits.map((text) => html`<li>${text}</li>`)}
        </ul>`
    }
  </section>`
}

function checkList(words: PageTexts, checks: readonly VerifierCheck[]): Markup {
  const items = checks.map(({ name, outcome, sentence }) => {
    const shown = words.language === 'nl' ? html`${dutchCheckName(name)}` : html`${name}`
    return html`<li>
      <span class="outcome ${outcome}">${words.outcomes[outcome]}</span> <strong>${shown}</strong><br /><span
        lang="en"
        >${sentence}</span
      >
    </li>`
  })
  return html`<ul class="checks">
    ${items}
  </ul>`
}
