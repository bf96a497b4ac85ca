import { sendDocumentFile } from '#documents'
import type { HttpServer } from '#http'
import { fileResponse, problemResponses } from '#http'
import { readAct, readHeldAct } from './act-view.ts'
import { HeldActShape, QrCodeShape, StatementQuery } from './ceremony-schemas.ts'
import { ownAct } from './own-act.ts'
import { receiptCode } from './receipt-code.ts'
import type { ReceiptDeps } from './receipt-actions.ts'
import { receiptDocument } from './receipt-actions.ts'

/** Adds what the holder of a link keeps of the act, then and ever after. */
export function receiptRoutes(server: HttpServer, deps: ReceiptDeps): void {
  actRoutes(server, deps)
  fileRoutes(server, deps)
}

function actRoutes(server: HttpServer, deps: ReceiptDeps): void {
  server.get(
    '/v1/acts/current',
    {
      config: { access: 'link' },
      schema: {
        operationId: 'getOwnAct',
        summary: 'Read the act of this link',
        tags: ['ceremony'],
        querystring: StatementQuery,
        response: { 200: HeldActShape, ...problemResponses('content-erased', 'no-act-yet') },
      },
    },
    async (request) => {
      const { organisationId, actId } = await ownAct(deps.database, request, request.query.statementId)
      return deps.database.readInOrganisation(organisationId, (trx) =>
        readHeldAct(trx, organisationId, actId),
      )
    },
  )
  server.get(
    '/v1/acts/current/qr-code',
    {
      config: { access: 'link' },
      schema: {
        operationId: 'getOwnQrCode',
        summary: 'Read the QR code of the act',
        description:
          'The checkpoint of the receipt and the place of the act in it, to be photographed or printed: whoever holds it can show later that the ledger was rewritten.',
        tags: ['ceremony'],
        querystring: StatementQuery,
        response: { 200: QrCodeShape, ...problemResponses('no-act-yet') },
      },
    },
    async (request) => {
      const { organisationId, actId } = await ownAct(deps.database, request, request.query.statementId)
      const { entry } = await deps.database.readInOrganisation(organisationId, (trx) => readAct(trx, organisationId, actId)) // prettier-ignore
      return receiptCode(entry)
    },
  )
}

function fileRoutes(server: HttpServer, deps: ReceiptDeps): void {
  server.get(
    '/v1/acts/current/tlog-proof',
    {
      config: { access: 'link' },
      schema: {
        operationId: 'getOwnProof',
        summary: 'Download the proof of the act',
        description: 'Can be fetched, and holds, after the content of the act was erased too.',
        tags: ['ceremony'],
        querystring: StatementQuery,
        response: { 200: fileResponse('text/plain', 'C2SP tlog-proof with the entry.'), ...problemResponses('no-act-yet') }, // prettier-ignore
      },
    },
    async (request, reply) => {
      const { organisationId, actId } = await ownAct(deps.database, request, request.query.statementId)
      const { entry } = await deps.database.readInOrganisation(organisationId, (trx) => readAct(trx, organisationId, actId)) // prettier-ignore
      return reply
        .header('content-disposition', 'attachment; filename="receipt.tlog-proof"')
        .type('text/plain; charset=utf-8')
        .send(entry.tlogProof)
    },
  )
  server.get(
    '/v1/acts/current/receipt-document',
    {
      config: { access: 'link' },
      schema: {
        operationId: 'getOwnReceipt',
        summary: 'Download the receipt of the act',
        description:
          'A sealed PDF with the machine-readable evidence attached. Made once; time-stamps are added behind the same bytes. ' +
          '`Document-Level` says what it has by now.',
        tags: ['ceremony'],
        querystring: StatementQuery,
        response: { 200: fileResponse('application/pdf', 'The sealed receipt.'), ...problemResponses('content-erased', 'no-act-yet', 'rendering-busy', 'rendering-failed', 'seal-certificate-invalid', 'seal-key-unavailable') }, // prettier-ignore
      },
    },
    async (request, reply) => {
      const { organisationId, actId } = await ownAct(deps.database, request, request.query.statementId)
      const document = await receiptDocument(deps, organisationId, actId)
      return sendDocumentFile(request, reply, document, 'receipt.pdf')
    },
  )
}
