<#import "/_layout/text.ftl" as layout>
<@layout.page lang="en">
One more step

Somebody asked for a member card of ${brand.name} with this e-mail address. Was it you? Then please confirm, and your card is ready.

Confirm and open my card:
${link}

The link works for 7 days.

It was not you? Then please ignore this e-mail. Unless someone confirms, you hear no more of it, and the address is forgotten after two weeks.
</@layout.page>
