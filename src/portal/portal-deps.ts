import { assurances } from '#assurance'
import type { Assurance } from '#assurance'
import { listOwnCredentials } from '#signing'
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
    privateMailbox: async () => null,
    hasTotp: async () => false,
    providers: ({ organisationId }) =>
      database.readInOrganisation(organisationId, (trx) => listSignOnChoices(trx, organisationId, 'person')),
  }
}

function strongest(levels: readonly Assurance[]): Assurance | null {
  return levels.toSorted((a, b) => assurances.indexOf(b) - assurances.indexOf(a))[0] ?? null
}
