Chào mừng bạn đến với ${brand.name}
