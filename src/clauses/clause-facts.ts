import type { ClauseFacts, PenaltyFacts } from '#jurisdictions'
import type { ClauseContent, ParameterValues } from './clause-template.ts'

/** Where a clause will stand and when its reasons were written: what the text itself cannot say. */
export type ClausePlace = {
  readonly id: string
  readonly language: 'nl' | 'en'
  readonly locatedIn: 'main' | 'annex'
}

/** How many relations stand on the list of another annex, where the clause refers to one. */
export type NamedElsewhere = { readonly namedOnList?: number }

/**
 * What the rules of law may know of a clause from its parameters. The kind of the template has the parameters that they
 * read (`defectsOf`). A value that was left out is known to be nothing: the text does not say it. Of a relatiebeding that
 * refers to a list elsewhere nothing is known about its relations unless it is said how many stand there.
 */
export function factsOfClause(
  content: ClauseContent,
  values: ParameterValues,
  place: ClausePlace,
  { namedOnList }: NamedElsewhere = {},
): ClauseFacts {
  const text = (name: string): string => (typeof values[name] === 'string' ? values[name] : '')
  const lines = (name: string): readonly string[] => (Array.isArray(values[name]) ? values[name] : [])
  const facts: ClauseFacts = { ...place, kind: content.kind }
  switch (content.kind) {
    case 'relatiebeding':
      return { ...facts, ...covenantFacts(), ...relationFacts() }
    case 'concurrentiebeding':
      return { ...facts, ...covenantFacts(), activity: text('activity') }
    case 'ronselbeding':
      return { ...facts, ...covenantFacts() }
    case 'geheimhoudingsbeding':
    case 'social-mediabeding':
      return { ...facts, carveOut: values['carveOut'] === true ? { languages: ['nl', 'en'] } : null }
    case 'nevenwerkzaamhedenbeding': {
      const reason = text('objectiveReason')
      return {
        ...facts,
        objectiveReason: reason === '' || reason === 'none' ? null : (reason as ObjectiveReason),
      }
    }
    case 'boetebeding':
    case 'wijzigingsbeding':
      return facts
  }

  function covenantFacts() {
    const motivation = text('motivation')
    return {
      months: typeof values['months'] === 'number' ? values['months'] : null,
      area: text('area'),
      areaReason: text('areaReason'),
      motivation:
        motivation === ''
          ? null
          : {
              text: motivation,
              functionRef: text('motivationFunction'),
              interests: lines('motivationInterests'),
              locatedWithClause: true,
              writtenAt: null,
              sameTextFor: [],
            },
    }
  }

  function relationFacts() {
    const answered = (['suppliers', 'prospects', 'initiative'] as const).filter((name) =>
      isAnswered(text(name)),
    )
    const named = text('relationList') === '' ? lines('relations').length : namedOnList
    if (named === undefined) return {}
    const answers = isAnswered(text('online')) ? [...answered, 'online-contact' as const] : answered
    return { relation: { definition: text('definition'), named, answers } }
  }
}

type ObjectiveReason = NonNullable<ClauseFacts['objectiveReason']>

function isAnswered(value: string): boolean {
  return value !== '' && value !== 'silent'
}

/** What the rules may know of a penalty from the parameters of a boetebeding. */
export function factsOfPenalty(values: ParameterValues): PenaltyFacts {
  const cents = (name: string): number | null => (typeof values[name] === 'number' ? values[name] : null)
  const derogation = (name: string) => (values[name] === true ? ('explicit' as const) : ('none' as const))
  return {
    coveredRules: Array.isArray(values['coveredRules']) ? values['coveredRules'] : [],
    amountCents: cents('amount'),
    perDayCents: cents('perDay'),
    fixedInWageCurrency: true,
    destination: typeof values['destination'] === 'string' ? values['destination'] : '',
    benefitsEmployer: values['benefitsEmployer'] === true,
    derogations: {
      lid3: derogation('derogateLid3'),
      lid4: derogation('derogateLid4'),
      lid5: derogation('derogateLid5'),
    },
    cumulatesWithDamages:
      values['cumulation'] === 'instead' ? 'no' : values['cumulation'] === 'beside' ? 'yes' : 'silent',
  }
}
