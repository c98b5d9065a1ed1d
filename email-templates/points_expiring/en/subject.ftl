Your ${unit!"points"} at ${brand.name} end soon
