<#import "/_layout/text.ftl" as layout>
<@layout.page lang="vi"; say>
<#if change.rose>
Chúc mừng bạn!
Chào bạn<#if name??>, ${name}</#if>!

Bạn đã lên từ hạng ${change.from} tới hạng ${change.name} tại ${brand.name}.

<#if change.perks??>
Từ nay bạn được hưởng:
<#list change.perks as perk>
  * ${perk}
</#list>
</#if>
<#else>
Hạng của bạn đã thay đổi
Chào bạn<#if name??>, ${name}</#if>!

Hạng của bạn tại ${brand.name} trước đây là ${change.from}, nay là ${change.name}. Điểm của bạn vẫn giữ nguyên, và mỗi lần mua lại đưa bạn lên.
</#if>

Hẹn sớm gặp lại bạn,
${brand.name}
</@layout.page>
