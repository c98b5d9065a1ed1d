-- What is common to all tenants: who they are, who may act for them, where their schemas stand, when work is due.
-- Ids and times only; nothing of a member is ever kept here.

-- A schema for one side (live or test) of one tenant. Spares are made ahead of need, in batches, because every grant
-- of a role makes each backend's next `set role` slow where there are many roles.
create table control.tenant_schema (
  name        text primary key check (name ~ '^t_[0-9a-z]{26}$'),
  state       text not null check (state in ('spare', 'claimed', 'dropped')),
  version     bigint not null,
  created_at  timestamptz not null,
  claimed_at  timestamptz,
  -- a test side that was emptied: nobody looks into it any more
  released_at timestamptz,
  last_error  text
);
create index tenant_schema_spare on control.tenant_schema (created_at) where state = 'spare';
create index tenant_schema_version on control.tenant_schema (version) where state = 'claimed';

create table control.tenant (
  id               uuid primary key,
  state            text not null check (state in ('active', 'suspended', 'deleted')),
  business_name    text not null,
  country          text not null,
  time_zone        text not null,
  locale           text not null,
  legal_name       text,
  postal_address   text,
  phone            text,
  email            text,
  website          text,
  sender_name      text,
  live_schema      text not null unique references control.tenant_schema (name),
  -- null until the test key is used for the first time
  test_schema      text unique references control.tenant_schema (name),
  -- what the shop asked for at signup; each of its sides begins with a program made from this
  signup_currency  text not null,
  signup_preset    text,
  -- when a side had got its first program; nobody sees a side before
  live_prepared_at timestamptz,
  test_prepared_at timestamptz,
  sending_stopped_at timestamptz,
  -- the operator's word to the shop while all its mail is held; only the operator lets it go
  sending_held_because text,
  -- since when it may send as much as its plan says; a new shop proves itself first
  sending_trusted_at timestamptz,
  -- signed up from an address for ten minutes
  disposable_signup boolean not null default false,
  -- when an owner who asked for it loses everything; until then they may think better of it
  deletion_due_at  timestamptz,
  -- counts changes, for If-Match
  version          int not null,
  created_at       timestamptz not null,
  updated_at       timestamptz not null
);

create table control.app_user (
  id             uuid primary key,
  email          text not null unique,
  password_hash  text not null,
  created_at     timestamptz not null
);

create table control.membership (
  tenant_id  uuid not null references control.tenant (id),
  user_id    uuid not null references control.app_user (id),
  role       text not null check (role in ('owner', 'marketer', 'cashier', 'viewer')),
  created_at timestamptz not null,
  primary key (tenant_id, user_id)
);
create index membership_user on control.membership (user_id);

create table control.signup (
  id             uuid primary key,
  email          text not null,
  -- null as soon as the signup is verified: the user has it then, or keeps an older one
  password_hash  text,
  business_name  text not null,
  country        text not null,
  time_zone      text not null,
  locale         text not null,
  currency       text not null,
  preset         text,
  created_at     timestamptz not null,
  expires_at     timestamptz not null,
  -- set before verified_at: a verification that was cut short goes on with the tenant it had made
  tenant_id      uuid references control.tenant (id),
  verified_at    timestamptz
);
create index signup_expiry on control.signup (expires_at) where verified_at is null;

create table control.api_key (
  id            uuid primary key,
  tenant_id     uuid not null references control.tenant (id),
  side          text not null check (side in ('live', 'test')),
  scope         text not null check (scope in ('admin', 'marketing', 'pos', 'read')),
  name          text,
  secret_hash   bytea not null unique,
  hint          text not null,
  created_at    timestamptz not null,
  last_used_at  timestamptz,
  -- of one that was replaced by another: until then both work
  expires_at    timestamptz,
  revoked_at    timestamptz
);
create index api_key_tenant on control.api_key (tenant_id, created_at);

create table control.session (
  token_hash    bytea primary key,
  user_id       uuid not null references control.app_user (id),
  tenant_id     uuid not null references control.tenant (id),
  created_at    timestamptz not null,
  used_at       timestamptz not null,
  expires_at    timestamptz not null,
  revoked_at    timestamptz
);
create index session_user_id on control.session (user_id);
create index session_expiry on control.session (expires_at);

-- Who was asked to join a shop and has not answered yet.
create table control.invitation (
  id          uuid primary key,
  tenant_id   uuid not null references control.tenant (id),
  email       text not null,
  role        text not null check (role in ('owner', 'marketer', 'cashier', 'viewer')),
  created_at  timestamptz not null,
  expires_at  timestamptz not null,
  unique (tenant_id, email)
);

-- Wrong passwords of late, counted for a hash of what they have in common (an address and a network, an address, a
-- network), and the places from which people have logged in, which nobody else's attempts can shut.
create table control.login_throttle (
  key       bytea primary key,
  failures  int not null,
  until     timestamptz not null
);
create table control.login_place (
  place    bytea primary key,
  seen_at  timestamptz not null
);

-- Who changed what of a shop; changes of what is in the shop's own schema stand there, as events `audit.…`.
create table control.audit_entry (
  id         uuid primary key,
  tenant_id  uuid not null references control.tenant (id),
  actor      text not null,
  action     text not null,
  target     text not null,
  before     jsonb,
  after      jsonb,
  at         timestamptz not null
);
create index audit_entry_tenant on control.audit_entry (tenant_id, id);

