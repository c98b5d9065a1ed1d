Lâu rồi chưa gặp bạn ở ${brand.name}
