-- One tenant's data (${t} is the schema, and the name of the only role that may see it). Few tables: each costs files,
-- catalogue rows and memory in every backend, times ten thousand tenants. Ids (UUIDv7) and times come from the
-- application: no sequences, no defaults by function, no triggers, so that the schema may be moved to another node.

create table ${t}.setting (
  key         text primary key,
  value       jsonb not null,
  version     int not null,
  updated_at  timestamptz not null
);

create table ${t}.program_version (
  version       int primary key,
  document      jsonb not null,
  reason        text,
  published_by  text not null,
  published_at  timestamptz not null,
  effective_at  timestamptz not null
);

create table ${t}.member (
  id                    uuid primary key,
  external_id           text,
  -- lower-cased
  email                 text,
  -- the same for spellings that reach one mailbox, to find people who joined twice
  email_key             text,
  -- E.164; may be shared by a family
  phone                 text,
  name                  text,
  -- the name as it is typed at a till, without capitals and marks; by bytes, so that names that begin alike are neighbours
  name_key              text collate "C",
  birth_month           smallint check (birth_month between 1 and 12),
  birth_day             smallint check (birth_day between 1 and 31),
  birth_year            smallint,
  -- birthdays before this day do not count: the date was edited shortly before it
  birthday_counts_from  date,
  locale                text,
  time_zone             text,
  attributes            jsonb not null,
  card_number           text not null,
  referral_code         text not null,
  -- the latest word on each purpose; how it came about is in consent_event
  marketing_email       boolean not null,
  -- the version of the program that the member has accepted
  program_version       int not null,
  joined_at             timestamptz not null,
  -- counts how often the member's card got a new address; links with an older number are dead
  card_epoch            int not null default 0,
  erased_at             timestamptz,
  -- the member that this one was merged into, and what moved there, so that it can be undone
  merged_into           uuid references ${t}.member (id),
  merged                jsonb,
  version               int not null,
  created_at            timestamptz not null,
  updated_at            timestamptz not null,
  constraint member_external_id unique (external_id),
  constraint member_email unique (email),
  constraint member_card_number unique (card_number),
  constraint member_referral_code unique (referral_code),
  check ((birth_month is null) = (birth_day is null))
);
create index member_phone on ${t}.member (phone) where phone is not null;
create index member_birthday on ${t}.member (birth_month, birth_day, id) where birth_month is not null;
create index member_joined on ${t}.member (joined_at);
create index member_name on ${t}.member (name_key) where name_key is not null;
create index member_email_key on ${t}.member (email_key) where email_key is not null;
create index member_merged on ${t}.member (merged_into) where merged_into is not null;
create index member_updated on ${t}.member (updated_at, id);

create table ${t}.consent_event (
  id           uuid primary key,
  member_id    uuid not null references ${t}.member (id),
  -- topic:<key> is a part of marketing_email that a member does or does not want
  purpose      text not null
                 check (purpose in ('marketing_email', 'tracking', 'profiling') or purpose like 'topic:%'),
  granted      boolean not null,
  source       text not null,
  wording      text,
  occurred_at  timestamptz not null,
  recorded_at  timestamptz not null,
  recorded_by  text not null
);
create index consent_event_member on ${t}.consent_event (member_id, id);

-- One row per member, locked by whoever moves the member's points.
create table ${t}.account (
  member_id     uuid primary key references ${t}.member (id),
  -- the sum of the member's ledger entries = open lots - debt
  balance       bigint not null,
  debt          bigint not null check (debt >= 0),
  -- what spending left over below a rule's step, in minor units, per rule
  carry         jsonb not null,
  -- stamps on cards that are not full, per card
  stamps        jsonb not null,
  tier          text,
  tier_since    timestamptz,
  -- exclusive; null: kept without end, or for as long as the rolling window supports it
  tier_ends_at  timestamptz,
  -- the night from which on the rolling window may no longer support it, or a warning is due; never too late
  tier_review_at timestamptz,
  -- when the member last earned, redeemed or checked in
  active_at     timestamptz not null,
  -- when lots without an end of their own expire, should the member stay inactive
  expires_at    timestamptz,
  -- its member was merged into another: nothing moves here any more
  closed        boolean not null default false
);
create index account_tier_ends on ${t}.account (tier_ends_at) where tier_ends_at is not null;
create index account_tier_review on ${t}.account (tier_review_at) where tier_review_at is not null;
create index account_expires on ${t}.account (expires_at) where expires_at is not null;

