-- From where somebody has put aside what nobody verified: one network does not fill the room of all.
alter table parked_inbound add column network text not null default '';
create index parked_inbound_network on parked_inbound (tenant_id, network);
