package io.regulars.bench;

import io.regulars.bench.lab.Lab;
import io.regulars.bench.lab.Postgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code ./regulars migrate} with one file more than this version has.
 *
 * @param seconds with the start of the program
 */
record Rollout(int schemas, double seconds) {

    private static final String FILE = "migrations/tenant/V209901010000__bench.sql";
    private static final long PATIENCE_S = 1_800;

    static Rollout of(Lab lab, Postgres database) throws Exception {
        Path more = lab.directory().resolve("more");
        Path file = more.resolve(FILE);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "alter table ${t}.member add column bench text;\n");
        ProcessBuilder builder =
                new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-cp",
                                more
                                        + File.pathSeparator
                                        + lab.root().resolve("app/target/regulars.jar"),
                                "io.regulars.Regulars",
                                "migrate"));
        builder.redirectErrorStream(true)
                .redirectOutput(lab.directory().resolve("migrate.log").toFile());
        builder.environment().put("DATABASE_URL", Postgres.url(database.owner()));
        builder.environment().put("DATABASE_APP_URL", Postgres.url(database.app()));
        builder.environment().put("SECRET_KEY", "a key that is only good for measurements");
        builder.environment().put("DATA_DIR", lab.directory().resolve("migrate").toString());
        long start = System.nanoTime();
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(
                    "migrate failed: " + Files.readString(lab.directory().resolve("migrate.log")));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        int schemas =
                Integer.parseInt(
                        database.ask(
                                "select count(*) from control.tenant_schema where version = 209901010000"));
        return new Rollout(schemas, seconds);
    }
}
