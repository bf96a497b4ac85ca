import t from 'tap'
import { isAccepted, readTrust, verifyFile } from '#verification'
import { dataFor, GrowingFile } from '../support/verification-long-term.ts'
import { notPassed } from '../support/verification-reports.ts'
import { pemOf, sealKeys } from '../support/verification-seal.ts'
import { anAuthority } from '../support/verification-timestamp.ts'

const keys = sealKeys()
const authority = anAuthority()
const trust = readTrust([
  { name: 'root.pem', bytes: Buffer.from(pemOf(keys.root)) },
  { name: 'tsa-roots.pem', bytes: Buffer.from(pemOf(authority.root)) },
])

t.test('levels', async (t) => {
  const file = new GrowingFile(keys).stamp(authority, '20261121080005Z')
  const one = verifyFile(file.bytes, 'x', trust)
  console.error(notPassed(one), one.documents)
  const seal = dataFor(keys, '20261121080010Z')
  const time = dataFor(authority, '20261121080010Z')
  file.data({
    certificates: [...seal.certificates, ...time.certificates],
    ocsps: [...seal.ocsps, ...time.ocsps],
    lists: [...seal.lists, ...time.lists],
    keys: [file.lastKey],
  })
  const two = verifyFile(file.bytes, 'x', trust)
  console.error(notPassed(two), two.documents)
  file.stamp(authority, '20261121080020Z')
  const three = verifyFile(file.bytes, 'x', trust)
  console.error(three.checks, three.facts, three.limits)
  t.ok(isAccepted(three))
})
