package io.regulars.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The invented café of the demo, in the words of the API. */
final class DemoShop {
    static final String NAME = "Cà phê Góc Phố";

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private DemoShop() {}

    static ObjectNode signup(DemoClient.Owner owner, ZoneId zone) {
        return object().put("business_name", NAME)
                .put("email", owner.email())
                .put("password", owner.password())
                .put("country", "VN")
                .put("time_zone", zone.getId())
                .put("locale", "vi")
                .put("currency", "VND");
    }

    /** The sender's identity, without which no advertising mail may leave. */
    static ObjectNode profile(String email) {
        return object().put("legal_name", "Công ty TNHH Góc Phố")
                .put("postal_address", "12 Hàng Bông, Hoàn Kiếm, Hà Nội")
                .put("phone", "+84 24 3825 0000")
                .put("email", email)
                .put("website", "https://example.com/goc-pho")
                .put("sender_name", NAME);
    }

    /** One bean for each 10,000 dong; on the birthday a fifth off. */
    static ObjectNode program() {
        ObjectNode program = object().put("name", "Khách quen Góc Phố").put("currency", "VND");
        program.putObject("unit").put("one", "hạt").put("many", "hạt");
        ObjectNode spend =
                program.putArray("earning").addObject().put("key", "spend").put("on", "purchase");
        spend.putObject("points").put("per_amount", 10_000).put("award", 1);
        ObjectNode treat = program.putArray("rewards").addObject().put("key", "birthday_treat");
        treat.putObject("name")
                .put("vi", "Giảm 20% mừng sinh nhật")
                .put("en", "20% off for your birthday");
        treat.put("kind", "percent_off").put("percent", 20).put("valid_days", 30);
        ObjectNode thanks =
                program.withArray("rewards").addObject().put("key", "anniversary_treat");
        thanks.putObject("name")
                .put("vi", "Giảm 15% mừng ngày gắn bó")
                .put("en", "15% off for your anniversary");
        thanks.put("kind", "percent_off").put("percent", 15).put("valid_days", 30);
        ObjectNode back = program.withArray("rewards").addObject().put("key", "come_back");
        back.putObject("name")
                .put("vi", "Một ly cà phê miễn phí")
                .put("en", "A coffee on the house");
        back.put("kind", "free_product").put("sku", "COFFEE").put("valid_days", 21);
        return program;
    }

    static JsonNode birthdayCampaign(LocalTime at) {
        ObjectNode campaign = object().put("name", "Sinh nhật").put("kind", "birthday");
        campaign.putObject("offer").put("reward", "birthday_treat");
        campaign.putObject("schedule").put("at", hour(at));
        return campaign;
    }

    /** What else goes out by itself: anniversaries, the month's progress, and who is missed. */
    static List<JsonNode> otherCampaigns(LocalTime at) {
        ObjectNode anniversary = object().put("name", "Ngày gắn bó").put("kind", "anniversary");
        anniversary.putObject("offer").put("reward", "anniversary_treat");
        anniversary.putObject("schedule").put("at", hour(at));
        ObjectNode progress = object().put("name", "Tháng của bạn").put("kind", "monthly_progress");
        progress.putObject("schedule").put("at", hour(at)).put("day_of_month", 1);
        ObjectNode back = object().put("name", "Lâu rồi chưa gặp").put("kind", "win_back");
        back.putObject("offer").put("reward", "come_back");
        back.putObject("schedule")
                .put("at", hour(at))
                .put("p_alive_below", 0.5)
                .put("max_silence_days", 365);
        back.put("holdout_percent", 10);
        return List.of(anniversary, progress, back);
    }

    static String hour(LocalTime at) {
        return HOUR.format(at);
    }

    private static ObjectNode object() {
        return Api.JSON.createObjectNode();
    }
}
