import type { Session } from '#authentication'
import { signOut, takeSession } from '#authentication'
import type { AnyReply, AnyRequest } from '#http'
import type { VisitorDeps } from './visitor.ts'

/** Ends a session and takes it from the browser. */
export async function endSession(
  deps: VisitorDeps,
  request: AnyRequest,
  reply: AnyReply,
  session: Session,
): Promise<void> {
  await signOut(deps, session)
  takeSession(request, reply)
}
