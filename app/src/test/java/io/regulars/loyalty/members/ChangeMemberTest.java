package io.regulars.loyalty.members;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeMemberTest {

    @ParameterizedTest
    @CsvSource({
        "--06-15, 2027-06-10, 2027-06-16",
        "--06-15, 2027-06-15, 2027-06-16",
        "--06-15, 2027-05-16,",
        "--06-15, 2027-06-16,",
        "--01-10, 2026-12-20, 2027-01-11",
        // In a common year some campaigns keep it on 28 February and some on 1 March.
        "--02-29, 2027-02-10, 2027-03-02",
        "--02-29, 2027-02-28, 2027-03-02",
        "--02-29, 2027-03-01, 2027-03-02",
        "--02-29, 2027-03-02,",
        "--02-29, 2027-01-20,",
        "--02-29, 2028-02-10, 2028-03-01",
        "--02-29, 2028-03-01,"
    })
    void aBirthdayEditedShortlyBeforeItCountsFromNextYear(
            String edited, LocalDate today, @Nullable LocalDate countsFrom) {
        assertThat(ChangeMember.countsFrom(BirthDate.parse(edited).orElseThrow(), today))
                .isEqualTo(countsFrom);
    }
}
