/**
 * What every answer carries, whatever it is (NLGov API Design Rules 2.2, transport/security-headers; OWASP ASVS 5.0
 * V3.4). An answer that is a page replaces the content security policy by one that lets its own parts load.
 */
export const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const

/** The headers of one answer: the above, the version of the interface, and the id under which it stands in the log. */
export function standardHeaders(apiVersion: string, requestId: string): Record<string, string> {
  return { ...securityHeaders, 'api-version': apiVersion, 'request-id': requestId }
}
