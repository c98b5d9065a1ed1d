News from ${brand.name}
