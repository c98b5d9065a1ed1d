<#import "/_layout/text.ftl" as layout>
<@layout.page lang="en" advertising=true; say>
You have ${standing.points}
Hello<#if name??>, ${name}</#if>!

<#if progress?has_content>
This is where you are at ${brand.name}:
</#if>

<#if progress.tier??>
<@layout.tierProgress say=say tier=progress.tier/>

</#if>
<#if progress.next_reward??>
<@layout.rewardProgress say=say reward=progress.next_reward/>

</#if>
<#if progress.rewards??>
<@layout.rewardsWithinReach say=say rewards=progress.rewards/>

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
