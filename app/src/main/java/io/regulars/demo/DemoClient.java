package io.regulars.demo;

import static io.regulars.demo.Wording.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regulars.demo.Api.Body;
import io.regulars.demo.ImportResult.RowProblem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The calls that a shop's integrator makes in the first hour, in their order. */
final class DemoClient {
    private static final Pattern VERIFY_LINK =
            Pattern.compile("/v/([A-Za-z0-9_~.-]*[A-Za-z0-9_~-])");
    private static final int PAGE = 200;

    private final Api api;
    private final Patience patience;

    DemoClient(Api api, Patience patience) {
        this.api = api;
        this.patience = patience;
    }

    record Owner(String email, String password) {}

    record SignedUp(String tenant, String liveKey, @Nullable String testKey) {}

    /** One campaign message, as far as the demo cares. */
    record Message(String to, String state, String reason) {
        private static final Set<String> SETTLED = Set.of("sent", "skipped", "failed", "unknown");

        boolean settled() {
            return SETTLED.contains(state);
        }

        boolean sent() {
            return state.equals("sent");
        }
    }

    /** Signs up, reads the mail, follows its link; from then on all calls carry the live key. */
    SignedUp signUp(Owner owner, ZoneId zone) {
        Set<String> before = inboxIds(owner.email());
        api.post("/v1/signups", DemoShop.signup(owner, zone));
        String token =
                patience.until(patience.mail(), () -> newToken(owner.email(), before))
                        .orElseThrow(() ->
                                new DemoFailure(
                                        text(
                                                "No verification mail for %s came within %s s. What came is at %s/inbox",
                                                owner.email(),
                                                patience.mail().toSeconds(),
                                                api.base())));
        JsonNode verified = api.post("/v1/signups/verify", object().put("token", token));
        JsonNode keys = verified.path("api_keys");
        String live = needed(keys.path("live"), "secret");
        api.useKey(live);
        return new SignedUp(
                needed(verified.path("tenant"), "id"),
                live,
                keys.path("test").hasNonNull("secret")
                        ? keys.path("test").path("secret").asText()
                        : null);
    }

    /** A mail that was there before carries the token of an earlier, perhaps abandoned, sign-up. */
    private Optional<String> newToken(String address, Set<String> before) {
        for (String id : inboxIds(address)) {
            if (!before.contains(id)) {
                Matcher link =
                        VERIFY_LINK.matcher(api.get("/inbox/messages/" + id).path("text").asText());
                if (link.find()) {
                    return Optional.of(link.group(1));
                }
            }
        }
        return Optional.empty();
    }

    private Set<String> inboxIds(String address) {
        JsonNode list =
                api.find("/inbox/messages?limit=50&to=" + encoded(address))
                        .orElseThrow(() ->
                                new DemoFailure(
                                        text(
                                                "There is no open inbox at %s/inbox. The demo reads its mail there: start it without SMTP_URL, and with BIND on loopback.",
                                                api.base())));
        return stream(list.path("data"))
                .map(mail -> mail.path("id").asText())
                .collect(Collectors.toSet());
    }

    /** Whether this shop is still there and the key still opens it. */
    boolean knows(String tenant, String liveKey) {
        api.useKey(liveKey);
        return api.find("/v1/tenant")
                .filter(found -> found.path("id").asText().equals(tenant))
                .isPresent();
    }

    void describeShop(String email) {
        api.patch("/v1/tenant", DemoShop.profile(email));
    }

    /** Answers the version now in force. */
    int publishProgram() {
        api.put("/v1/program/draft", DemoShop.program());
        return api.post("/v1/program/publish", object().put("reason", "Opening"))
                .path("version")
                .asInt();
    }

    /**
     * Uploads and waits to the end; fails only when nothing moves any more or the import as a whole
     * is refused.
     */
    ImportResult runImport(String kind, Body body, LongConsumer rowsSoFar) {
        String id = needed(api.upload("/v1/imports?kind=" + kind, body), "id");
        long[] last = {-1};
        while (true) {
            JsonNode end =
                    patience.until(patience.stall(), () -> moved(id, last, rowsSoFar))
                            .orElseThrow(() ->
                                    new DemoFailure(
                                            text(
                                                    "The import %s has stood still at row %s for %s s.",
                                                    id, last[0], patience.stall().toSeconds())));
            String status = end.path("status").asText();
            if (status.equals("failed")) {
                throw new DemoFailure(
                        text(
                                "The import of %s failed: %s",
                                kind, end.path("detail").asText(end.toString())));
            }
            if (status.equals("completed")) {
                return result(end);
            }
        }
    }

    /** Present when there is something new: more rows, or the end. */
    private Optional<JsonNode> moved(String id, long[] last, LongConsumer rowsSoFar) {
        JsonNode now = api.get("/v1/imports/" + id);
        long rows = taken(now) + now.path("failed").asLong();
        String status = now.path("status").asText();
        boolean ended = status.equals("completed") || status.equals("failed");
        if (rows == last[0] && !ended) {
            return Optional.empty();
        }
        last[0] = rows;
        rowsSoFar.accept(rows);
        return Optional.of(now);
    }

    private ImportResult result(JsonNode end) {
        long failed = end.path("failed").asLong();
        List<RowProblem> problems =
                failed > 0 && end.hasNonNull("errors_url")
                        ? ImportResult.problemsIn(api.download(end.path("errors_url").asText()))
                        : List.of();
        return new ImportResult(end.path("rows").asLong(), taken(end), failed, problems);
    }

    private static long taken(JsonNode state) {
        return state.path("imported").asLong() + state.path("unchanged").asLong();
    }

    /** Starts all campaigns; answers the one for birthdays. */
    String startCampaigns(LocalTime at) {
        DemoShop.otherCampaigns(at).forEach(this::start);
        return start(DemoShop.birthdayCampaign(at));
    }

    private String start(JsonNode campaign) {
        String id = needed(api.post("/v1/campaigns", campaign), "id");
        api.post("/v1/campaigns/" + id + "/activate", object());
        return id;
    }

    List<Message> messages(String campaign) {
        List<Message> messages = new ArrayList<>();
        everyOf(
                "/v1/messages?campaign=" + campaign,
                row ->
                        messages.add(
                                new Message(
                                        row.path("to").asText(""),
                                        row.path("state").asText(),
                                        row.path("reason").asText(""))));
        return messages;
    }

    boolean inboxHoldsMailFor(String address) {
        return !inboxIds(address).isEmpty();
    }

    long countMembers() {
        long[] count = {0};
        everyOf("/v1/members", _ -> count[0]++);
        return count[0];
    }

    private void everyOf(String path, Consumer<JsonNode> each) {
        String first = path + (path.contains("?") ? "&" : "?") + "limit=" + PAGE;
        JsonNode page = api.get(first);
        page.path("data").forEach(each);
        while (page.hasNonNull("next_cursor")) {
            page = api.get(first + "&cursor=" + encoded(page.path("next_cursor").asText()));
            page.path("data").forEach(each);
        }
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static String needed(JsonNode answer, String field) {
        if (!answer.hasNonNull(field)) {
            throw new DemoFailure(
                    "The service answered without the field "
                            + field
                            + "; is it of another version?");
        }
        return answer.path(field).asText();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static ObjectNode object() {
        return Api.JSON.createObjectNode();
    }
}
