import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import { canonicalJson, problem, type EntryId } from '#core'
import type { Transaction } from '#database'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import type { Platform } from '#platform'
import { checkUrl, type EgressRules } from '#webhooks'
import { insertProvider, listProviders, lockProvider, updateProvider } from './provider-store.ts'
import { enabledProvidersMax, secretPurpose, type ProviderSettings, type SealedProvider } from './provider.ts'

export type NewProvider = ProviderSettings & {
  readonly issuer: string
  readonly clientAuthentication: SealedProvider['clientAuthentication']
  /** Of the client at the provider; not with `private-key-jwt`, for which a key is made here. */
  readonly clientSecret: string | undefined
}

export type ProviderChange = Partial<ProviderSettings> & { readonly clientSecret?: string }

/**
 * Makes a provider of the organisation. Its secret is sealed under the master key and never shown again; for
 * `private-key-jwt` (RFC 7523) a key is made, of which only the public half can be read. An entry in the ledger, without
 * the secret. Throws `sign-on-provider-refused` and `sign-on-provider-limit-reached`.
 */
export async function createProvider(
  platform: Platform,
  rules: EgressRules,
  trx: Transaction,
  caller: Caller,
  wanted: NewProvider,
): Promise<SealedProvider> {
  requireFit(wanted, rules)
  const { clientSecret, issuer, clientAuthentication, ...settings } = wanted
  if ((clientAuthentication === 'private-key-jwt') !== (clientSecret === undefined))
    throw refused(
      'client-secret',
      'Give a client secret, unless the client proves itself with a key.',
      '/clientSecret',
    )
  await requireRoom(trx, caller, wanted.state)
  const made = clientSecret === undefined ? await newClientKey() : { secret: clientSecret, publicJwk: null }
  const now = platform.clock()
  const provider: SealedProvider = {
    ...settings,
    providerId: platform.newId(),
    issuer,
    clientAuthentication,
    publicJwk: made.publicJwk,
    sealedSecret: platform.secrets.seal(secretPurpose, Buffer.from(made.secret)),
    createdBy: caller.clientId,
    createdAt: now,
    updatedAt: now,
  }
  await insertProvider(trx, caller.organisationId, provider)
  await record(platform, trx, caller, provider, 'sign-on-provider-created')
  return provider
}

/** Changes a provider; the issuer stays, because accounts are bound to it. An entry in the ledger. */
export async function changeProvider(
  platform: Platform,
  rules: EgressRules,
  trx: Transaction,
  caller: Caller,
  providerId: string,
  change: ProviderChange,
): Promise<SealedProvider> {
  const before = await lockProvider(trx, caller.organisationId, providerId)
  const { clientSecret, ...settings } = change
  if (clientSecret !== undefined && before.clientAuthentication === 'private-key-jwt')
    throw refused(
      'client-secret',
      'This client proves itself with a key, not with a secret.',
      '/clientSecret',
    )
  const after: SealedProvider = {
    ...before,
    ...settings,
    ...(clientSecret === undefined
      ? {}
      : { sealedSecret: platform.secrets.seal(secretPurpose, Buffer.from(clientSecret)) }),
    updatedAt: platform.clock(),
  }
  requireFit(after, rules)
  if (before.state === 'disabled') await requireRoom(trx, caller, after.state)
  await updateProvider(trx, caller.organisationId, after)
  await record(platform, trx, caller, after, 'sign-on-provider-changed', clientSecret !== undefined)
  return after
}

async function newClientKey(): Promise<{ readonly secret: string; readonly publicJwk: string }> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const exported = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(exported)
  return {
    secret: JSON.stringify({ ...(await exportJWK(privateKey)), alg: 'ES256', kid }),
    publicJwk: JSON.stringify({ ...exported, alg: 'ES256', use: 'sig', kid }),
  }
}

function requireFit(
  wanted: Omit<ProviderSettings, 'state'> & { readonly issuer: string },
  rules: EgressRules,
): void {
  const checked = checkUrl(wanted.issuer, rules)
  if ('refusal' in checked) throw refused(checked.refusal, 'Give a public https address.', '/issuer')
  if (checked.url.search !== '')
    throw refused(
      'query-in-issuer',
      'An issuer has no query (OpenID Connect Discovery section 2).',
      '/issuer',
    )
  if (!wanted.scopes.includes('openid'))
    throw refused('scope-openid-missing', 'Name the scope openid.', '/scopes')
  if (wanted.forStaff && (wanted.roleClaim === null || wanted.roleMapping.length === 0))
    throw refused(
      'roles-missing',
      'For staff, name the claim with their roles and what its values mean.',
      '/roleMapping',
    )
  const values = wanted.roleMapping.map(({ value }) => value)
  if (new Set(values).size !== values.length)
    throw refused('role-value-twice', 'Map each value of the claim once.', '/roleMapping')
}

function refused(code: string, message: string, pointer: string) {
  return problem('sign-on-provider-refused', { detail: message, errors: [{ code, message, pointer }] })
}

async function requireRoom(
  trx: Transaction,
  caller: Caller,
  state: ProviderSettings['state'],
): Promise<void> {
  if (state === 'disabled') return
  const providers = await listProviders(trx, caller.organisationId)
  if (providers.filter((each) => each.state === 'enabled').length >= enabledProvidersMax)
    throw problem('sign-on-provider-limit-reached')
}

/** Everything that decides who gets in, as it holds from now; that the secret changed, never what it is. */
async function record(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  provider: SealedProvider,
  kind: string,
  secretReplaced = true,
): Promise<void> {
  const {
    sealedSecret: _sealed,
    createdAt: _created,
    createdBy: _by,
    updatedAt,
    roleMapping,
    ...facts
  } = provider
  const entry = {
    entryId: platform.newId() as EntryId,
    kind,
    at: updatedAt,
    facts: {
      ...facts,
      algorithms: [...facts.algorithms],
      scopes: [...facts.scopes],
      secondFactorAmr: [...facts.secondFactorAmr],
      secondFactorAcr: [...facts.secondFactorAcr],
      roleMapping: canonicalJson(roleMapping.map(({ value, role }) => ({ value, role }))),
      secretReplaced,
      by: caller.clientId,
    },
  }
  await appendEntries(platform, trx, caller.organisationId, [entry])
}
