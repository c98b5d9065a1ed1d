<#import "/_layout/text.ftl" as layout>
<@layout.page lang="vi" advertising=true; say>
Tin mới cho bạn
Chào bạn<#if name??>, ${name}</#if>!

${brand.name} có điều mới, và khách quen được biết trước. Mời bạn ghé xem.

<#if voucher??>
Và món quà này dành cho bạn:
<@layout.gift say=say voucher=voucher/>
</#if>

Hẹn sớm gặp lại bạn,
${brand.name}
</@layout.page>
