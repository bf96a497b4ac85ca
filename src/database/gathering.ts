import type { OrganisationId } from '#core'
import { classifyDatabaseError } from './database-errors.ts'

/** Asks one thing in an organisation; resolves with its answer, or rejects with what was wrong with it alone. */
export type Gathering<Ask, Answer> = (organisationId: OrganisationId, ask: Ask) => Promise<Answer>

/** Answers everything that was asked together, in its order. When it throws nothing is known of any of them. */
export type Together<Ask, Answer> = (
  organisationId: OrganisationId,
  asks: readonly Ask[],
) => Promise<readonly PromiseSettledResult<Answer>[]>

/** More of one organisation are not under way at once: who waits for a place goes along with the others that wait. */
const atOnceMax = 2
const sizeMax = 64

type Waiting<Ask, Answer> = {
  readonly ask: Ask
  readonly resolve: (answer: Answer) => void
  readonly reject: (reason: unknown) => void
}

type Line<Ask, Answer> = { waiting: Waiting<Ask, Answer>[]; underWay: number }

/**
 * Does together what is asked of one organisation at the same time, so that it takes one packet to the database and not one
 * each (decision 0177). There is no timer: a lone request is asked alone and waits for nobody. What fails together is done one
 * by one, so that one that always fails does not take its neighbours with it; not where nobody knows what was kept.
 */
export function gathering<Ask, Answer>(together: Together<Ask, Answer>): Gathering<Ask, Answer> {
  const lines = new Map<OrganisationId, Line<Ask, Answer>>()

  async function work(organisationId: OrganisationId, line: Line<Ask, Answer>): Promise<void> {
    line.underWay += 1
    // What has arrived already is read first.
    await new Promise((resolve) => setImmediate(resolve))
    while (line.waiting.length > 0) await settle(together, organisationId, line.waiting.splice(0, sizeMax))
    line.underWay -= 1
    if (line.underWay === 0) lines.delete(organisationId)
  }

  return (organisationId, ask) =>
    new Promise((resolve, reject) => {
      const line = lines.get(organisationId) ?? { waiting: [], underWay: 0 }
      lines.set(organisationId, line)
      line.waiting.push({ ask, resolve, reject })
      if (line.underWay < atOnceMax) void work(organisationId, line)
    })
}

async function settle<Ask, Answer>(
  together: Together<Ask, Answer>,
  organisationId: OrganisationId,
  batch: readonly Waiting<Ask, Answer>[],
): Promise<void> {
  try {
    const results = await together(
      organisationId,
      batch.map(({ ask }) => ask),
    )
    batch.forEach(({ resolve, reject }, index) => {
      const result = results[index]!
      if (result.status === 'fulfilled') resolve(result.value)
      else reject(result.reason)
    })
  } catch (error) {
    const isUnknown = classifyDatabaseError(error).kind === 'unknown-outcome'
    if (batch.length === 1 || isUnknown) for (const { reject } of batch) reject(error)
    else await Promise.all(batch.map((each) => settle(together, organisationId, [each])))
  }
}
