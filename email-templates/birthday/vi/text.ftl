<#import "/_layout/text.ftl" as layout>
<@layout.page lang="vi" advertising=true; say>
<#if ahead??>Sắp đến ngày của BẠN!<#else>Hôm nay là ngày của BẠN!</#if>
<#if ahead??>Chúc mừng sinh nhật sớm<#else>Chúc mừng sinh nhật</#if><#if name??>, ${name}</#if>!

Cảm ơn bạn đã luôn đồng hành cùng ${brand.name}. Chúc bạn tuổi mới thật nhiều sức khỏe, thật nhiều niềm vui và luôn có những người thương yêu ở bên.

<#if voucher??>
Chúng tôi có một món quà nhỏ dành riêng cho bạn:
<@layout.gift say=say voucher=voucher/>
</#if>

Hẹn sớm gặp lại bạn,
${brand.name}
</@layout.page>
