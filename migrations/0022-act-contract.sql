-- An act says how its person was known, on the whole ladder of the room `assurance`, and what it answers: one statement of
-- a ceremony about a policy version or about a bundle of documents. One statement of one ceremony takes one act.

alter table assignment
  alter column version_id drop not null,
  -- the bundle, where it is no policy version; the table follows with the next file
  add column bundle_id uuid,
  add constraint assignment_about_one_thing check ((version_id is null) <> (bundle_id is null)),
  add constraint assignment_bundle_once unique (organisation_id, bundle_id);

alter table act
  alter column version_id drop not null,
  add column bundle_id uuid,
  -- every act from before there were several is about the one statement of its ceremony
  add column statement_id text not null default 'main' constraint act_statement_id_form check (statement_id ~ '^[a-z][a-z0-9-]{0,39}$'),
  -- the credential that signed, and the SHA-256 that it signed over; null where nothing was signed
  add column signing_credential_id text,
  add column challenge_sha256 bytea constraint act_challenge_sha256 check (octet_length(challenge_sha256) = 32),
  add constraint act_about_one_thing check ((version_id is null) <> (bundle_id is null)),
  add constraint act_signed_whole check ((signing_credential_id is null) = (challenge_sha256 is null)),
  drop constraint act_choice_known,
  add constraint act_choice_known check (choice in ('seen', 'agreed', 'agreed-conditionally', 'not-agreed', 'declined')),
  drop constraint act_assurance_known,
  add constraint act_assurance_known check (assurance in ('mailbox-employer', 'mailbox-private', 'phone-otp', 'sso', 'sso-mfa',
                                                          'passkey-bound', 'passkey-bound-attested', 'qualified')),
  drop constraint act_once,
  add constraint act_once unique (organisation_id, assignment_id, statement_id);
alter table act alter column statement_id drop default;
-- What was signed once is never signed for again: a challenge is good for one act.
create unique index act_challenge_once on act (challenge_sha256, organisation_id) where challenge_sha256 is not null;

-- A link that was made for a person who logged in belongs to no message.
alter table link alter column delivery_id drop not null;
