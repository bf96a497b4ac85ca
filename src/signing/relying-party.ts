import type { RelyingParty } from './signing.ts'

/**
 * Where keys are bound to and pages come from. A browser makes passkeys only in a secure context: https, or http at
 * `localhost` (Secure Contexts section 3.1); an address in digits cannot be a relying party (WebAuthn section 5.1.2). So
 * without an address of its own the service takes `localhost`, and at any other plain address there is none: undefined.
 * `rpId` is the host itself or a domain above it.
 */
export function relyingPartyOf(publicUrl: string, configuredRpId?: string): RelyingParty | undefined {
  const { protocol, hostname, port, origin } = new URL(publicUrl)
  const isLocal = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
  if (protocol === 'http:' && isLocal) {
    const local = `http://localhost${port === '' ? '' : `:${port}`}`
    return { rpId: 'localhost', origin: local, allowedOrigins: [local] }
  }
  if (protocol !== 'https:' || /^[\d.]+$|^\[/.test(hostname)) return undefined
  const rpId = configuredRpId ?? hostname
  if (rpId !== hostname && !hostname.endsWith(`.${rpId}`)) return undefined
  return { rpId, origin, allowedOrigins: [origin] }
}
