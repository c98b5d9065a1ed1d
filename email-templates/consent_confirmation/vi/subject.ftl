Xác nhận: nhận ưu đãi của ${brand.name}
