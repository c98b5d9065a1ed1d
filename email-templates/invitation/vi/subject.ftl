Thẻ thành viên ${brand.name} của bạn đã sẵn sàng
