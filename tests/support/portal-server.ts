import type { AddressInfo } from 'node:net'
import type { HttpServer } from '#http'
import { strictObject } from '#http'
import { Type } from 'typebox'
import { assetRoutes } from '../../src/portal/asset-routes.ts'
import { pageHeaders } from '../../src/portal/page-policy.ts'
import { renderPage } from '../../src/portal/page.ts'
import { aServer } from './http-server.ts'
import { portalStates } from './portal-states.ts'
import type { PageState } from './portal-states.ts'

const Params = strictObject({ language: Type.String({ maxLength: 2 }), name: Type.String({ maxLength: 60 }) })

/** The markup of a state, as its route would send it. */
export function markupOf(language: 'nl' | 'en', state: PageState): string {
  return renderPage(
    {
      language,
      path: `/state/${language}/${state.name}`,
      organisationName: 'Bakkerij De Ster & Zn. <test>',
      ...(state.place === undefined ? {} : { signedIn: 'person' as const, place: state.place }),
    },
    state.page,
  )
}

/** Every state of every page under `/state/{language}/{name}`, on the real plumbing with the real headers. */
export async function startStateServer(): Promise<{ url: string; close: () => Promise<void> }> {
  const server = aServer((scope: HttpServer) => {
    scope.addHook('onSend', async (_request, reply) => {
      reply.headers(pageHeaders)
    })
    assetRoutes(scope)
    scope.get(
      '/state/:language/:name',
      { config: { access: 'public' }, schema: { params: Params } },
      async (request, reply) => {
        const language = request.params.language === 'en' ? 'en' : 'nl'
        const state = portalStates(language).find((one) => one.name === request.params.name)
        if (state === undefined) return reply.callNotFound()
        return reply.type('text/html; charset=utf-8').send(markupOf(language, state))
      },
    )
  })
  await server.listen({ host: '127.0.0.1', port: 0 })
  return {
    url: `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    close: async () => {
      server.server.closeAllConnections()
      await server.close()
    },
  }
}
