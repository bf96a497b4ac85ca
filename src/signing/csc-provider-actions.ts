import { problem, type EntryId, type Instant } from '#core'
import type { Transaction } from '#database'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import type { Platform } from '#platform'
import { checkUrl, type EgressRules } from '#webhooks'
import { cscSecretPurpose, type CscProvider, type SealedCscProvider } from './csc-provider.ts'
import { insertCscProvider, retireCscProvider } from './csc-provider-store.ts'

export type NewCscProvider = Pick<CscProvider, 'name' | 'baseUrl' | 'clientId'> & {
  readonly clientSecret: string
}

/**
 * Puts a provider to use for an organisation; the one before is retired. The secret is sealed under the master key and
 * never shown again. An entry in the ledger, without the secret. Throws `signing-provider-refused`.
 */
export async function useCscProvider(
  platform: Platform,
  rules: EgressRules,
  trx: Transaction,
  caller: Caller,
  wanted: NewCscProvider,
): Promise<CscProvider> {
  const { organisationId, clientId: createdBy } = caller
  const createdAt = platform.clock()
  const provider: SealedCscProvider = {
    providerId: platform.newId(),
    name: wanted.name,
    baseUrl: requireBase(wanted.baseUrl, rules),
    clientId: wanted.clientId,
    sealedSecret: platform.secrets.seal(cscSecretPurpose, Buffer.from(wanted.clientSecret)),
    createdBy,
    createdAt,
    retiredAt: null,
  }
  const { providerId, name, baseUrl, clientId } = provider
  const replaces = (await retireCscProvider(trx, organisationId, createdAt)) ?? null
  await insertCscProvider(trx, organisationId, provider)
  const facts = { organisationId, providerId, name, baseUrl, clientId, replaces, by: createdBy }
  const entry = { entryId: platform.newId() as EntryId, kind: 'signing-provider-set', at: createdAt, facts }
  await appendEntries(platform, trx, organisationId, [entry])
  return provider
}

/** Ends the use of the provider: nobody signs remotely any more. An entry in the ledger. Throws `signing-provider-missing`. */
export async function endCscProvider(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
): Promise<{ readonly providerId: string; readonly retiredAt: Instant }> {
  const { organisationId, clientId: by } = caller
  const at = platform.clock()
  const providerId = await retireCscProvider(trx, organisationId, at)
  if (providerId === undefined) throw problem('signing-provider-missing')
  const facts = { organisationId, providerId, by }
  const entry = { entryId: platform.newId() as EntryId, kind: 'signing-provider-retired', at, facts }
  await appendEntries(platform, trx, organisationId, [entry])
  return { providerId, retiredAt: at }
}

function requireBase(text: string, rules: EgressRules): string {
  const checked = checkUrl(text, rules)
  if ('refusal' in checked) throw refused(checked.refusal, 'Give a public https address.')
  if (checked.url.search !== '') throw refused('query-in-url', 'Give an address without a query.')
  return text.replace(/\/+$/, '')
}

function refused(code: string, message: string) {
  return problem('signing-provider-refused', { errors: [{ code, message, pointer: '/baseUrl' }] })
}
