<#import "/_layout/text.ftl" as layout>
<@layout.page lang="vi" advertising=true>
Thẻ của bạn đã sẵn sàng

Xin chào<#if name??> ${name}</#if>!

Bạn là khách quen của chúng tôi, và ${brand.name} có một tấm thẻ thành viên dành cho bạn: xem số dư, những món quà có thể đổi và các mã ưu đãi. Không cần cài đặt gì.

Mở thẻ của tôi:
${standing.card_url}
</@layout.page>
