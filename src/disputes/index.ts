export { dossierRoutes } from './dossier-routes.ts'
export { ledgerRoutes } from './ledger-routes.ts'
