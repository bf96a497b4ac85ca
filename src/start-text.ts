import type { Config } from '#platform'
import type { RunningService } from './compose.ts'
import type { FoundedOrganisation } from './found-organisation.ts'

/** What start-up prints: where everything is, and the keys to begin with where they may be shown. */
export function startText(
  config: Config,
  service: Pick<RunningService, 'url' | 'publicUrl' | 'outbox'>,
  example: FoundedOrganisation | undefined,
): string {
  const { url, publicUrl, outbox } = service
  const lines = [
    'Beding is running.',
    `  API             ${url}/v1`,
    `  documentation   ${url}/documentation   (OpenAPI: ${url}/v1/openapi.json)`,
    `  employee page   ${publicUrl}/c   (people get a link of their own)`,
    outbox === undefined
      ? '  messages        sent by SMTP'
      : `  messages        no mail server is set, so they are put in ${outbox}`,
    config.database.kind === 'embedded'
      ? `  data            ${config.home}`
      : '  data            in the database of DATABASE_URL',
  ]
  return `${[...lines, ...keyLines(config, example)].join('\n')}\n`
}

function keyLines(config: Config, example: FoundedOrganisation | undefined): string[] {
  if (example === undefined)
    return ['  API keys        were shown at the first start; a key of role organisation-admin makes more']
  const kept = config.database.kind === 'embedded' ? '' : ' (shown once; write them down)'
  return [
    `  API keys of the example organisation ‘${example.name}’, ${example.organisationId}${kept}`,
    ...example.clients.map((client) => `    ${client.role.padEnd(20)} ${client.key}`),
  ]
}
