Reset your password
