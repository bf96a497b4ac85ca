import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { isAccepted, verifyFile } from '#verification'
import { call, download } from '../../src/cli/demo/api-client.ts'
import type { Stage } from '../../src/cli/demo/story.ts'
import type { ReadyPerson } from '../support/service-crowd.ts'
import { aCrowd, pinnedTrust, tryAct } from '../support/service-crowd.ts'
import { exampleKeys, startProcess } from '../support/service-process.ts'

/** Each kill is followed by a whole start. Twenty and more in a long run: BEDING_KILLS=20. */
const rounds = Number(process.env['BEDING_KILLS'] ?? 8)
const actsPerRound = 25
const clients = 8
const choices = ['agreed', 'not-agreed', 'seen'] as const

/** What a client knows of one act: every answer it ever got under its key. */
type Attempt = {
  readonly person: ReadyPerson
  readonly key: string
  readonly choice: string
  answer: string | undefined
}

t.test(`killed ${rounds} times under load: no answered act is lost, doubled or changed`, async (t) => {
  const home = mkdtempSync(join(tmpdir(), 'beding-kill-'))
  t.teardown(() => rmSync(home, { recursive: true, force: true }))
  let service = await startProcess(home)
  t.teardown(() => service.stop())
  const { organisationId, keys } = exampleKeys(home)
  const stage: Stage = { base: service.url, keys: keys as Stage['keys'], organisationId, outbox: join(home, 'outbox'), tell: () => undefined } // prettier-ignore
  const { people, policyId } = await aCrowd(stage, rounds * actsPerRound)
  const trust = await pinnedTrust(service.url, organisationId)
  const attempts: Attempt[] = people.map((person, index) => ({ person, key: `kill-attempt-number-${index}`, choice: choices[index % 3]!, answer: undefined })) // prettier-ignore

  let answered = 0
  let unanswered = 0
  let wrong = 0
  for (let round = 0; round < rounds; round += 1) {
    const own = attempts.slice(round * actsPerRound, (round + 1) * actsPerRound)
    const load = sendAll(service.url, own)
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 250))
    await service.kill()
    await load
    answered += own.filter((attempt) => attempt.answer !== undefined).length
    unanswered += own.filter((attempt) => attempt.answer === undefined).length
    service = await startProcess(home)
    for (const attempt of own) wrong += await repeat(service.url, attempt)
  }
  t.comment(`${answered} answered before the kill, ${unanswered} not`)
  t.ok(answered > 0 && unanswered > 0, 'some kills hit between request and answer')
  t.equal(wrong, 0, 'every repetition under the same key gives the first answer, or the first and only act')

  const receipts = attempts.map(
    (attempt) => (JSON.parse(attempt.answer!) as { receipt: { tlogProof: string } }).receipt.tlogProof,
  )
  t.ok(
    receipts.every((proof) => isAccepted(verifyFile(Buffer.from(proof), 'receipt.tlog-proof', trust))),
    'every receipt verifies',
  )
  const made = await call<{ dossierId: string }>(service.url, 'POST', '/v1/dossiers', { bearer: keys['lawyer']!, body: { subject: { policyId }, purpose: 'kills' } }) // prettier-ignore
  const dossier = await download(service.url, `/v1/dossiers/${made.body.dossierId}/content`, keys['lawyer']!)
  const acts = dossier.toString('latin1').match(/"kind":"act"/g) ?? []
  t.equal(acts.length, attempts.length * 2, 'every act is there once')
  t.ok(isAccepted(verifyFile(dossier, 'dossier.zip', trust)))
})

/** Sends the acts over a few clients; what is still unanswered when the service dies stays unanswered. */
async function sendAll(base: string, attempts: readonly Attempt[]): Promise<void> {
  let next = 0
  const client = async (): Promise<void> => {
    for (let attempt = attempts[next++]; attempt !== undefined; attempt = attempts[next++]) {
      const answer = await tryAct(
        base,
        attempt.person.link,
        attempt.person.acts.get(attempt.choice)!,
        attempt.key,
      )
      if (answer?.status === 201) attempt.answer = answer.text
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
}

/** Repeats an act under its key; 1 when the answer is not what it must be. */
async function repeat(base: string, attempt: Attempt): Promise<number> {
  const answer = await tryAct(
    base,
    attempt.person.link,
    attempt.person.acts.get(attempt.choice)!,
    attempt.key,
  )
  if (answer?.status !== 201) return 1
  if (attempt.answer === undefined) attempt.answer = answer.text
  return attempt.answer === answer.text ? 0 : 1
}
