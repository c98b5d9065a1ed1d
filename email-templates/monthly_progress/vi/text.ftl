<#import "/_layout/text.ftl" as layout>
<@layout.page lang="vi" advertising=true; say>
Bạn đang có ${standing.points}
Chào bạn<#if name??>, ${name}</#if>!

<#if progress?has_content>
Đây là hành trình của bạn tại ${brand.name}:
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
Sắp hết hạn:
<#list progress.expiring as part>
  * ${part.points} dùng được đến hết ngày ${part.until}
</#list>

</#if>
<#if voucher??>
Và một món quà nhỏ của tháng này:
<@layout.gift say=say voucher=voucher/>
</#if>

Hẹn sớm gặp lại bạn,
${brand.name}
</@layout.page>
