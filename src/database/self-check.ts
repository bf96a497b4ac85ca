import type { CatalogueFacts, DefinerFacts, TableFacts } from './catalogue.ts'
import { type MigrationFile, planMigration, refusalSentence } from './migration-files.ts'
import { ownerRole } from './role-setup.ts'

/** One thing that must hold before the service may serve, and does not. */
export type Finding = { readonly name: string; readonly subject: string; readonly sentence: string }

export type CheckOptions = {
  /** For clusters that tests throw away. Only code can say this; no setting leads here. */
  readonly durability?: 'required' | 'waived-for-tests'
}

const serverVersionMin = 150_000
const tableClasses = ['evidence', 'tenant', 'installation']
/** pg_trigger.tgtype: before + row + update + delete, and before + truncate per statement. */
const rowTrigger = 2 | 1 | 16 | 8
const tableTrigger = 2 | 32
/** From these content can be taken away, by the owner within an erasure and by nobody else (decision 0060). */
const erasableTables = [
  'act_receipt',
  'delivery_event',
  'document',
  'entry_disclosure',
  'executed_copy_document',
  'idempotency',
  'opening',
]
/** The functions that may run with the rights of the owner. */
const knownDefiners = ['erase_items']
const ownRowsOnly = /^\(organisation_id = (beding\.)?current_organisation\(\)\)$/

/**
 * Judges what the catalogue says, seen by the login that serves. Pure. No findings: evidence can only be added to, every
 * organisation sees only itself, and a commit that was answered survives a power cut. Decision 0005, architecture 4.
 */
export function evaluateCatalogue(
  facts: CatalogueFacts,
  files: readonly MigrationFile[],
  options: CheckOptions = {},
): Finding[] {
  return [
    ...serverFindings(facts),
    ...(options.durability === 'waived-for-tests' ? [] : durabilityFindings(facts)),
    ...loginFindings(facts),
    ...schemaFindings(facts, files),
    ...facts.tables.flatMap((table) => tableFindings(table, facts)),
    ...facts.definers.flatMap(definerFindings),
  ]
}

function finding(name: string, subject: string, sentence: string): Finding {
  return { name, subject, sentence }
}

function serverFindings(facts: CatalogueFacts): Finding[] {
  const findings: Finding[] = []
  if (facts.serverVersion < serverVersionMin)
    findings.push(finding('server-too-old', 'server', 'PostgreSQL 15 or newer is needed.'))
  if (facts.serverEncoding !== 'UTF8')
    findings.push(finding('server-not-utf8', 'server', 'The database must have the encoding UTF8.'))
  if (facts.inRecovery)
    findings.push(finding('server-read-only', 'server', 'The server is a standby and takes no rows.'))
  return findings
}

function durabilityFindings(facts: CatalogueFacts): Finding[] {
  const findings: Finding[] = []
  if (facts.fsync !== 'on') findings.push(finding('fsync-off', 'server', 'fsync must be on.'))
  if (facts.fullPageWrites !== 'on')
    findings.push(finding('full-page-writes-off', 'server', 'full_page_writes must be on.'))
  if (!['on', 'remote_write', 'remote_apply'].includes(facts.synchronousCommit))
    findings.push(
      finding(
        'synchronous-commit-off',
        facts.login,
        `synchronous_commit must be on for ${facts.login}, not ${facts.synchronousCommit}.`,
      ),
    )
  return findings
}

function loginFindings(facts: CatalogueFacts): Finding[] {
  const { login } = facts
  const findings = [
    ...facts.powers.map((power) =>
      finding('login-too-powerful', login, `The login ${login} must not have or be able to get ${power}.`),
    ),
    ...facts.memberships.map((role) =>
      finding('login-in-powerful-role', login, `The login ${login} must not be a member of ${role}.`),
    ),
    ...facts.owns.map((thing) =>
      finding('login-owns', login, `The login ${login} must not own the ${thing}.`),
    ),
  ]
  if (facts.maySwitchTriggersOff)
    findings.push(
      finding(
        'login-switches-triggers',
        login,
        `The login ${login} must not be allowed to set session_replication_role.`,
      ),
    )
  if (facts.mayCreateInSchema)
    findings.push(
      finding('login-creates', login, `The login ${login} must not be allowed to create in schema beding.`),
    )
  return findings
}

function schemaFindings(facts: CatalogueFacts, files: readonly MigrationFile[]): Finding[] {
  const plan = planMigration(files, facts.applied)
  if (plan.kind === 'refused') return [finding('schema-differs', plan.name, refusalSentence(plan))]
  return plan.files.map(({ name }) =>
    finding('schema-not-current', name, `The migration ${name} has not been applied.`),
  )
}

