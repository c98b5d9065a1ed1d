<#import "/_layout/text.ftl" as layout>
<@layout.page lang="en" advertising=true>
Your card is ready

Hello<#if name??>, ${name}</#if>!

You are one of our regulars, and ${brand.name} has a member card for you: it shows your balance, what you can get for it, and your codes. There is nothing to install.

Open my card:
${standing.card_url}
</@layout.page>
