import { assurances } from '#assurance'
import type { Assurance } from '#assurance'
import { readOwnMeans, waysOf } from '#authentication'
import { listOwnCredentials, signingProviderOf } from '#signing'
import type { SigningDeps } from '#signing'
import { listSignOnChoices } from '#single-sign-on'
import type { Means } from './known.ts'
import type { VisitorDeps } from './visitor.ts'

/** What the rooms below know of how a person can be known. */
export function meansOf(deps: VisitorDeps & { readonly signing: SigningDeps }): Means {
  const { database, signing } = deps
  return {
    passkeysPossible: () => signing.relyingParty() !== undefined,
    passkeyLevel: async (session) => {
      const own = await listOwnCredentials(signing, session)
      const levels = own.filter((one) => one.anchored && one.revokedAt === null).map((one) => one.assurance)
      return strongest(levels)
    },
    own: async (session) => {
      if (session.kind !== 'person') return { privateMailbox: null, authenticatorId: null }
      const own = await readOwnMeans(deps, session)
      const authenticatorId = own.authenticator?.authenticatorId ?? null
      return { privateMailbox: own.privateMailbox?.address ?? null, authenticatorId }
    },
    levels: ({ organisationId, personId }) =>
      database.readInOrganisation(organisationId, async (trx) => {
        const ways = await waysOf(trx, organisationId, personId, deps.platform.clock())
        const levelOf = (means: string) => ways.find((way) => way.means === means)?.assurance ?? null
        return { mailbox: levelOf('private-mailbox'), app: levelOf('authenticator') }
      }),
    signsRemotely: async ({ organisationId }) =>
      (await database.readInOrganisation(organisationId, (trx) => signingProviderOf(trx, organisationId))) !== undefined,
    providers: ({ organisationId }) =>
      database.readInOrganisation(organisationId, (trx) => listSignOnChoices(trx, organisationId, 'person')),
  }
}

function strongest(levels: readonly Assurance[]): Assurance | null {
  return levels.toSorted((a, b) => assurances.indexOf(b) - assurances.indexOf(a))[0] ?? null
}
