package io.regulars.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Speaks just enough of the API over real HTTP for the demo to run against: it keeps what it is
 * told, lets things take a few looks to happen, and refuses calls without the key.
 */
final class SmallService implements AutoCloseable {
    static final String LIVE_KEY = "rk_live_small";

    private static final Pattern ITEM = Pattern.compile("/v1/imports/imp_(\\d+)(/errors)?");

    private final HttpServer server;
    final List<String> calls = new ArrayList<>();
    final List<String> idempotencyKeys = new ArrayList<>();
    final Map<String, JsonNode> bodies = new LinkedHashMap<>();
    private final List<Mail> mails = new ArrayList<>();
    private final List<Import> imports = new ArrayList<>();
    private final List<ObjectNode> messages = new ArrayList<>();

    /** Whose birthday mails come, set by the test: address to state. */
    final Map<String, String> birthdayMessages = new LinkedHashMap<>();

    int looksUntilMail = 3;
    int busyAnswers;
    boolean errorsAsJson;
    String tenant = "ten_small1";
    private int signups;

    private record Mail(String id, String to, String text, AtomicInteger looks) {}

    private record Import(
            String kind,
            List<NamedCsvRecord> rows,
            List<NamedCsvRecord> failed,
            AtomicInteger looks) {}

    private record Answer(int status, String type, String body) {}

    SmallService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    long count(String call) {
        return calls.stream().filter(call::equals).count();
    }

    /** The rows of the first import of this kind. */
    List<NamedCsvRecord> imported(String kind) {
        return imports.stream().filter(i -> i.kind().equals(kind)).findFirst().orElseThrow().rows();
    }

