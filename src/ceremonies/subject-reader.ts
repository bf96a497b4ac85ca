import type { OrganisationId } from '#core'
import { ProblemError } from '#core'
import type { Database, Transaction } from '#database'
import type { PublishedVersion } from '#policies'
import { getVersionById } from '#policies'
import type { ActSubject } from './act-subject.ts'
import type { LinkContext, SubjectId } from './act.ts'
import { subjectIdOf } from './act.ts'
import { getBundle } from './bundle-store.ts'

/** The same, or null when its content has gone. */
export async function findSubject(
  trx: Transaction,
  organisationId: OrganisationId,
  ids: Pick<LinkContext, 'versionId' | 'bundleId'>,
): Promise<ActSubject | null> {
  try {
    return await readSubject(trx, organisationId, ids)
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'content-erased') return null
    throw error
  }
}

/**
 * What a ceremony is about, as it was frozen. The same ids give the same for ever. Throws `content-erased` for a bundle
 * whose manifest has gone.
 */
export async function readSubject(
  trx: Transaction,
  organisationId: OrganisationId,
  { versionId, bundleId }: Pick<LinkContext, 'versionId' | 'bundleId'>,
): Promise<ActSubject> {
  return bundleId === null
    ? { kind: 'policy', version: await getVersionById(trx, organisationId, versionId!) }
    : { kind: 'bundle', bundle: await getBundle(trx, organisationId, bundleId) }
}

/** Published versions by their id: they never change, and hold nothing about persons. The oldest one goes first. */
const versions = new Map<SubjectId, ActSubject>()
const versionsKept = 200

/**
 * What ceremonies are about, by the id of the version or bundle; null where its content has gone. Versions that this process
 * has read are not read again, so it may take no query at all; a bundle is, because its content can be erased.
 */
export async function readSubjects(
  database: Pick<Database, 'readInOrganisation'>,
  organisationId: OrganisationId,
  wanted: readonly Pick<LinkContext, 'versionId' | 'bundleId'>[],
): Promise<ReadonlyMap<SubjectId, ActSubject | null>> {
  const found = new Map<SubjectId, ActSubject | null>()
  const byId = new Map(wanted.map((each) => [subjectIdOf(each), each]))
  const missing = [...byId].filter(([id]) => {
    const kept = versions.get(id)
    if (kept !== undefined) found.set(id, kept)
    return kept === undefined
  })
  if (missing.length === 0) return found
  return database.readInOrganisation(organisationId, async (trx) => {
    for (const [id, ids] of missing) {
      const subject = await findSubject(trx, organisationId, ids)
      found.set(id, subject?.kind === 'policy' ? keepVersion(id, subject.version) : subject)
    }
    return found
  })
}

/** Without the day of its withdrawal, which can still come. */
function keepVersion(id: SubjectId, published: PublishedVersion): ActSubject {
  const { withdrawnFrom: _withdrawnFrom, ...version } = published
  const subject = { kind: 'policy', version } as const
  versions.set(id, subject)
  if (versions.size > versionsKept) versions.delete(versions.keys().next().value!)
  return subject
}
