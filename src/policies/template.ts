import type { Language, LegalNature, PolicyContent, Text } from './content.ts'
import { socialMediaTemplate } from './social-media-template.ts'

/** A text to start from. It is copied into a draft; a later change of the template changes no policy. */
export type Template = {
  readonly templateId: string
  /** The legal nature of a policy that this text fits. */
  readonly legalNature: LegalNature
  readonly languages: readonly Language[]
  readonly title: Text
  readonly content: PolicyContent
}

/** Every starter text of this service, in order of id. */
export const templates: readonly Template[] = [
  {
    templateId: 'social-media',
    legalNature: 'instruction',
    languages: socialMediaTemplate.languages,
    title: { nl: 'Sociale media: vijftien regels', en: 'Social media: fifteen rules' },
    content: socialMediaTemplate,
  },
]

/** The template with this id, or undefined. */
export function findTemplate(templateId: string): Template | undefined {
  return templates.find((template) => template.templateId === templateId)
}
