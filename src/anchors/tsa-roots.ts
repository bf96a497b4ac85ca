import type { TimestampAuthority } from '#timestamps'

/**
 * `tsa-roots.pem`: the roots of all authorities, each once, in the order of the authorities. Empty without any. These
 * are the roots in the settings now; those that earlier tokens rest on have to stay among them.
 */
export function tsaRootsPem(authorities: readonly Pick<TimestampAuthority, 'roots'>[]): string {
  const encoded = authorities.flatMap(({ roots }) => roots.map((root) => root.toString('base64')))
  return [...new Set(encoded)]
    .map((text) => text.match(/.{1,64}/g)!.join('\n'))
    .map((lines) => `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`)
    .join('')
}