-- Points of one award. The row records why it was given, so that a refund replays the award and not today's rule.
create table ${t}.lot (
  id               uuid primary key,
  member_id        uuid not null references ${t}.account (member_id),
  source           text not null,
  purchase_id      uuid,
  -- what makes an award happen once only, such as a birthday; an activity's or a referral's id
  occurrence       text,
  points           bigint not null check (points > 0),
  remaining        bigint not null,
  -- what refunds have called back of it, whether or not the member still had it
  reversed         bigint not null,
  -- what of it has expired and no refund has called back yet
  lost             bigint not null,
  -- what refunds called back, but the member no longer had and need not pay
  forgiven         bigint not null,
  rule             text,
  program_version  int not null,
  inputs           jsonb not null,
  earned_at        timestamptz not null,
  available_at     timestamptz not null,
  -- exclusive; null: the account's
  expires_at       timestamptz,
  check (remaining between 0 and points),
  check (reversed between 0 and points)
);
create unique index lot_occurrence on ${t}.lot (occurrence, member_id, rule) where occurrence is not null;
create index lot_expires on ${t}.lot (expires_at) where remaining > 0 and expires_at is not null;
-- Points that wait for their day.
create index lot_pending on ${t}.lot (available_at) where available_at > earned_at;
create index lot_rule on ${t}.lot (member_id, rule);
create index lot_open on ${t}.lot (member_id, expires_at, earned_at) where remaining > 0;
create index lot_purchase on ${t}.lot (purchase_id) where purchase_id is not null;

-- Append-only: the role below may not update or delete here.
create table ${t}.ledger_entry (
  id               uuid primary key,
  member_id        uuid not null references ${t}.account (member_id),
  kind             text not null check (kind in
                     ('earn', 'redeem', 'return', 'reverse', 'expire', 'adjust', 'opening', 'merge')),
  points           bigint not null check (points <> 0),
  balance_after    bigint not null,
  lot_id           uuid,
  purchase_id      uuid,
  voucher_id       uuid,
  rule             text,
  program_version  int not null,
  inputs           jsonb not null,
  occurred_at      timestamptz not null,
  available_at     timestamptz,
  expires_at       timestamptz,
  recorded_at      timestamptz not null
);
create index ledger_entry_member on ${t}.ledger_entry (member_id, id);

create table ${t}.purchase (
  id               uuid primary key,
  source           text not null,
  order_id         text not null,
  member_id        uuid references ${t}.member (id),
  amount           bigint not null check (amount >= 0),
  refunded         bigint not null check (refunded between 0 and amount),
  -- what the goods cost the shop, where it says so
  cost             bigint check (cost >= 0),
  location         text,
  -- on the receipt of a purchase without a member, who claims it later
  claim_code       text,
  -- what it moved beside points: {"stamps": {card: n}, …}
  effects          jsonb not null,
  program_version  int not null,
  -- of everything the caller said, to tell a repeat from another purchase under the same order id
  content_hash     text not null,
  purchased_at     timestamptz not null,
  recorded_at      timestamptz not null,
  updated_at       timestamptz not null,
  constraint purchase_order unique (source, order_id)
);
create unique index purchase_claim_code on ${t}.purchase (claim_code) where claim_code is not null;
create index purchase_member on ${t}.purchase (member_id, purchased_at) where member_id is not null;
create index purchase_of_member on ${t}.purchase (member_id, id) where member_id is not null;
create index purchase_updated on ${t}.purchase (updated_at, id);

