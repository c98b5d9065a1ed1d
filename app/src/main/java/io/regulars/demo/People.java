package io.regulars.demo;

import static io.regulars.demo.Wording.text;

import java.text.Normalizer;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Names, addresses and birthdays of invented people: mostly Vietnamese, as at any café in Hà Nội.
 */
final class People {

    /** A name and whether its bearer is from elsewhere. */
    record Name(String full, boolean foreign) {}

    private static final List<String> FAMILY =
            List.of(
                    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng",
                    "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý");
    private static final int[] FAMILY_SHARE = {38, 11, 10, 7, 3, 3, 5, 2, 2, 2, 2, 2, 1, 1, 1, 1};
    private static final List<String> WOMEN =
            List.of(
                    "Thị Hương",
                    "Thị Lan",
                    "Thu Hà",
                    "Minh Anh",
                    "Thảo Nguyên",
                    "Ngọc Ánh",
                    "Bích Ngọc",
                    "Thanh Thủy",
                    "Khánh Linh",
                    "Phương Thảo",
                    "Thùy Dung",
                    "Mỹ Duyên",
                    "Hồng Nhung",
                    "Quỳnh Như",
                    "Tường Vi",
                    "Diễm My");
    private static final List<String> MEN =
            List.of(
                    "Văn Hùng",
                    "Đức Anh",
                    "Minh Quân",
                    "Quốc Bảo",
                    "Hữu Phước",
                    "Tuấn Kiệt",
                    "Gia Huy",
                    "Thành Đạt",
                    "Xuân Trường",
                    "Công Vinh",
                    "Trọng Nghĩa",
                    "Hoàng Long",
                    "Nhật Minh",
                    "Bá Khôi",
                    "Đình Phong",
                    "Việt Dũng");
    private static final List<String> FOREIGN =
            List.of(
                    "Emma Schäfer",
                    "Lucas Martin",
                    "Olivia Brown",
                    "Yuki Tanaka",
                    "Kim Min-jun",
                    "Sofía García",
                    "Zoë O'Neill",
                    "Liam Murphy",
                    "Chloé Dubois",
                    "Noah Williams",
                    "Hana Suzuki",
                    "Marek Nowák",
                    "Ayşe Yılmaz",
                    "Park Ji-woo");
    private static final List<String> DOMAINS =
            List.of("example.com", "example.net", "example.org");
    private static final List<String> MOBILE =
            List.of(
                    "032", "035", "038", "039", "070", "077", "079", "081", "085", "086", "090",
                    "091", "093", "096", "097", "098");

    private People() {}

    static Name name(Draws draws) {
        if (draws.chance(0.08)) {
            return new Name(draws.oneOf(FOREIGN), true);
        }
        String family = FAMILY.get(draws.weighted(FAMILY_SHARE));
        return new Name(family + " " + draws.oneOf(draws.chance(0.58) ? WOMEN : MEN), false);
    }

    /** The number keeps addresses apart: two people may share a name, never an address. */
    static String email(Draws draws, String name, int number) {
        String plain =
                Normalizer.normalize(
                                name.replace('Đ', 'D').replace('đ', 'd').replace('ı', 'i'),
                                Normalizer.Form.NFD)
                        .replaceAll("[^A-Za-z ]", "")
                        .toLowerCase(Locale.ROOT);
        return plain.strip().replaceAll(" +", ".") + number + "@" + draws.oneOf(DOMAINS);
    }

    /** The same kind of number in the spellings that people write on a form. */
    static String phone(Draws draws) {
        String prefix = draws.oneOf(MOBILE);
        String middle = text("%03d", draws.between(0, 1000));
        String end = text("%04d", draws.between(0, 10_000));
        return switch (draws.weighted(5, 3, 2, 2, 1)) {
            case 0 -> prefix + middle + end;
            case 1 -> prefix + " " + middle + " " + end;
            case 2 -> prefix + "." + middle + "." + end;
            case 3 -> "+84 " + prefix.substring(1) + " " + middle + " " + end;
            default -> "(+84) " + prefix.substring(1) + "-" + middle + "-" + end;
        };
    }

    /** Most give it in full, some without the year, some not at all. */
    static @Nullable Birth birth(Draws draws, LocalDate today) {
        Birth full = birthInFull(draws, today);
        return switch (draws.weighted(73, 12, 15)) {
            case 0 -> full;
            case 1 -> full.withoutYear();
            default -> null;
        };
    }

    /** Born on this day of the year; for 29 February only leap years will do. */
    static Birth bornOn(Draws draws, int month, int day, LocalDate today) {
        int year = birthYear(draws, today);
        if (month == 2 && day == 29) {
            while (!Year.isLeap(year)) {
                year--;
            }
        }
        return Birth.on(LocalDate.of(year, month, day));
    }

    /** A little fuller from August to November, as births in Vietnam are. */
    private static Birth birthInFull(Draws draws, LocalDate today) {
        YearMonth month =
                YearMonth.of(
                        birthYear(draws, today),
                        1 + draws.weighted(82, 74, 80, 78, 81, 82, 85, 89, 90, 92, 88, 84));
        return Birth.on(month.atDay(1 + draws.between(0, month.lengthOfMonth())));
    }

    /** Grown-ups only: an offer to the young needs rules of its own. */
    private static int birthYear(Draws draws, LocalDate today) {
        int age = (int) StrictMath.round(19 + draws.gamma(2.6, 5.2));
        return today.getYear() - Math.min(age, 78);
    }
}
