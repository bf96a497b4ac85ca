-- Who answers whether certificates of a development TSA were revoked: a certificate that its root issued before the
-- root's key was forgotten, and its key (decision 0079). A TSA from before has none, and is followed by a new one.

alter table timestamp_authority
  -- DER
  add column responder_certificate bytea,
  -- sealed like private_key_sealed
  add column responder_key_sealed bytea,
  add constraint timestamp_authority_responder_whole
    check ((responder_certificate is null) = (responder_key_sealed is null));
