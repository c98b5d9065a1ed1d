<#import "/_layout/text.ftl" as layout>
<@layout.page lang="vi">
${(unit!"điểm")?cap_first} của bạn sắp hết hạn
Chào bạn<#if name??>, ${name}</#if>!

<#if all??>Toàn bộ<#else>Một phần</#if> ${unit!"điểm"} của bạn tại ${brand.name} sắp hết hạn:
<#list expiring as part>
  * ${part.points} dùng được đến hết ngày ${part.until}
</#list>

Bạn có thể dùng ngay trong lần ghé tới. Sau ngày đó, số ${unit!"điểm"} này sẽ không còn nữa.

Hẹn sớm gặp lại bạn,
${brand.name}
</@layout.page>