create table ${t}.purchase_line (
  purchase_id  uuid not null references ${t}.purchase (id),
  line_no      int not null,
  line_id      text not null,
  sku          text,
  category     text,
  quantity     int not null check (quantity > 0),
  amount       bigint not null check (amount >= 0),
  refunded     bigint not null check (refunded between 0 and amount),
  -- how many items refunds said came back, and what was refunded with them
  returned         int not null check (returned between 0 and quantity),
  returned_amount  bigint not null check (returned_amount between 0 and refunded),
  primary key (purchase_id, line_no)
);

create table ${t}.refund (
  id               uuid primary key,
  purchase_id      uuid not null references ${t}.purchase (id),
  refund_id        text not null,
  amount           bigint not null check (amount >= 0),
  lines            jsonb not null,
  reason           text,
  points_reversed  bigint not null,
  points_returned  bigint not null,
  content_hash     text not null,
  -- a file of history tells of refunds long after they were
  refunded_at      timestamptz not null,
  recorded_at      timestamptz not null,
  constraint refund_of_purchase unique (purchase_id, refund_id)
);

-- What members did besides buying: a review, a check-in.
create table ${t}.activity (
  id            uuid primary key,
  type          text not null,
  key           text not null,
  member_id     uuid not null references ${t}.member (id),
  attributes    jsonb not null,
  content_hash  text not null,
  occurred_at   timestamptz not null,
  recorded_at   timestamptz not null,
  constraint activity_key unique (type, key)
);
create index activity_member on ${t}.activity (member_id, id);

create table ${t}.referral (
  id            uuid primary key,
  referrer_id   uuid not null references ${t}.member (id),
  friend_id     uuid not null references ${t}.member (id),
  state         text not null check (state in ('pending', 'qualified', 'refused', 'reversed')),
  reason        text,
  purchase_id   uuid,
  qualified_at  timestamptz,
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  constraint referral_friend unique (friend_id)
);
create index referral_referrer on ${t}.referral (referrer_id, id);

-- What all members share: places left of a reward, points left of a rule's budget.
create table ${t}.counter (
  key    text primary key,
  value  bigint not null check (value >= 0)
);

-- A redemption is the voucher that it gave: both have the same id.
create table ${t}.voucher (
  id             uuid primary key,
  code           text not null,
  member_id      uuid references ${t}.member (id),
  reward         text not null,
  -- the reward as it was when the voucher was issued
  terms          jsonb not null,
  state          text not null check (state in ('held', 'issued', 'used', 'cancelled')),
  -- redemption, campaign, stamp_card, referral, welcome, batch
  origin         text not null,
  -- the campaign, purchase or batch it came from
  origin_id      uuid,
  points         bigint not null check (points >= 0),
  -- the lots that paid for it: [{"lot": …, "points": …}]
  paid_from      jsonb not null,
  hold_until     timestamptz,
  used_at        timestamptz,
  used_source    text,
  used_order_id  text,
  -- of everything the till said with it, to tell a repeat from another basket under the same order id
  used_content   text,
  discount       bigint,
  -- one use of a voucher that can be used again, under its code; used_at and discount there: the last, and of all
  use_of         uuid references ${t}.voucher (id),
  issued_at      timestamptz not null,
  expires_at     timestamptz,
  updated_at     timestamptz not null
);
create unique index voucher_code on ${t}.voucher (code) where use_of is null;
create unique index voucher_use on ${t}.voucher (use_of, used_source, used_order_id)
  where use_of is not null and state = 'used';
create index voucher_member on ${t}.voucher (member_id, id) where member_id is not null;
create index voucher_held on ${t}.voucher (hold_until) where state = 'held';
create index voucher_order on ${t}.voucher (used_source, used_order_id) where used_order_id is not null;

