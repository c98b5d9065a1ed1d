Today is your day!
