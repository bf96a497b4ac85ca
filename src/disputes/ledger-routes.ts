import { Type } from 'typebox'
import { problem } from '#core'
import type { Database } from '#database'
import { proveConsistency, readCheckpoint } from '#evidence'
import type { HttpServer } from '#http'
import { InstantText, problemResponses, strictObject } from '#http'

const CheckpointShape = strictObject(
  {
    size: Type.Integer({ description: 'How many entries the ledger had.' }),
    note: Type.String({ description: 'The signed checkpoint (C2SP tlog-checkpoint).' }),
    createdAt: InstantText,
    consistency: Type.Array(Type.String(), {
      description:
        'With `since`: the proof (base64 hashes, RFC 9162) that the ledger of that size is its beginning.',
    }),
  },
  { $id: 'Checkpoint' },
)

/** Adds what an auditor watches: the newest checkpoint, and that it continues an earlier one. No content. */
export function ledgerRoutes(server: HttpServer, deps: { readonly database: Database }): void {
  server.get(
    '/v1/ledger/checkpoint',
    {
      config: { access: { right: 'ledger.read' } },
      schema: {
        operationId: 'getCheckpoint',
        summary: 'Read the newest checkpoint of the ledger',
        tags: ['disputes'],
        querystring: strictObject({
          since: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: 'A size seen earlier.' })), // prettier-ignore
        }),
        response: { 200: CheckpointShape, ...problemResponses('checkpoint-unknown') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const { since } = request.query
      return deps.database.readInOrganisation(organisationId, async (trx) => {
        const checkpoint = await readCheckpoint(trx, organisationId)
        if (checkpoint === undefined || (since ?? 0) > checkpoint.size) throw problem('checkpoint-unknown')
        const proof =
          since === undefined ? [] : await proveConsistency(trx, organisationId, since, checkpoint.size)
        const { size, note, createdAt } = checkpoint
        return { size, note, createdAt, consistency: proof.map((hash) => hash.toString('base64')) }
      })
    },
  )
}
