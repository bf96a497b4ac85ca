import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs' // prettier-ignore
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'
import t from 'tap'
import { parseWitnessKey, verifyCosignature } from '#evidence'
import { parseLogKey } from '#verification'
import { openWitness, StateBrokenError, StateInUseError } from '#witness'
import { aFolder, aSampleLog, aWitness, requestBody, witnessMoment } from '../support/witness-samples.ts'

const command = fileURLToPath(new URL('../../src/cli/witness.ts', import.meta.url))
const log = aSampleLog()
const rewritten = aSampleLog('log.example/one', 7, 'false')
const clock = () => witnessMoment

/** The witness as a works council runs it, ready to be asked. */
async function startCommand(t: Test, statePath: string, ...more: string[]) {
  const child = spawn(process.execPath, [
    command,
    '--state',
    statePath,
    '--log',
    log.vkey,
    '--port',
    '0',
    ...more,
  ])
  t.teardown(() => child.kill('SIGKILL'))
  let text = ''
  for await (const chunk of child.stdout) {
    text += String(chunk)
    if (text.includes('Logs:\n') && text.endsWith('\n')) break
  }
  const url = /Add-checkpoint: (\S+)\/add-checkpoint/.exec(text)?.[1] ?? ''
  const post = async (body: string) => {
    const response = await fetch(`${url}/add-checkpoint`, { method: 'POST', body })
    return { status: response.status, body: await response.text() }
  }
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    child.kill(signal)
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    return child.exitCode
  }
  return { text, url, post, end, vkey: /Key: (\S+)/.exec(text)?.[1] ?? '' }
}

const grow = (oldSize: number, size: number, from = log): string => requestBody(oldSize, from.proof(oldSize, size), from.note(size)) // prettier-ignore

t.test('W2: kill -9 after an answer loses nothing, and key and name stay', async (t) => {
  const statePath = join(aFolder(t), 'witness.json')
  let vkey = ''
  for (let size = 1; size <= 6; size += 1) {
    const running = await startCommand(t, statePath, ...(size === 1 ? ['--name', 'or.example/getuige'] : []))
    if (size === 1) vkey = running.vkey
    t.equal(running.vkey, vkey)
    const { status, body } = await running.post(grow(size - 1, size))
    t.equal(status, 200)
    t.ok(verifyCosignature(body.trimEnd(), log.note(size), parseWitnessKey(vkey)))
    await running.end('SIGKILL')
  }
  const last = await startCommand(t, statePath)
  t.match(last.text, /log\.example\/one: signed up to size 6/)
  t.match(await last.post(grow(3, 9, rewritten)), { status: 409, body: '6\n' })
  t.match(await last.post(grow(6, 9, rewritten)), { status: 422 })
  t.match(await last.post(grow(6, 9)), { status: 200 })
  t.equal(await last.end('SIGTERM'), 0)
})

t.test(
  'W2: killed in the middle of a storm, it remembers at least every cosignature that it gave',
  async (t) => {
    const statePath = join(aFolder(t), 'witness.json')
    let known = 0
    for (let round = 0; round < 4; round += 1) {
      const running = await startCommand(t, statePath)
      const until = known + 10 + round
      let ended: Promise<unknown> | undefined
      for (let failed = false; !failed && known < until + 200;) {
        const asked = running.post(grow(known, known + 1)).catch(() => undefined)
        // Not awaited: the request on its way may be cut off before, between or after storing and answering.
        if (known >= until) {
          ended ??= new Promise((resolve) => setTimeout(resolve, round)).then(() => running.end('SIGKILL'))
        }
        const answer = await asked
        failed = answer === undefined
        if (answer?.status === 200) known += 1
      }
      await ended
      const next = await startCommand(t, statePath)
      const asked = await next.post(grow(known + 2, known + 2))
      t.equal(asked.status, 409)
      t.ok(
        [known, known + 1].includes(Number(asked.body)),
        `${known} were answered, ${Number(asked.body)} are stored`,
      )
      known = Number(asked.body)
      await next.end('SIGKILL')
    }
  },
)

t.test(
  'W2: a second process on the same file is refused, by any path, until the first is gone',
  async (t) => {
    const folder = aFolder(t)
    const statePath = join(folder, 'witness.json')
    const running = await startCommand(t, statePath)
    symlinkSync(statePath, join(folder, 'link.json'))
    for (const path of [statePath, join(folder, 'link.json'), join(folder, '.', 'witness.json')]) {
      const second = spawnSync(process.execPath, [command, '--state', path, '--log', log.vkey, '--port', '0'])
      t.equal(second.status, 1)
      t.match(second.stderr.toString(), /in use by another witness/)
      t.throws(() => openWitness({ statePath: path, logs: [], clock }), StateInUseError)
    }
    t.equal((await running.post(grow(0, 2))).status, 200, 'and the first goes on')
    await running.end('SIGKILL')
    const next = openWitness({ statePath, logs: [parseLogKey(log.vkey)], clock })
    t.throws(() => openWitness({ statePath, logs: [], clock }), StateInUseError, 'also within one process')
    next.close()
  },
)

