import t from 'tap'
import { createDocumentExaminer } from '../../src/recognition/index.ts'
import { documentFile, filesHandedOut, preserve, verifyUpload } from '../support/recognition-uploads.ts'
import { testService } from '../support/service.ts'
import { seededNumbers } from '../support/verification-flips.ts'

t.setTimeout(200_000)

const rounds = Number(process.env['BEDING_UPLOADS'] ?? 120)
const examiner = createDocumentExaminer()
const service = await testService(t, { examiner })
const { edition, receipt } = await filesHandedOut(service)
await preserve(service)
const files = [edition, receipt, (await documentFile(service, receipt)).bytes]
const query = `?organisationId=${service.own.organisationId}`

type Change = (bytes: Buffer, random: (below: number) => number) => Buffer
const changes: readonly Change[] = [
  (bytes, random) => withByte(bytes, random(bytes.length), random(256)),
  (bytes, random) => Array.from({ length: 50 }).reduce<Buffer>((all) => withByte(all, random(all.length), random(256)), bytes), // prettier-ignore
  (bytes, random) => bytes.subarray(0, 5 + random(bytes.length - 5)),
  (bytes, random) => Buffer.concat([bytes, bytes.subarray(random(bytes.length))]),
  (bytes, random) => {
    const [from, length] = [5 + random(bytes.length - 5), random(5_000)]
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + length)])
  },
  (bytes, random) => {
    const [from, to, length] = [random(bytes.length), 5 + random(bytes.length - 5), random(5_000)]
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from, from + length), bytes.subarray(to)])
  },
  (bytes, random) => {
    const numbers = [...bytes.toString('latin1').matchAll(/\d+/g)]
    const { index, 0: digits } = numbers[random(numbers.length)]!
    const other = String(random(10 ** Math.min(digits.length, 9))).padStart(digits.length, '0')
    return Buffer.concat([
      bytes.subarray(0, index),
      Buffer.from(other),
      bytes.subarray(index + digits.length),
    ])
  },
]

function withByte(bytes: Buffer, place: number, value: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[place] = value
  return copy
}

t.test(
  `R7: ${rounds} uploads that chance changed: no failure of ours, none accepted that is not ours, no process left`,
  async (t) => {
    const random = seededNumbers(20_261_127)
    const outcomes = new Map<string, number>()
    for (let round = 0; round < rounds; round++) {
      const original = files[random(files.length)]!
      const bytes = changes[random(changes.length)]!(original, random)
      const { status, body } = await verifyUpload(service, bytes, { query })
      const outcome = status === 200 ? body.outcome : body.code
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      if (status !== 200 && status !== 422) t.fail(`round ${round}: ${status} ${JSON.stringify(body)}`)
      if (status === 200 && body.verification.accepted && !bytes.equals(original))
        t.equal(body.outcome, 'identical', `round ${round} was accepted`)
      service.platform.advanceClock(2_000)
    }
    t.comment(JSON.stringify(Object.fromEntries(outcomes)))
    t.ok((outcomes.get('altered') ?? 0) > rounds / 2, 'most are recognised as ours, changed')
    t.ok(examiner.processCount() <= 2, `${examiner.processCount()} processes`)
    t.equal((await verifyUpload(service, edition)).body.outcome, 'identical')
  },
)
