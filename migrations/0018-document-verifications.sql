-- Recognising a file that is not byte for byte one of ours: the identifier that the renderer wrote into its trailer (/ID,
-- ISO 32000-1 section 14.4) stays the same in every update, so it names the document also of a file that was changed.

-- Computed by the database from the bytes that are there, also of documents that were stored before; null where the end of
-- the rendered file has none. A plain column and not an index on the expression: row security lets the planner use an index
-- only for comparisons that cannot leak, and functions on a column are not among those.
alter table document add column file_identifier text generated always as (
  substring(encode(substring(bytes from rendered_length - 399 for 400), 'escape') from '/ID [[]<([0-9a-f]{32})>')
) stored;
create index document_by_file_identifier on document (organisation_id, file_identifier);
