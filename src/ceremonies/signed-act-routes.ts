import { Type } from 'typebox'
import { oneOf, problemResponses, strictObject, InstantText, Uuid, type HttpServer } from '#http'
import { assuranceText, RequestOptionsShape } from '#signing'
import { readCommand } from './act-command.ts'
import { ActRequest } from './ceremony-schemas.ts'
import { linkOf, userAgentOf } from './link-request.ts'
import { linkActor } from './person-requester.ts'
import type { SignedActDeps } from './signed-act.ts'
import { beginSignedAct } from './signed-act.ts'

/** What the decision about an act can refuse, besides what only a signature can be refused for. */
export const signedActProblems = [
  'already-acted',
  'assurance-too-low',
  'ceremony-ended',
  'choice-not-offered',
  'credential-not-anchored',
  'document-changed',
  'link-closed',
  'link-expired',
  'not-opened',
  'reading-time-not-over',
  'reason-required',
  'reason-unprintable',
  'remark-makes-conditional',
  'signing-unavailable',
  'statement-changed',
  'version-withdrawn',
] as const

const { assertion: _assertion, authorisation: _authorisation, ...declared } = ActRequest.properties

const ActChallengeRequest = strictObject(
  {
    ...declared,
    method: Type.Optional(
      oneOf(['webauthn', 'csc'], { description: '`webauthn` (a passkey) unless given.' }),
    ),
  },
  { $id: 'ActChallengeRequest', description: 'The act that is to be signed, as it will be sent afterwards.' },
)

const BegunSigningShape = strictObject(
  {
    challengeId: Uuid,
    expiresAt: InstantText,
    assurance: assuranceText,
    manifest: Type.String({ description: 'What is signed: canonical JSON (RFC 8785).' }),
    ask: Type.Unsafe<{ kind: string }>({
      oneOf: [
        strictObject({ kind: oneOf(['webauthn']), options: RequestOptionsShape }),
        strictObject({ kind: oneOf(['redirect']), url: Type.String() }),
      ],
      description: 'For the browser (navigator.credentials.get), or an address to send the person to.',
    }),
  },
  { $id: 'ActChallenge' },
)

/** Adds the route that begins the signing of an act. The act itself is then recorded as any other, with its signature. */
export function signedActRoutes(server: HttpServer, deps: SignedActDeps): void {
  server.post(
    '/v1/act-challenges',
    {
      config: { access: 'link' },
      schema: {
        operationId: 'beginSigningAct',
        summary: 'Begin to sign an act',
        description:
          'Takes the act exactly as it will be sent, and answers what is to be signed: the hash of a manifest with the ' +
          'statement, the choice and the hashes of the documents. It counts for ten minutes, once, and only in this session.',
        tags: ['ceremony'],
        body: ActChallengeRequest,
        response: {
          201: BegunSigningShape,
          ...problemResponses(...signedActProblems, 'content-erased', 'ledger-stopped', 'signing-challenge-limit-reached', 'signing-credential-missing', 'signing-provider-missing', 'signing-provider-unavailable'), // prettier-ignore
        },
      },
    },
    async (request, reply) => {
      const { method = 'webauthn', ...body } = request.body
      const actor = linkActor(deps, linkOf(request), userAgentOf(request))
      const begun = await beginSignedAct(deps, actor, method, readCommand(request, body))
      return reply.code(201).send(begun)
    },
  )
}
