package io.regulars.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.regulars.ConsoleOutput;
import io.regulars.platform.ids.RandomAccess;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/** The house: storeys look down only, and rooms sideways only where it is written here. */
@AnalyzeClasses(packages = "io.regulars", importOptions = ImportOption.DoNotIncludeTests.class)
class StoreysTest {

    private static final Pattern STOREY = Pattern.compile("io\\.regulars\\.(\\w+).*");
    private static final Pattern ROOM = Pattern.compile("io\\.regulars\\.(\\w+)\\.(\\w+).*");

    /**
     * Which room looks at which others of its own storey. A new look is a decision: could the other
     * room be told instead, or should both ask one below?
     */
    private static final Map<String, Set<String>> SIDEWAYS =
            Map.ofEntries(
                    // A refused row becomes a problem; rows carry ids and the transaction its time.
                    Map.entry(
                            "platform.db",
                            Set.of("platform.http", "platform.ids", "platform.time")),
                    Map.entry("platform.embedded", Set.of("platform.ids")),
                    Map.entry("platform.http", Set.of("platform.ids")),
                    Map.entry("platform.jobs", Set.of("platform.ids", "platform.time")),
                    // Keeps answers in the transaction of the work, and speaks HTTP.
                    Map.entry(
                            "platform.retries",
                            Set.of("platform.db", "platform.http", "platform.time")),
                    // A subject is one line of a header.
                    Map.entry("platform.templates", Set.of("platform.smtp")),
                    Map.entry(
                            "platform.work",
                            Set.of("platform.db", "platform.ids", "platform.time")),
                    Map.entry(
                            "tenancy.access",
                            Set.of("tenancy.accountmail", "tenancy.audit", "tenancy.forms")),
                    Map.entry("tenancy.auditlog", Set.of("tenancy.access", "tenancy.audit")),
                    Map.entry(
                            "tenancy.billing",
                            Set.of(
                                    "tenancy.access",
                                    "tenancy.accountmail",
                                    "tenancy.audit",
                                    "tenancy.forms",
                                    "tenancy.plans",
                                    "tenancy.tenants")),
                    // Warns owners, and counts for their keys.
                    Map.entry(
                            "tenancy.plans",
                            Set.of("tenancy.access", "tenancy.accountmail", "tenancy.tenants")),
                    Map.entry(
                            "tenancy.users",
                            Set.of(
                                    "tenancy.access",
                                    "tenancy.accountmail",
                                    "tenancy.audit",
                                    "tenancy.forms")),
                    Map.entry(
                            "tenancy.signups",
                            Set.of(
                                    "tenancy.access",
                                    "tenancy.accountmail",
                                    "tenancy.forms",
                                    "tenancy.tenants")),
                    Map.entry(
                            "tenancy.tenants",
                            Set.of(
                                    "tenancy.access",
                                    "tenancy.accountmail",
                                    "tenancy.audit",
                                    "tenancy.forms")),
                    // An enrolment opens the account and is shown with its points.
                    Map.entry(
                            "loyalty.members",
                            Set.of("loyalty.ledger", "loyalty.program", "loyalty.tiers")),
                    Map.entry("loyalty.ledger", Set.of("loyalty.program")),
                    Map.entry(
                            "loyalty.adjustments",
                            Set.of(
                                    "loyalty.ledger",
                                    "loyalty.members",
                                    "loyalty.program",
                                    "loyalty.tiers")),
                    Map.entry("loyalty.tiers", Set.of("loyalty.ledger", "loyalty.program")),
                    // The night brings everything of a shop's points up to its day.
                    Map.entry(
                            "loyalty.nightly",
                            Set.of(
                                    "loyalty.awards",
                                    "loyalty.ledger",
                                    "loyalty.members",
                                    "loyalty.program",
                                    "loyalty.tiers")),
                    Map.entry("loyalty.law", Set.of("loyalty.program")),
                    Map.entry("loyalty.presets", Set.of("loyalty.program")),
                    // A draft begins as a preset, is checked, and is published with its doubts.
                    Map.entry(
                            "loyalty.publishing",
                            Set.of("loyalty.law", "loyalty.presets", "loyalty.program")),
                    Map.entry("loyalty.awards", Set.of("loyalty.ledger", "loyalty.program")),
                    // The till: rules, ledger and member in one transaction.
                    Map.entry(
                            "loyalty.purchases",
                            Set.of(
                                    "loyalty.awards",
                                    "loyalty.ledger",
                                    "loyalty.members",
                                    "loyalty.program",
                                    "loyalty.referrals",
                                    "loyalty.rewards",
                                    "loyalty.stampcards",
                                    "loyalty.tiers")),
                    // A reward is paid with points.
                    Map.entry(
                            "loyalty.rewards",
                            Set.of("loyalty.ledger", "loyalty.members", "loyalty.program")),
                    // Stamps stand in the account; a full card is a voucher.
                    Map.entry(
                            "loyalty.stampcards",
                            Set.of(
                                    "loyalty.ledger",
                                    "loyalty.members",
                                    "loyalty.program",
                                    "loyalty.rewards")),
                    Map.entry(
                            "loyalty.referrals",
                            Set.of(
                                    "loyalty.awards",
                                    "loyalty.ledger",
                                    "loyalty.members",
                                    "loyalty.program",
                                    "loyalty.rewards")),
                    // Hears of new members; all that a new member gets comes together there.
                    Map.entry(
                            "loyalty.welcome",
                            Set.of(
                                    "loyalty.awards",
                                    "loyalty.ledger",
                                    "loyalty.members",
                                    "loyalty.program",
                                    "loyalty.referrals",
                                    "loyalty.rewards")),
                    // A win-back asks whose rhythm has broken off.
                    Map.entry(
                            "engagement.campaigns",
                            Set.of(
                                    "engagement.churn",
                                    "engagement.content",
                                    "engagement.law",
                                    "engagement.mail",
                                    "engagement.segments")),
                    Map.entry("engagement.segments", Set.of("engagement.churn")),
                    // What comes back of a mail is noted with it.
                    Map.entry(
                            "engagement.returns", Set.of("engagement.mail", "engagement.tracking")),
                    // A mail is written from the shop's own words, by the law, with links in it.
                    Map.entry(
                            "engagement.mail",
                            Set.of(
                                    "engagement.content",
                                    "engagement.law",
                                    "engagement.pace",
                                    "engagement.senderdomain",
                                    "engagement.tracking")),
                    // A file is as safe to open whichever way it goes.
                    Map.entry("edge.exports", Set.of("edge.imports")),
                    Map.entry("edge.reports", Set.of("edge.imports")),
                    // Members' pages wear the dress of the public pages.
                    Map.entry("edge.card", Set.of("edge.pages")),
                    Map.entry("edge.join", Set.of("edge.pages")),
                    Map.entry("edge.till", Set.of("edge.pages")),
                    // The capture inbox is shown in the dress of the public pages.
                    Map.entry("edge.inbox", Set.of("edge.pages")));

