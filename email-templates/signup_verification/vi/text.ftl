<#import "/_layout/text.ftl" as layout>
<@layout.page lang="vi">
Chỉ còn một bước nữa

Cảm ơn bạn đã đăng ký chương trình khách hàng thân thiết cho ${business_name}. Hãy mở đường dẫn sau để xác nhận đây là địa chỉ email của bạn:

${link}

<#if keeps_password>
Bạn đã có tài khoản. Bạn vẫn đăng nhập bằng mật khẩu đang dùng; mật khẩu bạn chọn trong lần đăng ký này không được dùng. Nếu quên, hãy yêu cầu đặt lại mật khẩu khi đăng nhập.

</#if>
Đường dẫn có hiệu lực trong ${valid_for} và chỉ dùng được một lần.

Bạn không đăng ký? Hãy bỏ qua thư này. Nếu không có ai bấm xác nhận, sẽ không có tài khoản nào được tạo.
</@layout.page>
