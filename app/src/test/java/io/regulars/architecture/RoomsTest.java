package io.regulars.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.regulars.ConsoleOutput;
import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Returns;
import io.regulars.platform.ids.RandomAccess;
import io.regulars.platform.time.WallClockAccess;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What is done in one kind of place only: transactions, points, endpoints, clock and chance. */
@AnalyzeClasses(packages = "io.regulars", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {

    /** These hand an open transaction on control to a DAO of another room. */
    private static final Set<String> HAND_A_HANDLE_ON =
            Set.of(
                    "VerifySignup",
                    "RevokeTenantAccess",
                    "FoundTenant",
                    "SpareSchemas",
                    "AcceptInvitation",
                    "ChangeEmail");

    /** Exempt until it has a DAO: its few statements on control stand beside the use case. */
    private static final Set<String> WRITE_SQL_ON_CONTROL = Set.of("TestClocks");

    /**
     * Exempt until tenancy's rooms show use cases to each other: these DAOs are made by other rooms
     * of their storey, within one transaction on control.
     */
    private static final Set<String> DAOS_SHOWN_TO_THE_STOREY =
            Set.of(
                    "AccountMailDao",
                    "ApiKeyDao",
                    "AuditDao",
                    "SessionDao",
                    "SignupDao",
                    "SubscriptionDao",
                    "ToldOwnersDao",
                    "UserDao");

    private static final DescribedPredicate<JavaClass> ENDPOINTS =
            describe(
                    "hold endpoints",
                    one ->
                            one.getSimpleName().endsWith("Resource")
                                    || one.isAnnotatedWith(Path.class));

    @ArchTest
    static final ArchRule onlyPlatformDbOpensTransactions =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.regulars.platform.db")
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(Jdbi.class)
                    .because(
                            "whoever opens a transaction chooses the tenant, and that is done in one place");

    @ArchTest
    static final ArchRule sqlIsWrittenInDaos =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "io.regulars.platform.db", "io.regulars.platform.retries")
                    .and(
                            describe(
                                    "are no DAOs",
                                    one ->
                                            !one.getSimpleName().endsWith("Dao")
                                                    && !HAND_A_HANDLE_ON.contains(topLevel(one))
                                                    && !WRITE_SQL_ON_CONTROL.contains(
                                                            topLevel(one))))
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(Handle.class)
                    .because("a Handle can do anything; a TenantTx works for its tenant");

    @ArchTest
    static final ArchRule endpointsSeeNoHandle =
            noClasses()
                    .that(ENDPOINTS)
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(Handle.class)
                    .orShould()
                    .callMethod(TenantTx.class, "handle")
                    .because("an endpoint translates; use cases and DAOs do the work");

    @ArchTest
    static final ArchRule everyEndpointSaysWhoMayCallIt =
            methods()
                    .that()
                    .areMetaAnnotatedWith(HttpMethod.class)
                    .should()
                    .beAnnotatedWith(AllowedTo.class)
                    .because("an endpoint without it is open to everybody, or to nobody");

    @ArchTest
    static final ArchRule everyEndpointSaysWhatItAnswers =
            methods()
                    .that()
                    .areMetaAnnotatedWith(HttpMethod.class)
                    .should()
                    .beAnnotatedWith(Returns.class)
                    .because("the OpenAPI document is made from it");

    @ArchTest
    static final ArchRule daosAreFinal =
            classes()
                    .that()
                    .haveSimpleNameEndingWith("Dao")
                    .should()
                    .haveModifier(FINAL)
                    .because("there is no base DAO to inherit from");

    @ArchTest
    static final ArchRule daosStayInTheirRoom =
            classes()
                    .that()
                    .haveSimpleNameEndingWith("Dao")
                    .and(
                            describe(
                                    "are not exempt",
                                    one -> !DAOS_SHOWN_TO_THE_STOREY.contains(one.getSimpleName())))
                    .should()
                    .bePackagePrivate()
                    .because("a room shows what it does, not its tables");

    @ArchTest
    static final ArchRule daosWorkInATransactionThatIsOpen =
            classes()
                    .that()
                    .haveSimpleNameEndingWith("Dao")
                    .should(takeATransaction())
                    .because("a DAO cannot open one: the use case does, exactly once");

    @ArchTest
    static void onlyTheLedgerNamesTheTablesOfPoints(JavaClasses house) {
        Pattern points = Pattern.compile("<t>\\.(lot|ledger_entry|account)\\b");
        assertThat(naming(points))
                .as("points that two rooms write do not add up")
                .isNotEmpty()
                .allMatch(name -> name.startsWith("io.regulars.loyalty.ledger."));
    }

    @ArchTest
    static void onlyTheOutboxWritesEvents(JavaClasses house) {
        Pattern writing =
                Pattern.compile("(insert\\s+into|update|delete\\s+from)\\s+<t>\\.event\\b");
        assertThat(naming(writing))
                .as("what is published has one writer")
                .containsExactly(Outbox.class.getName());
        assertThat(Outbox.class.getMethods())
                .as("and it takes nothing but events")
                .filteredOn(method -> method.getName().equals("append"))
                .isNotEmpty()
                .allSatisfy(method ->
                        assertThat(method.toGenericString())
                                .contains(Event.class.getName())
                                .doesNotContain("Object"));
    }

    @ArchTest
    static final ArchRule eventsAreThePublishedLanguage =
            classes()
                    .that()
                    .areAssignableTo(Event.class)
                    .should()
                    .resideInAPackage("io.regulars.events")
                    .because("what others may hear of is written in one place");

    @ArchTest
    static final ArchRule onlyTheClockReadsTheClock =
            suppressing(WallClockAccess.class, "io.regulars.platform.time")
                    .because("time is an argument, so that a test can move it");

    @ArchTest
    static final ArchRule onlyIdsDrawsFromChance =
            // The embedded database makes its passwords before there is anything else; the demo's
            // shop is drawn from a seed.
            suppressing(
                            RandomAccess.class,
                            "io.regulars.platform.ids",
                            "io.regulars.platform.embedded",
                            "io.regulars.demo")
                    .because("ids and secrets have one maker");

    @ArchTest
    static final ArchRule onlyCommandsWriteToTheConsole =
            suppressing(ConsoleOutput.class, "io.regulars", "io.regulars.demo")
                    .because("a service writes a log");

    private static ArchRule suppressing(Class<? extends Annotation> gate, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should(
                        new ArchCondition<>("carry @" + gate.getSimpleName()) {
                            @Override
                            public void check(JavaClass one, ConditionEvents events) {
                                boolean carries =
                                        one.isAnnotatedWith(gate)
                                                || one.getMembers().stream()
                                                        .anyMatch(member ->
                                                                member.isAnnotatedWith(gate));
                                events.add(
                                        new SimpleConditionEvent(
                                                one, carries, one.getName() + " carries it"));
                            }
                        });
    }

    private static ArchCondition<JavaClass> takeATransaction() {
        return new ArchCondition<>("be made with a TenantTx or a Handle") {
            @Override
            public void check(JavaClass dao, ConditionEvents events) {
                for (JavaConstructor constructor : dao.getConstructors()) {
                    boolean takes =
                            constructor.getRawParameterTypes().stream()
                                    .findFirst()
                                    .filter(first ->
                                            first.isEquivalentTo(TenantTx.class)
                                                    || first.isEquivalentTo(Handle.class))
                                    .isPresent();
                    events.add(
                            new SimpleConditionEvent(
                                    dao, takes, constructor.getDescription() + " takes none"));
                }
            }
        };
    }

    private static Stream<String> naming(Pattern sql) {
        return Sources.texts().stream()
                .filter(text -> sql.matcher(text.value()).find())
                .map(Sources.Text::className)
                .distinct();
    }

    private static String topLevel(JavaClass one) {
        String name = one.getName().substring(one.getPackageName().length() + 1);
        return name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
    }
}
