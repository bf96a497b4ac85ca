/** The version of the interface (semver); its major part is the `v1` of every path. See CHANGELOG.md. */
export const apiVersion = '1.0.0'

/** Whom to ask about the interface; part of the OpenAPI document. */
export const contact = {
  name: 'Beding',
  email: 'api@beding.example',
  url: 'https://beding.example/contact',
} as const
