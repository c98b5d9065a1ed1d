Xác nhận địa chỉ email của bạn
