<#import "/_layout/text.ftl" as layout>
<@layout.page lang="vi">
Điểm của bạn sắp hết hạn
Chào bạn<#if name??>, ${name}</#if>!

Một phần điểm của bạn tại ${brand.name} sắp hết hạn:
<#list expiring as part>
  * ${part.points} dùng được đến hết ngày ${part.until}
</#list>

Bạn có thể dùng điểm này trong lần ghé tới. Sau ngày đó, số điểm này sẽ không còn nữa.

Hẹn sớm gặp lại bạn,
${brand.name}
</@layout.page>
