Please confirm: offers from ${brand.name}
