Hôm nay là ngày của BẠN!
