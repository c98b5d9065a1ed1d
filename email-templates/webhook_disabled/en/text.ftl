<#import "/_layout/text.ftl" as layout>
<@layout.page lang="en">
Webhooks were switched off

${brand.name} no longer sends webhooks of ${shop} to ${host}. ${why} Points, vouchers and mails to members go on as before; only your own systems are not told.

Endpoint: ${endpoint}

What was answered is listed at GET /v1/webhook-deliveries. When the receiver works again, switch the endpoint on with PATCH /v1/webhook-endpoints/${endpoint} and {"enabled": true}, and send again what you need.
</@layout.page>
