import { Type } from 'typebox'
import { problem } from '#core'
import { acceptForm, asProblem, fileBody, ownPagePolicy, strictObject } from '#http'
import type { AnyReply, AnyRequest, HttpServer, Markup } from '#http'
import type { Admission } from '../admission.ts'
import { recogniseDocument } from '../recognition-actions.ts'
import type { RecognitionDeps } from '../recognition-actions.ts'
import { uploadMax_bytes } from '../upload-decisions.ts'
import { admitUploads } from '../upload-scope.ts'
import { formView } from './form-view.ts'
import { loadPageAssets } from './page-assets.ts'
import type { PageAssets } from './page-assets.ts'
import { pageShell } from './page-shell.ts'
import { pageTexts } from './page-texts.ts'
import type { PageTexts } from './page-texts.ts'
import { comparePaper } from './paper-decisions.ts'
import type { PaperCode } from './paper-decisions.ts'
import { refusalName, refusalView } from './refusal-view.ts'
import { resultView, verdictOf } from './result-view.ts'

/** Whatever is hung on the address by mail programs must not stop anybody; only `language` is read. */
const PageQuery = Type.Unsafe<{ language?: unknown }>({
  type: 'object',
  patternProperties: { '': {} },
  maxProperties: 100,
})

const AssetParams = strictObject({
  release: Type.String({ maxLength: 64 }),
  file: Type.String({ maxLength: 64 }),
})

const CheckForm = strictObject({
  document: fileBody('application/pdf', 'The file.'),
  receipt: Type.Optional(Type.String({ maxLength: 20 })),
  size: Type.Optional(Type.String({ maxLength: 20 })),
  root: Type.Optional(Type.String({ maxLength: 64 })),
  log: Type.Optional(Type.String({ maxLength: 300 })),
})

const formOverhead_bytes = 64 * 1024

/** The page loads its own two files and sends its own form, and nothing else happens in it. */
const pageHeaders = {
  'content-security-policy': ownPagePolicy({ script: true }),
  'x-robots-tag': 'noindex',
} as const

const config = { access: 'public' } as const

/**
 * Adds the page for people: `GET /check` with the form, `POST /check` with the answer as a page, and its files. It works
 * without JavaScript; refusals are pages too.
 */
export function checkPageRoutes(server: HttpServer, deps: RecognitionDeps, admission: Admission): void {
  const assets = loadPageAssets()
  server.register(async (scope: HttpServer) => {
    acceptForm(scope, {
      bodyMax_bytes: uploadMax_bytes + formOverhead_bytes,
      fieldMax_bytes: 1_000,
      fieldsMax: 10,
    })
    // Hooks of the surrounding server run before those of this scope, so these values win.
    scope.addHook('onSend', async (_request, reply) => {
      reply.headers(pageHeaders)
    })
    scope.setErrorHandler((error, request, reply) => sendRefusal(deps, assets, error, request, reply))
    formRoute(scope, assets)
    resultRoute(scope, deps, admission, assets)
    assetRoute(scope, assets)
  })
}

function formRoute(scope: HttpServer, assets: PageAssets): void {
  scope.get('/check', { config, schema: { querystring: PageQuery } }, async (request, reply) => {
    const words = wordsFor(request)
    reply.header('vary', 'accept-language')
    return sendPage(reply, assets, words, { title: words.title, main: formView(words) })
  })
}

function resultRoute(
  scope: HttpServer,
  deps: RecognitionDeps,
  admission: Admission,
  assets: PageAssets,
): void {
  const signalOf = admitUploads(scope, admission)
  const body = { content: { 'multipart/form-data': { schema: CheckForm } } }
  scope.post('/check', { config, schema: { querystring: PageQuery, body } }, async (request, reply) => {
    const words = wordsFor(request)
    const { document, ...code } = (request.body ?? {}) as { document?: unknown } & Partial<PaperCode>
    if (!Buffer.isBuffer(document)) throw problem('document-not-a-pdf')
    const upload = { bytes: document, organisationId: null, signal: signalOf(request) }
    const recognition = await recogniseDocument(deps, upload)
    const paper = isPaperCode(code) ? comparePaper(code, recognition.verification) : null
    return sendPage(reply, assets, words, {
      title: `${verdictOf(words, recognition).title} · ${words.title}`,
      main: resultView(words, recognition, paper),
    })
  })
}

function isPaperCode(code: Partial<PaperCode>): code is PaperCode {
  return [code.receipt, code.size, code.root, code.log].every((part) => part !== undefined && part !== '')
}

function assetRoute(scope: HttpServer, assets: PageAssets): void {
  scope.get(
    '/check/assets/:release/:file',
    { config, schema: { params: AssetParams } },
    async (request, reply) => {
      const { release, file } = request.params
      const asset = release === assets.release ? assets.files.get(file) : undefined
      if (asset === undefined) return reply.callNotFound()
      reply.header('cache-control', 'public, max-age=31536000, immutable')
      return reply.type(asset.contentType).send(asset.bytes)
    },
  )
}

/** The language in the address, else Dutch unless the browser asks for English before Dutch. */
function wordsFor(request: AnyRequest): PageTexts {
  const { language } = (request.query ?? {}) as { language?: unknown }
  if (language === 'nl' || language === 'en') return pageTexts[language]
  const [first] =
    String(request.headers['accept-language'] ?? '')
      .toLowerCase()
      .match(/\b(nl|en)\b/) ?? []
  return pageTexts[first === 'en' ? 'en' : 'nl']
}

function sendPage(
  reply: AnyReply,
  assets: PageAssets,
  words: PageTexts,
  page: { readonly title: string; readonly main: Markup },
): AnyReply {
  const text = pageShell(words, { ...page, assets: `/check/assets/${assets.release}` })
  return reply.header('content-language', words.language).type('text/html; charset=utf-8').send(text)
}

function sendRefusal(
  deps: RecognitionDeps,
  assets: PageAssets,
  error: unknown,
  request: AnyRequest,
  reply: AnyReply,
): AnyReply {
  const refusal = asProblem(error)
  const { code, status, retryAfter_s } = refusal
  if (status >= 500)
    deps.platform.log.error({ requestId: request.id, code, error: refusal.cause }, 'request failed')
  if (retryAfter_s !== undefined) reply.header('retry-after', String(retryAfter_s))
  const words = wordsFor(request)
  const { document } = (request.body ?? {}) as { document?: unknown }
  const name = refusalName(refusal, Buffer.isBuffer(document) ? document : undefined)
  const { title } = words.refusals[name]
  return sendPage(reply.code(status), assets, words, {
    title: `${title} · ${words.title}`,
    main: refusalView(words, name),
  })
}
