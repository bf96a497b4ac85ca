import type { ClauseContent, Texts } from '../clause-template.ts'
import { concurrentiebeding, ronselbeding } from './competition.ts'
import { boetebeding, nevenwerkzaamhedenbeding, wijzigingsbeding } from './conditions.ts'
import { relatiebeding } from './relation.ts'
import { geheimhoudingsbeding, socialMediabeding } from './speaking.ts'

/** The texts to begin from, by identifier. No lawyer has reviewed them; an organisation has its counsel do that. */
export const starters: ReadonlyMap<string, ClauseContent> = new Map(
  [
    relatiebeding,
    concurrentiebeding,
    ronselbeding,
    geheimhoudingsbeding,
    boetebeding,
    nevenwerkzaamhedenbeding,
    wijzigingsbeding,
    socialMediabeding,
  ].map((content) => [content.kind, content]),
)

/** What is said wherever a starter text is offered. */
export const starterNotice: Texts = {
  nl: 'Dit is een tekst om mee te beginnen. Geen jurist heeft hem voor u beoordeeld.',
  en: 'This is a text to begin with. No lawyer has reviewed it for you.',
}
