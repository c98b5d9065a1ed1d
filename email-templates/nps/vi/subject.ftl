Một câu hỏi từ ${brand.name}