t.test(
  'W1: of fifty conflicting requests at once one is cosigned, and of fifty identical ones none forks',
  async (t) => {
    const { post, add, witness } = await aWitness(t, [log.vkey])
    await add(log, 0, 3)
    const conflicting = Array.from({ length: 50 }, (_, index) =>
      grow(3, 4 + index, index % 2 === 0 ? log : rewritten),
    )
    const answers = await Promise.all(conflicting.map(post))
    const signed = answers.flatMap(({ status }, index) => (status === 200 ? [4 + index] : []))
    t.equal(signed.length, 1)
    t.equal(witness.lastCosigned('log.example/one')?.checkpoint.size, signed[0])
    t.ok(answers.every(({ status, body }) => status === 200 || status === 422 || (status === 409 && body === `${signed[0]}\n`))) // prettier-ignore
    const size = signed[0]!
    const identical = await Promise.all(Array.from({ length: 50 }, () => post(grow(size, size + 5))))
    t.same(identical.map(({ status }) => status).toSorted(), [200, ...Array<number>(49).fill(409)])
    const again = await Promise.all(Array.from({ length: 50 }, () => post(grow(size + 5, size + 5))))
    t.ok(
      again.every(({ status }) => status === 200),
      'the size it has may be cosigned as often as asked',
    )
  },
)

t.test('W2: what cannot be stored is not cosigned', async (t) => {
  const { post, add, witness, statePath, errors } = await aWitness(t, [log.vkey])
  t.equal(await add(log, 0, 2), 200)
  const before = readFileSync(statePath)
  // A folder under the name of the draft: root, whom no rights stop, cannot write it either.
  mkdirSync(`${statePath}.next`)
  const refused = await post(grow(2, 3))
  t.equal(refused.status, 500)
  t.notMatch(refused.body, '—')
  t.equal(errors.length, 1)
  t.equal(witness.lastCosigned('log.example/one')?.checkpoint.size, 2)
  t.same(readFileSync(statePath), before)
  rmdirSync(`${statePath}.next`)
  t.equal(await add(log, 2, 3), 200, 'and it goes on once there is room')
})

t.test('W5: a state that was changed, cut or mixed up is refused and left alone', async (t) => {
  const statePath = join(aFolder(t), 'witness.json')
  const open = () => openWitness({ statePath, logs: [parseLogKey(log.vkey)], clock })
  const witness = open()
  witness.cosignCheckpoint(Buffer.from(grow(0, 5)))
  witness.close()
  const text = readFileSync(statePath, 'utf8')
  t.equal(statSync(statePath).mode & 0o777, 0o600, 'only its owner reads it')
  t.same(readdirSync(join(statePath, '..')).toSorted(), ['witness.json', 'witness.json.lock'])
  const other = JSON.parse(text)
  const variants = {
    empty: '',
    cut: text.slice(0, -20),
    'another size': text.replace(String.raw`\n5\n`, String.raw`\n4\n`),
    'another root': text.replace(String.raw`\n5\n`, String.raw`\n5\nA`),
    'another version': text.replace('witness/v1', 'witness/v2'),
    'a short key': text.replace(other.seed, 'AAAA'),
    'another key': text.replace(other.seed, Buffer.alloc(32, 1).toString('base64')),
    'a note without our line': JSON.stringify({ ...other, notes: [log.note(5)] }, null, 2) + '\n',
    'one log twice': `${JSON.stringify({ ...other, notes: [other.notes[0], other.notes[0]] }, null, 2)}\n`,
    'a member twice': text.replace('{', '{ "name": "x",'),
  }
  for (const [name, changed] of Object.entries(variants)) {
    t.not(changed, text, name)
    writeFileSync(statePath, changed)
    t.throws(open, StateBrokenError, name)
    t.equal(readFileSync(statePath, 'utf8'), changed, 'left alone')
  }
  writeFileSync(statePath, text)
  chmodSync(statePath, 0o644)
  const reopened = open()
  reopened.cosignCheckpoint(Buffer.from(grow(5, 6)))
  reopened.close()
  t.equal(statSync(statePath).mode & 0o777, 0o600, 'and written anew for its owner only')
})

t.test('the command explains itself and refuses what it does not understand', async (t) => {
  const run = (...args: string[]) => spawnSync(process.execPath, [command, ...args], { encoding: 'utf8' })
  const statePath = join(aFolder(t), 'witness.json')
  t.match(run('--help'), {
    status: 0,
    stdout: /works council[\s\S]+--state FILE[\s\S]+never put an older copy/,
  })
  const wrong = {
    'no state': ['--log', log.vkey],
    'no log': ['--state', statePath],
    'a key that is none': ['--state', statePath, '--log', 'log.example/one'],
    'a witness key as log key': ['--state', statePath, '--log', log.vkey.replace(/\+A/, '+B')],
    'a port that is none': ['--state', statePath, '--log', log.vkey, '--port', '70000'],
    'a name that is none': ['--state', statePath, '--log', log.vkey, '--name', 'two words'],
    'an option that is none': ['--state', statePath, '--log', log.vkey, '--force'],
  }
  for (const [name, args] of Object.entries(wrong))
    t.match(run(...args), { status: 2, stderr: /usage: / }, name)
  t.notOk(readdirSync(join(statePath, '..')).includes('witness.json'), 'and nothing was made')
  openWitness({ statePath, logs: [], name: 'first.example/name', clock }).close()
  t.match(run('--state', statePath, '--log', log.vkey, '--name', 'other'), {
    status: 2,
    stderr: /keeps its name/,
  })
})
