package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.ServiceUnderTest;
import io.regulars.engagement.mail.AskForConsent;
import io.regulars.engagement.mail.AskForConsent.Asked;
import io.regulars.loyalty.Inside;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.Side;
import io.regulars.testing.Marketing;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A yes from a page counts when the owner of the address has repeated it. */
class DoubleOptInJourney {

    private static final Pattern LINK = Pattern.compile("http\\S+(/v/[A-Za-z0-9_-]+)");
    private static final String WORDING = "Yes, I want offers of <b>this</b> ${shop}.";

    private static Inside side;
    private static Marketing marketing;

    @BeforeAll
    static void open() {
        marketing = new Marketing("America/New_York", "2027-01-10T12:00:00Z", "\"rewards\": []");
        side = Inside.of(marketing.shop(), Side.TEST);
    }

    @AfterAll
    static void close() {
        side.close();
    }

    @Test
    void onlyTheButtonBehindTheLinkInTheMailSaysYes() {
        String member = marketing.member(Map.of("consents", List.of(), "name", "Laura"));
        assertThat(ask(member)).isEqualTo(Asked.MAILED);
        String link = link(member);
        for (int i = 0; i < 2; i++) {
            http().head(link).then().statusCode(200);
            assertThat(http().get(link).then().statusCode(200).extract().asString())
                    .contains("Yes, I want offers of &lt;b&gt;this&lt;/b&gt; ${shop}.");
        }
        assertThat(wantsMail(member)).isFalse();
        assertThat(http().post(link).then().statusCode(200).extract().asString())
                .contains("You will get our offers");
        http().post(link).then().statusCode(200);
        assertThat(wantsMail(member)).isTrue();
        assertThat(consents(member)).containsExactly("join_page:confirmed true " + WORDING);
        assertThat(ask(member)).isEqualTo(Asked.KNOWN);
    }

    @Test
    void theQuestionIsAskedThreeTimesADayAtMost() {
        String member = marketing.member(Map.of("consents", List.of()));
        assertThat(ask(member)).isEqualTo(Asked.MAILED);
        assertThat(ask(member)).isEqualTo(Asked.LATELY);
        for (int i = 0; i < 2; i++) {
            marketing.till().advance("PT15M");
            assertThat(ask(member)).isEqualTo(Asked.MAILED);
        }
        marketing.till().advance("PT15M");
        assertThat(ask(member)).isEqualTo(Asked.LATELY);
        marketing.till().advance("P1D");
        assertThat(ask(member)).isEqualTo(Asked.MAILED);
    }

    @Test
    void aLinkThatIsTooOldOrWentToAnotherAddressConfirmsNothing() {
        String late = marketing.member(Map.of("consents", List.of()));
        ask(late);
        String moved = marketing.member(Map.of("consents", List.of()));
        ask(moved);
        String movedLink = link(moved);
        String lateLink = link(late);
        marketing
                .till()
                .api()
                .body(Map.of("email", "somewhere-else@example.com"))
                .patch("/v1/members/{id}", moved)
                .then()
                .statusCode(200);
        http().post(movedLink).then().statusCode(410);
        assertThat(wantsMail(moved)).isFalse();
        marketing.till().advance("P7D");
        http().post(lateLink).then().statusCode(410);
        assertThat(wantsMail(late)).isFalse();
    }

    @Test
    void whoHasNoAddressIsNotAsked() {
        String member = marketing.till().member();
        assertThat(ask(member)).isEqualTo(Asked.UNREACHABLE);
    }

    private static Asked ask(String member) {
        return side.in(tx ->
                AskForConsent.ask(tx, MemberId.parse(member).orElseThrow(), "join_page", WORDING));
    }

    private static String link(String member) {
        marketing.till().advance("PT1S");
        Matcher link = LINK.matcher(marketing.text(member));
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    private static RequestSpecification http() {
        return ServiceUnderTest.shared().rawApi();
    }

    private static boolean wantsMail(String member) {
        return marketing.till().shown(member).getBoolean("marketing.email");
    }

    private static List<String> consents(String member) {
        List<Map<String, Object>> data =
                marketing
                        .till()
                        .api()
                        .get("/v1/members/{id}/consents", member)
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("data");
        return data.stream()
                .map(c -> c.get("source") + " " + c.get("granted") + " " + c.get("wording"))
                .toList();
    }
}
