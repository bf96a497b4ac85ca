import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

const poll_ms = 100

/**
 * The links in the messages of a local outbox by the address they were sent to: what a person finds in their mailbox.
 * Waits until there are at least `count`; throws when they have not come within `timeout_ms`.
 */
export async function linksInOutbox(
  folder: string,
  count: number,
  timeout_ms: number,
): Promise<Map<string, string>> {
  const deadline = Date.now() + timeout_ms
  for (;;) {
    const links = await readLinks(folder)
    if (links.size >= count) return links
    if (Date.now() > deadline) throw new Error(`only ${links.size} of ${count} messages came`)
    await new Promise((resolve) => setTimeout(resolve, poll_ms))
  }
}

async function readLinks(folder: string): Promise<Map<string, string>> {
  const names = await readdir(folder).catch(() => [])
  const links = new Map<string, string>()
  for (const name of names.filter((each) => !each.startsWith('.') && each.endsWith('.eml')).toSorted()) {
    const message = await readFile(join(folder, name), 'utf8')
    const address = /^To: (.+)$/m.exec(message)?.[1]?.trim()
    const link = /#([0-9a-f]{32}\.[A-Za-z0-9_-]{43})/.exec(message)?.[1]
    if (address !== undefined && link !== undefined) links.set(address, link)
  }
  return links
}
