export { cancelRebinding, type TellPerson } from './rebinding-actions.ts'
export { claim } from './person-sign-in-actions.ts'
export {
  beginQuery,
  callbackQuery,
  personSignInRoutes,
  type PersonSessionOpener,
  type PersonSignInDeps,
} from './person-sign-in-routes.ts'
export { createProviderDirectory, type ProviderDirectory } from './provider-directory.ts'
export { providerRoutes, redirectUriOf, type ProviderRouteDeps } from './provider-routes.ts'
export { rebindingRoutes, type RebindingRouteDeps } from './rebinding-routes.ts'
export { listSignOnChoices } from './provider-store.ts'
export type { SealedProvider } from './provider.ts'
export {
  beginSignIn,
  completeSignIn,
  type ProviderWord,
  type SignOnDeps,
  type SignOnProof,
} from './sign-in-actions.ts'
export { answerOf, sendSignedIn, sendToProvider, useSignInPages } from './sign-in-pages.ts'
export { egressFetch, ProviderUnreachable, type EgressFetch } from './egress-fetch.ts'
