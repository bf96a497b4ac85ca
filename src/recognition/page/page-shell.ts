import { html } from '#http'
import type { Markup } from '#http'
import type { Language, PageTexts } from './page-texts.ts'

const languages: readonly { readonly language: Language; readonly name: string }[] = [
  { language: 'nl', name: 'Nederlands' },
  { language: 'en', name: 'English' },
]

/** A whole page around its content. `assets` is where its files are; the title says first what came out. */
export function pageShell(
  words: PageTexts,
  { title, main, assets }: { readonly title: string; readonly main: Markup; readonly assets: string },
): string {
  const choices = languages.map(
    ({ language, name }) =>
      html`<a
        href="/check?language=${language}"
        lang="${language}"
        hreflang="${language}"
        data-keep-fragment
        ${language === words.language && html`aria-current="true"`}
        >${name}</a
      >`,
  )
  return html`<!doctype html>
    <html lang="${words.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light" />
        <meta name="format-detection" content="telephone=no" />
        <title>${title}</title>
        <link rel="icon" href="${assets}/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="${assets}/check.css" />
        <script type="module" src="${assets}/check.js"></script>
      </head>
      <body>
        <a class="skip" href="#main">${words.skip}</a>
        <header class="masthead">
          <p class="brand">Beding</p>
          <nav class="languages" aria-label="${words.languageSwitch}">${choices}</nav>
        </header>
        <main id="main" tabindex="-1">
          ${main}
          <section class="sheet" aria-labelledby="offline-title">
            <h2 id="offline-title">${words.offlineTitle}</h2>
            <p>${words.offline}</p>
            <p><a href="/verify">${words.offlineLink}</a></p>
          </section>
        </main>
        <footer class="colophon"><p>${words.limit}</p></footer>
      </body>
    </html> `.text
}
