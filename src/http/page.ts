import type { AnyReply, AnyRequest, HttpServer } from './fastify-types.ts'
import { html, type Markup } from './html.ts'

export type PageLanguage = 'nl' | 'en'

/** A plain page: headings, text, links and forms, no script at all. */
export type PageContent = {
  readonly title: string
  readonly language: PageLanguage
  readonly main: Markup
  /** A path of ours to which the browser goes on by itself; the page links to it as well. */
  readonly goOn?: string
  /** Address of a style sheet of ours. */
  readonly style?: string
}

/**
 * What a page of ours may load and do in the browser: its own style and its own forms, with `script` its own scripts, with
 * `connect` requests to the service itself. No script or style in the markup, no frame around it, no strings that become
 * markup or code (decision 0037).
 */
export function ownPagePolicy(may: { readonly script?: boolean; readonly connect?: boolean } = {}): string {
  return [
    "default-src 'none'",
    ...(may.script === true ? ["script-src 'self'"] : []),
    "style-src 'self'",
    "img-src 'self'",
    ...(may.connect === true ? ["connect-src 'self'"] : []),
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}

const skipTexts: Readonly<Record<PageLanguage, string>> = {
  nl: 'Naar de inhoud',
  en: 'Skip to the content',
}

/** Gives every answer of this scope the headers of a page. Hooks of the server run before, so these values win. */
export function usePages(scope: HttpServer): void {
  scope.addHook('onSend', async (_request, reply) => {
    reply.headers({
      'content-security-policy': ownPagePolicy(),
      // With no-referrer a browser sends forms of this very page with "Origin: null".
      'referrer-policy': 'same-origin',
      'x-robots-tag': 'noindex, nofollow',
    })
  })
}

/** Answers with a page. */
export function sendPage(reply: AnyReply, content: PageContent): AnyReply {
  const { title, language, main, goOn, style } = content
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light" />
        ${goOn !== undefined && html`<meta http-equiv="refresh" content="0;url=${goOn}" />`}
        <title>${title} · Beding</title>
        ${style !== undefined && html`<link rel="stylesheet" href="${style}" />`}
      </head>
      <body>
        <a class="skip" href="#main">${skipTexts[language]}</a>
        <header class="masthead"><p class="brand">Beding</p></header>
        <main id="main" tabindex="-1">
          <h1>${title}</h1>
          ${main}
        </main>
      </body>
    </html> `
  return reply
    .type('text/html; charset=utf-8')
    .header('vary', 'accept-language')
    .header('content-language', language)
    .send(page.text)
}

/** The language in which a page speaks: the first of ours that the browser asks for; Dutch when it asks for neither. */
export function pageLanguageOf(request: AnyRequest): PageLanguage {
  const wanted = String(request.headers['accept-language'] ?? '').toLowerCase()
  const places = (['nl', 'en'] as const).map((language) => [language, wanted.search(new RegExp(`(^|[,\\s])${language}\\b`))] as const) // prettier-ignore
  const found = places.filter(([, place]) => place >= 0).toSorted((a, b) => a[1] - b[1])
  return found[0]?.[0] ?? 'nl'
}
