Thank you for your purchase