-- What a shop pays for, as Stripe said last. No row: it never got to the checkout.
create table control.subscription (
  tenant_id             uuid primary key references control.tenant (id),
  customer              text unique,
  subscription          text,
  -- of the plan in plans.yml; null while there is no subscription
  plan                  text,
  -- the word of Stripe
  status                text,
  item                  text,
  period_start          timestamptz,
  period_end            timestamptz,
  trial_end             timestamptz,
  cancel_at_period_end  boolean not null default false,
  -- it runs out because the shop will be deleted; if the shop is kept, it goes on
  ends_with_shop        boolean not null default false,
  past_due_since        timestamptz,
  -- one trial for each shop
  trial_used_at         timestamptz,
  fetched_at            timestamptz,
  updated_at            timestamptz not null
);

-- What Stripe told us, once each; done as soon as the subscription has been fetched anew.
create table control.stripe_event (
  id           text primary key,
  type         text not null,
  customer     text,
  received_at  timestamptz not null,
  next_try_at  timestamptz not null,
  done_at      timestamptz,
  attempts     int not null default 0,
  last_error   text
);
create index stripe_event_open on control.stripe_event (next_try_at) where done_at is null;
create index stripe_event_received on control.stripe_event (received_at);

-- Mails beyond the plan, by the hour, as they are reported to Stripe under a name made of the row's key.
create table control.meter_report (
  tenant_id   uuid not null references control.tenant (id),
  hour        timestamptz not null,
  value       bigint not null,
  reported_at timestamptz,
  primary key (tenant_id, hour)
);
create index meter_report_open on control.meter_report (hour) where reported_at is null;

-- What owners have been told by mail, so that they are told once.
create table control.told_owners (
  tenant_id  uuid not null references control.tenant (id),
  what       text not null,
  told_at    timestamptz not null,
  primary key (tenant_id, what)
);

-- Mail to people who run shops (verification, password reset); mail to members lives in the tenants' schemas. No row
-- keeps a secret: the link is signed when the mail is written. A row for an address that nobody has is dropped then,
-- not refused earlier, so that asking tells nothing.
create table control.account_mail (
  id            uuid primary key,
  template      text not null,
  recipient     text not null,
  -- the id of what it is about, if anything but the recipient
  subject       text,
  state         text not null check (state in ('planned', 'sending', 'sent', 'retry', 'failed', 'dropped')),
  attempts      int not null default 0,
  due_at        timestamptz not null,
  lease_until   timestamptz,
  last_error    text,
  created_at    timestamptz not null,
  sent_at       timestamptz
);
create index account_mail_due on control.account_mail (due_at) where state in ('planned', 'retry', 'sending');
create index account_mail_created on control.account_mail (created_at);
create index account_mail_recipient on control.account_mail (recipient, created_at);

-- Answers of POSTs that have no tenant yet, for their Idempotency-Key.
create table control.idempotency (
  path          text not null,
  key           text not null,
  fingerprint   text not null,
  -- null while the call is running
  status        int,
  body          text,
  etag          text,
  lease_until   timestamptz,
  kept          boolean not null,
  created_at    timestamptz not null,
  primary key (path, key)
);
create index idempotency_created on control.idempotency (created_at) where not kept;

-- When a campaign next has something to plan. One row per active campaign, so that one indexed query finds what is due
-- for any number of tenants. Test sides have none: their clock moves by `advance` only.
create table control.campaign_schedule (
  tenant_id    uuid not null references control.tenant (id),
  campaign_id  uuid not null,
  kind         text not null,
  next_at      timestamptz not null,
  primary key (tenant_id, campaign_id)
);
create index campaign_schedule_due on control.campaign_schedule (kind, next_at);

-- Which tenant has work in which queue, and when. A lane is in line (ready), leased (leased_by), planned (next_at alone)
-- or idle (none of them). Workers take from the front of the line, served_at; times of leases and of the line are the
-- database's own, next_at is the service clock's.
create table control.lane (
  queue        text not null,
  tenant_id    uuid not null,
  side         text not null check (side in ('live', 'test')),
  ready        boolean not null,
  next_at      timestamptz,
  served_at    timestamptz not null,
  lease_until  timestamptz,
  leased_by    uuid,
  -- counts notes, so that one that comes while the lane is being served is not lost when it is put back
  noted        bigint not null default 0,
  failures     int not null default 0,
  last_error   text,
  primary key (queue, tenant_id, side),
  check (not ready or leased_by is null),
  check ((leased_by is null) = (lease_until is null))
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
-- One small index for each question: who is first in line, who comes into line by time, whose node has died, who fails.
create index lane_line on control.lane (queue, served_at) where ready;
create index lane_planned on control.lane (next_at) where not ready and leased_by is null and next_at is not null;
create index lane_leased on control.lane (lease_until) where leased_by is not null;
create index lane_failing on control.lane (failures) where failures > 0;

-- How many mails a node may send now, by what has a rate: relay:host:port, shop:ten_…, domain:example.com. Nodes that ask
-- for turns at the same pace share its rate evenly.
create table control.mail_pace (
  pace       text not null,
  node       uuid not null,
  turns      double precision not null,
  -- when the node asked last
  filled_at  timestamptz not null,
  primary key (pace, node)
);

-- Domains that have had too much, and what they were slowed to.
create table control.mail_slowed (
  pace        text primary key,
  per_second  double precision not null check (per_second > 0),
  slowed_at   timestamptz not null
);
create index mail_slowed_at on control.mail_slowed (slowed_at);

-- Relays to which the operator lets nothing go.
create table control.relay_hold (
  relay    text primary key,
  reason   text not null,
  held_at  timestamptz not null
);

-- One at a time moves a test clock.
create table control.test_clock_lock (
  tenant_id    uuid primary key references control.tenant (id),
  lease_until  timestamptz not null,
  leased_by    uuid not null
);
