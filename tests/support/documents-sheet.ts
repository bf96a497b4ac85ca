import { toInstant } from '#core'
import type { DocumentLanguage, SheetParty, SignatureSheetInput } from '#documents'
import { appendSheet, sealBytes } from '#documents'
import { renderDocument } from '../../src/documents/document-rendering.ts'
import { readRevision } from '../../src/documents/pdf-revision.ts'
import { openPdf, openUpdated } from './documents-pdf.ts'
import { aPolicyEdition } from './documents-samples.ts'
import { aSeal, type TestSeal } from './documents-seal.ts'

const statements: Readonly<Record<DocumentLanguage, string>> = {
  nl: 'Ik ga akkoord met versie 3 van ‘Gedragscode internet en sociale media’ van Jansen & Zn. Zorg B.V. als onderdeel van mijn arbeidsvoorwaarden vanaf 1 december 2026.',
  en: 'I agree to version 3 of ‘Code of conduct for internet and social media’ of Jansen & Zn. Zorg B.V. as part of my terms of employment from 1 December 2026.',
}

/** What is recorded of one party. */
export function aSheetParty(language: DocumentLanguage, changes: Partial<SheetParty> = {}): SheetParty {
  return {
    capacity: 'employee',
    personName: 'Şükrü Çağlar Yıldız',
    statement: statements[language],
    actedAt: '2026-11-21T09:15:30.123Z',
    method: 'one-time-link',
    assurance: 'mailbox-employer',
    evidenceLevel: 'E3',
    actId: '01931f00-0000-7000-8000-0000000000a1',
    entryIndex: 41,
    entrySha256: 'ab12cd34ef56ab78'.repeat(4),
    checkpoint: {
      origin: 'beding.example/log/01931f00-0000-7000-8000-000000000001/1',
      treeSize: 42,
      root: 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=',
    },
    ...changes,
  }
}

export const sealedAt = toInstant('2026-11-27T12:00:00.000Z')

/** An edition that two parties agreed to: as it was shown, with its sheet, and sealed again. */
export type ExecutedFile = {
  readonly seal: TestSeal
  readonly frozen: Buffer
  readonly input: SignatureSheetInput
  readonly sheet: Buffer
  readonly grafted: Buffer
  readonly executed: Buffer
}

export async function anExecutedFile(
  language: DocumentLanguage = 'nl',
  changes: Partial<SignatureSheetInput> = {},
): Promise<ExecutedFile> {
  const name = 'Jansen & Zn. Zorg B.V.'
  const seal = aSeal(name)
  const edition = aPolicyEdition({ language, legalNature: 'contract-term' })
  const frozen = await sealBytes((await renderDocument(edition)).bytes, seal.signer, { at: sealedAt, name })
  const input: SignatureSheetInput = {
    kind: 'signature-sheet',
    language,
    organisationName: name,
    documentTitle: edition.content.title[language] ?? '',
    versionNumber: 3,
    bundleSha256: null,
    documentLength: frozen.bytes.length,
    documentSha256: frozen.sha256.toString('hex'),
    parties: [
      aSheetParty(language),
      aSheetParty(language, {
        capacity: 'employer-representative',
        personName: 'Łucja van den IJssel',
        actedAt: '2026-11-22T14:02:11.500Z',
        actId: '01931f00-0000-7000-8000-0000000000a2',
        entryIndex: 57,
      }),
    ],
    ...changes,
  }
  const sheet = (await renderDocument(input)).bytes
  const grafted = appendSheet(frozen.bytes, sheet)
  const { bytes } = await sealBytes(grafted, seal.signer, { at: sealedAt, name })
  return { seal, frozen: frozen.bytes, input, sheet, grafted, executed: bytes }
}

/** The text of the pages that the sheet added, without any space: where lines break is no matter. */
export function sheetTextOf(executed: Buffer): string {
  const before = openPdf(executed).pages.length
  const { pages } = openUpdated(executed, readRevision(executed).offsets)
  return pages.slice(before).join('').replaceAll(/\s/g, '')
}
