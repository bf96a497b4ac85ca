type Version = { readonly policyId: string; readonly versionNumber: number }

/** A warning about the rule of the small policy that `published` makes, on a day on which it holds. */
export function warningBody(
  personId: string,
  version: Version,
  changes: object = {},
): Record<string, unknown> {
  return {
    kind: 'warning',
    language: 'nl',
    personId,
    subject: 'Grof bericht over een collega',
    givenOn: '2026-11-21',
    givenBy: { name: 'Łucja Żółkiewska', role: 'teamleider' },
    events: [{ happenedOn: '2026-11-21', description: 'Een openbaar bericht noemde een collega een <dief> & leugenaar.' }], // prettier-ignore
    rules: [{ policyId: version.policyId, versionNumber: version.versionNumber, ruleId: 'respect' }],
    expectations: ['U haalt het bericht weg.'],
    response: { contact: 'hr@voorbeeld.example', how: 'Schriftelijk of in een gesprek.' },
    ...changes,
  }
}

/** An annex with one clause and a list. */
export function annexBody(personId: string, changes: object = {}): Record<string, unknown> {
  return {
    kind: 'annex',
    language: 'en',
    personId,
    annexMark: 'B',
    title: 'Confidentiality',
    contract: { title: 'Employment contract', place: 'Article 12' },
    effectiveFrom: '2027-01-01',
    clauses: [{ heading: 'Confidentiality', paragraphs: [{ text: 'Confidential stays confidential.' }] }],
    tables: [
      { heading: 'Relations', columns: [{ heading: 'Name', kind: 'text' }], rows: [['Fryske Soarch']] },
    ],
    ...changes,
  }
}