    /** A mail that lay in the inbox before the demo began. */
    void leaveMail(String to, String text) {
        mails.addFirst(new Mail("mail_" + (mails.size() + 1), to, text, new AtomicInteger()));
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            Answer answer =
                    busyAnswers > 0 && call.startsWith("POST")
                            ? busy(exchange)
                            : answer(exchange, call);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void noteIdempotencyKey(HttpExchange exchange) {
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Idempotency-Key"))
                .ifPresent(idempotencyKeys::add);
    }

    private Answer busy(HttpExchange exchange) {
        busyAnswers--;
        noteIdempotencyKey(exchange);
        exchange.getResponseHeaders().set("Retry-After", "0");
        return new Answer(503, "application/problem+json", "{}");
    }

    private Answer answer(HttpExchange exchange, String call) throws IOException {
        calls.add(call);
        noteIdempotencyKey(exchange);
        String path = exchange.getRequestURI().getPath();
        boolean open = path.startsWith("/inbox") || path.startsWith("/v1/signups");
        if (!open
                && !("Bearer " + LIVE_KEY)
                        .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return problem(401, "unauthorized", "No valid key");
        }
        if (path.equals("/v1/imports")) {
            return takeImport(exchange);
        }
        Matcher item = ITEM.matcher(path);
        if (item.matches()) {
            Import found = imports.get(Integer.parseInt(item.group(1)));
            return item.group(2) == null ? importState(item.group(1), found) : errors(found);
        }
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (!body.isEmpty()) {
            bodies.put(call, Api.JSON.readTree(body));
        }
        return plain(call, query(exchange, "to"));
    }

    private Answer plain(String call, String to) {
        return switch (call) {
            case "POST /v1/signups" -> signup();
            case "POST /v1/signups/verify" -> verify();
            case "GET /v1/tenant" -> json(200, object().put("id", tenant));
            case "PATCH /v1/tenant", "PUT /v1/program/draft" -> json(200, object());
            case "POST /v1/program/publish" -> json(200, object().put("version", 2));
            case "POST /v1/campaigns" -> campaign();
            case "POST /v1/campaigns/cmp_2/activate" -> json(200, object());
            case "POST /v1/campaigns/cmp_1/activate" -> activate();
            case "GET /v1/messages" -> messages();
            case "GET /v1/members" -> twoPagesOfMembers();
            case "GET /inbox/messages" -> inbox(to);
            default ->
                    call.startsWith("GET /inbox/messages/")
                            ? mail(call)
                            : problem(404, "not_found", call);
        };
    }

    private Answer campaign() {
        String kind =
                Objects.requireNonNull(bodies.get("POST /v1/campaigns")).path("kind").asText();
        return json(201, object().put("id", kind.equals("birthday") ? "cmp_1" : "cmp_2"));
    }

    private Answer signup() {
        signups++;
        String to = Objects.requireNonNull(bodies.get("POST /v1/signups")).path("email").asText();
        String text = "Xin chào!\nhttps://regulars.example/v/token-" + signups + ".\nHẹn gặp lại.";
        mails.addFirst(
                new Mail(
                        "mail_" + (mails.size() + 1), to, text, new AtomicInteger(looksUntilMail)));
        return json(202, object().put("id", "sgn_1").put("status", "verification_sent"));
    }

    private Answer verify() {
        String token =
                Objects.requireNonNull(bodies.get("POST /v1/signups/verify"))
                        .path("token")
                        .asText();
        if (!token.equals("token-" + signups)) {
            return problem(422, "token_invalid", "The link has been used or is not ours");
        }
        ObjectNode verified = object();
        verified.putObject("tenant").put("id", tenant);
        ObjectNode keys = verified.putObject("api_keys");
        keys.putObject("live").put("id", "key_1").put("secret", LIVE_KEY);
        keys.putObject("test").put("id", "key_2").put("secret", "rk_test_small");
        return json(201, verified);
    }

    private Answer inbox(String to) {
        ObjectNode list = object();
        ArrayNode data = list.putArray("data");
        for (Mail mail : mails) {
            if (mail.to().equalsIgnoreCase(to) && mail.looks().getAndDecrement() <= 0) {
                data.addObject().put("id", mail.id()).put("to", mail.to());
            }
        }
        return json(200, list);
    }

    private Answer mail(String call) {
        return mails.stream()
                .filter(mail -> call.endsWith("/" + mail.id()))
                .findFirst()
                .map(mail -> json(200, object().put("text", mail.text())))
                .orElse(problem(404, "not_found", call));
    }

    private Answer takeImport(HttpExchange exchange) throws IOException {
        InputStream raw = exchange.getRequestBody();
        boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        String text =
                new String(
                        (gzip ? new GZIPInputStream(raw) : raw).readAllBytes(),
                        StandardCharsets.UTF_8);
        List<NamedCsvRecord> rows;
        try (var reader = CsvReader.builder().ofNamedCsvRecord(text)) {
            rows = reader.stream().toList();
        }
        List<NamedCsvRecord> failed =
                rows.stream()
                        .filter(row ->
                                row.findField("amount").filter(a -> !a.matches("\\d+")).isPresent())
                        .toList();
        imports.add(new Import(query(exchange, "kind"), rows, failed, new AtomicInteger()));
        return json(202, object().put("id", "imp_" + (imports.size() - 1)));
    }

    /** Queued at the first look, half of it at the second, all of it at the third. */
    private static Answer importState(String number, Import found) {
        int look = found.looks().incrementAndGet();
        int rows = found.rows().size();
        int failed = look < 3 ? 0 : found.failed().size();
        int imported = look == 1 ? 0 : look == 2 ? rows / 2 : rows - failed;
        ObjectNode state =
                object().put("status", look == 1 ? "queued" : look == 2 ? "running" : "completed");
        state.put("rows", rows).put("imported", imported).put("unchanged", 0).put("failed", failed);
        return json(
                200,
                failed == 0
                        ? state
                        : state.put("errors_url", "/v1/imports/imp_" + number + "/errors"));
    }

    private Answer errors(Import found) {
        if (errorsAsJson) {
            ObjectNode list = object();
            ArrayNode data = list.putArray("data");
            found.failed()
                    .forEach(row ->
                            data.addObject()
                                    .put("line", row.getStartingLineNumber())
                                    .put("detail", why(row)));
            return json(200, list);
        }
        StringBuilder csv = new StringBuilder("line,code,detail\n");
        found.failed()
                .forEach(row ->
                        csv.append(row.getStartingLineNumber())
                                .append(",bad,\"")
                                .append(why(row))
                                .append("\"\n"));
        return new Answer(200, "text/csv", csv.toString());
    }

    private static String why(NamedCsvRecord row) {
        return "amount: '" + row.getField("amount") + "' is not a whole number";
    }

    private Answer activate() {
        birthdayMessages.forEach((to, state) -> {
            messages.add(object().put("to", to).put("state", "planned").put("settles_as", state));
            leaveMail(to, "Hôm nay là ngày của BẠN!");
        });
        return json(200, object().put("status", "active"));
    }

    /** Planned at the first look, settled from the second on. */
    private Answer messages() {
        ObjectNode list = object();
        ArrayNode data = list.putArray("data");
        for (ObjectNode message : messages) {
            data.add(message.deepCopy());
            message.put("state", message.path("settles_as").asText());
            message.put(
                    "reason", message.path("state").asText().equals("sent") ? "" : "suppressed");
        }
        return json(200, list);
    }

    private Answer twoPagesOfMembers() {
        boolean second = count("GET /v1/members") % 2 == 0;
        ObjectNode list = object();
        ArrayNode data = list.putArray("data");
        data.addObject().put("id", second ? "mem_3" : "mem_1");
        data.addObject().put("id", second ? "mem_4" : "mem_2");
        return json(200, second ? list : list.put("next_cursor", "a+b=="));
    }

    private static String query(HttpExchange exchange, String name) {
        String query = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    private static Answer json(int status, JsonNode body) {
        return new Answer(status, "application/json", body.toString());
    }

    private static Answer problem(int status, String code, String detail) {
        ObjectNode problem = object().put("status", status).put("code", code).put("detail", detail);
        return new Answer(
                status, "application/problem+json", problem.put("request_id", "req_1").toString());
    }

    private static ObjectNode object() {
        return Api.JSON.createObjectNode();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
