import type { Language } from '#people'
import { attributionWords } from './attribution-texts.ts'
import type { Attribution, Statement } from './attribution.ts'

/** The pack for people, as plain text. Says what the JSON beside it says and nothing else. */
export function attributionText(attribution: Attribution, language: Language): string {
  const w = attributionWords(language)
  const { act, dossier, organisation, madeAt } = attribution
  const head = [w.title.toUpperCase(), `${organisation.name} · ${act.actId} · ${act.actedAt} · ${act.status}`, `${madeAt} · dossier.zip (${dossier.dossierId}, ${dossier.treeSize})`] // prettier-ignore
  const sections = attribution.statements.map((statement) => sectionOf(statement, language))
  const missing = attribution.missing.map((subject) => `  - ${w.subjects[subject]}`)
  return [...head, '', ...w.introduction, '', ...sections, `${w.missing}:`, ...missing, ''].join('\n')
}

function sectionOf({ subject, outcome, reason, details, evidence }: Statement, language: Language): string {
  const w = attributionWords(language)
  const pointers = evidence.map(({ entryIndex, fact, inDossier }) => w.entry(entryIndex, fact, inDossier)).join('; ') // prettier-ignore
  return [
    `${w.subjects[subject]}  [${w.outcomes[outcome]}]`,
    `  ${w.reasons[reason] ?? reason}`,
    ...details.map((row) => `  - ${Object.entries(row).filter(([, value]) => value !== null && value !== '').map(([name, value]) => `${name}: ${String(value)}`).join(' · ')}`), // prettier-ignore
    ...(pointers === '' ? [] : [`  ${w.evidence(pointers)}`]),
    '',
  ].join('\n')
}
