package io.regulars.bench.year;

import io.regulars.testing.Expected;
import io.regulars.testing.Expected.Person;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who must have got what, against who did. */
final class Account {

    private final Expected.Hours hours;
    private final CapturedMail captured;
    private final Map<String, Integer> kinds = new TreeMap<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> tooMany = new ArrayList<>();
    private int members;
    private int mails;

    Account(Expected.Hours hours, CapturedMail captured) {
        this.hours = hours;
        this.captured = captured;
    }

    /**
     * @param zone the shop's
     */
    void add(Expected expected, ZoneId zone, List<Person> people) {
        for (Person person : people) {
            ZoneId own = person.zone() == null ? zone : ZoneId.of(person.zone());
            List<String> must = new ArrayList<>(expected.mails(person, hours));
            List<String> got = new ArrayList<>(captured.to(person.email(), own));
            members++;
            mails += got.size();
            must.forEach(
                    mail -> kinds.merge(mail.substring(mail.indexOf(' ') + 1), 1, Integer::sum));
            for (String mail : List.copyOf(must)) {
                if (got.remove(mail)) {
                    must.remove(mail);
                }
            }
            must.forEach(mail -> missing.add(person.email() + " " + mail));
            got.forEach(mail -> tooMany.add(person.email() + " " + mail));
        }
    }

    int members() {
        return members;
    }

    /** To members; of other mails nobody is asked. */
    int mails() {
        return mails;
    }

    /** How many there must be of each kind. */
    Map<String, Integer> kinds() {
        return kinds;
    }

    List<String> missing() {
        return missing;
    }

    /** Such as a second one. */
    List<String> tooMany() {
        return tooMany;
    }
}
