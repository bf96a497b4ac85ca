import { Secret, TOTP } from 'otpauth'

const period_s = 30
const period_ms = period_s * 1000
/** Steps before and after now that are taken, for a clock that is a little off (RFC 6238 section 5.2). */
const window = 1

/** 160 random bits, as RFC 4226 section 4 recommends. */
export const totpSecretLength = 20

function totpOf(secret: Uint8Array, names: { readonly issuer?: string; readonly label?: string } = {}): TOTP {
  const bytes = new Uint8Array(secret)
  return new TOTP({ secret: new Secret({ buffer: bytes.buffer }), algorithm: 'SHA1', digits: 6, period: period_s, ...names }) // prettier-ignore
}

/** What an authenticator app takes: the text of a QR code, and the secret for typing. Shown once. */
export function totpEnrolment(
  secret: Uint8Array,
  names: { readonly issuer: string; readonly label: string },
): { readonly uri: string; readonly secret: string } {
  const totp = totpOf(secret, names)
  return { uri: totp.toString(), secret: totp.secret.base32 }
}

/**
 * The time step that a code belongs to, if it is right at a moment; undefined when it is not. Compared in constant time
 * by the library. Whether the step was used before is for the caller to see (RFC 6238 section 5.2: a code works once).
 */
export function stepOfCode(secret: Uint8Array, code: string, now_ms: number): number | undefined {
  const token = code.replaceAll(/[\s-]/g, '')
  if (!/^\d{6}$/.test(token)) return undefined
  const delta = totpOf(secret).validate({ token, timestamp: now_ms, window })
  return delta === null ? undefined : Math.floor(now_ms / period_ms) + delta
}
