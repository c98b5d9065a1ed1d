You are unsubscribed from ${brand.name}
