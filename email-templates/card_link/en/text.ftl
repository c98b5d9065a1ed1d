<#import "/_layout/text.ftl" as layout>
<@layout.page lang="en">
Your member card

Here is the link to your card of ${brand.name}: your balance, your rewards, your codes.

Open my card:
${standing.card_url}

Keep this link to yourself: whoever has it can use your rewards.

You did not ask for it? Then there is nothing you need to do.
</@layout.page>
