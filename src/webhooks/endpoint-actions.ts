import type { Instant } from '#core'
import { addMilliseconds, problem } from '#core'
import type { Transaction } from '#database'
import type { Caller } from '#http'
import type { Platform } from '#platform'
import { giveUpAfter_ms } from './delivery-decisions.ts'
import { disableEndpoint, requeueDelivery } from './delivery-store.ts'
import type { EgressRefusal, EgressRules } from './egress-rules.ts'
import { checkUrl } from './egress-rules.ts'
import type { EndpointState, WebhookEndpoint } from './endpoint.ts'
import { enabledEndpointsMax } from './endpoint.ts'
import {
  countEnabled,
  enableEndpoint,
  getEndpoint,
  insertEndpoint,
  lockEndpoint,
  replaceSecret,
  updateEventTypes,
} from './endpoint-store.ts'
import { announce } from './event-actions.ts'
import { secretOf, secretText } from './signature.ts'

type ActionPlatform = Pick<Platform, 'clock' | 'newId' | 'secrets'>

const hour_ms = 3_600_000

const refusalTexts: Readonly<Record<EgressRefusal, string>> = {
  'not-a-url': 'This is not an absolute URL of at most 2,048 characters.',
  'not-https': 'Give an https address.',
  'credentials-in-url': 'Leave the login out of the address; the signature shows who sends.',
  'fragment-in-url': 'Leave out the part after #; it is never sent.',
  'port-not-allowed': 'Only port 443 and ports above 1024 are sent to.',
  'name-not-public': 'Give the full name of a public host.',
  'address-not-public': 'This address is not on the public Internet.',
}

/**
 * Makes an enabled endpoint. Its secret is in the answer and nowhere else. Throws `webhook-url-refused` for an address
 * that nothing is sent to, `webhook-endpoint-limit-reached` beyond ten enabled ones.
 */
export async function createEndpoint(
  platform: ActionPlatform,
  rules: EgressRules,
  trx: Transaction,
  caller: Caller,
  wanted: { readonly url: string; readonly eventTypes: readonly string[] | null },
): Promise<{ readonly endpoint: WebhookEndpoint; readonly secret: string }> {
  const checked = checkUrl(wanted.url, rules)
  if ('refusal' in checked) throw urlRefused(checked.refusal)
  const { organisationId } = caller
  await requireRoom(trx, caller)
  const endpoint: WebhookEndpoint = {
    endpointId: platform.newId(),
    url: checked.url.href,
    eventTypes: wanted.eventTypes,
    state: 'enabled',
    disabledBecause: null,
    failures: 0,
    pausedUntil: null,
    previousSecretUntil: null,
    createdBy: caller.clientId,
    createdAt: platform.clock(),
  }
  const secretId = platform.newId()
  await insertEndpoint(trx, organisationId, endpoint, secretId)
  return { endpoint, secret: secretText(secretOf(platform.secrets, secretId)) }
}

function urlRefused(refusal: EgressRefusal) {
  const message = refusalTexts[refusal]
  return problem('webhook-url-refused', {
    detail: message,
    errors: [{ code: refusal, message, pointer: '/url' }],
  })
}

async function requireRoom(trx: Transaction, caller: Caller): Promise<void> {
  const enabled = await countEnabled(trx, caller.organisationId)
  if (enabled >= enabledEndpointsMax) throw problem('webhook-endpoint-limit-reached')
}

/** Changes which types an endpoint takes, or whether it takes any. Disabling cancels what is queued for it. */
export async function changeEndpoint(
  platform: Pick<Platform, 'clock'>,
  trx: Transaction,
  caller: Caller,
  endpointId: string,
  change: { readonly eventTypes?: readonly string[] | null; readonly state?: EndpointState },
): Promise<WebhookEndpoint> {
  const { organisationId } = caller
  const endpoint = await lockEndpoint(trx, organisationId, endpointId)
  if (change.eventTypes !== undefined)
    await updateEventTypes(trx, organisationId, endpointId, change.eventTypes)
  if (change.state === 'disabled' && endpoint.state === 'enabled')
    await disableEndpoint(trx, organisationId, endpointId, 'asked')
  if (change.state === 'enabled' && endpoint.state === 'disabled') {
    await requireRoom(trx, caller)
    await enableEndpoint(trx, organisationId, endpointId, platform.clock())
  }
  return getEndpoint(trx, organisationId, endpointId)
}

/**
 * Gives an endpoint a new secret. For `keepPreviousHours` everything is signed with the one before as well, so a receiver
 * changes over without refusing anything; 0 ends the old one at once.
 */
export async function rotateSecret(
  platform: ActionPlatform,
  trx: Transaction,
  caller: Caller,
  endpointId: string,
  keepPreviousHours: number,
): Promise<{ readonly secret: string; readonly previousSecretUntil: Instant }> {
  const { organisationId } = caller
  await lockEndpoint(trx, organisationId, endpointId)
  const secretId = platform.newId()
  const previousSecretUntil = addMilliseconds(platform.clock(), keepPreviousHours * hour_ms)
  await replaceSecret(trx, organisationId, endpointId, secretId, previousSecretUntil)
  return { secret: secretText(secretOf(platform.secrets, secretId)), previousSecretUntil }
}

/** Sends an event that says nothing to one endpoint, whatever types it takes. Answers the id of the event. */
export async function sendTestEvent(
  platform: ActionPlatform,
  trx: Transaction,
  caller: Caller,
  endpointId: string,
): Promise<string> {
  await requireEnabled(trx, caller, endpointId)
  const draft = { type: 'webhook.test', subject: endpointId, data: { endpointId } } as const
  return announce(platform, trx, caller.organisationId, draft, endpointId)
}

/** Queues one delivery again as if it were new, also one that arrived: the same id and bytes go out once more. */
export async function retryDelivery(
  platform: Pick<Platform, 'clock'>,
  trx: Transaction,
  caller: Caller,
  key: { readonly endpointId: string; readonly eventId: string },
): Promise<void> {
  await requireEnabled(trx, caller, key.endpointId)
  const now = platform.clock()
  const times = { now, giveUpAt: addMilliseconds(now, giveUpAfter_ms) }
  await requeueDelivery(trx, caller.organisationId, key, times)
}

async function requireEnabled(trx: Transaction, caller: Caller, endpointId: string): Promise<void> {
  const endpoint = await lockEndpoint(trx, caller.organisationId, endpointId)
  if (endpoint.state !== 'enabled') throw problem('webhook-endpoint-disabled')
}
