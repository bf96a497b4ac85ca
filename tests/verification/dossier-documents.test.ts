import t from 'tap'
import { isAccepted, verifyFile } from '#verification'
import { aDossier, anOrganisation } from '../support/verification-dossier.ts'
import type { DossierFiles } from '../support/verification-dossier.ts'
import { cutOff, grown, grownDossiers } from '../support/verification-grown-dossiers.ts'
import { notPassed } from '../support/verification-reports.ts'

t.test('V17: a document of a dossier may be newer than what acts refer to', async (t) => {
  const organisation = anOrganisation()
  const report = verifyFile(
    aDossier(organisation, { document: grown, level: 'B-LTA' }),
    'x',
    organisation.trust,
  )
  t.same(notPassed(report), [])
  const [document] = report.documents
  t.equal(document?.level, 'B-LTA')
  t.match(document?.place, /^documents\/[0-9a-f]{64}\.pdf$/)
  t.same(
    document?.revisions.map(({ kind }) => kind),
    ['rendered', 'seal', 'timestamp', 'validation-data', 'timestamp'],
  )
  t.equal(document?.place, `documents/${document?.revisions[1]?.sha256}.pdf`)
})

t.test('V17: a document that is not what the manifest records is refused for its own reason', async (t) => {
  for (const { name, accepted, wishes, check, reason } of grownDossiers) {
    const organisation = anOrganisation()
    const report = verifyFile(aDossier(organisation, wishes), name, organisation.trust)
    t.equal(isAccepted(report), accepted, `${name}: ${notPassed(report).join()}`)
    if (check === undefined) continue
    const found = report.checks.find((each) => each.outcome === 'FAILED' && each.name.endsWith(check))
    t.match(found?.sentence, reason, `${name}: ${notPassed(report).join()}`)
  }
})

t.test('V17: --at-least also asks the documents of a dossier', async (t) => {
  const organisation = anOrganisation()
  const bytes = aDossier(organisation, { document: grown, level: 'B-LTA' })
  t.ok(isAccepted(verifyFile(bytes, 'x', organisation.trust, { atLeast: 'B-LTA' })))
  const plain = verifyFile(aDossier(organisation), 'x', organisation.trust, { atLeast: 'B-T' })
  t.match(notPassed(plain), [/documents\/[0-9a-f]{64}\.pdf level: the document reaches B-B, below B-T/])
  const cut = aDossier(organisation, { document: grown, level: 'B-LTA', change: (files: DossierFiles) => cutOff(files, 1) }) // prettier-ignore
  t.notOk(isAccepted(verifyFile(cut, 'x', organisation.trust)))
})
