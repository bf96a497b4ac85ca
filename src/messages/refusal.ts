/** Why a channel did not take a message. */
export type Refusal = {
  /** It will not take it later either: a reply of 500 to 599 (RFC 5321 section 4.2.1). */
  readonly permanent: boolean
  /** The reply code and, where the server gave one, its enhanced status (RFC 3463). */
  readonly status: string | null
  /** The channel's own words. They can quote the address. */
  readonly detail: string
}

/** What an error of a channel says. What is no answer of a server may go better the next time. */
export function refusalOf(error: unknown): Refusal {
  const detail = error instanceof Error ? error.message : 'refused without a reason'
  const { responseCode, response } = (error ?? {}) as { responseCode?: unknown; response?: unknown }
  if (typeof responseCode !== 'number') return { permanent: false, status: null, detail }
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(
    typeof response === 'string' ? response : '',
  )?.[1]
  const status = enhanced === undefined ? String(responseCode) : `${responseCode} ${enhanced}`
  return { permanent: responseCode >= 500 && responseCode <= 599, status, detail }
}
