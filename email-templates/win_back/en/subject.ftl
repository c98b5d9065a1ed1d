We have not seen you for a while
