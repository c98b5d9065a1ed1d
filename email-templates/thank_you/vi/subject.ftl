Cảm ơn bạn đã mua hàng
