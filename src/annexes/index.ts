/** The door of this room: what an annex is made of, reading it, and what other rooms learn from it. */
export {
  annexFacts,
  coverageClauseOf,
  penaltyTermsOf,
  type AnnexPlace,
  type ListsByMark,
} from './annex-facts.ts'
export {
  keepAnnex,
  prepareAnnex,
  type AnnexDeps,
  type ComposedAnnex,
  type PreparedAnnex,
} from './annex-actions.ts'
export { annexRoutes } from './annex-routes.ts'
export { listOnDay, readAnnex, readAnnexes, type AnnexFilter } from './annex-view.ts'
export type { Annex, AnnexContent, ComposedClause, ComposedMotivation, ComposedPolicy, Exemption, Relation } from './annex.ts' // prettier-ignore
