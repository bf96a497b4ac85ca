import type { Instant, PersonId } from '#core'

/** What a person can be told about their own access and acts. Each has a text in every language. */
export const noticeKinds = [
  'sign-in-code',
  'step-up-code',
  'private-mailbox-code',
  'private-mailbox-proposed',
  'private-mailbox-confirmed',
  'private-mailbox-removed',
  'authenticator-added',
  'authenticator-removed',
  'signing-credential-enrolled',
  'signing-credential-revoked',
  'signing-reset',
  'act-denied',
  'denial-withdrawn',
  'act-finding-recorded',
  'sign-on-rebinding-asked',
  'sign-on-account-bound-anew',
] as const

export type NoticeKind = (typeof noticeKinds)[number]

/** The kinds that carry a code. */
export const codeKinds = [
  'sign-in-code',
  'step-up-code',
  'private-mailbox-code',
] as const satisfies NoticeKind[]
export type CodeKind = (typeof codeKinds)[number]

/** `work`: the mailbox that the employer manages. `private`: the one that the person confirmed. */
export type Mailbox = 'work' | 'private'

export type Language = 'nl' | 'en'

/** Short texts that stand in a message, such as the name of a device. Never a secret. */
export type NoticeFacts = Readonly<Record<string, string>>

export type NewNotice = {
  readonly noticeId: string
  readonly personId: PersonId
  readonly to: Mailbox
  readonly kind: NoticeKind
  readonly facts: NoticeFacts
  readonly at: Instant
  /** Another address than the one on file: a mailbox that is being confirmed, or one that was just given up. */
  readonly address?: string
  /** After this moment the message is of no use; it always is without it. */
  readonly usefulUntil?: Instant
}
