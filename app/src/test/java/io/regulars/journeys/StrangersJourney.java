package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.edge.exports.FilesOfMember;
import io.regulars.loyalty.Inside;
import io.regulars.loyalty.members.EnrolMembers;
import io.regulars.loyalty.members.NewZones;
import io.regulars.loyalty.members.OwnCard;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.Side;
import io.regulars.testing.Browser;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People who filled in the join page and never proved that the address was theirs. */
class StrangersJourney {

    private static final Browser PHONE = new Browser(ServiceUnderTest.shared(), "en");
    private Shop shop;

    @BeforeEach
    void open() {
        shop =
                ServiceUnderTest.shared()
                        .signUp("Asia/Ho_Chi_Minh", "VN", "USD", Map.of("preset", "green-rewards"));
    }

    private String applied() {
        String email = "m" + UUID.randomUUID() + "@example.com";
        Map<String, String> form =
                Map.of("name", "Lan", "email", email, "old_enough", "yes", "consent", "yes");
        assertThat(PHONE.send("/j/" + shop.tenantId(), form).statusCode()).isEqualTo(200);
        return email;
    }

    private String id(String email) {
        return shop.liveCalls()
                .post("/v1/members/search", Map.of("email", email), 200)
                .getString("data[0].id");
    }

    /** What the house does every hour, fifteen days later. */
    private void fifteenDaysLater() {
        Programs programs = new Programs();
        OwnCard ownCard =
                new OwnCard(
                        programs,
                        new EnrolMembers(programs, new NewZones(zone -> {}), List.of()),
                        List.of(new FilesOfMember()));
        try (Inside inside = Inside.of(shop, Side.LIVE)) {
            inside.in(tx -> {
                tx.update(
                                "update <t>.setting set updated_at = updated_at - interval '15 days' where key like 'join:%'")
                        .execute();
                ownCard.forgetUnconfirmed(tx);
                return true;
            });
        }
    }

    private int status(String member) {
        return shop.live().get("/v1/members/" + member).statusCode();
    }

    @Test
    void areForgottenAndWhoHasBecomeACustomerMeanwhileIsNot() {
        String stranger = id(applied());
        String given = id(applied());
        String active = id(applied());
        String asked = id(applied());
        String known = id(applied());
        shop.liveCalls()
                .post(
                        "/v1/members/" + given + "/adjustments",
                        Map.of("points", 5, "reason", "waited long"),
                        201);
        shop.liveCalls()
                .post(
                        "/v1/activities",
                        Map.of("member", active, "type", "check_in", "key", "1"),
                        201);
        shop.liveCalls()
                .put(
                        "/v1/members/" + asked + "/consents/tracking",
                        Map.of("granted", false, "source", "till"));
        shop.liveCalls().patch("/v1/members/" + known, Map.of("external_id", "crm-1"));
        fifteenDaysLater();
        assertThat(status(stranger)).isEqualTo(404);
        assertThat(Stream.of(given, active, asked, known)).allMatch(id -> status(id) == 200);
    }

    @Test
    void areInNoFileAndLeaveTheFilesAlone() {
        String stranger = applied();
        String customer = applied();
        PHONE.mail(stranger, "/v/");
        PHONE.mail(customer, "/v/");
        shop.liveCalls().patch("/v1/members/" + id(customer), Map.of("external_id", "crm-1"));
        List<String> files =
                Stream.of("members", "transactions", "messages").map(this::file).toList();
        for (String file : List.of(files.getFirst(), files.getLast())) {
            assertThat(shop.raw().get(file).asString()).contains(customer).doesNotContain(stranger);
        }
        fifteenDaysLater();
        assertThat(files).allMatch(file -> shop.live().get(file).statusCode() == 200);
    }

    /** Where a file is that has been written. */
    private String file(String kind) {
        String id = shop.liveCalls().post("/v1/exports?kind=" + kind, 202).get("id");
        return Awaitility.await()
                .until(
                        () -> shop.liveCalls().get("/v1/exports/" + id).getString("url"),
                        url -> url != null);
    }
}
