import type { TestService } from './service.ts'
import { imported, published, shown, somePeople } from './story.ts'

/** Somebody who agreed: their link, their act, and who they are. */
export type Agreed = {
  readonly link: string
  readonly actId: string
  readonly personId: string
  readonly assignmentId: string
  readonly person: ReturnType<typeof somePeople>[number]
}

export type Agreement = {
  readonly version: Awaited<ReturnType<typeof published>>
  readonly agreed: readonly Agreed[]
}

type Options = {
  /** Before the external identifiers; another one for each agreement of a test. */
  readonly prefix?: string
  readonly count?: number
  readonly choice?: string
  /** Of all, or of each in turn. */
  readonly language?: 'nl' | 'en' | readonly ('nl' | 'en')[]
  readonly legalNature?: string
}

/** People who were each asked about one version and answered it by their own link. */
export async function anAgreement(service: TestService, options: Options = {}): Promise<Agreement> {
  const { prefix = 'A', count = 2, choice = 'agreed', language = 'nl', legalNature } = options
  const { own, send } = service
  const people = somePeople(count, prefix)
  const personIds = await imported(service, own, people)
  const version = await published(service, own, legalNature === undefined ? {} : { legalNature })
  const body = {
    policyId: version.policyId,
    versionNumber: version.versionNumber,
    dueDate: '2026-12-05',
    audience: { personIds },
  }
  const made = await send('POST', '/v1/assignments', { as: own.keys['hr-publisher'], body })
  if (made.status !== 201) throw new Error(JSON.stringify(made.body))
  const links = await service.deliver(count)
  const agreed: Agreed[] = []
  for (const [index, person] of people.entries()) {
    const link = links.get(person.workEmail)!
    const act = await send('POST', '/v1/acts', {
      as: link,
      body: await shown(service, link, choice, typeof language === 'string' ? language : language[index]!),
    })
    if (act.status !== 201) throw new Error(JSON.stringify(act.body))
    const { actId, assignmentId } = act.body
    agreed.push({ link, actId, assignmentId, personId: personIds[index]!, person })
  }
  return { version, agreed }
}

/** The first as the employee, the second for the employer, and so on in turns. */
export function partiesOf(agreed: readonly Pick<Agreed, 'actId'>[]) {
  return agreed.map(({ actId }, index) => ({
    actId,
    capacity: index % 2 === 0 ? 'employee' : 'employer-representative',
  }))
}

/** Asks for the signed copy of these acts. */
export function execute(
  service: TestService,
  agreed: readonly Pick<Agreed, 'actId'>[],
  parties: readonly unknown[] = partiesOf(agreed),
) {
  return service.send('POST', '/v1/executed-copies', {
    as: service.own.keys['hr-publisher'],
    body: { parties },
  })
}
