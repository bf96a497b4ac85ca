import t from 'tap'
import { isAccepted, verifyFile } from '#verification'
import type { Report } from '#verification'
import { aDossier, anOrganisation, union, works } from '../support/verification-dossier.ts'
import { signedCases, signOnCases } from '../support/verification-signed-cases.ts'
import type { SignedCase } from '../support/verification-signed-cases.ts'
import { signedAnchors, tellSigned } from '../support/verification-signed.ts'
import type { SignedWishes } from '../support/verification-signed.ts'

const last = { size: 0, times: ['20261123090000Z'], witnesses: [works, union] }

function report(wishes: SignedWishes, more: SignedCase[3] = {}): Report {
  const organisation = anOrganisation()
  const anchors = [...(more.anchors ?? signedAnchors!), last]
  const story = {
    ...more,
    anchors,
    story: (log: Parameters<typeof tellSigned>[0]) => void tellSigned(log, wishes),
  }
  return verifyFile(aDossier(organisation, story), 'x.zip', organisation.trust)
}

const open = ({ checks }: Report): string[] =>
  checks.filter(({ outcome }) => outcome !== 'PASSED').map(({ name, sentence }) => `${name}: ${sentence}`)

t.test('what was signed is accepted, and each thing that is wrong is found by its own check', async (t) => {
  for (const [name, refusedBy, wishes, more] of [...signedCases(), ...signOnCases()]) {
    const found = report(wishes, more)
    const named = found.checks.filter(({ outcome }) => outcome !== 'PASSED').map(({ name: each }) => each.replace(/^entries\/\d+ /, '')) // prettier-ignore
    if (refusedBy === undefined) t.ok(isAccepted(found), `${name}: ${open(found).join('; ')}`)
    else t.ok(named.includes(refusedBy), `${name}: ${open(found).join('; ')}`)
  }
})
