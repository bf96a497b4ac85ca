import type { Static } from 'typebox'
import { oneOf } from '#http'

/**
 * What holds for an act after what was said against it. Nothing may rest on one that is denied, or that a court found not to
 * be its person's (room `denials`). The act itself and its receipt stay as they are whatever its status.
 */
export const actStatuses = [
  'undisputed',
  'denied',
  'denial-withdrawn',
  'attributed-by-court',
  'not-attributed-by-court',
] as const

export const ActStatusShape = oneOf(actStatuses, {
  description:
    'What holds for the act. While it is denied, and once a court found that it is not its person’s, nothing may rest on it.',
})
export type ActStatus = Static<typeof ActStatusShape>
