One more step: ${brand.name}
