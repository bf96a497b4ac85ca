import { ownPagePolicy } from '#http'

/**
 * The headers of every page and of its files, in place of those that the server sends with an answer for programs.
 * They run their own scripts and ask the service; passkeys may be made and used by the page itself only.
 */
export const pageHeaders = {
  'content-security-policy': ownPagePolicy({ script: true, connect: true }),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(), geolocation=(), microphone=(), payment=(), usb=(), publickey-credentials-create=(self), publickey-credentials-get=(self)',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex, nofollow',
} as const
