${shop}: ${month}
