/** The door of anchoring: taking anchors, reading them, choosing those that a dossier needs, and the routes. */
export {
  anchorMoment,
  anchorNow,
  anchoringKind,
  requestAnchor,
  scheduleAnchoring,
  type AnchorOutcome,
} from './anchor-actions.ts'
export { anchoringJob } from './anchor-job.ts'
export { anchorRoutes, type AnchorRouteDeps } from './anchor-routes.ts'
export { readAnchorMarks, readAnchors, readAnchorsFor, type AnchorRange } from './anchor-view.ts'
export {
  defaultAnchorSettings,
  type AlgorithmEnd,
  type Anchor,
  type AnchorDeps,
  type AnchorMark,
  type AnchorSettings,
  type AnchorTimestamp,
} from './anchor.ts'
export { bracketOf, chooseAnchors, type Bracket } from './bracket-decisions.ts'
export { tsaRootsPem } from './tsa-roots.ts'
export { readWitnessPolicy } from './witness-policy-store.ts'
