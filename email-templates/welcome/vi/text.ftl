<#import "/_layout/text.ftl" as layout>
<@layout.page lang="vi" advertising=advertising; say>
Chào mừng bạn!
Chào bạn<#if name??>, ${name}</#if>!

Từ hôm nay bạn là thành viên của ${brand.name}. Khi thanh toán, bạn chỉ cần cho biết tên hoặc email, mỗi lần mua đều được ghi nhận.

<#if voucher??>
Để bắt đầu, chúng tôi tặng bạn:
<@layout.gift say=say voucher=voucher/>
</#if>
<#if welcome_gift??>

Và quà dành cho mọi thành viên mới:
<@layout.gift say=say voucher=welcome_gift/>
</#if>
<#if welcome_points??>

Bạn có sẵn ${welcome_points} trong tài khoản để bắt đầu.
</#if>

Hẹn sớm gặp lại bạn,
${brand.name}
</@layout.page>
