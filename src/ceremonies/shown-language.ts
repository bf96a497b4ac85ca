import type { Language } from '#people'
import type { ActSubject } from './act-subject.ts'
import { languagesOf } from './act-subject.ts'
import type { CeremonyView } from './ceremony-view.ts'

/** The language asked for, or the person's own, or the first that there is. */
export function chooseLanguage(
  asked: Language | null,
  own: Language,
  available: readonly Language[],
): Language {
  return (
    [asked, own].find((language) => language !== null && available.includes(language)) ?? available[0] ?? 'nl'
  )
}

/** Once something was answered, it is shown in the language in which it was. */
export function shownLanguage(view: CeremonyView, subject: ActSubject, asked: Language | null): Language {
  return view.acts[0]?.language ?? chooseLanguage(asked, view.personLanguage, languagesOf(subject))
}
