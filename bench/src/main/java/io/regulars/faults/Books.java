package io.regulars.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regulars.bench.lab.Postgres;
import io.regulars.faults.Finding.Check;
import io.regulars.platform.ids.TypeIds;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Compares what is written down with what shoppers and the relay were told. */
final class Books {

    private final Town town;

    Books(Town town) {
        this.town = town;
    }

    List<Check> after(Shoppers shoppers) throws Exception {
        List<Check> checks = new ArrayList<>();
        purchases(shoppers, checks);
        redemptions(shoppers, checks);
        checks.add(addsUp());
        return checks;
    }

    private void purchases(Shoppers shoppers, List<Check> checks) throws Exception {
        Map<String, Long> told = shoppers.acknowledged();
        Map<String, Long> written = new HashMap<>();
        int doubles = 0;
        for (List<String> row :
                rows(
                        "select order_id, amount from "
                                + town.schema()
                                + ".purchase where source = 'till'")) {
            if (written.put(row.getFirst(), Long.valueOf(row.getLast())) != null) {
                doubles++;
            }
        }
        long missing =
                told.entrySet().stream()
                        .filter(one -> !one.getValue().equals(written.get(one.getKey())))
                        .count();
        Set<String> unexplained = new HashSet<>(written.keySet());
        unexplained.removeAll(told.keySet());
        unexplained.removeAll(shoppers.unanswered());
        checks.add(
                new Check(
                        "every acknowledged purchase is there, exactly once",
                        missing == 0 && doubles == 0 && unexplained.isEmpty() && !told.isEmpty(),
                        Words.of(
                                "%d acknowledged, %d missing or other, %d twice, %d that nobody sent; %d never answered",
                                told.size(),
                                missing,
                                doubles,
                                unexplained.size(),
                                shoppers.unanswered().size())));
        checks.add(
                new Check(
                        "no answer but a success or “come again”",
                        shoppers.strange().isEmpty(),
                        shoppers.strange().isEmpty()
                                ? "none"
                                : shoppers.strange().stream().limit(3).toList().toString()));
    }

    private void redemptions(Shoppers shoppers, List<Check> checks) throws Exception {
        Set<String> written = new HashSet<>();
        for (List<String> row :
                rows(
                        "select id, reward from "
                                + town.schema()
                                + ".voucher where reward = '"
                                + Town.LIMITED
                                + "' and state <> 'cancelled'")) {
            written.add(row.getFirst());
        }
        long missing =
                shoppers.redeemed().stream()
                        .filter(id ->
                                TypeIds.parse("rdm", id)
                                        .filter(uuid -> written.contains(uuid.toString()))
                                        .isEmpty())
                        .count();
        checks.add(
                new Check(
                        "no more is redeemed than there is in stock, and what was promised is there",
                        written.size() <= Town.STOCK && missing == 0,
                        Words.of(
                                "%d of %d, %d acknowledged, %d of these missing, %d told that it is sold out",
                                written.size(),
                                Town.STOCK,
                                shoppers.redeemed().size(),
                                missing,
                                shoppers.soldOut())));
    }

    /** Whether advertising came once to everybody, or is in doubt. */
    List<Check> mail(String subject, int expected) throws Exception {
        List<Post.Mail> mails =
                town.post().all().stream()
                        .filter(mail -> mail.subject().contains(subject))
                        .toList();
        Set<String> reached = new HashSet<>();
        long twice = mails.stream().filter(mail -> !reached.add(mail.to())).count();
        long sent = town.messages("'sent'");
        long unknown = town.messages("'unknown'");
        long others = town.messages("'planned', 'sending', 'retry', 'failed', 'skipped'");
        List<Check> checks = new ArrayList<>();
        checks.add(
                new Check(
                        "nobody gets an advertising mail twice",
                        twice == 0,
                        mails.size() + " mails, " + twice + " doubles"));
        checks.add(
                new Check(
                        "everybody got it, or it is said to be in doubt",
                        sent + unknown == expected
                                && others == 0
                                && reached.size() >= sent
                                && reached.size() + unknown >= expected,
                        Words.of(
                                "%d sent, %d in doubt, %d otherwise; %d of %d members reached",
                                sent, unknown, others, reached.size(), expected)));
        return checks;
    }

    /** The command that an operator would call. */
    private Check addsUp() throws IOException {
        Postgres database = town.database();
        ProcessBuilder check =
                new ProcessBuilder(town.lab().root().resolve("regulars").toString(), "check")
                        .redirectErrorStream(true);
        check.environment().put("DATABASE_URL", Postgres.url(database.owner()));
        check.environment().put("DATABASE_APP_URL", Postgres.url(database.app()));
        check.environment().put("SECRET_KEY", "a key that is only good for measurements");
        Process process = check.start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        try {
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            return new Check(
                    "`./regulars check` finds no difference",
                    ended && process.exitValue() == 0,
                    said.lines().reduce((_, last) -> last).orElse("it said nothing"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private List<List<String>> rows(String sql) throws Exception {
        List<List<String>> all = new ArrayList<>();
        try (Connection connection = town.database().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                all.add(List.of(rows.getString(1), rows.getString(2)));
            }
        }
        return all;
    }
}
