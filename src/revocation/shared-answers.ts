import type { Instant } from '#core'
import { isFresh, refreshMoment } from './freshness-decisions.ts'
import type { Answer } from './ocsp-validation.ts'
import type { RevocationAttempt } from './revocation.ts'

/** What asking about one certificate gave: an answer that counts, or none; and what failed on the way. */
export type Asked = {
  readonly answer: Answer | undefined
  readonly attempts: readonly RevocationAttempt[]
}

/** Answers that are shared by everybody in this process while they are fresh. */
export type SharedAnswers = {
  /**
   * The answer of this name, or what `ask` gives. Callers who come while somebody asks wait for that one. An answer that
   * should be refreshed and cannot be is used as long as it is fresh, and never after.
   */
  readonly share: (name: string, at: Instant, ask: () => Promise<Asked>) => Promise<Asked>
}

type Kept = { readonly answer: Answer; readonly refreshAt: Instant }

const limits = { answers: 1_000, bytes: 67_108_864 }

/** An empty store in memory, of bounded size: the oldest answers leave first. */
export function createSharedAnswers({ answers, bytes } = limits): SharedAnswers {
  const kept = new Map<string, Kept>()
  const underWay = new Map<string, Promise<Asked>>()
  let size = 0

  const forget = (name: string): void => {
    size -= kept.get(name)?.answer.evidence.der.length ?? 0
    kept.delete(name)
  }
  const keep = (name: string, answer: Answer, at: Instant): void => {
    forget(name)
    kept.set(name, { answer, refreshAt: refreshMoment(answer.evidence, at) })
    size += answer.evidence.der.length
    for (const oldest of kept.keys()) {
      if (kept.size <= answers && size <= bytes) break
      forget(oldest)
    }
  }
  const askOnce = (name: string, at: Instant, ask: () => Promise<Asked>): Promise<Asked> => {
    const asking = ask()
      .then((asked) => {
        if (asked.answer !== undefined) keep(name, asked.answer, at)
        return asked
      })
      .finally(() => underWay.delete(name))
    underWay.set(name, asking)
    return asking
  }

  return {
    async share(name, at, ask) {
      const before = freshAt(kept.get(name), at)
      if (before !== undefined && at < before.refreshAt) return { answer: before.answer, attempts: [] }
      const asked = await (underWay.get(name) ?? askOnce(name, at, ask))
      if (asked.answer === undefined) return { answer: before?.answer, attempts: asked.attempts }
      // Who waited for the question of another may judge by another moment.
      return isFresh(asked.answer.evidence, at) ? asked : askOnce(name, at, ask)
    },
  }
}

function freshAt(kept: Kept | undefined, at: Instant): Kept | undefined {
  return kept !== undefined && isFresh(kept.answer.evidence, at) ? kept : undefined
}
