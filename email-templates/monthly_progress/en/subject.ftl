You have ${standing.points} at ${brand.name}
