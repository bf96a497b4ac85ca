import { parse } from 'csv-parse/sync'
import { problem } from '#core'
import type { ProblemDetail } from '#core'
import type { PersonStatement } from './person.ts'

const columns = [
  'externalId',
  'givenName',
  'familyName',
  'workEmail',
  'language',
  'department',
  'jobTitle',
  'employedUntil',
] as const
const required = columns.slice(0, 5)

type CsvFault = { readonly code?: string; readonly lines?: number }

/**
 * Reads an import in CSV (RFC 4180, UTF-8, comma or semicolon) whose first line names the columns. Refuses unknown,
 * missing or doubled columns and lines with another number of fields, by line. An empty optional field is absent.
 * The result has the shape of a JSON import and still has to pass its schema.
 */
export function parsePersonCsv(text: string): { persons: Partial<PersonStatement>[] } {
  const delimiter = text.slice(0, text.indexOf('\n')).includes(';') ? ';' : ','
  const [header = [], ...lines] = parseLines(text, delimiter)
  const faults: ProblemDetail[] = [
    ...header
      .filter((name, index) => !isColumn(name) || header.indexOf(name) !== index)
      .map(() => ({ code: 'unknown-column', message: `Columns are: ${columns.join(', ')}; each at most once.`, parameter: 'line 1' })), // prettier-ignore
    ...required
      .filter((name) => !header.includes(name))
      .map((name) => ({
        code: 'missing-column',
        message: `The column ${name} is missing.`,
        parameter: 'line 1',
      })),
  ]
  if (faults.length > 0) throw problem('csv-malformed', { errors: faults })
  return {
    persons: lines.map(
      (fields) =>
      Object.fromEntries(header.map((name, index) => [name, fields[index]]).filter(([name, value]) => value !== '' || required.includes(name as 'externalId'))), // prettier-ignore
    ),
  }
}

function isColumn(name: string): boolean {
  return (columns as readonly string[]).includes(name)
}

function parseLines(text: string, delimiter: string): string[][] {
  try {
    return parse(text, {
      delimiter,
      bom: true,
      skip_empty_lines: true,
      max_record_size: 4_000,
      record_delimiter: ['\r\n', '\n'],
    })
  } catch (error) {
    const { code, lines } = error as CsvFault
    throw problem('csv-malformed', {
      errors: [{ code: (code ?? 'csv').toLowerCase().replaceAll('_', '-'), message: 'This line cannot be read.', parameter: `line ${lines ?? 1}` }], // prettier-ignore
    })
  }
}
