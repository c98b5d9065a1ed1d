Mail of ${shop} was stopped
