import type { Report } from '#verification'

/** The checks of a report that did not pass, as `OUTCOME name: sentence`. */
export function notPassed(report: Report): string[] {
  return report.checks
    .filter(({ outcome }) => outcome !== 'PASSED')
    .map(({ name, outcome, sentence }) => `${outcome} ${name}: ${sentence}`)
}

/** The names of the checks with an outcome. */
export function namesWith(report: Report, outcome: 'PASSED' | 'FAILED' | 'INDETERMINATE'): string[] {
  return report.checks.filter((check) => check.outcome === outcome).map(({ name }) => name)
}
