Tin mới từ ${brand.name}
