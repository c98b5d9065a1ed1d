<#import "/_layout/text.ftl" as layout>
<@layout.page lang="vi">
Webhook đã bị tắt

${brand.name} không còn gửi webhook của ${shop} đến ${host} nữa. ${why} Điểm, phiếu ưu đãi và thư gửi hội viên vẫn hoạt động bình thường; chỉ hệ thống riêng của bạn không được báo tin.

Endpoint: ${endpoint}

Các câu trả lời đã nhận được liệt kê tại GET /v1/webhook-deliveries. Khi hệ thống nhận hoạt động trở lại, hãy bật endpoint bằng PATCH /v1/webhook-endpoints/${endpoint} với {"enabled": true}, rồi gửi lại những gì bạn cần.
</@layout.page>
