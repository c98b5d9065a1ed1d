package io.regulars.demo;

import java.time.LocalDate;
import java.util.List;

/** A shop's past: who its members are and what they bought, oldest purchase first. */
public record History(List<Buyer> buyers, List<Order> orders) {

    List<Buyer> birthdaysOn(LocalDate today) {
        return buyers.stream().filter(buyer -> buyer.hasBirthdayOn(today)).toList();
    }
}
