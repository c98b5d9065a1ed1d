<#ftl output_format="undefined">
<#-- What the layout itself says. A new language: one more entry here, and a folder in each message. -->
<#assign all = {
  "vi": {
    "standing": "Bạn đang có",
    "tier": "Hạng",
    "card": "Xem thẻ thành viên",
    "gift_code": "Mã quà tặng của bạn",
    "gift_until": "Dùng được đến hết ngày",
    "gift_use": "Cách dùng: cho nhân viên xem mã này khi thanh toán, phần còn lại để chúng tôi lo.",
    "reason": "Bạn nhận được thư này vì đã đồng ý nhận tin ưu đãi của",
    "stop_question": "Không muốn nhận thư quảng cáo nữa?",
    "stop": "Từ chối nhận thư",
    "stop_hint": "Miễn phí, không cần đăng nhập. Bạn có thể đăng ký nhận lại bất cứ lúc nào.",
    "stop_else": "Bạn cũng có thể từ chối qua",
    "or": "hoặc",
    "phone": "Điện thoại",
    "email": "Email",
    "address": "Địa chỉ",
    "link_hint": "Nếu nút trên không hoạt động, hãy sao chép đường dẫn này vào trình duyệt:"
  },
  "en": {
    "standing": "You have",
    "tier": "Tier:",
    "card": "See your card",
    "gift_code": "Your gift code",
    "gift_until": "Valid until the end of",
    "gift_use": "How to use it: show this code when you pay, and we do the rest.",
    "reason": "You get this e-mail because you agreed to receive offers from",
    "stop_question": "Had enough of our offers?",
    "stop": "Unsubscribe",
    "stop_hint": "It is free and needs no login. You can come back at any time.",
    "stop_else": "You can also tell us at",
    "or": "or",
    "phone": "Phone",
    "email": "E-mail",
    "address": "Address",
    "link_hint": "If the button does not work, copy this link into your browser:"
  }
}>
