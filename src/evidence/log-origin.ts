import type { OrganisationId } from '#core'

/** What the name of a log says: on whose host, and which of the organisation's logs it is, 1 for the first. */
export type LogOrigin = { readonly host: string; readonly number: number }

/**
 * The name of an organisation's log: `<host>/log/<organisation>` for the first, `<host>/log/<number>/<organisation>` for
 * those after it. It always ends with the organisation, because that is how a verifier tells whose log it is. Throws a
 * RangeError for a host that cannot be the beginning of a key name.
 */
export function formatOrigin({ host, number }: LogOrigin, organisationId: OrganisationId): string {
  if (!/^[a-z0-9][a-z0-9.-]*(:[0-9]+)?$/.test(host)) throw new RangeError('the origin host is no host name')
  if (!Number.isSafeInteger(number) || number < 1) throw new RangeError('logs are counted from 1')
  return number === 1 ? `${host}/log/${organisationId}` : `${host}/log/${number}/${organisationId}`
}

/** Reads the name of a log of this organisation; undefined for any other text. */
export function parseOrigin(origin: string, organisationId: OrganisationId): LogOrigin | undefined {
  const [, host, digits, owner] =
    /^([a-z0-9][a-z0-9.:-]*)\/log\/(?:([1-9][0-9]{0,8})\/)?([^/]+)$/.exec(origin) ?? []
  if (host === undefined || owner !== organisationId || digits === '1') return undefined
  return { host, number: digits === undefined ? 1 : Number(digits) }
}
