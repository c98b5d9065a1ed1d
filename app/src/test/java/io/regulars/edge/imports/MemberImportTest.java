package io.regulars.edge.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemberImportTest extends EmptyShop {

    private static final String HEADER =
            "external_id,email,phone,name,birth_date,joined_at,locale,time_zone,marketing_email,consent_source,consent_at,attr:Size\n";

    @Test
    void aMemberComesInWithAllThatIsSaidAndTheSameFileAgainChangesNothing() {
        String csv =
                HEADER
                        + "m1,Lan@Example.COM,0901 234 567,Nguyễn Lan,1990-02-28,2020-05-01,vi,Europe/Paris,yes,till,2021-01-01T08:00:00Z,=XL\n";
        assertThat(run(csv).counts()).isEqualTo(new ImportJob.Counts(1, 0, 0));
        Map<String, Object> member = member("m1");
        assertThat(member)
                .containsEntry("email", "lan@example.com")
                .containsEntry("phone", "+84901234567")
                .containsEntry("name", "Nguyễn Lan")
                .containsEntry("name_key", "nguyen lan")
                .containsEntry("birth_year", 1990)
                .containsEntry("birthday_counts_from", null)
                .containsEntry("time_zone", "Europe/Paris")
                .containsEntry("marketing_email", true)
                .containsEntry("attributes", "{\"Size\": \"=XL\"}");
        assertThat(fixture.count(shop, "select count(*) from <t>.consent_event")).isOne();

        assertThat(run(csv).counts()).isEqualTo(new ImportJob.Counts(0, 1, 0));
        assertThat(member("m1")).isEqualTo(member);
        assertThat(fixture.count(shop, "select count(*) from <t>.consent_event")).isOne();
    }

    @Test
    void anEmptyCellLeavesWhatIsThereAndAnythingElseReplacesIt() {
        run(HEADER + "m1,a@x.vn,,Cũ,1990-02-28,,,,,,,L\n");
        ImportJob job = run("email;name;attr:Hue\nA@X.VN;Mới;green\n");
        assertThat(job.counts()).isEqualTo(new ImportJob.Counts(1, 0, 0));
        assertThat(member("m1"))
                .containsEntry("name", "Mới")
                .containsEntry("name_key", "moi")
                .containsEntry("birth_year", 1990)
                .containsEntry("attributes", "{\"Hue\": \"green\", \"Size\": \"L\"}");
    }

    @Test
    void ofTwoRowsForOneMemberTheLaterWins() {
        String csv =
                "external_id,email,name\nm1,,First\nm2,,Other\nm1,b@x.vn,Second\n,B@x.vn,Third\n";
        ImportJob job = run(csv);
        assertThat(job.counts()).isEqualTo(new ImportJob.Counts(4, 0, 0));
        assertThat(member("m1")).containsEntry("name", "Third").containsEntry("email", "b@x.vn");
        assertThat(fixture.count(shop, "select count(*) from <t>.member")).isEqualTo(2);
        assertThat(run(csv).counts()).isEqualTo(new ImportJob.Counts(0, 4, 0));
        assertThat(member("m1")).containsEntry("name", "Third");
    }

    @Test
    void anAddressMayPassFromOneMemberToAnotherWithinAFile() {
        run("external_id,email\nm1,a@x.vn\nm2,b@x.vn\n");
        ImportJob job = run("external_id,email\nm1,c@x.vn\nm2,a@x.vn\nm3,b@x.vn\n");
        assertThat(job.counts()).isEqualTo(new ImportJob.Counts(3, 0, 0));
        assertThat(member("m1")).containsEntry("email", "c@x.vn");
        assertThat(member("m2")).containsEntry("email", "a@x.vn");
        assertThat(member("m3")).containsEntry("email", "b@x.vn");
    }

    @Test
    void aMemberKnownByAddressGetsItsExternalId() {
        run("email,name\na@x.vn,Lan\n");
        assertThat(run("external_id,email\nm1,a@x.vn\n").counts().imported()).isOne();
        assertThat(member("m1")).containsEntry("name", "Lan");
    }

    @Test
    void aConsentWithoutSourceAndDateIsNone() {
        run(HEADER + "m1,a@x.vn,,,,,,,true,,2021-01-01,\nm2,b@x.vn,,,,,,,true,till,,\n");
        assertThat(member("m1")).containsEntry("marketing_email", false);
        assertThat(member("m2")).containsEntry("marketing_email", false);
        assertThat(fixture.count(shop, "select count(*) from <t>.consent_event")).isZero();
    }

    @Test
    void aFileNeverOverridesALaterWordOfTheMember() {
        String columns = "external_id,marketing_email,consent_source,consent_at\n";
        run(columns + "m1,false,unsubscribe_link,2022-06-01\n");
        assertThat(run(columns + "m1,true,till,2022-05-31\n").counts())
                .isEqualTo(new ImportJob.Counts(0, 1, 0));
        assertThat(member("m1")).containsEntry("marketing_email", false);
        assertThat(run(columns + "m1,true,till,2022-06-02\n").counts().imported()).isOne();
        assertThat(member("m1")).containsEntry("marketing_email", true);
        assertThat(run(columns + "m1,true,till,2999-01-01\n").counts().failed()).isOne();
    }

    @Test
    void aBirthDateEditedShortlyBeforeItCountsFromNextYearAFilledInOneAtOnce() {
        LocalDate soon =
                fixture.tenants
                        .inTransaction(shop, tx -> tx.now())
                        .atZone(ZoneId.of("Asia/Ho_Chi_Minh"))
                        .toLocalDate()
                        .plusDays(10);
        String date = soon.withYear(1992).toString();
        run("external_id,birth_date\nedited," + soon.plusDays(100).withYear(1992) + "\nfilled,\n");
        run("external_id,birth_date\nedited," + date + "\nfilled," + date + "\nnew," + date + "\n");
        assertThat(member("edited").get("birthday_counts_from")).isNotNull();
        assertThat(member("filled")).containsEntry("birthday_counts_from", null);
        assertThat(member("new")).containsEntry("birthday_counts_from", null);
    }

    @Test
    void rowsThatAreNotRightSayWhy() {
        run("external_id,email\nx,taken@x.vn\n");
        ImportJob job =
                run(
                        HEADER
                                + "1,not-an-address,,,,,,,,,,\n"
                                + "2,,12,,,,,,,,,\n"
                                + "3,,,,1990-02-30,,,,,,,\n"
                                + "4,,,,,,,Nowhere/Land,,,,\n"
                                + "5,,,,,,not a locale,,,,,\n"
                                + "6,,,,,,,,maybe,,,\n"
                                + "7,taken@x.vn,,,,,,,,,,\n"
                                + ",,0901234567,,,,,,,,,\n"
                                + ",,,Nobody,,,,,,,,\n"
                                + "10,,,,,2999-01-01,,,,,,\n"
                                + "11,,,,,,,,,,,"
                                + "x".repeat(1_001)
                                + "\n");
        assertThat(job.counts()).isEqualTo(new ImportJob.Counts(0, 0, 11));
        assertThat(fixture.errors(shop, job.id()))
                .containsExactly(
                        "2 invalid_email",
                        "3 invalid_phone",
                        "4 invalid_date",
                        "5 invalid_time_zone",
                        "6 invalid_locale",
                        "7 not_yes_or_no",
                        "8 member_exists",
                        "9 key_required",
                        "10 contact_required",
                        "11 in_the_future",
                        "12 invalid_attribute");
        assertThat(fixture.count(shop, "select count(*) from <t>.member")).isOne();
    }

    @Test
    void manyMembersComeInInManyBatches() {
        StringBuilder csv = new StringBuilder("external_id,email\n");
        for (int i = 0; i < 2_500; i++) {
            csv.append(i).append(",m").append(i).append("@x.vn\n");
        }
        assertThat(run(csv.toString()).counts()).isEqualTo(new ImportJob.Counts(2_500, 0, 0));
        assertThat(run(csv.toString()).counts()).isEqualTo(new ImportJob.Counts(0, 2_500, 0));
    }

    private ImportJob run(String csv) {
        return fixture.imported(shop, ImportKind.MEMBERS, csv);
    }

    private Map<String, Object> member(String externalId) {
        return fixture.tenants.inTransaction(
                shop,
                tx ->
                        tx.query(
                                        """
                                        select external_id, email, phone, name, name_key, birth_year, birthday_counts_from, time_zone,
                                               attributes::text, marketing_email, joined_at, version
                                          from <t>.member where external_id = :id
                                        """)
                                .bind("id", externalId)
                                .mapToMap()
                                .one());
    }
}
