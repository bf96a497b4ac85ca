export { legalCheckRoutes } from './legal-check-routes.ts'
export { legalQuestionRoutes } from './question-routes.ts'
