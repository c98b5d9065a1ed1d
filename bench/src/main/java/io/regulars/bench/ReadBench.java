package io.regulars.bench;

import io.regulars.bench.SqlLog.Sent;
import io.regulars.bench.lab.Client;
import io.regulars.bench.lab.Lab;
import io.regulars.bench.lab.Load;
import io.regulars.bench.lab.Node;
import io.regulars.bench.lab.Postgres;
import io.regulars.bench.lab.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** What a till asks before it sells: a member by id, and by phone. */
final class ReadBench implements Bench {

    private static final int CONNECTIONS = 16;
    private static final int REPEATS = 3;

    /** One way to ask. */
    private interface Question {
        Request of(Town.Place place, int member);
    }

    /** What one run of a bench has at hand. */
    private record Bed(Lab lab, Postgres database, Node node, Town town, int members) {}

    @Override
    public String name() {
        return "read";
    }

    @Override
    public Section run(Lab lab) throws Exception {
        Postgres database = lab.postgres(SqlLog.SETTINGS);
        int shops = lab.sized(100, 20);
        int members = lab.sized(200, 50);
        Node node = lab.node(database, Map.of("PASSWORD_MEMORY_KIB", "64"), List.of());
        Bed bed = new Bed(lab, database, node, Town.build(lab, node, shops, members), members);
        List<Figure> figures = new ArrayList<>();
        figures.addAll(
                measure(
                        bed,
                        "member by id",
                        (place, member) ->
                                Request.get("/v1/members/" + place.memberId(member))
                                        .as(place.shop().key())));
        figures.addAll(
                measure(
                        bed,
                        "search by phone",
                        (place, member) ->
                                Request.post(
                                                "/v1/members/search",
                                                Map.of("phone", Town.phone(member)))
                                        .as(place.shop().key())));
        Section section =
                Section.of(
                        "a member by id and by phone",
                        String.format(
                                Locale.ROOT,
                                "`GET /v1/members/{id}` and `POST /v1/members/search`, each alone,"
                                        + " over %d connections, at random among %d shops with %d"
                                        + " members each, in turns with pgbench, which sends the same"
                                        + " statements, prepared, over as many connections to the same"
                                        + " database.",
                                CONNECTIONS,
                                shops,
                                members),
                        figures);
        return Pgbench.there() ? section : section.with(Pgbench.MISSING);
    }

    private static List<Figure> measure(Bed bed, String what, Question question) throws Exception {
        Duration warmUp = Duration.ofSeconds(bed.lab().sized(8, 3));
        Duration measured = Duration.ofSeconds(bed.lab().sized(8, 3));
        Load load = new Load(CONNECTIONS, warmUp, measured);
        PgbenchScript script = record(bed, question);
        List<String> scripts = scripts(bed.town(), script);
        Pgbench pgbench = new Pgbench(bed.database(), bed.lab().directory().resolve("pgbench"));
        Measured ours = new Measured();
        List<Double> theirs = new ArrayList<>();
        for (int i = 0; i < bed.lab().sized(REPEATS, 1); i++) {
            ours.add(load.run(bed.node().base(), 200, traffic(bed, question, i)).allWell());
            if (Pgbench.there()) {
                theirs.add(pgbench.run(scripts, CONNECTIONS, warmUp, measured));
            }
        }
        bed.lab().say(what + ": " + ours.perSecond().median() + "/s, pgbench " + theirs);
        Figure throughput = Figure.of(what, "/s", ours.perSecond());
        if (!theirs.isEmpty()) {
            throughput =
                    throughput.against("pgbench", new Series(theirs)).reach(Goal.ratioAtLeast(0.5));
        }
        return List.of(
                throughput,
                Figure.of(what + ", p50", "ms", ours.p50()),
                Figure.of(what + ", p99", "ms", ours.p99()));
    }

    private static PgbenchScript record(Bed bed, Question question) throws Exception {
        Town.Place place = bed.town().get(0);
        return new PgbenchScript(
                recordOne(bed, place, question, 0),
                recordOne(bed, place, question, 1),
                ColumnTypes.of(bed.database(), place.schema()));
    }

    private static List<Sent> recordOne(Bed bed, Town.Place place, Question question, int member)
            throws Exception {
        try (Client client = bed.node().client()) {
            SqlLog.Work ask = () -> ask(client, question.of(place, member));
            ask.run();
            return SqlLog.transaction(bed.database(), place.schema(), ".member", ask);
        }
    }

    private static void ask(Client client, Request request) throws IOException {
        client.send(request).expect(200);
    }

    private static List<String> scripts(Town town, PgbenchScript script) {
        String recorded = town.get(0).members().get(1).toString();
        return town.places().stream()
                .map(place ->
                        script.inShop(
                                place,
                                Map.of(
                                        recorded,
                                        PgbenchScript.member(place),
                                        Town.phone(1),
                                        "('+1202555' || lpad((:m::int - 1)::text, 4, '0'))")))
                .toList();
    }

    private static Load.Traffic traffic(Bed bed, Question question, int repeat) {
        SplittableRandom[] random = new SplittableRandom[CONNECTIONS];
        for (int i = 0; i < CONNECTIONS; i++) {
            random[i] = new SplittableRandom(repeat * 100L + i);
        }
        return (connection, n) -> {
            SplittableRandom dice = random[connection];
            Town.Place place = bed.town().get(dice.nextInt(bed.town().places().size()));
            return question.of(place, dice.nextInt(bed.members()));
        };
    }
}
