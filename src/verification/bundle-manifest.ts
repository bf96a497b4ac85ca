import { exactObject, parseCanonicalJson } from './canonical-json.ts'
import type { Json, JsonObject } from './canonical-json.ts'
import type { Facts } from './disclosures.ts'
import { sha256 } from './primitives.ts'
import { demand } from './refusal.ts'
import { isSha256Hex } from './strict-text.ts'

/** The documents that were put before a person together. */
export type Bundle = {
  readonly sha256: string
  readonly value: JsonObject
  /** Their hashes, in the order of the manifest. */
  readonly documents: readonly string[]
  readonly main: string
}

const names = ['documents', 'language', 'organisationId', 'purpose', 'references', 'statements', 'v']
const documentNames = ['byteLength', 'documentId', 'language', 'mark', 'pages', 'role', 'sha256', 'title']

/**
 * Reads the manifest of a bundle: canonical JSON; one main document and annexes, none twice; every place where one refers
 * to another lies in it, on a page that is there, and leads to a document that is there.
 */
export function parseBundle(text: Json | undefined): Bundle {
  demand(typeof text === 'string', 'the bundle is not a text')
  const bytes = Buffer.from(text, 'utf8')
  const value = exactObject(parseCanonicalJson(bytes), 'the bundle', names)
  demand(value['v'] === 1, 'the bundle is not of format 1')
  const documents = listOf(value['documents'], 'the documents of the bundle').map((each) =>
    exactObject(each, 'a document of the bundle', documentNames),
  )
  const pages = new Map<string, number>()
  for (const { sha256: hash, pages: count, role } of documents) {
    demand(isSha256Hex(hash) && !pages.has(hash), 'a document stands in the bundle without a hash or twice')
    demand(Number.isSafeInteger(count) && (count as number) > 0, 'a document of the bundle has no pages')
    demand(role === 'main' || role === 'annex', 'a document of the bundle is neither main text nor annex')
    pages.set(hash, count as number)
  }
  const mains = documents.filter(({ role }) => role === 'main')
  demand(mains.length === 1, 'the bundle does not have exactly one main document')
  for (const each of listOf(value['references'], 'the references of the bundle')) {
    const { from, to, page } = exactObject(each, 'a reference of the bundle', ['from', 'page', 'text', 'to'])
    const last = pages.get(from as string)
    demand(last !== undefined && pages.has(to as string), 'the bundle refers to a document that is not in it')
    const there = Number.isSafeInteger(page) && (page as number) >= 1 && (page as number) <= last
    demand(there, 'the bundle refers from a page that its document does not have')
  }
  const main = mains[0]?.['sha256'] as string
  return { sha256: sha256(bytes).toString('hex'), value, documents: [...pages.keys()], main }
}

/** Refuses unless the bundle is that of the act, as far as the facts of the act are shown. */
export function demandBundleOfAct({ value, main }: Bundle, facts: Facts): void {
  for (const name of ['organisationId', 'purpose', 'language'] as const) {
    const fact = facts.get(name)
    demand(
      fact === undefined || fact === value[name],
      `the bundle says something else than the fact "${name}"`,
    )
  }
  const shown = facts.get('documentSha256')
  demand(shown === undefined || shown === main, 'the document of the act is not the main one of its bundle')
  const statements = listOf(value['statements'], 'the statements of the bundle').map((each) => {
    return exactObject(each, 'a statement of the bundle', ['kind', 'statementId', 'subject'])['statementId']
  })
  const statementId = facts.get('statementId')
  const asked = statementId === undefined || statements.includes(statementId)
  demand(asked, 'the bundle does not ask for the statement of the act')
}

/** The hashes that a bundle names, without a look at anything else; none if it cannot be read. */
export function documentsOfBundle(text: Json | undefined): readonly string[] {
  if (typeof text !== 'string') return []
  try {
    return parseBundle(text).documents
  } catch {
    // Its own check says what is wrong with it.
    return []
  }
}

function listOf(value: Json | undefined, what: string): Json[] {
  demand(Array.isArray(value), `${what} are not a list`)
  return value
}
