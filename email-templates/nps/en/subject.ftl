One question about ${brand.name}
