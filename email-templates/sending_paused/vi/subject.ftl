Đã tạm dừng gửi thư của ${shop}
