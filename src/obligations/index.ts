import type { HttpServer } from '#http'
import type { CaptureDeps } from './capture-routes.ts'
import { captureRoutes } from './capture-routes.ts'
import { bindingRoutes } from './obligation-routes.ts'

export { answerObligations } from './obligation-actions.ts'

/** Adds the questions about what binds whom, and the captures that support an answer. */
export function obligationRoutes(server: HttpServer, deps: CaptureDeps): void {
  captureRoutes(server, deps)
  bindingRoutes(server, deps)
}
