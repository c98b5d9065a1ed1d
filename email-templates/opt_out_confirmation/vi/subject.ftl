Đã dừng thư quảng cáo của ${brand.name}
