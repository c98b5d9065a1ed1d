Your member card of ${brand.name}
