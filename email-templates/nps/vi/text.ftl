<#import "/_layout/text.ftl" as layout>
<@layout.page lang="vi" advertising=true; say>
Một câu hỏi
Chào bạn<#if name??>, ${name}</#if>!

Bạn có sẵn lòng giới thiệu ${brand.name} cho bạn bè không? 0 là hoàn toàn không, 10 là rất sẵn lòng.

<#list scores as one>
  ${one.score}: ${one.link}
</#list>

<#if voucher??>
Cảm ơn bạn đã dành thời gian:
<@layout.gift say=say voucher=voucher/>
</#if>

Đường dẫn mở trang để bạn xác nhận câu trả lời và viết thêm nếu muốn.

Cảm ơn bạn,
${brand.name}
</@layout.page>
