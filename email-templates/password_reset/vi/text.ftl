<#import "/_layout/text.ftl" as layout>
<@layout.page lang="vi">
Đặt lại mật khẩu

Chúng tôi vừa nhận được yêu cầu đặt lại mật khẩu cho tài khoản ${brand.name} dùng địa chỉ email này. Mở đường dẫn sau để chọn mật khẩu mới:

${link}

Đường dẫn có hiệu lực trong ${valid_for} và chỉ dùng được một lần.

Bạn không yêu cầu? Hãy bỏ qua thư này: mật khẩu hiện tại vẫn giữ nguyên. Đừng chuyển tiếp thư này cho ai.
</@layout.page>
