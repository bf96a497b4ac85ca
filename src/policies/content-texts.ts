import type { PolicyContent, Text } from './content.ts'

/** A text of a content and where it stands. `pointer` is a JSON Pointer (RFC 6901) into the content. */
export type TextPlace = {
  readonly pointer: string
  readonly text: Text
  /** A line has no line feed; a paragraph may have them. */
  readonly form: 'line' | 'paragraph'
  /** The change summary may be empty; publishing says when it may stay so. */
  readonly mayBeEmpty: boolean
  /** Placeholders are filled in here. Labels are for the author only and are not part of the document. */
  readonly takesPlaceholders: boolean
}

/** Every text of a content, in reading order. */
export function textPlacesOf(content: PolicyContent): TextPlace[] {
  return [
    line('/title', content.title),
    ...content.introduction.map((text, index) => paragraph(`/introduction/${index}`, text)),
    ...content.rules.flatMap((rule, index) => [
      line(`/rules/${index}/heading`, rule.heading),
      paragraph(`/rules/${index}/text`, rule.text),
    ]),
    ...content.sections.flatMap((section, index) => [
      line(`/sections/${index}/heading`, section.heading),
      ...section.paragraphs.map((text, at) => paragraph(`/sections/${index}/paragraphs/${at}`, text)),
    ]),
    ...content.placeholders.map((placeholder, index) => ({
      ...line(`/placeholders/${index}/label`, placeholder.label),
      takesPlaceholders: false,
    })),
    { ...paragraph('/changeSummary', content.changeSummary), mayBeEmpty: true },
  ]
}

/** The same content with every text that takes placeholders replaced by what `change` makes of it. */
export function mapTexts(content: PolicyContent, change: (text: Text) => Text): PolicyContent {
  return {
    ...content,
    title: change(content.title),
    introduction: content.introduction.map(change),
    rules: content.rules.map((rule) => ({ ...rule, heading: change(rule.heading), text: change(rule.text) })),
    sections: content.sections.map((section) => ({
      ...section,
      heading: change(section.heading),
      paragraphs: section.paragraphs.map(change),
    })),
    changeSummary: change(content.changeSummary),
  }
}

function line(pointer: string, text: Text): TextPlace {
  return { pointer, text, form: 'line', mayBeEmpty: false, takesPlaceholders: true }
}

function paragraph(pointer: string, text: Text): TextPlace {
  return { pointer, text, form: 'paragraph', mayBeEmpty: false, takesPlaceholders: true }
}
