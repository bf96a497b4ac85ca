import { employmentChangedJob } from '#changes'
import type { AccessExpectation } from './identity-access-matrix.ts'
import type { TestService } from './service.ts'

const closing = { closer: 'C', reason: 'A reason that is long enough.' }

/** Who may call the routes about what changes made necessary. */
export const changeRows: AccessExpectation = {
  'GET /v1/tasks': { access: 'task.read' },
  'GET /v1/tasks/:taskId': { access: 'task.read' },
  'POST /v1/employments/:employmentId/what-ifs': { access: 'law.check', body: {} },
  'POST /v1/tasks/:taskId/closings': { access: 'task.dismiss', body: closing },
}

/** A task of the own organisation: about its size, which needs no agreement. */
export async function changeObjects(service: TestService): Promise<Record<string, string>> {
  const { own, platform, database } = service
  const fact = { kind: 'headcount', validFrom: '2026-01-01', value: { count: 60 } }
  await service.send('POST', '/v1/organisation-facts', { as: own.keys['hr-publisher'], body: fact })
  await employmentChangedJob({ platform, database }).work(own.organisationId)
  const tasks = await service.send('GET', '/v1/tasks', { as: own.keys['hr-reader'] })
  return { taskId: tasks.body.items[0].taskId }
}
