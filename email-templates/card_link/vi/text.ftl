<#import "/_layout/text.ftl" as layout>
<@layout.page lang="vi">
Thẻ thành viên của bạn

Đây là đường dẫn đến thẻ ${brand.name} của bạn: số dư, quà tặng và các mã ưu đãi.

Mở thẻ của tôi:
${standing.card_url}

Đừng chia sẻ đường dẫn này: ai có nó đều có thể dùng quà của bạn.

Bạn không yêu cầu? Bạn không cần làm gì thêm.
</@layout.page>
