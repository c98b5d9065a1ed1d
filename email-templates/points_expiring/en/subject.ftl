Your points at ${brand.name} end soon
