export { clauseRoutes } from './clause-routes.ts'
export { factsOfClause, factsOfPenalty, type ClausePlace } from './clause-facts.ts'
export { fillClause, valueDefectsOf } from './clause-filling.ts'
export { getContent, getTemplate } from './clause-store.ts'
export type {
  ClauseContent,
  ClauseTemplate,
  ClauseVersion,
  FilledClause,
  ParameterValues,
} from './clause-template.ts'
