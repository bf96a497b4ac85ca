import type { CivilDate, Instant } from '#core'

/** A value without the brands of days and moments, which a schema has checked but cannot carry. */
type Plain<Value> = Value extends CivilDate | Instant
  ? string
  : Value extends readonly (infer Item)[]
    ? readonly Plain<Item>[]
    : Value extends object
      ? { readonly [Name in keyof Value]: Plain<Value[Name]> }
      : Value

/** What passed a schema, as what it stands for. The compiler holds every member of the one against the other. */
export function branded<Value>(checked: Plain<Value>): Value {
  return checked as Value
}