    @ArchTest
    static final ArchRule storeysLookDownOnly =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("platform")
                    .definedBy("io.regulars.platform..")
                    .layer("events")
                    .definedBy("io.regulars.events..")
                    .layer("tenancy")
                    .definedBy("io.regulars.tenancy..")
                    .layer("loyalty")
                    .definedBy("io.regulars.loyalty..")
                    .layer("engagement")
                    .definedBy("io.regulars.engagement..")
                    .layer("edge")
                    .definedBy("io.regulars.edge..")
                    .layer("demo")
                    .definedBy("io.regulars.demo..")
                    .layer("start-up")
                    .definedBy("io.regulars")
                    .whereLayer("platform")
                    .mayNotAccessAnyLayer()
                    .whereLayer("events")
                    .mayOnlyAccessLayers("platform")
                    .whereLayer("tenancy")
                    .mayOnlyAccessLayers("platform", "events")
                    .whereLayer("loyalty")
                    .mayOnlyAccessLayers("platform", "events", "tenancy")
                    .whereLayer("engagement")
                    .mayOnlyAccessLayers("platform", "events", "tenancy", "loyalty")
                    .whereLayer("edge")
                    .mayOnlyAccessLayers("platform", "events", "tenancy", "loyalty", "engagement")
                    .whereLayer("demo")
                    .mayNotAccessAnyLayer()
                    .whereLayer("start-up")
                    .mayOnlyAccessLayers(
                            "platform",
                            "events",
                            "tenancy",
                            "loyalty",
                            "engagement",
                            "edge",
                            "demo")
                    // The annotations that say what a gate must let through.
                    .ignoreDependency(
                            resideInAPackage("io.regulars.demo"), type(ConsoleOutput.class))
                    .ignoreDependency(
                            resideInAPackage("io.regulars.demo"), type(RandomAccess.class))
                    .because(
                            "what is below must be understood, and changed, without what is above;"
                                    + " and the demo is a customer, who knows the public API only");

    @ArchTest
    static final ArchRule everyClassHasAStorey =
            classes()
                    .should()
                    .resideInAnyPackage(
                            "io.regulars",
                            "io.regulars.platform.(*)",
                            "io.regulars.events",
                            "io.regulars.tenancy..",
                            "io.regulars.loyalty..",
                            "io.regulars.engagement..",
                            "io.regulars.edge..",
                            "io.regulars.demo")
                    .because("a class outside the storeys would be outside the walls");

