<#import "/_layout/text.ftl" as layout>
<@layout.page lang="vi">
Đã dừng thư quảng cáo
Chào bạn<#if name??>, ${name}</#if>! Chúng tôi đã nhận yêu cầu từ chối của bạn lúc ${received_at}. Yêu cầu có hiệu lực ngay tại thời điểm đó.

Nội dung đã dừng: toàn bộ thư điện tử quảng cáo về mọi sản phẩm, dịch vụ của ${brand.name}. Điểm và quà của bạn được giữ nguyên, và bạn vẫn nhận các thông báo về điểm, quà không mang tính quảng cáo.

Đây là thư xác nhận duy nhất. Bạn không cần làm gì thêm.
</@layout.page>
