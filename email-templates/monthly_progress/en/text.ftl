<#import "/_layout/text.ftl" as layout>
<@layout.page lang="en" advertising=true; say>
You have ${standing.points}
Hello<#if name??>, ${name}</#if>!

<#if progress?has_content>
This is where you are at ${brand.name}:
</#if>

<#if progress.tier??>
Your tier: ${progress.tier.name}
<#if progress.tier.next??>
<@layout.bar percent=progress.tier.next.percent/>
Only ${progress.tier.next.missing} to go until ${progress.tier.next.name}.
<#elseif progress.tier.highest??>
There is no higher one. Thank you!
</#if>

</#if>
<#if progress.next_reward??>
Your next reward: ${progress.next_reward.name}
<@layout.bar percent=progress.next_reward.percent/>
Only ${progress.next_reward.missing} to go until ${progress.next_reward.name}.

</#if>
<#if progress.rewards??>
Yours for the asking:
<#list progress.rewards as reward>
  * ${reward.name}: ${reward.cost}
</#list>

</#if>
<#if progress.expiring??>
Use them soon:
<#list progress.expiring as part>
  * ${part.points} hold until the end of ${part.until}
</#list>

</#if>
<#if voucher??>
And a little something for this month:
<@layout.gift say=say voucher=voucher/>
</#if>

See you soon,
${brand.name}
</@layout.page>
