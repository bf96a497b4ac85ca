import type { ProblemError } from '#core'
import { otherKindOf } from '../upload-decisions.ts'
import { html } from '#http'
import type { Markup } from '#http'
import type { PageTexts, RefusalName } from './page-texts.ts'

/** What a refusal is called on the page. */
export function refusalName({ code, status }: ProblemError, bytes: Buffer | undefined): RefusalName {
  if (code === 'document-not-a-pdf') return otherKindOf(bytes ?? Buffer.alloc(0))
  if (code === 'document-not-examined') return 'not-examined'
  if (code === 'document-uploads-too-many') return 'too-many'
  if (code === 'body-too-large') return 'too-large'
  return status === 503 ? 'busy' : 'failed'
}

/** The page where no file could be looked at, with the way on. */
export function refusalView(words: PageTexts, name: RefusalName): Markup {
  const { title, text } = words.refusals[name]
  return html`<section class="sheet verdict verdict-open">
    <h1>${title}</h1>
    ${text.map((line) => html`<p>${line}</p>`)}
    <p><a class="button" href="/check?language=${words.language}">${words.another}</a></p>
  </section>`
}
