Thẻ thành viên ${brand.name} của bạn
