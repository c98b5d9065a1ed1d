<#import "/_layout/text.ftl" as layout>
<@layout.page lang="en">
Mail was stopped

Too many mails of ${shop} came back or were called spam by their readers: more than one in twenty to addresses that do not work, or one complaint in a thousand. Mailbox providers put such senders into the spam folder, and all others on ${brand.name} with them. So ${brand.name} sends no mail of yours for now. Nothing is lost; points, vouchers and the till go on.

What to do: look at GET /v1/messages and GET /v1/suppressions, remove addresses whose owners never asked for your mail, and let mail go again with POST /v1/sending/resume.
</@layout.page>
