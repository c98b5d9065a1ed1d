package io.regulars.bench;

import io.regulars.bench.SqlLog.Sent;
import io.regulars.bench.lab.Client;
import io.regulars.bench.lab.Lab;
import io.regulars.bench.lab.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a till asks before it sells: a member by id, and by phone. */
final class ReadBench implements Bench {

    @Override
    public String name() {
        return "read";
    }

    @Override
    public Section run(Lab lab) throws Exception {
        int shops = lab.sized(100, 20);
        int members = lab.sized(200, 50);
        Bed bed = Bed.of(lab, shops, members);
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
                                Bed.CONNECTIONS,
                                shops,
                                members),
                        figures);
        return Pgbench.there() ? section : section.with(Pgbench.MISSING);
    }

    private static List<Figure> measure(Bed bed, String what, Bed.Question question)
            throws Exception {
        // On two processors Java takes a minute of calls until it has compiled them to the end.
        Duration warmUp = Duration.ofSeconds(bed.lab().sized(60, 3));
        Duration measured = Duration.ofSeconds(bed.lab().sized(8, 3));
        List<String> scripts =
                bed.scripts(
                        record(bed, question),
                        Map.of(Town.phone(1), "('+1202555' || lpad((:m::int - 1)::text, 4, '0'))"));
        bed.lab().say(what);
        Bed.Rounds rounds = bed.inTurns(200, question, scripts, warmUp, measured);
        return List.of(
                rounds.throughput(what),
                Figure.of(what + ", p50", "ms", rounds.ours().p50()),
                Figure.of(what + ", p99", "ms", rounds.ours().p99()));
    }

    private static PgbenchScript record(Bed bed, Bed.Question question) throws Exception {
        Town.Place place = bed.town().get(0);
        return new PgbenchScript(
                recordOne(bed, place, question, 0),
                recordOne(bed, place, question, 1),
                ColumnTypes.of(bed.database(), place.schema()));
    }

    private static List<Sent> recordOne(
            Bed bed, Town.Place place, Bed.Question question, int member) throws Exception {
        try (Client client = bed.node().client()) {
            SqlLog.Work ask = () -> ask(client, question.of(place, member));
            ask.run();
            return SqlLog.transaction(bed.database(), place.schema(), ".member", ask);
        }
    }

    private static void ask(Client client, Request request) throws IOException {
        client.send(request).expect(200);
    }
}
