<#import "/_layout/text.ftl" as layout>
<@layout.page lang="vi">
Chỉ cần bấm một lần nữa
Chào bạn<#if name??>, ${name}</#if>! Có người, mong rằng chính là bạn, đã dùng địa chỉ email này để đăng ký nhận ưu đãi của ${brand.name} và đồng ý với nội dung sau:

${request.wording}

Đồng ý, gửi ưu đãi cho tôi:
${link}

Đường dẫn dùng được trong bảy ngày. Không phải bạn, hoặc bạn đã đổi ý? Bạn không cần làm gì: nếu không bấm, sẽ không có ưu đãi nào được gửi.
</@layout.page>
