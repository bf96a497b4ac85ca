/**
 * What a thing is, for the question to whom it belongs. `policy-text` is what a policy says, which those who were asked
 * about it may hold against it; `policy-whole` is what everybody answered about it.
 */
export const thingKinds = [
  'person',
  'policy-text',
  'policy-whole',
  'assignment',
  'document',
  'dossier',
  'executed-copy',
  'matter',
] as const
export type ThingKind = (typeof thingKinds)[number]

/** Where a route names the thing that it reads. */
export type ThingPlace = {
  readonly kind: ThingKind
  readonly in: 'params' | 'query' | 'body'
  /** A member, or members within each other. */
  readonly at: readonly [string, ...string[]]
}

/** `open`: nothing of anybody is in the answer, or the route itself answers only what is the caller's own. */
export type RouteReads = 'open' | readonly ThingPlace[]

const person: RouteReads = [{ kind: 'person', in: 'params', at: ['personId'] }]
const text: RouteReads = [{ kind: 'policy-text', in: 'params', at: ['policyId'] }]
const assignment: RouteReads = [{ kind: 'assignment', in: 'params', at: ['assignmentId'] }]
const document: RouteReads = [{ kind: 'document', in: 'params', at: ['documentId'] }]
const dossier: RouteReads = [{ kind: 'dossier', in: 'params', at: ['dossierId'] }]
const matter: RouteReads = [{ kind: 'matter', in: 'params', at: ['matterId'] }]

/**
 * What a lawyer who signed in may ask, and of what each question is. A route that is not here is refused to lawyers, so a
 * new one is closed until somebody says here what it reads. Where several places are named, the first that the request
 * fills counts, and one must be filled: a list without a filter is of everybody.
 */
export const routeReads: Readonly<Record<string, RouteReads>> = {
  'GET /v1/me': 'open',
  'GET /v1/ledger/checkpoint': 'open',
  'GET /v1/ledger/anchors': 'open',
  'GET /v1/ledger/anchors/:anchorId/evidence': 'open',
  'GET /v1/ledger/brackets/:entryIndex': 'open',
  'GET /v1/witness-policy': 'open',
  'GET /v1/matters': 'open',
  'GET /v1/matters/:matterId': matter,
  'GET /v1/matters/:matterId/reads': matter,
  'GET /v1/persons/:personId': person,
  'GET /v1/persons/:personId/data-export': person,
  'GET /v1/employments': [{ kind: 'person', in: 'query', at: ['personId'] }],
  'GET /v1/contract-documents': [{ kind: 'person', in: 'query', at: ['personId'] }],
  'GET /v1/persons/:personId/captures': person,
  'GET /v1/persons/:personId/captures/:captureId/content': person,
  'GET /v1/persons/:personId/obligations': person,
  'GET /v1/persons/:personId/terms': person,
  'POST /v1/persons/:personId/contact-questions': person,
  'POST /v1/persons/:personId/penalty-questions': person,
  'GET /v1/policies/:policyId': text,
  'GET /v1/policies/:policyId/versions': text,
  'GET /v1/policies/:policyId/versions/:versionNumber': text,
  'GET /v1/policies/:policyId/versions/:versionNumber/editions/:language/document': text,
  'GET /v1/policies/:policyId/version-comparisons': text,
  'GET /v1/policies/:policyId/version-in-force': text,
  'GET /v1/assignments': [
    { kind: 'person', in: 'query', at: ['personId'] },
    { kind: 'policy-whole', in: 'query', at: ['policyId'] },
  ],
  'GET /v1/assignments/:assignmentId': assignment,
  'GET /v1/assignments/:assignmentId/act': assignment,
  'GET /v1/assignments/:assignmentId/act/receipt-document': assignment,
  'GET /v1/executed-copies/:executedCopyId': [
    { kind: 'executed-copy', in: 'params', at: ['executedCopyId'] },
  ],
  'GET /v1/documents/:documentId': document,
  'GET /v1/documents/:documentId/content': document,
  'POST /v1/dossiers': [
    { kind: 'person', in: 'body', at: ['subject', 'personId'] },
    { kind: 'policy-whole', in: 'body', at: ['subject', 'policyId'] },
  ],
  'GET /v1/dossiers/:dossierId': dossier,
  'GET /v1/dossiers/:dossierId/content': dossier,
  'GET /v1/dossiers/:dossierId/report': dossier,
}

export type Thing = { readonly kind: ThingKind; readonly id: string }

/** The thing that a request reads: `open`, a thing, or undefined where it reads something that may not be read. */
export function thingOf(
  route: string,
  request: { readonly params: unknown; readonly query: unknown; readonly body: unknown },
): 'open' | Thing | undefined {
  const reads = Object.hasOwn(routeReads, route) ? routeReads[route] : undefined
  if (reads === undefined || reads === 'open') return reads
  for (const place of reads) {
    const id = place.at.reduce<unknown>((value, name) => memberOf(value, name), request[place.in])
    if (typeof id === 'string') return { kind: place.kind, id }
  }
  return undefined
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
}
