export { dutchCheckName } from './page-check-names.ts'
export { buildVerifierPage, independentVerifier } from './page-builder.ts'
export type { VerifierPage } from './page-builder.ts'
