package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.ServiceUnderTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How tiers come and go at midnight, by the test clock. */
class TierNightsJourney {

    private final ShopNights nights = new ShopNights(ServiceUnderTest.shared().signUp());

    @Test
    void theTierWindowEndsAtLocalMidnightOn31December() {
        nights.startAt("2027-12-30T03:00:00Z");
        nights.publish(Map.of());
        String before = nights.member("before", Map.of());
        String behind = nights.member("behind", Map.of());
        nights.advanceTo("2028-01-05T03:00:00Z");
        nights.buy(before, 50_000, "2027-12-31T16:59:59Z");
        nights.buy(behind, 50_000, "2027-12-31T17:00:00Z");
        nights.publish(Map.of("tiers", ShopNights.tiers("calendar_year", "full", 0)));
        nights.advanceTo("2028-01-06T00:00:00Z");
        nights.tier(before, "vip", "2028-12-31T17:00:00Z");
        nights.tier(behind, "vip", "2029-12-31T17:00:00Z");
        nights.shop()
                .test()
                .get("/v1/members/" + behind)
                .then()
                .body(field("tier.name", equalTo("VIP")))
                .body(field("tier.since", equalTo("2027-12-31T17:00:00Z")))
                .body(field("tier.progress.basis", equalTo("spend")))
                .body(field("tier.progress.value", equalTo(50_000)))
                .body(field("tier.progress.to_next.tier", equalTo("star")))
                .body(field("tier.progress.to_next.missing", equalTo(50_000)))
                .body(field("tier.progress.to_keep.missing", equalTo(50_000)))
                .body(field("tier.progress.to_keep.by", equalTo("2029-12-31T17:00:00Z")))
                .body(field("tier.progress.projected", equalTo("member")));
        nights.advanceTo("2029-06-01T00:00:00Z");
        assertThat(nights.tierEvents(before))
                .containsExactly(
                        "2028-01-05T17:00:00Z tier.changed member vip program",
                        "2028-12-01T17:00:00Z tier.will_drop vip member",
                        "2028-12-31T17:00:00Z tier.changed vip member time");
        assertThat(nights.tierEvents(behind))
                .containsExactly("2028-01-05T17:00:00Z tier.changed member vip program");
        nights.tier(before, "member", null);
    }

    @Test
    void aPurchaseThatArrivesLateSavesATierWhoseWindowHasClosed() {
        nights.startAt("2027-05-01T03:00:00Z");
        nights.publish(Map.of());
        String late = nights.member("late", Map.of());
        String fallen = nights.member("fallen", Map.of());
        nights.buy(late, 50_000, null);
        nights.buy(fallen, 50_000, null);
        nights.publish(Map.of("tiers", ShopNights.tiers("calendar_year", "full", 10)));
        nights.advanceTo("2029-01-05T00:00:00Z");
        nights.tier(late, "vip", "2029-01-10T17:00:00Z");
        nights.buy(late, 50_000, "2028-12-20T03:00:00Z");
        nights.advanceTo("2029-01-20T00:00:00Z");
        nights.tier(late, "vip", "2030-01-10T17:00:00Z");
        nights.tier(fallen, "member", null);
        assertThat(nights.tierEvents(late))
                .doesNotContain("2029-01-10T17:00:00Z tier.changed vip member time");
        assertThat(nights.tierEvents(fallen))
                .contains("2029-01-10T17:00:00Z tier.changed vip member time");
    }

    @Test
    void whatIsMissingToKeepATierMayBeBoughtUntilTheDaysOfGraceAreOver() {
        nights.startAt("2028-06-01T03:00:00Z");
        nights.publish(Map.of("tiers", ShopNights.tiers("calendar_year", "full", 15)));
        String keeps = nights.member("keeps", Map.of());
        String falls = nights.member("falls", Map.of());
        nights.buy(keeps, 50_000, null);
        nights.buy(falls, 50_000, null);
        nights.advanceTo("2029-06-01T03:00:00Z");
        nights.buy(keeps, 30_000, null);
        nights.buy(falls, 30_000, null);
        toKeep(keeps, 20_000, "2030-01-15T17:00:00Z");
        nights.advanceTo("2030-01-05T03:00:00Z");
        toKeep(keeps, 20_000, "2030-01-15T17:00:00Z");
        nights.buy(keeps, 20_000, null);
        nights.buy(falls, 19_900, null);
        toKeep(keeps, 0, "2030-01-15T17:00:00Z");
        toKeep(falls, 100, "2030-01-15T17:00:00Z");
        nights.advanceTo("2030-01-16T03:00:00Z");
        nights.tier(keeps, "vip", "2031-01-15T17:00:00Z");
        nights.tier(falls, "member", null);
        toKeep(keeps, 30_000, "2031-01-15T17:00:00Z");
        assertThat(nights.findings()).isEmpty();
    }

