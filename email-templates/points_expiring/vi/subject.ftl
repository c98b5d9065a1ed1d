${(unit!"điểm")?cap_first} của bạn tại ${brand.name} sắp hết hạn
