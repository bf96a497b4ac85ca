import { instantFromDate, type Clock } from '#core'

/** The clock of this machine. Moments label what happened; order comes from the database. */
export const systemClock: Clock = () => instantFromDate(new Date())
