package io.regulars.faults;

import io.regulars.bench.lab.Lab;
import io.regulars.faults.Finding.Check;
import io.regulars.platform.ids.TypeIds;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** {@code kill -9} of whoever sends, at each step on the way of a mail, one after the other. */
final class SendSteps implements Fault {

    /** So many members get the mail of each step. */
    static final int EACH = 100;

    /**
     * Two groups: one is being written while the one before is handed over. To a relay as slow as
     * this one they are small.
     */
    private static final int IN_HAND = 64;

    private static final Duration WITHIN = Duration.ofSeconds(60);

    /**
     * Where somebody is killed.
     *
     * @param inDoubt so many mails may be afterwards; none while the relay cannot have any
     */
    private record Step(Trap trap, int inDoubt) {}

    private static List<Step> steps() {
        return Stream.concat(
                        Stream.of(
                                        Trap.statement("planned, not committed", Trap.PLANNED),
                                        Trap.committed("planned and committed", Trap.PLANNED),
                                        Trap.statement("about to be claimed", Trap.CLAIMED),
                                        Trap.statement(
                                                "rendered, not marked as being sent", Trap.MARKED),
                                        Trap.commit("marked, not committed", Trap.MARKED))
                                .map(trap -> new Step(trap, 0)),
                        Stream.of(
                                        Trap.committed(
                                                "marked and committed, not offered to the relay",
                                                Trap.MARKED),
                                        Trap.dialogue(
                                                "offered to the relay", MailSink.Moment.RECIPIENT),
                                        Trap.dialogue(
                                                "at the beginning of the text",
                                                MailSink.Moment.DATA),
                                        Trap.dialogue(
                                                "the relay has it, and has not said so",
                                                MailSink.Moment.DOT),
                                        Trap.dialogue(
                                                "the relay has said that it has it",
                                                MailSink.Moment.ANSWERED),
                                        Trap.statement("about to be booked", Trap.BOOKED),
                                        Trap.commit("booked, not committed", Trap.BOOKED),
                                        Trap.committed("booked and committed", Trap.BOOKED))
                                .map(trap -> new Step(trap, IN_HAND)))
                .toList();
    }

    @Override
    public String name() {
        return "send-steps";
    }

    @Override
    public Finding run(Lab lab) throws Exception {
        List<Step> steps = steps();
        Town.Plan plan =
                Town.Plan.usual()
                        .with(steps.size() * EACH, Duration.ofMillis(40))
                        .with("LANE_LEASE", "10s");
        Town town = Town.build(lab, plan);
        List<Check> checks = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            lab.say("killing: " + steps.get(i).trap().name());
            checks.add(step(town, i, steps.get(i)));
        }
        return new Finding(
                "`kill -9` at each step of a send",
                Words.of(
                        """
                        For each step a mail to %d members. A proxy before the database, which reads the statements that pass, or the relay kills the
                        node (whichever of the two comes there first) exactly at that step; it is started again when the other one has brought the
                        round to its end. `LANE_LEASE` is 10 s here (usually 60 s), `MAIL_LEASE` 20 s (usually 5 m): so long after the kill the other
                        node takes over at the latest, and so long are mails in doubt. Must hold: nobody gets two, everybody's is sent or in doubt, at
                        most %d (two groups) are in doubt, and none before the first mail is offered to the relay; all of it within a minute.
                        """,
                        EACH, IN_HAND),
                checks,
                List.of());
    }

    private static Check step(Town town, int number, Step step) throws Exception {
        Trap trap = step.trap();
        String name = "Round " + (char) ('A' + number);
        String segment =
                town.api()
                        .post(
                                town.base(0),
                                "/v1/segments",
                                Map.of(
                                        "name",
                                        name,
                                        "filter",
                                        Map.of(
                                                "field",
                                                "attributes.round",
                                                "op",
                                                "eq",
                                                "value",
                                                Integer.toString(number))))
                        .expect(201)
                        .json()
                        .path("id")
                        .asText();
        trap.set(town);
        String campaign = town.broadcast(name, Map.of("segment", segment));
        boolean sprung = Town.await(Duration.ofSeconds(60), () -> trap.victim() >= 0);
        if (!sprung) {
            trap.disarm(town);
            return new Check(trap.name(), false, "nobody came by there");
        }
        long killed = System.nanoTime();
        boolean settled = Town.await(Duration.ofSeconds(100), () -> isSettled(town, campaign));
        long took = System.nanoTime() - killed;
        trap.disarm(town);
        town.restart(trap.victim());
        return judged(town, step, name, settled && took < WITHIN.toNanos(), took);
    }

    private static Check judged(Town town, Step step, String name, boolean inTime, long took)
            throws Exception {
        List<String> reached =
                town.post().all().stream()
                        .filter(mail -> mail.subject().contains(name))
                        .map(Post.Mail::to)
                        .toList();
        Set<String> distinct = new HashSet<>(reached);
        long sent = count(town, town.campaign(), "'sent'");
        long unknown = count(town, town.campaign(), "'unknown'");
        boolean holds =
                inTime
                        && distinct.size() == reached.size()
                        && sent + unknown == EACH
                        && unknown <= step.inDoubt()
                        && reached.size() >= sent;
        return new Check(
                step.trap().name(),
                holds,
                Words.of(
                        "%d mails, %d doubles; %d sent, %d in doubt; over after %s",
                        reached.size(),
                        reached.size() - distinct.size(),
                        sent,
                        unknown,
                        InTraffic.seconds(took)));
    }

    private static boolean isSettled(Town town, String campaign) {
        try {
            return count(town, campaign, "'planned', 'sending', 'retry'") == 0
                    && count(town, campaign, "'sent', 'unknown'") == EACH;
        } catch (Exception e) {
            return false;
        }
    }

    private static long count(Town town, String campaign, String states) throws Exception {
        String id =
                TypeIds.parse("cmp", campaign)
                        .orElseThrow(() -> new IOException("no id: " + campaign))
                        .toString();
        return Long.parseLong(
                town.database()
                        .ask(
                                "select count(*) from "
                                        + town.schema()
                                        + ".message where campaign_id = '"
                                        + id
                                        + "' and state in ("
                                        + states
                                        + ")"));
    }
}
