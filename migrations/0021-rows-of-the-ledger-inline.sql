-- Entries and disclosures stand in their row and are not compressed. Hashes and base64url do not shrink, and trying to
-- took an eighth of what PostgreSQL spent on an act; a disclosure row of 3.5 KB out of line is two more rows and two
-- more index entries. Two or three of these rows fill a page. Rows above 8 KB go out of line as before (decision 0108).

alter table ledger_entry set (toast_tuple_target = 8160);
alter table entry_disclosure set (toast_tuple_target = 8160);
