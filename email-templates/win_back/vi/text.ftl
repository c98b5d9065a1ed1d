<#import "/_layout/text.ftl" as layout>
<@layout.page lang="vi" advertising=true; say>
Lâu rồi chưa gặp bạn!
Bạn vẫn khỏe chứ<#if name??>, ${name}</#if>?

Đã một thời gian bạn chưa ghé ${brand.name}, và chúng tôi thấy thiếu bạn. Nếu lần trước có điều gì chưa vừa ý, bạn chỉ cần trả lời thư này, chúng tôi muốn nghe.

<#if voucher??>
Để lần trở lại vui hơn, chúng tôi gửi bạn:
<@layout.gift say=say voucher=voucher/>
</#if>

Mong sớm gặp lại bạn,
${brand.name}
</@layout.page>