    @ArchTest
    static final ArchRule roomsAreFreeOfCycles =
            slices().matching("io.regulars.(*).(*)..")
                    .should()
                    .beFreeOfCycles()
                    .because("two rooms that need each other are one room");

    @ArchTest
    static final ArchRule roomsLookSidewaysOnlyWhereItIsWritten =
            classes()
                    .should(lookSidewaysAsWritten())
                    .because(
                            "a look into the next room is a decision: StoreysTest.SIDEWAYS lists them");

    @ArchTest
    static void everySidewaysLookThatIsWrittenIsTaken(JavaClasses house) {
        Map<String, Set<String>> taken = new TreeMap<>();
        house.stream()
                .flatMap(one -> one.getDirectDependenciesFromSelf().stream())
                .filter(StoreysTest::isSideways)
                .filter(look -> room(look.getTargetClass()).isPresent())
                .forEach(look ->
                        taken.computeIfAbsent(
                                        room(look.getOriginClass()).orElse("wiring"),
                                        any -> new TreeSet<>())
                                .add(room(look.getTargetClass()).orElseThrow()));
        assertThat(taken)
                .as("a permission that nobody needs is a door left open")
                .containsAllEntriesOf(SIDEWAYS);
    }

    @ArchTest
    static final ArchRule theDemoDoesNotOpenTheService =
            noClasses()
                    .that()
                    .resideInAPackage("io.regulars.demo")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.jdbi..", "java.sql..", "org.quartz..", "io.dropwizard..")
                    .because("the demo tries what a customer can do");

    @ArchTest
    static void platformDoesNotNameWhatStandsOnIt(JavaClasses house) {
        Pattern above =
                Pattern.compile("io\\.regulars\\.(events|tenancy|loyalty|engagement|edge|demo)\\b");
        assertThat(Sources.files(Sources.MAIN.resolve("io/regulars/platform")))
                .as(
                        "platform knows nothing of loyalty, not even in a comment or a class name in a text")
                .allSatisfy(file ->
                        assertThat(above.matcher(Sources.read(file)).results())
                                .as(file.getFileName().toString())
                                .isEmpty());
    }

    @ArchTest
    static final ArchRule classesSayWhatTheyAre =
            noClasses()
                    .should()
                    .haveSimpleNameEndingWith("Manager")
                    .orShould()
                    .haveNameMatching(".*[.$]\\w*(Manager|Utils?|Helpers?|Impl)")
                    .orShould()
                    .haveNameMatching(".*[.$]Default[A-Z]\\w*")
                    .because("such a name says where code was put, not what it does");

    @ArchTest
    static void everyPackageSaysWhatItIsAndIsNullMarked(JavaClasses house) {
        assertThat(house.getPackage("io.regulars").getSubpackagesInTree())
                .filteredOn(one -> !one.getClasses().isEmpty())
                .extracting(JavaPackage::getName, one -> one.isAnnotatedWith(NullMarked.class))
                .as("null is checked only in packages that say so, and a room says what it keeps")
                .allSatisfy(row ->
                        assertThat(row.toList().getLast()).as(row.toString()).isEqualTo(true));
        assertThat(house.getPackage("io.regulars").isAnnotatedWith(NullMarked.class)).isTrue();
    }

    private static ArchCondition<JavaClass> lookSidewaysAsWritten() {
        return new ArchCondition<>("look sideways only where it is written") {
            @Override
            public void check(JavaClass one, ConditionEvents events) {
                for (Dependency look : one.getDirectDependenciesFromSelf()) {
                    if (isSideways(look) && !isWritten(look)) {
                        events.add(SimpleConditionEvent.violated(one, look.getDescription()));
                    }
                }
            }
        };
    }

    /** From a room into another part of the same storey; a storey's wiring sees all its rooms. */
    private static boolean isSideways(Dependency look) {
        Optional<String> from = room(look.getOriginClass());
        Optional<String> to = room(look.getTargetClass());
        return from.isPresent()
                && !from.equals(to)
                && storey(look.getOriginClass()).equals(storey(look.getTargetClass()));
    }

    private static boolean isWritten(Dependency look) {
        return room(look.getTargetClass())
                .filter(to ->
                        SIDEWAYS.getOrDefault(room(look.getOriginClass()).orElseThrow(), Set.of())
                                .contains(to))
                .isPresent();
    }

    private static String storey(JavaClass one) {
        Matcher matcher = STOREY.matcher(one.getPackageName());
        return matcher.matches() ? matcher.group(1) : one.getPackageName();
    }

    private static Optional<String> room(JavaClass one) {
        Matcher matcher = ROOM.matcher(one.getPackageName());
        return matcher.matches()
                ? Optional.of(matcher.group(1) + "." + matcher.group(2))
                : Optional.empty();
    }
}
