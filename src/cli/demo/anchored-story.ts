import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '#platform'
import { parseLogKey } from '#verification'
import { openWitness, witnessServer } from '#witness'
import { call, download } from './api-client.ts'
import type { Stage } from './story.ts'

/** A works council's witness, as it would stand on a machine of theirs. */
export type DemoWitness = { readonly policy: string; readonly stop: () => Promise<void> }

/** Starts a witness and has the organisation ask it for its cosignature, with a quorum of that one. */
export async function startWitness(stage: Stage, folder: string): Promise<DemoWitness> {
  const { base, keys, organisationId, tell } = stage
  const { body } = await call<{ logVkey: string }>(base, 'GET', `/v1/organisations/${organisationId}/verification-keys`) // prettier-ignore
  const witness = openWitness({
    statePath: join(folder, 'works-council.json'),
    logs: [parseLogKey(body.logVkey)],
    clock: systemClock,
    name: 'works-council.example',
  })
  const server: Server = witnessServer(witness, { onError: (error) => tell(`the witness: ${String(error)}`) })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const policy = `log ${body.logVkey}\nwitness works-council ${witness.vkey} ${url}\nquorum works-council\n`
  const bearer = keys['organisation-admin']
  const current = await call(base, 'GET', '/v1/witness-policy', { bearer })
  await call(base, 'PUT', '/v1/witness-policy', { bearer, body: { policy }, ifMatch: current.headers.get('etag') ?? '' }) // prettier-ignore
  tell('the works council runs a witness, and the organisation named it in its policy')
  return {
    policy,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      witness.close()
    },
  }
}

/** Asks for an anchor of the ledger as it is now and waits until it is there. */
export async function anchorLedger({ base, keys, tell }: Stage): Promise<void> {
  const bearer = keys.lawyer
  const before = await newestAnchor(base, bearer)
  await call(base, 'POST', '/v1/ledger/anchors', { bearer })
  await until(async () => (await newestAnchor(base, bearer)) !== before)
  tell('the ledger was given a timestamp from outside')
}

async function newestAnchor(base: string, bearer: string): Promise<string | undefined> {
  const { body } = await call<{ items: { anchorId: string; kind: string }[] }>(base, 'GET', '/v1/ledger/anchors', { bearer }) // prettier-ignore
  return body.items.find((anchor) => anchor.kind === 'timestamp')?.anchorId
}

/** Erases what a person answered: asked for by one client, confirmed by another, done by the service. */
export async function erasePerson({ base, keys, tell }: Stage, personId: string): Promise<void> {
  const asked = await call<{ proposalId: string }>(base, 'POST', `/v1/persons/${personId}/erasure-requests`, {
    bearer: keys['hr-publisher'],
    body: { ground: 'The person asked for it, and nothing here is needed for a claim.' },
  })
  const path = `/v1/erasure-proposals/${asked.body.proposalId}`
  await call(base, 'POST', `${path}/decisions`, {
    bearer: keys['hr-approver'],
    body: { decision: 'confirm', reason: 'Checked: no dispute, no hold.' },
  })
  await until(async () => {
    const { body } = await call<{ state: string }>(base, 'GET', path, { bearer: keys['hr-approver'] })
    return body.state === 'executed'
  })
  tell('one person was erased; the entries and their proofs stay')
}

/** The evidence of one act with time from outside, fetched by the person with their own link. */
export function evidenceBundle({ base }: Stage, link: string): Promise<Buffer> {
  return download(base, '/v1/acts/current/evidence-bundle', link)
}

const patience_ms = 60_000

async function until(isThere: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + patience_ms
  while (!(await isThere())) {
    if (Date.now() > end) throw new Error('this took more than a minute')
    await sleep(200)
  }
}
