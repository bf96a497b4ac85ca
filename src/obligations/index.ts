import type { HttpServer } from '#http'
import { captureRoutes } from './capture-routes.ts'
import type { QuestionDeps } from './question-routes.ts'
import { questionRoutes } from './question-routes.ts'
import { bindingRoutes } from './obligation-routes.ts'

export { answerObligations } from './obligation-actions.ts'

/** Adds the questions about what binds whom, and the captures that support an answer. */
export function obligationRoutes(server: HttpServer, deps: QuestionDeps): void {
  captureRoutes(server, deps)
  bindingRoutes(server, deps)
  questionRoutes(server, deps)
}
