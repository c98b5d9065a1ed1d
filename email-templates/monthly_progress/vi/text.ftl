<#import "/_layout/text.ftl" as layout>
<@layout.page lang="vi" advertising=true; say>
Bạn đang có ${standing.points}
Chào bạn<#if name??>, ${name}</#if>!

<#if progress?has_content>
Đây là hành trình của bạn tại ${brand.name}:
</#if>

<#if progress.tier??>
Hạng của bạn: ${progress.tier.name}
<#if progress.tier.next??>
<@layout.bar percent=progress.tier.next.percent/>
Chỉ còn ${progress.tier.next.missing} nữa là đến hạng ${progress.tier.next.name}.
<#elseif progress.tier.highest??>
Đây là hạng cao nhất. Cảm ơn bạn!
</#if>

</#if>
<#if progress.next_reward??>
Món quà tiếp theo: ${progress.next_reward.name}
<@layout.bar percent=progress.next_reward.percent/>
Chỉ còn ${progress.next_reward.missing} nữa là đổi được ${progress.next_reward.name}.

</#if>
<#if progress.rewards??>
Đổi được ngay hôm nay:
<#list progress.rewards as reward>
  * ${reward.name}: ${reward.cost}
</#list>

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
