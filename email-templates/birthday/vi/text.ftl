<#import "/_layout/text.ftl" as layout>
<@layout.page lang="vi" advertising=true>
Hôm nay là ngày của BẠN!
Chúc mừng sinh nhật<#if name??>, ${name}</#if>!

Cảm ơn bạn đã luôn đồng hành cùng ${brand.name}. Chúc bạn tuổi mới thật nhiều sức khỏe, thật nhiều niềm vui và luôn có những người thương yêu ở bên.

<#if voucher??>
Chúng tôi có một món quà nhỏ dành riêng cho bạn:

    ${voucher.reward}
    Mã quà tặng của bạn: ${voucher.code}
<#if voucher.valid_until??>
    Dùng được đến hết ngày ${voucher.valid_until}
</#if>

Cách dùng: cho nhân viên xem mã này khi thanh toán, phần còn lại để chúng tôi lo.<#if voucher.terms??> ${voucher.terms}</#if>
<#elseif points??>
Chúng tôi vừa cộng quà sinh nhật vào tài khoản của bạn:

    +${points.amount}
<#if points.valid_until??>
    Dùng được đến hết ngày ${points.valid_until}
</#if>

Bạn không cần làm gì thêm: điểm đã có sẵn cho lần mua tới.
</#if>

Hẹn sớm gặp lại bạn,
${brand.name}
</@layout.page>
