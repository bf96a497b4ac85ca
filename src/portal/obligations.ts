import type { CivilDate } from '#core'
import type { Obligation } from './obligations-page.ts'

/** A version or a part of a bundle that was put to the person. `of` is what its versions have in common. */
export type PutToPerson = {
  readonly of: string
  readonly number: number | null
  readonly from: CivilDate | null
  /** The first day on which it no longer holds. */
  readonly until: CivilDate | null
} & Pick<Obligation, 'title' | 'lang' | 'nature' | 'rules' | 'act'>

/**
 * What applies to a person on a day out of everything that was put to them. Of a text that binds by being given, the newest
 * version in force. Of a text that binds by agreement, the newest one that was agreed to: refusing a newer version leaves
 * the older agreement as it was, so then both are named (art. 6:217 BW).
 */
export function obligationsOn(today: CivilDate, all: readonly PutToPerson[]): Obligation[] {
  const inForce = all.filter(
    (one) => (one.from === null || one.from <= today) && (one.until === null || one.until > today),
  )
  const groups = Map.groupBy(inForce, (one) => one.of)
  return [...groups.values()].flatMap((versions) => {
    const sorted = versions.toSorted((a, b) => (b.number ?? 0) - (a.number ?? 0))
    const newest = sorted[0]!
    const agreed = sorted.find((one) => one.act?.choice === 'agreed')
    const picked =
      newest.nature !== 'contract-term' || agreed === undefined || agreed === newest
        ? [newest]
        : [newest, agreed]
    return picked.map(toObligation)
  })
}

function toObligation({ title, lang, nature, number, from, rules, act }: PutToPerson): Obligation {
  return { title, lang, nature, versionNumber: number, since: from, rules, act }
}
