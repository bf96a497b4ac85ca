export type { EventDraft, JsonValue } from './event.ts'
export { eventCatalogue, type EventType } from './event-catalogue.ts'
export { recordEvent } from './event-actions.ts'
