import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { OrganisationId } from '#core'

/**
 * Rows of entries that signed acts rest on, and no documents: the enrolments of these persons' keys, what ended them, and
 * resets (decision 0126). Without them a verifier cannot tell whose key it was. `persons` selects identifiers of persons.
 */
export function signingEntries(
  organisationId: OrganisationId,
  persons: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`
      select signing_credential.entry_id, array[]::uuid[] from signing_credential
      where signing_credential.organisation_id = ${organisationId}::uuid and signing_credential.person_id in (${persons})
      union all
      select signing_revocation.entry_id, array[]::uuid[] from signing_revocation
      join signing_credential using (organisation_id, signing_credential_id)
      where signing_revocation.organisation_id = ${organisationId}::uuid and signing_credential.person_id in (${persons})
      union all
      select signing_reset.entry_id, array[]::uuid[] from signing_reset
      where signing_reset.organisation_id = ${organisationId}::uuid and signing_reset.person_id in (${persons})`
}

/**
 * Rows of entries that say of which files the page consisted that was newest when these acts were done. `acts` selects
 * `acted_at` of acts.
 */
export function pageEntries(organisationId: OrganisationId, acts: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
      select distinct page.entry_id, array[]::uuid[] from (${acts}) as signed
      cross join lateral (
        select page_release.entry_id from page_release
        where page_release.organisation_id = ${organisationId}::uuid and page_release.recorded_at <= signed.acted_at
        order by page_release.recorded_at desc limit 1) as page`
}
