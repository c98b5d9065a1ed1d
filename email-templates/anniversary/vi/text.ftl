<#import "/_layout/text.ftl" as layout>
<@layout.page lang="vi" advertising=true; say>
<#if ahead??>Sắp tròn<#else>Đã</#if> ${years} năm bên nhau!
Cảm ơn bạn<#if name??>, ${name}</#if>!

<#if ahead??>Sắp tròn ${years} năm kể từ ngày bạn trở thành<#else>Đúng dịp này ${years} năm trước, bạn trở thành</#if> khách quen của ${brand.name}. Mỗi lần bạn ghé lại là một lần chúng tôi có thêm lý do để làm tốt hơn.

<#if voucher??>
Đây là món quà kỷ niệm dành riêng cho bạn:
<@layout.gift say=say voucher=voucher/>
</#if>

Hẹn sớm gặp lại bạn,
${brand.name}
</@layout.page>
