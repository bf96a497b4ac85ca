import type { Instant } from '#core'
import { drawing } from './act-page.ts'
import { momentInWords } from './format.ts'
import type { FormState } from './own-pages.ts'
import type { Page } from './page.ts'
import type { Words } from './words.ts'

/** A passkey that signs acts, as its owner sees it. */
export type OwnPasskey = {
  readonly credentialId: string
  readonly label: string
  readonly enrolledAt: Instant
  readonly revokedAt: Instant | null
  /** Its enrolment has been time-stamped from outside, so it may sign. */
  readonly ready: boolean
}

/** The means by which a person can be known better than by a link. */
export type OwnMeans = {
  readonly passkeys: readonly OwnPasskey[]
  readonly privateMailbox: string | null
  readonly authenticatorId: string | null
  /** Somebody who came by a link for one document can make a passkey, and sets nothing else. */
  readonly signedIn: boolean
  /** The one ceremony of a visit, to go back to. */
  readonly ceremonyId: string | null
}

/** The page with a person's own means. Nothing here can be set by anybody else. */
export function devicesPage(means: OwnMeans, form: FormState, w: Words): Page {
  const { devices } = w.own
  return {
    template: 'devices',
    title: form.mistakes.length > 0 ? `${w.attention} – ${devices.title}` : devices.title,
    scripts: ['passkey.js'],
    model: {
      form,
      passkeys: means.passkeys.map((one) => ({
        ...one,
        added: devices.added(`${momentInWords(one.enrolledAt, w.language)} ${w.dutchTime}`),
        state:
          one.revokedAt !== null
            ? devices.revoked(momentInWords(one.revokedAt, w.language))
            : one.ready
              ? devices.ready
              : devices.pending,
        live: one.revokedAt === null,
        revokeHref: `/my/devices/passkeys/${one.credentialId}/revoke`,
      })),
      mailbox: means.privateMailbox === null ? devices.mailboxNone : devices.mailboxNow(means.privateMailbox),
      hasMailbox: means.privateMailbox !== null,
      authenticatorId: means.authenticatorId,
      signedIn: means.signedIn,
      back: means.ceremonyId === null ? null : `/my/ceremonies/${means.ceremonyId}`,
      mistake: form.mistakes[0]?.text ?? null,
    },
  }
}

/** Asks whether a passkey is to be revoked. */
export function revokePage(passkey: OwnPasskey, w: Words): Page {
  return {
    template: 'revoke',
    title: w.own.devices.revokeTitle,
    model: {
      label: passkey.label,
      added: w.own.devices.added(momentInWords(passkey.enrolledAt, w.language)),
      action: `/my/devices/passkeys/${passkey.credentialId}/revoke`,
    },
  }
}

/** Shows the secret of a code app once, to be scanned or typed over, and asks for its first code. */
export function totpPage(
  secret: { readonly text: string; readonly rows: readonly string[]; readonly authenticatorId: string },
  w: Words,
): Page {
  return {
    template: 'totp',
    title: w.own.devices.totpStart,
    model: { code: drawing(secret), secret: secret.text, authenticatorId: secret.authenticatorId },
  }
}
