-- Files of documents, such as a driver's licence: sealed with the master key, for one tenant and one document. They go with an erasure of their subject.
create table document_files (
  tenant_id  uuid not null,
  file_id    uuid not null,
  subject_id uuid not null,                     -- whose personal data it is
  sealed     text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, file_id)
);
create index document_files_subject on document_files (tenant_id, subject_id);
call protect('document_files');
grant select, insert, delete on document_files to mainstreet_app;