create table ${t}.campaign (
  id            uuid primary key,
  name          text not null,
  kind          text not null,
  state         text not null check (state in ('draft', 'active', 'paused', 'completed', 'cancelled')),
  definition    jsonb not null,
  activated_at  timestamptz,
  -- rounds whose hour lies before are decided: begun, or nobody was due and there is no row
  planned_until timestamptz,
  version       int not null,
  created_at    timestamptz not null,
  updated_at    timestamptz not null
);

-- A group of members by what they are and do; who is in it is found out each time it is asked for.
create table ${t}.segment (
  id          uuid primary key,
  name        text not null,
  filter      jsonb not null,
  version     int not null,
  created_at  timestamptz not null,
  updated_at  timestamptz not null
);

-- One pass of a campaign over the members of one time zone for one local day on which somebody was due.
create table ${t}.campaign_run (
  id             uuid primary key,
  campaign_id    uuid not null references ${t}.campaign (id),
  local_day      date not null,
  time_zone      text not null,
  state          text not null check (state in ('running', 'done', 'cancelled')),
  due_at         timestamptz not null,
  not_after      timestamptz not null,
  -- members above the fence joined after the run began; the cursor is the last member looked at
  fence          uuid not null,
  cursor         uuid,
  audience       int not null,
  planned        int not null,
  skipped        jsonb not null,
  started_at     timestamptz not null,
  finished_at    timestamptz,
  constraint campaign_run_day unique (campaign_id, local_day, time_zone)
);

create table ${t}.message (
  id           uuid primary key,
  kind         text not null,
  class        text not null check (class in ('advertising', 'service')),
  member_id    uuid not null references ${t}.member (id),
  -- what it is about, such as the birthday 2027-02-28: nobody gets the same mail twice, whatever the campaign
  occurrence   text not null,
  campaign_id  uuid,
  run_id       uuid,
  state        text not null check (state in
                 ('planned', 'sending', 'retry', 'sent', 'failed', 'skipped', 'unknown')),
  reason       text,
  recipient    text,
  subject      text,
  locale       text,
  -- the values the mail was rendered with, fixed at hand-over
  model        jsonb,
  voucher_id   uuid,
  -- points that were given with it, and when they end
  points       bigint check (points > 0),
  points_end   timestamptz,
  -- of what is due the lower goes first: 0 answers somebody, 1 an occasion, 2 news for everybody
  urgency      smallint not null,
  due_at       timestamptz not null,
  not_after    timestamptz not null,
  attempts     int not null,
  lease_until  timestamptz,
  planned_at   timestamptz not null,
  sent_at      timestamptz,
  -- what came back of it later
  bounce       text check (bounce in ('hard', 'soft', 'complaint')),
  bounced_at   timestamptz,
  clicked_at   timestamptz,
  updated_at   timestamptz not null,
  -- the member first, so that it finds a member's mails as well
  constraint message_occurrence unique (member_id, kind, occurrence)
);
create index message_due on ${t}.message (urgency, due_at) where state in ('planned', 'retry', 'sending');
-- what is in hand is a handful; those whose hand died are looked for often
create index message_sending on ${t}.message (lease_until) where state = 'sending';
create index message_campaign on ${t}.message (campaign_id, id) where campaign_id is not null;
create index message_updated on ${t}.message (updated_at, id);

create table ${t}.suppression (
  email       text primary key,
  reason      text not null,
  created_at  timestamptz not null
);

-- The outbox: what happened, written in the transaction in which it happened.
create table ${t}.event (
  id           uuid primary key,
  type         text not null,
  -- as it is published: ids with their prefixes
  data         jsonb not null,
  occurred_at  timestamptz not null,
  -- the shop's webhooks have not been told; a mark, because ids may become visible out of their order
  pending      boolean not null,
  -- a campaign answers to events of this type, and has not looked at this one yet
  awaited      boolean not null
);
create index event_pending on ${t}.event (id) where pending;
create index event_awaited on ${t}.event (id) where awaited;
-- Who changed what: no events to others, but written in the same way.
create index event_audit on ${t}.event (id) where type like 'audit.%';

