import type { ClientId, EntryId } from '#core'
import { sha256Hex } from '#core'
import type { EntryDraft } from '#evidence'
import type { Facts, Finding } from '#jurisdictions'
import type { Platform } from '#platform'
import { findingsText, runCheck } from './legal-check-decisions.ts'
import type { CheckCommand, LegalCheck } from './legal-check.ts'

/** An evaluation that was made and is kept nowhere yet. `madeBy` null: the service itself, because something changed. */
export type DrawnCheck = LegalCheck & {
  readonly content: { readonly facts: Facts; readonly findings: readonly Finding[] }
  readonly madeBy: ClientId | null
}

/** Evaluates. Nothing is kept. Throws `jurisdiction-not-found`. */
export function drawUpCheck(
  platform: Pick<Platform, 'newId' | 'clock'>,
  command: CheckCommand,
  madeBy: ClientId | null,
): DrawnCheck {
  const { jurisdiction, ruleSetVersion, regime, asOf, moments, findings, factsSha256 } = runCheck(command)
  return {
    legalCheckId: platform.newId(),
    personId: command.personId,
    jurisdiction,
    ruleSetVersion,
    regime,
    asOf,
    moments,
    factsSha256,
    findingsSha256: sha256Hex(findingsText(findings)),
    madeAt: platform.clock(),
    entryId: platform.newId() as EntryId,
    content: { facts: command.facts, findings },
    madeBy,
  }
}

/**
 * What the ledger keeps of an evaluation: hashes and results, no fact about the person (LC2). `more` says why it was made, in
 * identifiers.
 */
export function checkEntry(check: DrawnCheck, more: EntryDraft['facts'] = {}): EntryDraft {
  const { legalCheckId, personId, jurisdiction, ruleSetVersion, regime, asOf, moments } = check
  return {
    entryId: check.entryId,
    kind: 'legal-check-made',
    at: check.madeAt,
    facts: {
      legalCheckId,
      personId,
      jurisdiction,
      ruleSetVersion,
      regime,
      asOf,
      moments: [...moments],
      factsSha256: check.factsSha256,
      findingsSha256: check.findingsSha256,
      results: check.content.findings.map((each) => `${each.ruleId}:${each.clauseId ?? ''}:${each.result}`),
      madeBy: check.madeBy,
      ...more,
    },
  }
}
