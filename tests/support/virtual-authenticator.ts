import type { CDPSession, Page } from 'playwright-core'

/** What the built-in authenticator of a browser is like. */
export type VirtualDevice = {
  readonly transport?: 'internal' | 'usb'
  readonly backupEligible?: boolean
  /** Answers at once that the person was verified; without it the browser gives up. */
  readonly verifies?: boolean
}

/** A Chromium authenticator that answers by itself, over the DevTools protocol (domain WebAuthn). */
export type VirtualAuthenticator = {
  readonly verify: (isVerified: boolean) => Promise<void>
  /** Lets the next answers be wrong in one way. */
  readonly misbehave: (wrong: {
    readonly signature?: boolean
    readonly verified?: boolean
    readonly present?: boolean
  }) => Promise<void>
}

/** Gives a page an authenticator of its own. */
export async function addAuthenticator(
  page: Page,
  device: VirtualDevice = {},
): Promise<VirtualAuthenticator> {
  const session: CDPSession = await page.context().newCDPSession(page)
  const { transport = 'internal', backupEligible = true, verifies = true } = device
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport,
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: verifies,
      automaticPresenceSimulation: true,
      defaultBackupEligibility: backupEligible,
      defaultBackupState: backupEligible,
    },
  })
  return {
    verify: async (isUserVerified) => {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
    },
    misbehave: async ({ signature = false, verified = false, present = false }) => {
      await session.send('WebAuthn.setResponseOverrideBits', {
        authenticatorId,
        isBogusSignature: signature,
        isBadUV: verified,
        isBadUP: present,
      })
    },
  }
}

/** What a browser answers to the creation of a credential, as it is posted. */
export function createCredential(
  page: Page,
  begun: { readonly challengeId: string; readonly options: unknown },
) {
  return page.evaluate(async ({ challengeId, options }) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON) // prettier-ignore
    const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential
    const { response, rawId } = made.toJSON() as RegistrationResponseJSON
    const { clientDataJSON: clientDataJson, attestationObject, transports } = response
    return { challengeId, credentialId: rawId, clientDataJson, attestationObject, transports }
  }, begun)
}

/** What a browser answers to a challenge, as it is posted. */
export function getAssertion(
  page: Page,
  begun: { readonly challengeId: string; readonly ask: { readonly options: unknown } },
) {
  return page.evaluate(
    async ({ challengeId, ask }) => {
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(ask.options as PublicKeyCredentialRequestOptionsJSON) // prettier-ignore
      const made = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential
      const { response, rawId } = made.toJSON() as AuthenticationResponseJSON
      const { clientDataJSON: clientDataJson, authenticatorData, signature } = response
      return { challengeId, credentialId: rawId, clientDataJson, authenticatorData, signature }
    },
    { challengeId: begun.challengeId, ask: begun.ask },
  )
}
