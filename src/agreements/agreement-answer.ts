import type { CivilDate, PersonId } from '#core'
import { agreementStateOn, annexStateOn } from './agreement-state.ts'
import type { AgreementView, PartyView } from './agreement-view.ts'
import type { AnnexState } from './agreement.ts'

/** An agreement on the wire, with where it and each of its annexes stand on a day. */
export function agreementAnswer(view: AgreementView, day: CivilDate) {
  const { history, parties, annexes } = view
  return {
    agreementId: view.agreementId,
    employmentId: view.employmentId,
    personId: view.personId,
    contractId: view.contractId,
    provenance: view.provenance,
    state: agreementStateOn(history, day),
    bundleSha256: view.bundleSha256,
    signCheckId: view.signCheckId,
    signedOn: view.signedOn,
    mandateId: view.mandateId,
    employee: parties === null ? null : partyAnswer(view.personId, parties.employee),
    representative: parties === null ? null : partyAnswer(view.representativeId!, parties.representative),
    annexes: annexes.map((annex) => ({ ...annex, state: annexStateOn(history, annex, day) })),
    conclusion: history.conclusion === null ? null : { ...history.conclusion, blockedBy: [...history.conclusion.blockedBy] }, // prettier-ignore
    ends: history.ends.map(({ endId, annexId, endedOn, how, supersededBy }) => ({ endId, annexId, endedOn, how, supersededBy })), // prettier-ignore
    createdAt: view.createdAt,
    entryId: view.entryId,
  }
}

function partyAnswer(personId: PersonId, { assignmentId, deliveredAt, end, statementIds, acts }: PartyView) {
  return {
    personId,
    assignmentId,
    deliveredAt,
    ended: end,
    statements: statementIds.map((statementId) => {
      const act = acts.find((each) => each.statementId === statementId)
      return {
        statementId,
        act: act === undefined ? null : { actId: act.actId, choice: act.choice, assurance: act.assurance, actedAt: act.actedAt }, // prettier-ignore
      }
    }),
  }
}

/** Where an annex stands over all agreements that it is part of: in force in one of them, or as the newest of them says. */
export function annexStateAnswer(annexId: string, views: readonly AgreementView[], day: CivilDate) {
  const agreements = views.flatMap((view) => {
    const annex = view.annexes.find((each) => each.annexId === annexId)
    const state: AnnexState | undefined =
      annex === undefined ? undefined : annexStateOn(view.history, annex, day)
    return state === undefined || state === 'composed' ? [] : [{ agreementId: view.agreementId, state }]
  })
  const decisive = agreements.findLast(({ state }) => state === 'in-force') ?? agreements.at(-1)
  return {
    annexId,
    on: day,
    state: decisive?.state ?? ('composed' as const),
    agreementId: decisive?.agreementId ?? null,
    agreements,
  }
}