    @Test
    void theFirstTierIsHeldSinceTheFallToItAndBeforeSinceJoining() {
        nights.startAt("2027-05-01T03:00:00Z");
        nights.publish(Map.of("tiers", ShopNights.tiers("calendar_year", "full", 0)));
        String fallen = nights.member("fallen", Map.of());
        nights.buy(fallen, 50_000, null);
        nights.advanceTo("2029-02-01T03:00:00Z");
        String fresh = nights.member("fresh", Map.of());
        nights.buy(fallen, 100, null);
        since(fallen, "2028-12-31T17:00:00Z");
        since(fresh, "2029-02-01T03:00:00Z");
        assertThat(nights.findings()).isEmpty();
    }

    private void since(String member, String moment) {
        nights.shop()
                .test()
                .get("/v1/members/" + member)
                .then()
                .body(field("tier.key", equalTo("member")))
                .body(field("tier.since", equalTo(moment)));
    }

    private void toKeep(String member, int missing, String by) {
        nights.shop()
                .test()
                .get("/v1/members/" + member)
                .then()
                .body(field("tier.key", equalTo("vip")))
                .body(field("tier.ends_at", equalTo(by)))
                .body(field("tier.progress.to_keep.missing", equalTo(missing)))
                .body(field("tier.progress.to_keep.by", equalTo(by)))
                .body(field("tier.progress.projected", equalTo(missing > 0 ? "member" : "vip")));
    }

    @Test
    void aPurchaseFromBeforeTheMemberJoinedCountsInItsWindow() {
        nights.startAt("2027-06-01T03:00:00Z");
        nights.publish(Map.of());
        String member = nights.member("earlier", Map.of());
        nights.buy(member, 50_000, "2027-03-01T03:00:00Z");
        nights.publish(Map.of("tiers", ShopNights.tiers("calendar_year", "full", 0)));
        nights.advanceTo("2027-06-03T00:00:00Z");
        nights.tier(member, "vip", "2028-12-31T17:00:00Z");
    }

    @Test
    void theRollingWindowIsJudgedOnTheNightOnWhichItLetsGo() {
        nights.startAt("2027-03-01T03:00:00Z");
        nights.publish(Map.of());
        String member = nights.member("rolling", Map.of());
        nights.buy(member, 100_000, null);
        nights.publish(Map.of("tiers", ShopNights.tiers("rolling_12_months", "full", 0)));
        nights.advanceTo("2027-03-02T00:00:00Z");
        nights.tier(member, "star", "2028-03-01T17:00:00Z");
        nights.advanceTo("2028-04-01T00:00:00Z");
        assertThat(nights.tierEvents(member))
                .containsExactly(
                        "2027-03-01T17:00:00Z tier.changed member star program",
                        "2028-01-31T17:00:00Z tier.will_drop star member",
                        "2028-03-01T17:00:00Z tier.changed star member time");
    }

    @Test
    void aProgramChangeNeverLowersAHeldTierBeforeItsEnd() {
        nights.startAt("2027-03-01T03:00:00Z");
        nights.publish(Map.of());
        String member = nights.member("promised", Map.of());
        nights.buy(member, 50_000, null);
        nights.publish(Map.of("tiers", ShopNights.tiers("calendar_year", "full", 0)));
        nights.advanceTo("2027-03-02T00:00:00Z");
        Map<String, Object> dearer = new HashMap<>(ShopNights.tiers("calendar_year", "full", 0));
        dearer.put(
                "levels",
                List.of(
                        ShopNights.level("member", "Member", 0),
                        ShopNights.level("vip", "VIP", 80_000)));
        nights.publish(Map.of("tiers", dearer));
        nights.advanceTo("2028-12-31T16:59:59Z");
        nights.tier(member, "vip", "2028-12-31T17:00:00Z");
        nights.advanceTo("2029-01-02T00:00:00Z");
        nights.tier(member, "member", null);
    }

    @Test
    void aLotOrATierThatIsNotAsTheHistorySaysIsReported() {
        nights.startAt("2027-03-01T03:00:00Z");
        nights.publish(Map.of());
        String member = nights.member("checked", Map.of());
        nights.buy(member, 50_000, null);
        nights.publish(Map.of("tiers", ShopNights.tiers("calendar_year", "full", 0)));
        nights.advanceTo("2027-03-03T00:00:00Z");
        assertThat(nights.findings()).isEmpty();
        nights.change("update %s.lot set remaining = remaining - 7, lost = 7");
        assertThat(nights.findings())
                .containsExactly(
                        "balance: balance 500, entries 500, open lots 493, debt 0",
                        "lot: lot of 500: remaining 493, reversed 0, lost 7, booked 500, expired 0");
        nights.change("update %s.lot set remaining = remaining + 7, lost = 0");
        nights.change("update %s.account set tier = 'star'");
        assertThat(nights.findings())
                .containsExactly(
                        "tier: holds star until 2028-12-31T17:00:00Z, the policy says vip until 2028-12-31T17:00:00Z");
    }
}
