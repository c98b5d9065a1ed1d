<#import "/_layout/text.ftl" as layout>
<@layout.page lang="vi" advertising=advertising; say>
Cảm ơn bạn!
Chào bạn<#if name??>, ${name}</#if>!

Cảm ơn bạn đã mua hàng tại ${brand.name}.<#if earned??> Lần mua này mang lại cho bạn ${earned}.</#if>

<#if voucher??>
Và vì bạn đã ghé, món quà này dành cho lần tới:
<@layout.gift say=say voucher=voucher/>
</#if>

Nếu có điều gì chưa vừa ý, bạn chỉ cần trả lời thư này.

Hẹn sớm gặp lại bạn,
${brand.name}
</@layout.page>