function tableFindings(table: TableFacts, facts: CatalogueFacts): Finding[] {
  if (!tableClasses.includes(table.comment ?? ''))
    return [
      finding(
        'table-unclassed',
        table.name,
        `The comment of table ${table.name} must be one of ${tableClasses.join(', ')}.`,
      ),
    ]
  if (table.comment === 'installation') return []
  return [
    ...isolationFindings(table),
    ...keyFindings(table, facts),
    ...(table.comment === 'evidence' ? evidenceFindings(table) : []),
  ]
}

function isolationFindings(table: TableFacts): Finding[] {
  const findings: Finding[] = []
  if (!table.rowSecurity || !table.forced)
    findings.push(
      finding(
        'row-security-off',
        table.name,
        `Row level security must be enabled and forced on table ${table.name}.`,
      ),
    )
  const [policy, ...others] = table.policies
  const whole =
    policy !== undefined &&
    policy.permissive &&
    policy.command === '*' &&
    policy.forEveryone &&
    ownRowsOnly.test(policy.using ?? '') &&
    ownRowsOnly.test(policy.check ?? '')
  // A restrictive policy only takes away, so it may stand beside the first; a second permissive one would add rows.
  if (!whole || others.some(({ permissive }) => permissive))
    findings.push(
      finding(
        'policy-differs',
        table.name,
        `Table ${table.name} must have one policy that shows and takes rows of the current organisation only.`,
      ),
    )
  return findings
}

function keyFindings(table: TableFacts, facts: CatalogueFacts): Finding[] {
  const findings: Finding[] = []
  if (table.primaryKey[0] !== 'organisation_id')
    findings.push(
      finding(
        'key-without-organisation',
        table.name,
        `The primary key of table ${table.name} must begin with organisation_id.`,
      ),
    )
  const bound = new Set(
    facts.tables.filter(({ comment }) => comment !== 'installation').map(({ name }) => name),
  )
  for (const key of table.foreignKeys)
    if (bound.has(key.target) && key.columns[0] !== 'organisation_id')
      findings.push(
        finding(
          'key-without-organisation',
          table.name,
          `The foreign key ${key.name} must begin with organisation_id.`,
        ),
      )
  return findings
}

function evidenceFindings(table: TableFacts): Finding[] {
  const findings = ['update', 'delete', 'truncate', 'trigger']
    .filter((privilege) => table.privileges.includes(privilege))
    .map((privilege) =>
      finding(
        'evidence-changeable',
        table.name,
        `The login that serves must not have ${privilege} on table ${table.name}.`,
      ),
    )
  for (const [type, what] of [
    [rowTrigger, 'update and delete'],
    [tableTrigger, 'truncate'],
  ] as const) {
    const guarded = table.triggers.some(
      (trigger) =>
        trigger.type === type && guardsOf(table, type).includes(trigger.calls) && /^[OA]$/.test(trigger.enabled), // prettier-ignore
    )
    if (!guarded)
      findings.push(
        finding(
          'evidence-unguarded',
          table.name,
          `Table ${table.name} must have an enabled trigger that refuses ${what}.`,
        ),
      )
  }
  return findings
}

function guardsOf(table: TableFacts, type: number): readonly string[] {
  const erasable = type === rowTrigger && erasableTables.includes(table.name)
  if (erasable) return ['refuse_change', 'refuse_change_but_erasure']
  // Revisions of a document go with it, and never by themselves.
  if (type === rowTrigger && table.name === 'document_revision')
    return ['refuse_change', 'refuse_change_but_with_document']
  // Letters, reports and the tables of content have names in them: they go within an erasure.
  if (
    type === rowTrigger &&
    (table.name.endsWith('_content') ||
      ['letter_document', 'dossier_report', 'attribution_text'].includes(table.name))
  )
    return ['refuse_change', 'refuse_change_but_letter_erasure']
  // A person's signing keys go with the last of the person.
  if (
    type === rowTrigger &&
    ['signing_credential', 'signing_reset', 'signing_revocation'].includes(table.name)
  )
    return ['refuse_change', 'refuse_change_but_signing_erasure']
  return ['refuse_change']
}

/** A function with the owner's rights must be one we know, and must not look where its caller can put things. */
function definerFindings(definer: DefinerFacts): Finding[] {
  const { name } = definer
  if (!knownDefiners.includes(name))
    return [
      finding('definer-unknown', name, `The function ${name} must not run with the rights of its owner.`),
    ]
  const findings: Finding[] = []
  if (definer.owner !== ownerRole)
    findings.push(finding('definer-of-another', name, `The function ${name} must belong to ${ownerRole}.`))
  if (definer.searchPath !== 'beding, pg_temp')
    findings.push(finding('definer-looks-elsewhere', name, `The function ${name} must have the search path beding, pg_temp.`)) // prettier-ignore
  if (definer.forEveryone)
    findings.push(finding('definer-for-everyone', name, `Not everybody may execute the function ${name}.`))
  return findings
}