-- What is sent to webhook endpoints, which are rows of setting: `webhook:<id>`.
create table ${t}.webhook_delivery (
  id            uuid primary key,
  endpoint_id   uuid not null,
  event_id      uuid not null,
  type          text not null,
  state         text not null check (state in
                  ('pending', 'sending', 'retry', 'delivered', 'failed', 'cancelled')),
  attempts      int not null,
  -- when it may go: of a delivery that waits for one before it, the end of its patience
  due_at        timestamptz not null,
  lease_until   timestamptz,
  -- of the last attempt
  attempted_at  timestamptz,
  status_code   int,
  response      text,
  error         text,
  duration_ms   int,
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  check ((state = 'sending') = (lease_until is not null))
);
create index webhook_delivery_endpoint on ${t}.webhook_delivery (endpoint_id, id);
create index webhook_delivery_open on ${t}.webhook_delivery (endpoint_id, id)
  where state in ('pending', 'retry', 'sending');

-- Files, on their way in and on their way out.
create table ${t}.import_job (
  id            uuid primary key,
  direction     text not null check (direction in ('import', 'export')),
  kind          text not null check (kind in
                  ('members', 'purchases', 'opening_balances', 'transactions', 'vouchers', 'messages')),
  format        text not null,
  -- expired: an export whose file is no longer kept
  state         text not null check (state in ('storing', 'queued', 'running', 'completed', 'failed', 'expired')),
  options       jsonb not null,
  -- import: the line of the file at which the next batch begins; export: the chunk to be written next; whoever
  -- takes over goes on there
  checkpoint    bigint not null,
  imported      bigint not null,
  unchanged     bigint not null,
  failed        bigint not null,
  error         text,
  -- import: members with a later id may have been made by it; export: the last row written
  fence         uuid,
  created_at    timestamptz not null,
  -- the upload's last sign of life, by the service's clock also on a test side
  stored_at     timestamptz not null,
  started_at    timestamptz,
  finished_at   timestamptz
);
create index import_job_open on ${t}.import_job (direction, id) where state in ('storing', 'queued', 'running');

create table ${t}.import_chunk (
  import_id     uuid not null references ${t}.import_job (id),
  seq           int not null,
  -- line ends in all chunks before it, to find a line without reading the file from its start
  lines_before  bigint not null,
  data          bytea not null,
  primary key (import_id, seq)
);
-- Gzip already; trying to compress again only costs time.
alter table ${t}.import_chunk alter column data set storage external;

create table ${t}.import_error (
  import_id  uuid not null references ${t}.import_job (id),
  line       bigint not null,
  code       text not null,
  detail     text not null,
  primary key (import_id, line, code)
);

create table ${t}.idempotency (
  path         text not null,
  key          text not null,
  fingerprint  text not null,
  -- null while a call that spans several transactions is running
  status       int,
  body         text,
  etag         text,
  lease_until  timestamptz,
  kept         boolean not null,
  created_at   timestamptz not null,
  primary key (path, key)
);
create index idempotency_created on ${t}.idempotency (created_at) where not kept;

grant select, insert, update on
  ${t}.member, ${t}.account, ${t}.lot, ${t}.purchase, ${t}.purchase_line, ${t}.activity, ${t}.referral,
  ${t}.consent_event, ${t}.counter, ${t}.voucher, ${t}.campaign_run, ${t}.message,
  ${t}.import_job to ${t};
grant select, insert on ${t}.ledger_entry, ${t}.refund to ${t};
-- What a version says never changes; a test clock that is set back takes its moments along.
grant select, insert, update (published_at, effective_at) on ${t}.program_version to ${t};
-- Of what happened nothing changes but who has been told, until it is forgotten.
grant select, insert, update (pending, awaited), delete on ${t}.event to ${t};
grant select, insert, update, delete on
  ${t}.setting, ${t}.segment, ${t}.campaign, ${t}.suppression, ${t}.webhook_delivery, ${t}.import_chunk, ${t}.import_error,
  ${t}.idempotency to ${t};
