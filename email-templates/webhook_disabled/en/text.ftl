<#import "/_layout/text.ftl" as layout>
<@layout.page lang="en">
Webhooks were switched off

<#if gone>${host} answered that it does not want the webhooks of ${shop} any more (410 Gone).<#else>For three days ${host} has not taken a single webhook of ${shop}.</#if> So ${brand.name} has switched the endpoint off. Points, vouchers and mails to members go on as before; only your own systems are not told.

Endpoint: ${endpoint}

What was answered is listed at GET /v1/webhook-deliveries. When the receiver works again, switch the endpoint on with PATCH /v1/webhook-endpoints/${endpoint} and {"enabled": true}, and send again what you need.
</@layout.page>
