Điểm của bạn tại ${brand.name} sắp hết hạn
