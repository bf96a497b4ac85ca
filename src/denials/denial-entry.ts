import type { ClientId } from '#core'
import { sha256Hex } from '#core'
import type { EntryDraft, FactValue, HeldEntry } from '#evidence'
import type {
  CourtFindingCommand,
  DenialCommand,
  DenialStep,
  DeniableAct,
  KnownAs,
  RecordedDenialCommand,
  WithdrawalCommand,
} from './denial.ts'

/** What was said or found, by whom. */
export type Said =
  | { readonly kind: 'denied'; readonly command: DenialCommand; readonly known: KnownAs }
  | { readonly kind: 'denial-withdrawn'; readonly command: WithdrawalCommand; readonly known: KnownAs }
  | { readonly kind: 'denial-recorded'; readonly command: RecordedDenialCommand; readonly by: ClientId }
  | { readonly kind: 'court-finding'; readonly command: CourtFindingCommand; readonly by: ClientId }

/** The kind of entry of each kind of step. What the employer writes down never has the kind of what a person said. */
export const entryKinds = {
  denied: 'act-denied',
  'denial-recorded': 'act-denial-recorded',
  'denial-withdrawn': 'denial-withdrawn',
  'court-finding': 'court-finding-recorded',
} as const satisfies Record<DenialStep['kind'], string>

/** What the ledger keeps of a step. The names of the facts are part of the format and never change. */
export function stepEntry(
  organisationId: string,
  act: DeniableAct,
  actEntry: HeldEntry,
  step: DenialStep,
  said: Said,
  refs: readonly number[],
): EntryDraft {
  return {
    entryId: step.entryId,
    kind: entryKinds[step.kind],
    at: step.recordedAt,
    refs,
    facts: {
      organisationId,
      personId: act.personId,
      actId: act.actId,
      actEntryIndex: actEntry.entryIndex,
      actEntrySha256: sha256Hex(actEntry.entry),
      stepNumber: step.stepNumber,
      statusAfter: step.status,
      recordedAt: step.recordedAt,
      ...factsSaid(said),
    },
  }
}

function factsSaid(said: Said): Readonly<Record<string, FactValue>> {
  switch (said.kind) {
    case 'denied':
      return { saidBy: 'person', ground: said.command.ground, words: said.command.words, language: said.command.language, ...said.known } // prettier-ignore
    case 'denial-withdrawn':
      return { saidBy: 'person', words: said.command.words, language: said.command.language, ...said.known }
    case 'denial-recorded': {
      const { ground, words, channel, receivedOn, recorder } = said.command
      return {
        saidBy: 'recorded-by-employer',
        ground,
        words,
        channel,
        receivedOn,
        ...recorded(recorder, said.by),
      }
    }
    case 'court-finding': {
      const { recorder, ...found } = said.command
      return { saidBy: 'recorded-by-employer', ...found, ...recorded(recorder, said.by) }
    }
  }
}

function recorded(recorder: RecordedDenialCommand['recorder'], by: ClientId) {
  return { recorderName: recorder.name, recorderRole: recorder.role, recordedBy: by }
}
