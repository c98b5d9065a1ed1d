Kỷ niệm ${years} năm bạn đồng hành cùng ${brand.name}
