/** What a file says about itself. Every value is fixed by the input, so that the same input gives the same bytes. */
export type DocumentProperties = {
  readonly title: string
  readonly author: string
  readonly language: 'nl' | 'en'
  /** In Info as Subject; the file identifier `/ID` is made from it, among other things. */
  readonly identity: string
  readonly createdAt: Date
}

type WithInfo = { info: Record<string, unknown>; _addInfo: () => void }

/**
 * Makes pdfkit write well-formed XMP. It pastes the Info values into XML as they are, so that an employer called
 * `Jansen & Zn.` breaks the packet and markup in a title would become metadata. Info itself keeps the raw text.
 */
export function escapeXmp(document: unknown): void {
  const target = document as WithInfo
  const addInfo = target._addInfo.bind(document)
  target._addInfo = () => {
    const raw = target.info
    target.info = Object.fromEntries(
      Object.entries(raw).map(([name, value]) => [
        name,
        typeof value === 'string' ? escapeXml(value) : value,
      ]),
    )
    addInfo()
    target.info = raw
  }
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/**
 * PDF/UA-1 beside PDF/A-3a. pdfkit can claim one of them; the other is added here together with the extension schema
 * that PDF/A demands for a namespace it does not know (ISO 19005-3, 6.6.2.3).
 */
export const universalAccessXmp = `
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
  <pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas>
    <rdf:Bag>
      <rdf:li rdf:parseType="Resource">
        <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
        <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
        <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
        <pdfaSchema:property>
          <rdf:Seq>
            <rdf:li rdf:parseType="Resource">
              <pdfaProperty:name>part</pdfaProperty:name>
              <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
              <pdfaProperty:category>internal</pdfaProperty:category>
              <pdfaProperty:description>The part of ISO 14289 that this file follows</pdfaProperty:description>
            </rdf:li>
          </rdf:Seq>
        </pdfaSchema:property>
      </rdf:li>
    </rdf:Bag>
  </pdfaExtension:schemas>
</rdf:Description>`
