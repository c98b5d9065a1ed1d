Your member card of ${brand.name} is ready
