Please confirm your e-mail address
