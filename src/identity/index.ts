export {
  createClient,
  issueKey,
  revokeKey,
  type Actor,
  type IssuedKey,
  type NewClient,
  type NewKey,
} from './client-actions.ts'
export { identityRoutes, type IdentityDeps } from './client-routes.ts'
export { insertClient, updateStaffClient, type ApiClient, type ApiKey } from './client-store.ts'
export { createKeyring, type Keyring, type KeyringDeps, type KeyringOptions } from './keyring.ts'
export {
  effectiveRights,
  lawyerSessionRights,
  rightNames,
  roleNames,
  roleRights,
  rights,
  type RightName,
  type RoleName,
} from './rights.ts'
