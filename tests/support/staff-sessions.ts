import { addMilliseconds } from '#core'
import { roleNames, type RoleName } from '#identity'
import type { SignOnProof } from '#single-sign-on'
import { signInStaff } from '../../src/staff/sign-in-actions.ts'
import type { TestService, TestTenant } from './service.ts'

export type StaffCookies = Readonly<Record<RoleName, { readonly strong: string; readonly weak: string }>>

/**
 * A session of each role in a tenant, with and without a second factor, as a Cookie header. The provider was never asked:
 * what it would have said is put in its place.
 */
export async function staffCookies(service: TestService, tenant: TestTenant): Promise<StaffCookies> {
  const made = await service.send('POST', '/v1/sign-on-providers', {
    as: tenant.keys['organisation-admin'],
    body: {
      name: 'Werk',
      issuer: 'https://login.voorbeeld.example',
      clientId: 'beding',
      clientAuthentication: 'client-secret-basic',
      clientSecret: 'a'.repeat(32),
      forPersons: false,
      forStaff: true,
      roleClaim: 'groups',
      roleMapping: roleNames.map((role) => ({ value: role, role })),
    },
  })
  if (made.status !== 201) throw new Error(JSON.stringify(made.body))
  const cookies: [RoleName, { strong: string; weak: string }][] = []
  for (const role of roleNames) {
    const strong = await aCookie(service, tenant, made.body, role, 'sso-mfa')
    const weak = await aCookie(service, tenant, made.body, role, 'sso')
    cookies.push([role, { strong, weak }])
  }
  return Object.fromEntries(cookies) as StaffCookies
}

async function aCookie(
  service: TestService,
  tenant: TestTenant,
  provider: { readonly providerId: string; readonly issuer: string },
  role: RoleName,
  assurance: 'sso' | 'sso-mfa',
): Promise<string> {
  const at = service.platform.clock()
  const { organisationId } = tenant
  const attempt = { attemptId: service.platform.newId(), organisationId, expiresAt: addMilliseconds(at, 1) }
  const word = { assurance, at, authTime: at, issuer: provider.issuer, providerId: provider.providerId }
  const subject = `${role} ${assurance}`.replace(' ', '-')
  const claims = { sub: subject, name: role, groups: [role] }
  const settings = { ...provider, roleClaim: 'groups', roleMapping: [{ value: role, role }] }
  const proof = { attempt, provider: settings, subject, claims, word, record: '{}' } as unknown as SignOnProof
  return `beding-staff=${await signInStaff(service, proof, undefined)}`
}
