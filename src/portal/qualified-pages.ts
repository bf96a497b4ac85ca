import type { Mistake } from './ceremony-page.ts'
import type { ShownCeremony, ShownStatement } from './ceremony-values.ts'
import { noticePage } from './message-page.ts'
import type { Page } from './page.ts'
import type { Words } from './words.ts'

const pathOf = ({ ceremonyId }: Pick<ShownCeremony, 'ceremonyId'>): string => `/my/ceremonies/${ceremonyId}`
const langOf = (ceremony: ShownCeremony, w: Words): string => ceremony.language === w.language ? '' : ` lang="${ceremony.language}"` // prettier-ignore

export type QualifiedChoice = {
  readonly ceremony: ShownCeremony
  readonly statement: ShownStatement
  readonly provider: string
  readonly chosen: string
  readonly reason: string
  readonly mistakes: readonly Mistake[]
}

/** The page on which a person chooses an answer that they will sign at their trust service. */
export function qualifiedPage({ ceremony, statement, provider, ...form }: QualifiedChoice, w: Words): Page {
  return {
    template: 'qualified',
    title: `${w.qualified.title} – ${ceremony.title}`,
    model: {
      ...form,
      subject: ceremony.statements.length === 1 ? ceremony.title : statement.subject,
      lang: langOf(ceremony, w),
      lead: w.qualified.lead(provider),
      statementId: statement.statementId,
      choices: statement.choices.filter(({ choice }) => choice !== 'declined'),
      action: `${pathOf(ceremony)}/qualified`,
      back: `${pathOf(ceremony)}#answer`,
    },
  }
}

/** Says that the way leads to another website. A link and no redirect: the policy of these pages sends no form elsewhere. */
export function leavingPage(ceremony: ShownCeremony, provider: string, href: string, w: Words): Page {
  const { goTitle, goText, go, back } = w.qualified
  return noticePage(goTitle, goText(provider), {
    drawing: 'clock',
    ways: [
      { text: go, href, kind: 'primary' },
      { text: back, href: pathOf(ceremony), kind: 'quiet' },
    ],
  })
}

/** The page after the way back: what was signed, and one button that has it recorded. */
export function returnPage(
  ceremony: ShownCeremony,
  statement: string,
  hidden: readonly { readonly name: string; readonly value: string }[],
  w: Words,
): Page {
  return {
    template: 'qualified-return',
    title: `${w.qualified.returnTitle} – ${ceremony.title}`,
    model: {
      subject: ceremony.title,
      lang: langOf(ceremony, w),
      statement,
      hidden,
      action: `${pathOf(ceremony)}/qualified/acts`,
      back: pathOf(ceremony),
    },
  }
}

/** Nothing was recorded, and why; undefined for a refusal that these pages have no words for. */
export function notSignedPage(ceremonyId: string, code: string, w: Words): Page | undefined {
  const { reasons, againTitle, again, back } = w.qualified
  const reason = reasons[code]
  if (reason === undefined) return undefined
  return noticePage(againTitle, [reason], {
    drawing: 'stop',
    ways: [
      { text: again, href: `${pathOf({ ceremonyId })}/qualified`, kind: 'primary' },
      { text: back, href: pathOf({ ceremonyId }), kind: 'quiet' },
    ],
  })
}
