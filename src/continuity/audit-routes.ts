import { Type } from 'typebox'
import { toBase64 } from '#core'
import type { Database } from '#database'
import { listLogs } from '#evidence'
import type { HttpServer } from '#http'
import { problemResponses } from '#http'
import { AuditsShape } from './audit-schemas.ts'
import { findSlicePosition, listFindings, listRuns } from './audit-store.ts'

const runsShown = 30
const findingsShown = 200

/** Adds what the audits of the ledger came to: hashes, names and indexes, no content. */
export function continuityRoutes(server: HttpServer, deps: { readonly database: Database }): void {
  server.get(
    '/v1/ledger/audits',
    {
      config: { access: { right: 'ledger.read' } },
      schema: {
        operationId: 'getLedgerAudits',
        summary: 'Read what the audits of the ledger came to',
        description:
          'The newest complete audits, how far the one in small pieces is, and every contradiction that was found. A ' +
          'finding stays listed after it was mended: it happened.',
        tags: ['disputes'],
        querystring: Type.Object({}, { additionalProperties: false }),
        response: { 200: AuditsShape, ...problemResponses() },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      return deps.database.readInOrganisation(organisationId, async (trx) => {
        const logs = await listLogs(trx, organisationId)
        const originOf = (logId: string): string => logs.find((log) => log.logId === logId)!.origin
        const runs = await listRuns(trx, organisationId, runsShown)
        const position = await findSlicePosition(trx, organisationId)
        const { findings, count } = await listFindings(trx, organisationId, findingsShown)
        return {
          runs: runs.map(({ logId, root, runId: _runId, ...run }) => ({ ...run, origin: originOf(logId), root: toBase64(root) })),
          underWay: position === undefined ? null : { origin: originOf(position.logId), entries: position.entries, startedAt: position.startedAt },
          findings: findings.map(({ logId, ...finding }) => ({ ...finding, origin: originOf(logId) })),
          findingsCount: count,
        } // prettier-ignore
      })
    },
  )
}
