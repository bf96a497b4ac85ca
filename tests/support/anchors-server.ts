import { randomUUID } from 'node:crypto'
import type { Test } from 'tap'
import { anchorRoutes } from '#anchors'
import type { OrganisationId } from '#core'
import { createPaging } from '#http'
import type { AnchorBench } from './anchors-bench.ts'
import { aCaller, aServer } from './http-server.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- the shape is what the test asserts
type Answer = { status: number; body: any; bytes: Buffer; headers: Record<string, unknown> }

export type AnchorClient = (
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  request?: { body?: object; match?: string; as?: OrganisationId; key?: string },
) => Promise<Answer>

/** The routes of the room, asked by a client of the bench's organisation unless another is named. */
export function anAnchorClient(t: Test, { deps, log }: AnchorBench): AnchorClient {
  const paging = createPaging(deps.platform.secrets.derive('cursor'))
  const rights = ['ledger.read', 'ledger.anchor', 'organisation.set-witnesses']
  const server = aServer(
    (scope) => anchorRoutes(scope, { ...deps, paging }),
    {},
    {
      authenticateKey: async (bearer) =>
        bearer === undefined ? undefined : { ...aCaller(rights), organisationId: bearer as OrganisationId },
    },
  )
  t.teardown(() => server.close())
  return async (method, url, request = {}) => {
    const answer = await server.inject({
      method,
      url,
      headers: {
        authorization: `Bearer ${request.as ?? log.organisationId}`,
        ...(method === 'POST' ? { 'idempotency-key': request.key ?? randomUUID() } : {}),
        ...(request.match === undefined ? {} : { 'if-match': request.match }),
      },
      ...(request.body === undefined ? {} : { payload: request.body }),
    })
    const isJson = String(answer.headers['content-type']).includes('json')
    return {
      status: answer.statusCode,
      body: isJson ? JSON.parse(answer.body) : answer.body,
      bytes: answer.rawPayload,
      headers: answer.headers,
    }
  }
}
