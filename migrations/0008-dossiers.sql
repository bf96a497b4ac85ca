-- A dossier is a question about a person or a policy, frozen at a size of the ledger. Its file is made from rows
-- that cannot change, so the same dossier always has the same bytes.

create table dossier (
  organisation_id uuid not null,
  dossier_id uuid not null,
  person_id uuid,
  policy_id uuid,
  purpose text not null constraint dossier_purpose_length check (char_length(purpose) between 1 and 500),
  log_id uuid not null,
  tree_size bigint not null,
  created_by uuid not null,
  created_at timestamptz(3) not null,
  entry_id uuid not null,
  constraint dossier_pk primary key (organisation_id, dossier_id),
  constraint dossier_one_subject check ((person_id is null) <> (policy_id is null)),
  constraint dossier_person_fk foreign key (organisation_id, person_id) references person (organisation_id, person_id),
  constraint dossier_policy_fk foreign key (organisation_id, policy_id) references policy (organisation_id, policy_id),
  constraint dossier_checkpoint_fk foreign key (organisation_id, log_id, tree_size) references ledger_checkpoint (organisation_id, log_id, size),
  constraint dossier_entry_fk foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, entry_id)
);
call protect_evidence_table('dossier');
