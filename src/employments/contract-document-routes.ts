import { Type } from 'typebox'
import type { DocumentId, PersonId } from '#core'
import { ProblemError } from '#core'
import type { HttpServer } from '#http'
import { acceptBytes, fileBody, InstantText, oneOf, problemResponses, readIdempotencyKey, runOnce, strictObject, Uuid } from '#http' // prettier-ignore
import { keepUpload, readUpload } from './contract-document-actions.ts'
import { listContractDocuments, readContractDocument } from './contract-document-store.ts'
import type { ContractExaminer } from './contract-examiner.ts'
import { mayRead, mayRecord, tags, type EmploymentDeps } from './employment-routes.ts'

export type ContractDocumentDeps = EmploymentDeps & { readonly contractExaminer: ContractExaminer }

const uploadMax_bytes = 25 * 1024 * 1024

const UploadQuery = strictObject({
  personId: Uuid,
  title: Type.String({ minLength: 1, maxLength: 200, description: 'What the contract is called.' }),
  language: oneOf(['nl', 'en'], { description: 'The language in which it is written.' }),
})
const ListQuery = strictObject({ personId: Uuid })
const DocumentParams = strictObject({ contractDocumentId: Uuid })

const members = {
  documentId: Uuid,
  personId: Uuid,
  title: Type.String(),
  language: oneOf(['nl', 'en']),
  sha256: Type.String({ description: 'Of the file as it was sent, lower-case hex.' }),
  byteLength: Type.Integer(),
  pages: Type.Integer(),
  uploadedAt: InstantText,
  entryId: Uuid,
}
const DocumentShape = strictObject(members, { $id: 'ContractDocument' })
const ReadDocumentShape = strictObject(
  { ...members, pageTexts: Type.Array(Type.String(), { description: 'What each page says, as a reader of the file gets it out.' }) }, // prettier-ignore
  { $id: 'ContractDocumentText' },
)
const DocumentsShape = strictObject({ documents: Type.Array(DocumentShape) }, { $id: 'ContractDocuments' })

/** Adds the routes on which contracts that were made elsewhere are handed in and read. */
export function contractDocumentRoutes(server: HttpServer, deps: ContractDocumentDeps): void {
  server.register(async (scope: HttpServer) => {
    acceptBytes(scope, 'application/pdf', uploadMax_bytes)
    uploadRoute(scope, deps)
  })
  readingRoutes(server, deps)
}

function uploadRoute(scope: HttpServer, deps: ContractDocumentDeps): void {
  scope.post(
    '/v1/contract-documents',
    {
      config: { access: mayRecord, idempotent: true },
      schema: {
        operationId: 'uploadContract',
        summary: 'Hand in a contract of a person as a PDF that was made elsewhere',
        description:
          'Kept byte for byte and never sealed: the bytes are what both parties signed or will sign. It is read in a process apart; every page has to have text, because an annex is only offered where the contract refers to it. An entry in the ledger with its hash. The file itself: GET /v1/documents/{documentId}/content.',
        tags,
        querystring: UploadQuery,
        body: {
          content: {
            'application/pdf': { schema: fileBody('application/pdf', 'The file, at most 25 MiB.') },
          },
        },
        response: {
          201: DocumentShape,
          ...problemResponses('person-not-found', 'document-not-a-pdf', 'document-not-examined', 'contract-document-unreadable', 'contract-document-known', 'character-without-glyph', 'examination-busy'), // prettier-ignore
        },
      },
    },
    async (request, reply) => {
      // Before any examination: a request that cannot be answered does not get to use the processes.
      readIdempotencyKey(request)
      const { personId, title, language } = request.query
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const upload = { personId: personId as PersonId, title, language, bytes }
      const read = await readUpload(deps.contractExaminer, upload)
      return runOnce(deps, request, reply, async (trx) => {
        if (read instanceof ProblemError) throw read
        const body = await keepUpload(deps.platform, trx, request.caller, read)
        return {
          status: 201,
          body,
          location: `/v1/contract-documents/${body.documentId}`,
          personId: body.personId,
        }
      })
    },
  )
}

function readingRoutes(server: HttpServer, deps: ContractDocumentDeps): void {
  server.get(
    '/v1/contract-documents',
    {
      config: { access: mayRead },
      schema: {
        operationId: 'listContractDocuments',
        summary: 'See the contracts that were handed in for a person',
        tags,
        querystring: ListQuery,
        response: { 200: DocumentsShape },
      },
    },
    async ({ caller: { organisationId }, query }) => ({
      documents: await deps.database.readInOrganisation(organisationId, (trx) =>
        listContractDocuments(trx, organisationId, query.personId as PersonId),
      ),
    }),
  )
  server.get(
    '/v1/contract-documents/:contractDocumentId',
    {
      config: { access: mayRead },
      schema: {
        operationId: 'getContractDocument',
        summary: 'Read what each page of a handed-in contract says',
        tags,
        params: DocumentParams,
        response: { 200: ReadDocumentShape, ...problemResponses('document-not-found') },
      },
    },
    async ({ caller: { organisationId }, params }) => {
      const found = await deps.database.readInOrganisation(organisationId, (trx) =>
        readContractDocument(trx, organisationId, params.contractDocumentId as DocumentId),
      )
      return { ...found, pageTexts: [...found.pageTexts] }
    },
  )
}
