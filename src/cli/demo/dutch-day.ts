/** The calendar day in the Netherlands, so many days from now. */
export function dutchDay(daysFromNow: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' }).format(
    Date.now() + daysFromNow * 86_400_000,
  )
}
