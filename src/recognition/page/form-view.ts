import { uploadMax_bytes } from '../upload-decisions.ts'
import { html } from '#http'
import type { Markup } from '#http'
import type { PageTexts } from './page-texts.ts'

/** The names of the fields that the code on a printed receipt fills in. */
export const paperFields = ['receipt', 'size', 'root', 'log'] as const

/**
 * The page before anything was sent. All words that its script shows stand in it, in attributes of the form: the script
 * has none of its own, and without it the form works as it is.
 */
export function formView(words: PageTexts): Markup {
  return html`<section class="sheet">
      <h1>${words.title}</h1>
      ${words.introduction.map((text) => html`<p>${text}</p>`)}
      <form
        id="check"
        method="post"
        action="/check?language=${words.language}"
        enctype="multipart/form-data"
        data-size-max="${uploadMax_bytes}"
        data-too-large="${words.tooLargeHere}"
        data-no-file="${words.noFileHere}"
        data-busy="${words.busy}"
        data-chosen="${words.chosen}"
        data-drop="${words.dropHere}"
        data-paper="${words.fromPaper('{receipt}')}"
      >
        <p class="notice" id="paper" hidden></p>
        <div class="field" id="drop">
          <label for="document">${words.fileLabel}</label>
          <p class="hint" id="document-help">${words.fileHelp} <span id="drop-help"></span></p>
          <input
            type="file"
            id="document"
            name="document"
            accept="application/pdf,.pdf"
            required
            aria-describedby="document-help mistake"
          />
          <p class="hint" id="chosen"></p>
          <p class="mistake" id="mistake" role="alert"></p>
        </div>
        ${paperFields.map((name) => html`<input type="hidden" name="${name}" value="" />`)}
        <button type="submit" id="submit">${words.submit}</button>
        <p id="status" role="status"></p>
      </form>
    </section>
    <section class="sheet" aria-labelledby="about-title">
      <h2 id="about-title">${words.aboutTitle}</h2>
      <ul>
        ${words.about.map((text) => html`<li>${text}</li>`)}
      </ul>
    </section>`
}
