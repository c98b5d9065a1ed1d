${standing.points} của bạn tại ${brand.name}
