<#import "/_layout/text.ftl" as layout>
<@layout.page lang="vi">
Chỉ còn một bước nữa

Có người vừa đăng ký thẻ thành viên ${brand.name} bằng địa chỉ email này. Nếu đúng là bạn, hãy xác nhận để nhận thẻ.

Xác nhận và mở thẻ của tôi:
${link}

Đường dẫn có hiệu lực trong 7 ngày.

Không phải bạn? Hãy bỏ qua thư này. Nếu không có ai xác nhận, chúng tôi sẽ không gửi gì thêm và xóa địa chỉ này sau hai tuần.
</@layout.page>
