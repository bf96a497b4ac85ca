-- Persons as the employer's HR system knows them. What was true of a person when they acted is frozen in the
-- entry of the act, so this table may change.

create table person (
  organisation_id uuid not null,
  person_id uuid not null,
  external_id text not null constraint person_external_id_length check (char_length(external_id) between 1 and 100),
  given_name text not null constraint person_given_name_length check (char_length(given_name) between 1 and 100),
  family_name text not null constraint person_family_name_length check (char_length(family_name) between 1 and 100),
  work_email text not null constraint person_work_email_length check (char_length(work_email) between 3 and 254),
  language text not null constraint person_language_known check (language in ('nl', 'en')),
  department text constraint person_department_length check (char_length(department) between 1 and 100),
  job_title text constraint person_job_title_length check (char_length(job_title) between 1 and 100),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint person_pk primary key (organisation_id, person_id),
  constraint person_external_id_once unique (organisation_id, external_id),
  constraint person_organisation_fk foreign key (organisation_id) references organisation (organisation_id)
);
create index person_by_department on person (department, organisation_id, person_id);
call protect_tenant_table('person');
