import type { Assurance } from '#assurance'
import { meets } from '#assurance'
import type { Authentication, Session } from '#authentication'
import { bestAuthentication } from '#authentication'
import type { ActProof } from '#ceremonies'
import { problem } from '#core'
import type { Way } from './ceremony-values.ts'
import { pageRelease } from './release.ts'
import type { VisitorDeps } from './visitor.ts'

/** What the pages ask of the rooms that know people better than by a link; each is there when its room is. */
export type Means = {
  /** The level that a passkey of this person would give now; null when they have none that can sign. */
  readonly passkeyLevel: (session: Session) => Promise<Assurance | null>
  /** Whether passkeys can be made at the address of this service. */
  readonly passkeysPossible: () => boolean
  /** The private mailbox and the code app that were confirmed; null without one. */
  readonly own: (session: Session) => Promise<{ readonly privateMailbox: string | null; readonly authenticatorId: string | null }>
  /** What a code of each would prove now; null without one. */
  readonly levels: (session: Session) => Promise<{ readonly mailbox: Assurance | null; readonly app: Assurance | null }>
  /** Whether people of the organisation can sign at a trust service provider. */
  readonly signsRemotely: (session: Session) => Promise<boolean>
  readonly providers: (session: Session) => Promise<readonly { readonly providerId: string; readonly name: string }[]>
}

export type KnownDeps = VisitorDeps & { readonly means: Means }

/** How somebody is known in a session at this moment, and how they could be known better. */
export type Known = {
  readonly assurance: Assurance
  readonly authentication: Authentication
  readonly canSign: (required: Assurance) => boolean
  /** A passkey can be made at this address, and none that can sign is there. */
  readonly canStrengthen: boolean
  readonly waysTo: (required: Assurance, ceremonyId: string) => Way[]
}

/** Reads how the person of a session is known. Throws `sign-in-required` when everything they showed is too long ago. */
export async function knownTo({ platform, means }: KnownDeps, session: Session): Promise<Known> {
  const authentication = bestAuthentication(session.authentications, platform.clock())
  if (authentication === undefined) throw problem('credentials-missing')
  const [passkeyLevel, { mailbox, app }, providers, signsRemotely] = await Promise.all([
    means.passkeyLevel(session),
    means.levels(session),
    means.providers(session),
    means.signsRemotely(session),
  ])
  const canSign = (required: Assurance) => passkeyLevel !== null && meets(passkeyLevel, required)
  return {
    assurance: authentication.assurance,
    authentication,
    canSign,
    canStrengthen: passkeyLevel === null && means.passkeysPossible(),
    waysTo: (required, ceremonyId) => {
      if (meets(authentication.assurance, required) || canSign(required)) return []
      const back = `/my/ceremonies/${ceremonyId}`
      const ways: (Way & { readonly level: Assurance | null })[] = [
        { kind: 'passkey-new', href: '/my/devices', level: passkeyLevel === null && means.passkeysPossible() ? 'passkey-bound' : null },
        { kind: 'private-mailbox', href: `/my/prove/mailbox?returnTo=${back}`, level: mailbox },
        { kind: 'totp', href: `/my/prove/app?returnTo=${back}`, level: app },
        ...providers.map(({ providerId }) => ({
          kind: 'sso' as const,
          href: `/sign-in/sso/${session.organisationId}/${providerId}?returnTo=${back}&fresh=true`,
          level: 'sso-mfa' as const,
        })),
        { kind: 'qualified', href: signsRemotely ? `${back}/qualified` : null, level: required === 'qualified' ? 'qualified' : null },
      ] // prettier-ignore
      return ways
        .filter(({ level }) => level !== null && meets(level, required))
        .map(({ kind, href }) => ({ kind, href }))
    },
  }
}

/** The proof of an act that nobody signs: how the session is known, with the release of these pages. */
export function sessionProof({ assurance, authentication }: Known, session: Session): ActProof {
  const byLink = session.kind === 'visit' && authentication.method === 'link'
  return {
    assurance,
    method: byLink ? 'one-time-link' : 'session',
    authentication: authentication.record,
    signing: null,
    pageRelease: pageRelease().release,
    signingCredentialId: null,
    challengeSha256: null,
  }
}
