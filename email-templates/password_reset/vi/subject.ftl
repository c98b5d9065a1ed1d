Đặt lại mật khẩu của bạn
