import type { TestAnswer, TestService } from './service.ts'
import type { Ceremony, RegistrationWishes, SoftwareAuthenticator } from './software-authenticator.ts'
import { shown } from './story.ts'

/** The origin and the domain of a service that is only asked in process. */
export const localOrigin = { origin: 'http://localhost', rpId: 'localhost' } as const

const encoded = (bytes: Buffer): string => bytes.toString('base64url')

/** Begins an enrolment as the holder of a link. */
export async function begunEnrolment(service: TestService, link: string): Promise<TestAnswer['body']> {
  const begun = await service.send('POST', '/v1/signing-enrolments', { as: link })
  if (begun.status !== 201) throw new Error(`${begun.status} ${JSON.stringify(begun.body)}`)
  return begun.body
}

/** What a device answers to the options of an enrolment, as the page would send it. */
export function enrolmentBody(
  device: SoftwareAuthenticator,
  begun: TestAnswer['body'],
  wishes: Partial<RegistrationWishes> = {},
) {
  const challenge = Buffer.from(begun.options.challenge, 'base64url')
  const made = device.register({ ...localOrigin, challenge, ...wishes })
  return {
    challengeId: begun.challengeId,
    credentialId: encoded(made.credentialId),
    clientDataJson: encoded(made.clientDataJson),
    attestationObject: encoded(made.attestationObject),
    transports: ['internal'],
  }
}

/** Enrols a device by a link; answers what the service said. */
export async function enrolled(
  service: TestService,
  link: string,
  device: SoftwareAuthenticator,
  wishes: Partial<RegistrationWishes> = {},
): Promise<TestAnswer> {
  const body = enrolmentBody(device, await begunEnrolment(service, link), wishes)
  return service.send('POST', '/v1/signing-credentials', { as: link, body })
}

/** An act of a link and the challenge for it. */
export async function begunAct(service: TestService, link: string, choice: string) {
  const body = await shown(service, link, choice)
  const begun = await service.send('POST', '/v1/act-challenges', { as: link, body })
  return { body, begun }
}

/** What a device answers to a challenge, as the page would send it. */
export function assertionFor(
  device: SoftwareAuthenticator,
  begun: TestAnswer['body'],
  wishes: Partial<Ceremony> = {},
) {
  const challenge = Buffer.from(begun.ask.options.challenge, 'base64url')
  const made = device.assert({ ...localOrigin, challenge, ...wishes })
  return {
    challengeId: begun.challengeId as string,
    credentialId: encoded(made.credentialId),
    clientDataJson: encoded(made.clientDataJson),
    authenticatorData: encoded(made.authenticatorData),
    signature: encoded(made.signature),
  }
}

/** The facts of an entry by name, as a receipt discloses them. */
export function factsOf(receipt: { readonly disclosures: readonly string[] }): Record<string, unknown> {
  return Object.fromEntries(
    receipt.disclosures.map((each) => {
      const [, name, value] = JSON.parse(Buffer.from(each, 'base64url').toString('utf8'))
      return [name, value]
    }),
  )
}
