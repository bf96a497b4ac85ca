import { html, pageLanguageOf, sendPage, usePages, type HttpServer } from '#http'
import { callbackQuery } from '#single-sign-on'
import { placeInState } from './csc-authorization.ts'
import { callbackPath } from './csc-deps.ts'

const texts = {
  nl: { title: 'Terug van de ondertekendienst', goOn: 'Ga verder', lost: 'Dit adres hoort bij geen ondertekening. Begin opnieuw.' }, // prettier-ignore
  en: { title: 'Back from the signing service', goOn: 'Go on', lost: 'This address belongs to no signature. Begin again.' }, // prettier-ignore
} as const

const members = ['code', 'state', 'iss', 'error'] as const

/**
 * Adds the page to which a provider sends people back. It decides nothing and keeps nothing: it sends the browser on, with
 * what it brought, to the page of the ceremony, where the session is known. A page and no redirect, because a browser
 * sends a SameSite=Strict cookie only where the way began with us (RFC 6265bis section 5.2).
 */
export function cscCallbackRoute(server: HttpServer): void {
  server.register(async (scope: HttpServer) => {
    usePages(scope)
    scope.get(
      callbackPath,
      {
        config: { access: 'public' },
        schema: { querystring: callbackQuery, tags: ['signing'] },
      },
      async (request, reply) => {
        const language = pageLanguageOf(request)
        const words = texts[language]
        const { query } = request
        const { state } = query
        const place = placeInState(typeof state === 'string' ? state : '')
        if (place === undefined) {
          reply.code(404)
          return sendPage(reply, { title: words.title, language, main: html`<p>${words.lost}</p>` })
        }
        const { ceremonyId, challengeId } = place
        const brought = new URLSearchParams({ challengeId })
        for (const name of members) {
          const value = query[name]
          if (typeof value === 'string') brought.set(name, value)
        }
        const goOn = `/my/ceremonies/${ceremonyId}/signing?${brought.toString()}`
        return sendPage(reply, { title: words.title, language, main: html`<p><a href="${goOn}">${words.goOn}</a></p>`, goOn }) // prettier-ignore
      },
    )
  })
}
