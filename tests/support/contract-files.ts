import PDFDocument from 'pdfkit'
import type { TestAnswer, TestService, TestTenant } from './service.ts'

type FileOptions = { readonly password?: string; readonly blankPages?: number }

/** A PDF as somebody else's software makes it: these pages of text, then pages with a drawing and no text. */
export async function aForeignPdf(pages: readonly string[], options: FileOptions = {}): Promise<Buffer> {
  const { password, blankPages = 0 } = options
  const pdf = new PDFDocument({
    autoFirstPage: false,
    compress: true,
    pdfVersion: '1.7',
    ...(password === undefined ? {} : { userPassword: password, ownerPassword: `${password}!` }),
  })
  const parts: Buffer[] = []
  pdf.on('data', (part: Buffer) => parts.push(part))
  const ended = new Promise((resolve) => pdf.once('end', resolve))
  for (const text of pages) pdf.addPage().font('Times-Roman').fontSize(11).text(text, { align: 'justify' })
  for (let page = 0; page < blankPages; page += 1) pdf.addPage().rect(50, 50, 400, 200).fill('#777777')
  pdf.end()
  await ended
  return Buffer.concat(parts)
}

export const contractText = [
  'Arbeidsovereenkomst voor onbepaalde tijd. De werknemer treedt in dienst als accountmanager op 31 januari 2024. Het salaris is EUR 4.200 bruto per maand bij een volledige werkweek van veertig uur.',
  'Artikel 12. De afspraken over relaties staan in Bijlage B, die aan deze overeenkomst is gehecht en daarvan deel uitmaakt.',
]

/** Hands in a file as the contract of a person. */
export function sendContractFile(
  service: TestService,
  tenant: TestTenant,
  personId: string,
  bytes: Buffer,
  options: { readonly title?: string; readonly key?: string } = {},
): Promise<TestAnswer> {
  const { title = 'Arbeidsovereenkomst', key } = options
  const query = new URLSearchParams({ personId, title, language: 'nl' })
  return service.send('POST', `/v1/contract-documents?${query.toString()}`, {
    as: tenant.keys['hr-publisher'],
    body: bytes,
    headers: { 'content-type': 'application/pdf' },
    ...(key === undefined ? {} : { key }),
  })
}
