<#import "/_layout/text.ftl" as layout>
<@layout.page lang="vi">
Đã tạm dừng gửi thư

Quá nhiều thư của ${shop} bị trả lại hoặc bị người nhận báo là thư rác: hơn một phần hai mươi gửi đến địa chỉ không tồn tại, hoặc một phần nghìn bị khiếu nại. Các nhà cung cấp hộp thư sẽ chuyển thư của người gửi như vậy vào thư rác, kéo theo cả những cửa hàng khác trên ${brand.name}. Vì vậy ${brand.name} tạm thời không gửi thư của bạn. Không có gì bị mất; điểm, phiếu quà và quầy thu ngân vẫn hoạt động.

Việc cần làm: xem GET /v1/messages và GET /v1/suppressions, xóa những địa chỉ chưa từng đăng ký nhận thư, rồi cho gửi lại bằng POST /v1/sending/resume.
</@layout.page>
