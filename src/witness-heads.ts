import type { HeadSource, KnownHead } from '#continuity'
import { readWitnessPolicy } from '#anchors'
import type { OrganisationId } from '#core'
import { millisecondsOf } from '#core'
import type { Database } from '#database'
import { parseWitnessPolicy, readCheckpoint, requestCosignature } from '#evidence'
import type { Platform } from '#platform'

const askAgain_ms = 3_600_000

/**
 * Asks the witnesses of an organisation what they know of its ledger, at the first look after a start and then once an
 * hour. A witness that is asked to sign again what it has signed answers with its own size when that is another one (C2SP
 * tlog-witness): more than ours means that this database was put back. One that does not answer says nothing.
 */
export function witnessHeads(deps: { readonly platform: Platform; readonly database: Database }): HeadSource {
  const asked = new Map<OrganisationId, number>()
  return async (organisationId) => {
    const now = millisecondsOf(deps.platform.clock())
    if (now - (asked.get(organisationId) ?? Number.NEGATIVE_INFINITY) < askAgain_ms) return []
    asked.set(organisationId, now)
    const known = await deps.database.readInOrganisation(organisationId, async (trx) => ({
      policy: parseWitnessPolicy(await readWitnessPolicy(trx, organisationId)),
      checkpoint: await readCheckpoint(trx, organisationId),
    }))
    const { checkpoint } = known
    if (checkpoint === undefined) return []
    const witnesses = known.policy.witnesses.filter((each) => each.url !== undefined)
    const answers = await Promise.all(witnesses.map((each) => sizeAt(deps.platform, each, checkpoint)))
    return answers.filter((head) => head !== undefined)
  }
}

type NamedWitness = ReturnType<typeof parseWitnessPolicy>['witnesses'][number]

async function sizeAt(
  { clock }: Platform,
  { name, url, key }: NamedWitness,
  { note, size }: { readonly note: string; readonly size: number },
): Promise<KnownHead | undefined> {
  const answer = await requestCosignature({ witness: key, url: url!, note, oldSize: size, proof: [], now: clock() }) // prettier-ignore
  if (answer.kind !== 'conflict') return undefined
  const origin = note.slice(0, note.indexOf('\n'))
  return { source: `witness ${name}`, origin, size: answer.size, root: null, note: null }
}
