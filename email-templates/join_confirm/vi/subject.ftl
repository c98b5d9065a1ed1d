Chỉ còn một bước nữa: ${brand.name}
