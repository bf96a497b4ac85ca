import { createHmac, timingSafeEqual } from 'node:crypto'
import { Type, type TProperties, type TSchema } from 'typebox'
import { canonicalJson, fromBase64Url, problem, toBase64Url, type OrganisationId } from '#core'
import type { AnyReply, AnyRequest } from './fastify-types.ts'
import { orNull, strictObject } from './schemas.ts'

export const pageSizeMax = 200
const pageSizeDefault = 50
const macLength = 16

/** The key values of the last row of a page: the next page begins after them. */
export type Position = readonly (string | number)[]

/** What a list must fetch: `size` rows and one more to see whether there are others, after `after` if it is there. */
export type PageRequest = { readonly size: number; readonly after: Position | undefined }

export type Page<Item> = { readonly items: readonly Item[]; readonly next: Position | undefined }

/** The query of a list: how many, from where, and the filters of this list. */
export function pageQuery<Filters extends TProperties>(filters: Filters) {
  return strictObject({
    ...filters,
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: pageSizeMax, default: pageSizeDefault })),
    cursor: Type.Optional(Type.String({ maxLength: 1024, description: '`nextCursor` of the page before.' })),
  })
}

/** The answer of a list. `nextCursor` is null on the last page; the same link stands in the Link header (RFC 8288). */
export function pageOf<Item extends TSchema>(item: Item, $id: string) {
  return strictObject({ items: Type.Array(item), nextCursor: orNull(Type.String()) }, { $id })
}

/** Cuts the rows that were fetched (one more than the page holds) to a page that knows where the next begins. */
export function cutPage<Row>(
  rows: readonly Row[],
  size: number,
  positionOf: (row: Row) => Position,
): Page<Row> {
  const items = rows.slice(0, size)
  const last = items.at(-1)
  return { items, next: rows.length > size && last !== undefined ? positionOf(last) : undefined }
}

export type Paging = {
  /** Reads pageSize and cursor of a request. A cursor of another list, filter or organisation is `cursor-invalid`. */
  readonly read: (request: AnyRequest) => PageRequest
  /** Shapes the answer and sets the Link header. */
  readonly answer: <Item>(
    request: AnyRequest,
    reply: AnyReply,
    page: Page<Item>,
  ) => { items: Item[]; nextCursor: string | null }
}

/** Makes cursors that only this service can make: HMAC-SHA-256, cut to 128 bits, over what they belong to. */
export function createPaging(key: Buffer): Paging {
  const read = (request: AnyRequest): PageRequest => {
    const { pageSize, cursor } = request.query as { pageSize?: number; cursor?: string }
    const after = cursor === undefined ? undefined : decodeCursor(key, scopeOf(request), cursor)
    return { size: pageSize ?? pageSizeDefault, after }
  }
  const answer: Paging['answer'] = (request, reply, page) => {
    const nextCursor = page.next === undefined ? null : encodeCursor(key, scopeOf(request), page.next)
    if (nextCursor !== null) reply.header('link', `<${nextLink(request, nextCursor)}>; rel="next"`)
    return { items: [...page.items], nextCursor }
  }
  return { read, answer }
}

/** What a cursor belongs to. */
export type CursorScope = {
  readonly organisationId: OrganisationId
  readonly route: string
  readonly filters: Readonly<Record<string, string>>
}

function scopeOf(request: AnyRequest): CursorScope {
  const { pageSize: _size, cursor: _cursor, ...filters } = request.query as Record<string, unknown>
  const texts = Object.entries(filters).map(([name, value]) => [name, String(value)])
  return {
    organisationId: request.caller.organisationId,
    route: request.url.split('?', 1)[0] ?? '',
    filters: Object.fromEntries(texts),
  }
}

function nextLink(request: AnyRequest, cursor: string): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(request.query as Record<string, unknown>))
    query.set(name, String(value))
  query.set('cursor', cursor)
  return `${request.url.split('?', 1)[0]}?${query.toString()}`
}

/** A position as an opaque text that is bound to its list. */
export function encodeCursor(key: Buffer, scope: CursorScope, position: Position): string {
  const payload = Buffer.from(JSON.stringify(position))
  return toBase64Url(Buffer.concat([macOf(key, scope, payload), payload]))
}

/** The position of a cursor; throws `cursor-invalid` for anything we did not make for this very list. */
export function decodeCursor(key: Buffer, scope: CursorScope, cursor: string): Position {
  const bytes = fromBase64Url(cursor)
  if (bytes === undefined || bytes.length <= macLength) throw problem('cursor-invalid')
  const payload = bytes.subarray(macLength)
  if (!timingSafeEqual(macOf(key, scope, payload), bytes.subarray(0, macLength)))
    throw problem('cursor-invalid')
  return JSON.parse(payload.toString('utf8')) as Position
}

function macOf(key: Buffer, scope: CursorScope, payload: Buffer): Buffer {
  const bound = canonicalJson([
    scope.organisationId,
    scope.route,
    { ...scope.filters },
    payload.toString('base64url'),
  ])
  return createHmac('sha256', key).update(bound).digest().subarray(0, macLength)
}
