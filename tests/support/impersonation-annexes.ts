import { compose, hypothesis, listText, type Employed } from './composed-annexes.ts'
import type { Recorder } from './impersonation-recorder.ts'

/** An annex as HR looks at it beforehand, composes it and reads it again. */
export async function annexIsComposed({ service }: Recorder, who: Employed): Promise<void> {
  const { own, send } = service
  const publisher = { as: own.keys['hr-publisher'] }
  await send('POST', '/v1/annexes/previews', { ...publisher, body: { employment: hypothesis, ...listText() } }) // prettier-ignore
  const { body } = await compose(service, own, who, listText())
  await send('GET', `/v1/annexes/${body.annexId}`, publisher)
  await send('GET', `/v1/annexes/${body.annexId}/state?on=2027-01-01`, publisher)
}
