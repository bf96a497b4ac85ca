import type { TestService } from './service.ts'

/**
 * The tables with a person in them. `own`: a row is something that only the person can do, so that no request of anybody else may add
 * one. Anything else says why others may. A table that is not named here makes the test fail: whoever adds one decides.
 */
export const personTables: Readonly<Record<string, string>> = {
  act: 'own',
  person: 'the HR system states who works there',
  assignment: 'the employer asks',
  dossier: 'a lawyer asks for it',
  legal_hold: 'a lawyer places it',
  erasure_proposal: 'HR proposes it',
  erasure_item: 'HR proposes it',
  letter: 'the employer writes it',
  signing_challenge: 'own',
  signing_credential: 'own',
  signing_reset:
    'staff resets, which is logged, told to the person and lowers what counts; it enrols nothing',
  person_session: 'own',
  person_authentication: 'own',
  authentication_record: 'own',
  private_mailbox: 'own',
  private_mailbox_proposal: 'HR may propose an address; it counts for nothing until the person confirms it',
  mailbox_code: 'a code is asked for at a sign-in page that anybody can see; it goes to the mailbox only',
  totp_authenticator: 'own',
  attestation: 'the word of the employer, in a table that nothing about acts reads',
  attestation_text: 'the same, in words',
  notice: 'a message to the person, made by what happened',
  person_sign_on: 'own',
  sign_on_binding: 'own',
  annex: 'the employer composes it; it binds nobody until it is agreed to',
  legal_check: 'staff asks for it',
  employment: 'the employer states who works there',
  employment_exit: 'the employer states how it ends; that a letter was seen is an act of the person',
  contract_document:
    'the employer hands in a contract that was made elsewhere; it says nothing of anybody having agreed',
  task: 'a change of the employment or of the rules opens it; it says nothing of anybody having agreed',
  mandate: 'the employer says who may sign for it',
  contact_capture: 'the employer or its lawyer hands in what it saw',
  bundle: 'the employer puts together what it asks',
  agreement: 'the employer offers it; each party acts in a ceremony of their own',
  identity_check: 'the word of the employer that it saw a document',
  matter: 'HR gives a lawyer one matter for some time',
  sign_on_rebinding:
    'an administrator lets another account of the provider stand for the person, which is logged and told to them',
}

/** How many rows of each of the person's own tables are about one of these persons, and what they said themselves against acts. */
export async function ownRows(
  service: TestService,
  personIds: readonly string[],
): Promise<{ readonly counts: Readonly<Record<string, number>>; readonly unclassified: readonly string[] }> {
  const tables = await service.adminQuery<{ table_name: string }>(
    `select table_name from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema = 'beding' and column_name = 'person_id' and table_type = 'BASE TABLE' order by table_name`,
  )
  const counts: Record<string, number> = {}
  const count = async (name: string, from: string) => {
    const [row] = await service.adminQuery<{ n: number }>(`select count(*)::int as n from ${from}`, [
      personIds,
    ])
    counts[name] = row!.n
  }
  for (const { table_name: table } of tables)
    if (personTables[table] === 'own')
      await count(table, `beding."${table}" where person_id = any($1::uuid[])`)
  await count('opening', 'beding.opening join beding.assignment using (organisation_id, assignment_id) where person_id = any($1::uuid[])') // prettier-ignore
  await count('denial_step', 'beding.denial_step join beding.act using (organisation_id, act_id) where recorded_by is null and person_id = any($1::uuid[])') // prettier-ignore
  const unclassified = tables.map((row) => row.table_name).filter((name) => personTables[name] === undefined)
  return { counts, unclassified }
}

/** Every row of every table, as text. As superuser: what the service's own login sees is a part of it. */
export async function everyRow(
  service: TestService,
): Promise<{ readonly place: string; readonly text: string }[]> {
  const tables = await service.adminQuery<{ table_name: string }>(
    `select table_name from information_schema.tables where table_schema = 'beding' and table_type = 'BASE TABLE' order by table_name`,
  )
  const rows: { place: string; text: string }[] = []
  for (const { table_name: table } of tables) {
    const found = await service.adminQuery<{ text: string }>(
      `select each::text as text from beding."${table}" as each`,
    )
    for (const { text } of found) rows.push({ place: table, text })
  }
  return rows
}
