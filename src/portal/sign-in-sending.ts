import type { OrganisationId } from '#core'
import type { AnyReply, AnyRequest } from '#http'
import { findOrganisation } from '#organisations'
import { listSignOnChoices } from '#single-sign-on'
import { signInPage } from './entry-pages.ts'
import type { SignInChoices } from './entry-pages.ts'
import type { FormState } from './own-pages.ts'
import { ownPath, sendPage } from './visitor.ts'
import type { Visitor, VisitorDeps } from './visitor.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** The organisation that a text names, when it has the form of one. */
export function organisationIn(text: unknown): OrganisationId | null {
  return typeof text === 'string' && uuid.test(text) ? (text as OrganisationId) : null
}

/** What the sign-in page of an organisation offers; nothing where none is known. */
export async function signInChoices(
  { database }: VisitorDeps,
  organisationId: OrganisationId | null,
  returnTo: string,
  wasAsked: boolean,
): Promise<SignInChoices> {
  const none = { organisation: null, providers: [], returnTo, wasAsked }
  if (organisationId === null) return none
  return database.readInOrganisation(organisationId, async (trx) => {
    const organisation = await findOrganisation(trx, organisationId)
    if (organisation === undefined) return none
    const providers = await listSignOnChoices(trx, organisationId, 'person')
    return {
      organisation: { organisationId, name: organisation.name },
      providers: providers.map(({ providerId, name }) => ({
        name,
        href: `/sign-in/sso/${organisationId}/${providerId}?returnTo=${encodeURIComponent(returnTo)}`,
      })),
      returnTo,
      wasAsked,
    }
  })
}

/** Answers with the sign-in page: of the organisation that the address names, or that this browser signed in at before. */
export async function sendSignIn(
  deps: VisitorDeps,
  request: AnyRequest,
  reply: AnyReply,
  visitor: Visitor,
  asked: {
    readonly wasAsked: boolean
    readonly form?: FormState
    readonly organisation?: unknown
    readonly returnTo?: unknown
  },
): Promise<AnyReply> {
  const { organisation, returnTo } = (request.query ?? {}) as { organisation?: unknown; returnTo?: unknown }
  const here = asked.wasAsked && request.method === 'GET' ? request.url : undefined
  const goOn = ownPath(asked.returnTo ?? returnTo ?? here) ?? '/my'
  const organisationId = organisationIn(asked.organisation ?? organisation) ?? lastOrganisation(request)
  const choices = await signInChoices(deps, organisationId, goOn, asked.wasAsked)
  const form = asked.form ?? { values: {}, mistakes: [] }
  return sendPage(request, reply, visitor, signInPage(choices, form, visitor.w))
}

/** The organisation in front of a session's cookie, also when that session is over. It tells whose page to show, no more. */
function lastOrganisation(request: AnyRequest): OrganisationId | null {
  const match =
    /(?:^|[;\s])(?:__Host-)?beding=([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})\./.exec(
      String(request.headers.cookie ?? ''),
    )
  return match === null ? null : organisationIn(match.slice(1).join('-'))
}
