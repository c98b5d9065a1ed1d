package io.regulars.testing;

import io.regulars.ServiceUnderTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** Somebody with a phone: opens pages, sends their forms, and reads the captured mail. */
public final class Browser {

    private static final Pattern TOKEN = Pattern.compile("name=\"form\" value=\"([^\"]+)\"");

    private final ServiceUnderTest service;
    private final String language;

    public Browser(ServiceUnderTest service, String language) {
        this.service = service;
        this.language = language;
    }

    private RequestSpecification request() {
        return RestAssured.given()
                .baseUri(service.base().toString())
                .urlEncodingEnabled(false)
                .redirects()
                .follow(false)
                .accept("text/html,*/*;q=0.8")
                .header("Accept-Language", language);
    }

    public Response get(String path) {
        return request().get(path);
    }

    public Response head(String path) {
        return request().head(path);
    }

    /** Sends a form as it is, with the sender's other headers. */
    public Response post(String path, Map<String, String> fields, Map<String, String> headers) {
        return request()
                .headers(headers)
                .contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParams(fields)
                .post(path);
    }

    public Response post(String path, Map<String, String> fields) {
        return post(path, fields, Map.of());
    }

    /** Opens a page and sends the form on it. */
    public Response send(String page, Map<String, String> fields) {
        Map<String, String> all = new HashMap<>(fields);
        all.put("form", formToken(page));
        return post(page.replaceFirst("\\?.*", ""), all);
    }

    /** The hidden field by which a form is known as ours. */
    public String formToken(String page) {
        return first(TOKEN, get(page).asString());
    }

    /** The text of the newest mail to this address that has this in its text. */
    public String mail(String to, String with) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> mailOrNothing(to, with), text -> !text.isEmpty());
    }

    /** How many mails came to this address. */
    public int mails(String to) {
        return ids(to).size();
    }

    private String mailOrNothing(String to, String with) {
        return ids(to).stream()
                .map(id ->
                        service.rawApi()
                                .accept("application/json")
                                .get("/inbox/messages/" + id)
                                .as(Fields.class)
                                .getString("text"))
                .filter(text -> text.contains(with))
                .findFirst()
                .orElse("");
    }

    private List<String> ids(String to) {
        return service.rawApi()
                .accept("application/json")
                .queryParam("to", to)
                .get("/inbox/messages")
                .as(Fields.class)
                .getList("data.id", String.class);
    }

    /** The path of the first link of this kind, such as {@code /c/}. */
    public static String link(String text, String kind) {
        return first(Pattern.compile("(" + Pattern.quote(kind) + "[A-Za-z0-9_-]{10,})"), text);
    }

    public static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new AssertionError("no " + pattern + " in: " + text);
        }
        return found.group(1);
    }
}
