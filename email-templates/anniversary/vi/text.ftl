<#import "/_layout/text.ftl" as layout>
<@layout.page lang="vi" advertising=true; say>
Đã ${years} năm bên nhau!
Cảm ơn bạn<#if name??>, ${name}</#if>!

Đúng dịp này ${years} năm trước, bạn trở thành khách quen của ${brand.name}. Mỗi lần bạn ghé lại là một lần chúng tôi có thêm lý do để làm tốt hơn.

<#if voucher??>
Đây là món quà kỷ niệm dành riêng cho bạn:
<@layout.gift say=say voucher=voucher/>
</#if>

Hẹn sớm gặp lại bạn,
${brand.name}
</@layout.page>
