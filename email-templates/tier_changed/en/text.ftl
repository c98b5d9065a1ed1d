<#import "/_layout/text.ftl" as layout>
<@layout.page lang="en"; say>
<#if change.rose>
Congratulations!
Hello<#if name??>, ${name}</#if>!

You have risen from ${change.from} to ${change.name} at ${brand.name}.

<#if change.perks??>
This is yours from now on:
<#list change.perks as perk>
  * ${perk}
</#list>
</#if>
<#else>
Your tier has changed
Hello<#if name??>, ${name}</#if>!

Your tier at ${brand.name} was ${change.from} and is ${change.name} now. Your points stay yours, and each purchase brings you up again.
</#if>

See you soon,
${brand.name}
</@layout.page>
