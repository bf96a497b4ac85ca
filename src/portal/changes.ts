import type { Instant } from '#core'
import type { Language } from '#people'
import type { PublishedVersion } from '#policies'
import { compareContents, fillContent } from '#policies/model'
import type { FieldChange, PartComparison, PolicyContent } from '#policies/model'
import type { ChangesSince, ShownChange } from './ceremony-values.ts'

/**
 * What is different for the reader of one language since the version that they last took on, rule by rule. Values are filled
 * in before the texts are compared, so that it reads as the documents do.
 */
export function changesBetween(
  older: PublishedVersion,
  newer: PublishedVersion,
  acceptedAt: Instant,
  language: Language,
): ChangesSince {
  const [before, after] = [fillContent(older.content), fillContent(newer.content)]
  const comparison = compareContents(before, after)
  return {
    versionNumber: older.versionNumber,
    choice: newer.legalNature === 'contract-term' ? 'agreed' : 'seen',
    actedAt: acceptedAt,
    parts: [
      ...shown(comparison.rules, headings(before.rules, after.rules, language), language),
      ...shown(comparison.sections, headings(before.sections, after.sections, language), language),
    ],
  }
}

type Headed = Pick<PolicyContent['rules'][number], 'id' | 'heading'>

function headings(
  before: readonly Headed[],
  after: readonly Headed[],
  language: Language,
): ReadonlyMap<string, string> {
  return new Map([...before, ...after].map(({ id, heading }) => [id, heading[language] ?? '']))
}

function shown(
  parts: readonly PartComparison[],
  names: ReadonlyMap<string, string>,
  language: Language,
): ShownChange[] {
  return parts.flatMap((part): ShownChange[] => {
    const changes = part.changes.filter((change) => isRead(change, language))
    if (part.status === 'unchanged' || (part.status === 'changed' && changes.length === 0)) return []
    return [{ status: part.status, heading: names.get(part.id) ?? '', changes }]
  })
}

/** Of a new or dropped rule the heading stands above, so only what it says is repeated. */
function isRead({ field, language: written, before, after }: FieldChange, language: Language): boolean {
  if (written !== null && written !== language) return false
  if (before !== null && after !== null) return true
  return /^(text|paragraphs\.)/.test(field)
}
